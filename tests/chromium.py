"""The browser of the tests: `python -m tests.chromium` says where it is; `--install` gets one if need be."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

SHELL = "chromium-headless-shell"  # the same engine without windows: tests take a sixth less CPU time with it
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# No sandbox: root has none in a container. The rest keeps the browser from calling home.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MISSING = (
    "No working Chromium was found: get one (on Debian, as root: apt-get install chromium-headless-shell "
    "fonts-noto-cjk; elsewhere: uv run playwright install --with-deps chromium), or name one in the variable "
    "CHROMIUM."
)


class ChromiumNotFoundError(Exception):
    """There is no Chromium; the message says what to do about it."""


def find(playwright: Playwright) -> Path:
    """Return the Chromium that $CHROMIUM names, else the first on PATH, else Playwright's own download.

    Raises: ChromiumNotFoundError.
    """
    if named := os.environ.get("CHROMIUM"):
        if not runs(named):
            raise ChromiumNotFoundError(f"CHROMIUM names {named}, which does not run.")
        return Path(named)
    for candidate in (*map(shutil.which, NAMES), playwright.chromium.executable_path):
        if candidate and runs(candidate):
            return Path(candidate)
    raise ChromiumNotFoundError(MISSING)


def runs(executable: str) -> bool:
    """Whether it starts at all: Ubuntu's `chromium-browser` may be a script that only asks for a snap."""
    try:
        return subprocess.run([executable, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def installers(playwright: Playwright) -> Iterator[str]:
    """Yield shell commands that may bring a Chromium here, the best first, for as long as one is needed."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        apt = "DEBIAN_FRONTEND=noninteractive apt-get -qq"
        if not shutil.which(SHELL):
            yield f"{apt} update && {apt} install -y {SHELL} fonts-noto-cjk"
        if not is_found(playwright):
            yield f"{apt} install -y chromium fonts-noto-cjk"
    if not is_found(playwright):
        yield f"{shlex.quote(sys.executable)} -m playwright install chromium"


def is_found(playwright: Playwright) -> bool:
    try:
        find(playwright)
    except ChromiumNotFoundError:
        return False
    return True


def main() -> str | None:
    """Print where Chromium is, or return the sentence to exit with."""
    with sync_playwright() as playwright:
        if "--install" in sys.argv and not os.environ.get("CHROMIUM"):
            for command in installers(playwright):
                print("Getting Chromium:", command, flush=True)
                subprocess.run(command, shell=True, check=False)
        try:
            print("Chromium:", find(playwright))
        except ChromiumNotFoundError as error:
            return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())

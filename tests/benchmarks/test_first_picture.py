"""The first picture on a phone in a full lecture hall: 1.6 Mbit/s, 100 ms, a slow processor, nothing cached.

Compared in alternating rounds with the bundle of an older commit, which is built from git.
"""

import os
import shutil
import statistics
import subprocess
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import chromium, project
from tests.server import ROOT, serving

BEFORE = "88e9b31"
ROUNDS = 5
LINK = "/ko/?v=1&text=banana%20bandana&k=3#open=norms"  # a panel that the older page opens unasked
SLOW_NETWORK = {"latency": 100, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
SLOWDOWN = 4  # of the processor
PICTURE, WHOLE = "#graph svg", "#norms .main-svg"
SEEN = """async (selector) => {
  while (!(document.querySelector(selector)?.getBoundingClientRect().height > 100)) {
    await new Promise(requestAnimationFrame);
  }
  return performance.now();
}"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The servers of both bundles."""
    folder = tmp_path_factory.mktemp("builds")
    now, before = project.bundled(folder / "now", compressed=True), checked_out(BEFORE, folder / "before")
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    subprocess.run(["make", "assets"], cwd=before, env=environment, check=True, capture_output=True)
    uv = (shutil.which("uv") or str(ROOT / ".tools/bin/uv"), "run", "--quiet", "--locked")
    then = (*uv, "--no-dev", "bptt-explorer")  # with the packages of that commit
    with (
        serving(folder / "now.log", cwd=now) as new,
        serving(folder / "before.log", command=then, cwd=before, VIRTUAL_ENV="") as old,
    ):
        yield {"now": new, "before": old}


def checked_out(commit: str, folder: Path) -> Path:
    """The files of a commit."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True)
    if archive.returncode:
        pytest.skip(f"this clone does not have the commit {commit}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(playwright), args=chromium.ARGS)
        yield launched
        launched.close()


def loaded(browser: Browser, address: str) -> tuple[float, float]:
    """When the picture and when the whole page is there, in ms."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_NETWORK})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address + LINK, wait_until="commit")
    times = page.evaluate(SEEN, PICTURE), page.evaluate(SEEN, WHOLE)
    context.close()
    return times


def test_the_first_picture_and_the_whole_page(addresses, browser, report):
    for address in addresses.values():
        loaded(browser, address)  # the server compresses what it has not yet sent
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            found[name].append(loaded(browser, address))
    for i, (what, bar) in enumerate([("first picture", "<= 0.35"), ("whole page", "<= 0.85")]):
        now, before = (statistics.median(times[i] for times in found[name]) for name in ("now", "before"))
        ratio = f"{now / before:.2f} ({now / 1000:.1f}/{before / 1000:.1f} s)"
        report(f"{what} on a slow phone / bundle of {BEFORE}", ratio, bar)

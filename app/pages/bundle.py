"""Build the bundle (``python -m app.pages.bundle``): what browsers load, minified and compressed.

It has one script and one style sheet per page and the part of plotly.js that the pages use, made by
deno.assets.js from the packages in deno.assets.lock. It also has the digest of its sources: if they have
changed since, the server uses the files as written. Written to static/lean/, which is not in the repository.
"""

import argparse
import gzip
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import brotli
import orjson

from ..serving.version import digest
from . import fonts
from .assets import AS_WRITTEN, LEAN, MADE, STATIC, is_lean, made_of, plotly_version
from .sheets import SHEETS

PAGES = tuple(SHEETS)
ROOT = STATIC.parent
RECIPE = ("deno.assets.js", "deno.assets.json", "deno.assets.lock", "app/pages/fonts.py")
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".br": lambda body: brotli.compress(body, quality=11),
    ".gz": lambda body: gzip.compress(body, 9, mtime=0),
}


def main() -> None:
    """Build all files, or with ``--if-needed`` only if they are missing or older than their sources."""
    parser = argparse.ArgumentParser(prog="python -m app.pages.bundle", description=main.__doc__)
    parser.add_argument(
        "--if-needed", action="store_true", help="not if it is up to date; a failure is only said"
    )
    if not parser.parse_args().if_needed:
        build()
    elif not (is_lean() and _made().get("recipe") == _recipe()):
        print("Building the bundle, since it is missing or older than its sources ...", flush=True)
        try:
            build()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"The bundle could not be built: {error}\n{AS_WRITTEN}", flush=True)


def build() -> None:
    """Build all files in a folder beside the old ones, and put it in their place."""
    _deno("install")
    package = ROOT / "node_modules" / "plotly.js" / "package.json"
    found = orjson.loads(package.read_bytes())["version"]
    if found != plotly_version():
        raise SystemExit(f"deno.assets.json names plotly.js {found}, Python holds {plotly_version()}.")
    folder = LEAN.with_name("lean.new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    asked = orjson.dumps({"from": str(STATIC), "to": str(folder), "sheets": SHEETS}).decode()
    said = _deno("run", "--allow-all", "deno.assets.js", asked)
    _fonts(folder)
    for path in sorted(folder.iterdir()):
        if path.suffix == ".woff2":
            continue  # compressed as it is
        body = path.read_bytes()
        sizes = {ending: _write(path, ending, pack(body)) for ending, pack in PACKED.items()}
        print(f"static/lean/{path.name}: {len(body):,} bytes, packed", sizes)
    made = {"of": made_of(), "recipe": _recipe(), **orjson.loads(said)}
    (folder / MADE).write_bytes(orjson.dumps(made))
    shutil.rmtree(LEAN, ignore_errors=True)
    folder.rename(LEAN)


def _fonts(folder: Path) -> None:
    """The fonts: of the old bundle, if they were made by the same recipe, since they take seconds."""
    if (LEAN / MADE).is_file() and _made().get("recipe") == _recipe():
        for name in fonts.NAMES:
            shutil.copy(LEAN / name, folder)
    else:
        fonts.build(ROOT / "node_modules", folder)


def _made() -> dict[str, object]:
    made: dict[str, object] = orjson.loads((LEAN / MADE).read_bytes())
    return made


def _recipe() -> str:
    return digest((ROOT / name).read_bytes() for name in RECIPE)


def _deno(command: str, *arguments: str) -> bytes:
    environment = os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"}
    return subprocess.run(
        ["deno", command, "--quiet", "--config=deno.assets.json", "--frozen", *arguments],
        cwd=ROOT,
        check=True,
        env=environment,
        stdout=subprocess.PIPE,
    ).stdout


def _write(path: Path, ending: str, packed: bytes) -> int:
    return path.with_name(path.name + ending).write_bytes(packed)


if __name__ == "__main__":
    main()

"""Build the bundle for phones (``python -m app.pages.bundle``): minified and compressed ahead of time.

It has the part of plotly.js that the pages use, one script per page, and the digest of its sources: if they
have changed since, the server uses the scripts as written. Needs deno and the packages in deno.assets.lock;
written to static/lean/, which is not in the repository.
"""

import gzip
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import brotli
import orjson

from .assets import LEAN, STATIC, made_of, plotly_version

PAGES = (
    "explorer",
    "compare",
    "training",
    "graph",
    "lesson",
    "course",
    "lesson-plan",
    "lesson-print",
)
PACKAGE = "plotly.js-cartesian-dist-min"
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".br": lambda body: brotli.compress(body, quality=11),
    ".gz": lambda body: gzip.compress(body, 9, mtime=0),
}


def main() -> None:
    """Build all files from scratch."""
    root = STATIC.parent
    shutil.rmtree(LEAN, ignore_errors=True)
    LEAN.mkdir()
    _deno(root, "install", "--config=deno.assets.json", "--frozen")
    package = root / "node_modules" / PACKAGE
    found = orjson.loads((package / "package.json").read_bytes())["version"]
    if found != plotly_version():
        raise SystemExit(f"deno.assets.json names plotly.js {found}, Python holds {plotly_version()}.")
    shutil.copyfile(package / "plotly-cartesian.min.js", LEAN / "plotly.min.js")
    for page in PAGES:
        made = f"--output={LEAN / page}.js"
        _deno(root, "bundle", "--minify", "--platform=browser", made, f"static/js/{page}.js")
    for path in sorted(LEAN.glob("*.js")):
        body = path.read_bytes()
        sizes = {ending: _write(path, ending, pack(body)) for ending, pack in PACKED.items()}
        print(f"{path.relative_to(root)}: {len(body):,} bytes, packed", sizes)
    (LEAN / "made.json").write_bytes(orjson.dumps(made_of()))


def _deno(root: Path, *arguments: str) -> None:
    subprocess.run(["deno", *arguments, "--quiet"], cwd=root, check=True, env=os.environ | {"NO_COLOR": "1"})


def _write(path: Path, ending: str, packed: bytes) -> int:
    return path.with_name(path.name + ending).write_bytes(packed)


if __name__ == "__main__":
    main()

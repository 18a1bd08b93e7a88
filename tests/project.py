"""A copy of the project with its bundle, for a server that does not depend on the developer's checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.server import ROOT

NEEDED = ("app", "static", "templates", "deno.assets.js", "deno.assets.json", "deno.assets.lock")
QUICKLY = "from app.pages import bundle; bundle.PACKED.clear(); bundle.build()"


def bundled(folder: Path, *, compressed: bool = False) -> Path:
    """Copy what the server needs into a new folder and bundle its scripts.

    Compressing the bundle beforehand, as `make assets` does, takes ten times as long.
    """
    folder.mkdir(parents=True)
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("lean", "__pycache__"))
        else:
            shutil.copyfile(source, folder / name)
    command = ["-m", "app.pages.bundle"] if compressed else ["-c", QUICKLY]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # where deno is
    environment = os.environ | {"PATH": path}
    subprocess.run([sys.executable, *command], cwd=folder, env=environment, check=True, capture_output=True)
    return folder

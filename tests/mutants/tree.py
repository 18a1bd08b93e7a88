"""A copy of the project's files in which mutants are made, so that the checkout stays as it is."""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".mutants_cache"


@contextmanager
def copied() -> Iterator[Path]:
    """All files that git knows or would take, in a folder that is removed at the end."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder).resolve()
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, tree / name)
        yield tree


@contextmanager
def with_fault(tree: Path, mutant: Mutant) -> Iterator[None]:
    """The mutant in the place of its file, for as long as this lasts."""
    _write(tree / mutant.path, mutant.mutated)
    try:
        yield
    finally:
        _write(tree / mutant.path, mutant.source)


def _write(path: Path, text: str) -> None:
    """With nothing left of what Python compiled before: two mutants may agree in size and second."""
    path.write_text(text)
    if path.suffix == ".py":
        with suppress(FileNotFoundError):
            Path(importlib.util.cache_from_source(str(path))).unlink()

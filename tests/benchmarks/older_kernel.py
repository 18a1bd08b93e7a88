"""The kernel of an older commit under another name, to be measured in the same process as this one."""

import importlib
import importlib.util
import io
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def extract(commit: str, folder: Path) -> str | None:
    """Import ``app.bptt`` of a commit: the name that it has here, None if this clone lacks the commit."""
    name = f"kernel_{commit}"
    if name not in sys.modules:
        packed = subprocess.run(["git", "archive", commit, "app/bptt"], cwd=ROOT, capture_output=True)
        if packed.returncode:
            return None
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        package = folder / "app" / "bptt"
        spec = importlib.util.spec_from_file_location(
            name, package / "__init__.py", submodule_search_locations=[str(package)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return name


def module(kernel: str, name: str) -> ModuleType:
    """A module of an older kernel."""
    return importlib.import_module(f"{kernel}.{name}")

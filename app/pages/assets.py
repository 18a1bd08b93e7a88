"""Static files of the pages, and the scripts that each page loads."""

import posixpath
import re
from functools import cache
from pathlib import Path

import orjson
import plotly

from ..serving.static_files import StaticFiles
from ..serving.version import digest
from ..settings import Settings

_PACKAGE = Path(__file__).parents[1]
_IMPORT = re.compile(rb'^(?:import|export)\b[^"\';]*?from "(\.[^"]+)"', re.MULTILINE)


def beside(name: str) -> Path:
    """A folder with files: inside the package when installed, beside it in a checkout."""
    return next(path for path in (_PACKAGE / name, _PACKAGE.parent / name) if path.is_dir())


STATIC = beside("static")
LEAN = STATIC / "lean"  # made by `python -m app.pages.bundle`
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def scripts_digest() -> str:
    """Digest of all source scripts."""
    paths = sorted((STATIC / "js").rglob("*.js"))
    return digest(
        part for path in paths for part in (path.relative_to(STATIC).as_posix().encode(), path.read_bytes())
    )


def _lean() -> bool:
    """Whether there is a bundle of the current scripts and the current plotly.js."""
    made = LEAN / "made.json"
    return made.is_file() and orjson.loads(made.read_bytes()) == made_of()


def made_of() -> dict[str, str]:
    """The versions of everything in the bundle."""
    return {"scripts": scripts_digest(), "plotly": plotly_version()}


def plotly_version() -> str:
    """Version of plotly.js in the Python package."""
    with PLOTLY.open(encoding="utf-8") as source:
        return re.search(r"plotly\.js v([0-9.]+)", source.read(200))[1]  # type: ignore[index]


IS_LEAN = Settings().bundle and _lean()
files = StaticFiles({"": STATIC} | ({} if IS_LEAN else {"lean/plotly.min.js": PLOTLY}))


@cache
def scripts(entry: str) -> tuple[str, list[str]]:
    """The entry script of a page, and the modules it imports (none if it is bundled)."""
    if IS_LEAN:
        return f"lean/{entry}.js", []
    first = f"js/{entry}.js"
    modules, queue = {first}, [first]
    while queue:
        name = queue.pop()
        for path in _IMPORT.findall((STATIC / name).read_bytes()):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(name), path.decode()))
            if module not in modules:
                modules.add(module)
                queue.append(module)
    return first, sorted(modules - {first})

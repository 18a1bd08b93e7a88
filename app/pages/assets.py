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
from .sheets import SHEETS

_PACKAGE = Path(__file__).parents[1]
_IMPORT = re.compile(rb'^(?:import|export)\b[^"\';]*?from "(\.[^"]+)"', re.MULTILINE)


def beside(name: str) -> Path:
    """A folder with files: inside the package when installed, beside it in a checkout."""
    return next(path for path in (_PACKAGE / name, _PACKAGE.parent / name) if path.is_dir())


STATIC = beside("static")
LEAN = STATIC / "lean"  # made by `python -m app.pages.bundle`
MADE = "made.json"  # in LEAN: what the bundle was made of, and the chunks of each page
AS_WRITTEN = "Pages load the files as written, which takes twenty times the bytes."
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def _sources_digest() -> str:
    """Digest of all scripts and style sheets as written."""
    paths = sorted([*(STATIC / "js").rglob("*.js"), *(STATIC / "css").glob("*.css")])
    return digest(
        part for path in paths for part in (path.relative_to(STATIC).as_posix().encode(), path.read_bytes())
    )


def is_lean() -> bool:
    """Whether there is a bundle of the current files and the current plotly.js."""
    made = LEAN / MADE
    return made.is_file() and bool(orjson.loads(made.read_bytes()).get("of") == made_of())


def made_of() -> dict[str, str]:
    """The versions of everything in the bundle."""
    return {"files": _sources_digest(), "plotly": plotly_version()}


def plotly_version() -> str:
    """Version of plotly.js in the Python package."""
    with PLOTLY.open(encoding="utf-8") as source:
        return re.search(r"plotly\.js v([0-9.]+)", source.read(200))[1]  # type: ignore[index]


IS_LEAN = Settings().bundle and is_lean()
files = StaticFiles(
    {"": STATIC, "words/": beside("locales")} | ({} if IS_LEAN else {"lean/plotly.min.js": PLOTLY})
)


@cache
def scripts(entry: str) -> tuple[str, list[str]]:
    """The entry script of a page, and the modules that it imports."""
    if IS_LEAN:
        chunks = orjson.loads((LEAN / MADE).read_bytes())["chunks"][entry]
        return f"lean/{entry}.js", [f"lean/{name}" for name in chunks]
    first = f"js/{entry}.js"
    return first, sorted(module_graph(first) - {first})


def module_graph(first: str) -> set[str]:
    """A script as written, and all that it imports statically."""
    modules, queue = {first}, [first]
    while queue:
        name = queue.pop()
        for path in _IMPORT.findall((STATIC / name).read_bytes()):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(name), path.decode()))
            if module not in modules:
                modules.add(module)
                queue.append(module)
    return modules


def sheets(entry: str) -> list[str]:
    """The style sheets of a page."""
    return [f"lean/{entry}.css"] if IS_LEAN else [f"css/{name}.css" for name in SHEETS[entry]]

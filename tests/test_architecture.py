"""Import directions of Python modules: bptt ← graph, interchange ← labs ← api, pages ← main; no circles."""

import ast
import graphlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "app").rglob("*.py"))


def imports(source: str, package: list[str]) -> Iterator[str]:
    """Every module that a source imports, by its absolute name; ``from . import a`` counts as ``a``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = [*above, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def imports_of(path: Path) -> set[str]:
    package = list(path.relative_to(ROOT).parent.parts)
    return set(imports(path.read_text(encoding="utf-8"), package))


def inside(part: str) -> list[Path]:
    return [path for path in MODULES if (ROOT / "app" / part) in path.parents]


def parts_of_the_app(path: Path) -> set[str]:
    """The parts of the application that a module imports, such as bptt or labs."""
    return {name.split(".")[1] for name in imports_of(path) if name.startswith("app.")}


def packages(path: Path) -> set[str]:
    """The packages from outside that a module imports."""
    return {name.split(".")[0] for name in imports_of(path)} - {"app"} - sys.stdlib_module_names


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Which parts of the application, and which packages from outside, the modules of a part may import.
LAYERS = {
    "bptt": ({"bptt"}, {"numpy", "regex"}),
    "graph": ({"graph", "bptt"}, {"numpy"}),
    "interchange": ({"interchange", "bptt"}, {"numpy", "safetensors", "pyfive", "google"}),
    "labs": ({"labs", "bptt", "graph", "interchange"}, {"numpy", "pydantic", "pydantic_core"}),
    "lessons": ({"lessons"}, {"pydantic"}),
    "serving": (
        {"serving", "bptt"},
        {"numpy", "orjson", "starlette", "cachetools", "brotli", "uvicorn", "httptools"},
    ),
    "rooms": ({"rooms", "serving"}, {"orjson", "pydantic", "pydantic_core", "redis"}),
    "api": (
        {"api", "labs", "interchange", "rooms", "serving", "presets", "qr_code", "words", "__version__"},
        {"fastapi", "pydantic", "starlette", "orjson"},
    ),
    "pages": (
        {
            "pages",
            "labs",
            "bptt",
            "lessons",
            "serving",
            "presets",
            "words",
            "lesson_links",
            "settings",
            "__version__",
        },
        {"fastapi", "starlette", "pydantic", "jinja2", "orjson", "plotly", "brotli", "fontTools"},
    ),
}


@pytest.mark.parametrize("part", LAYERS)
def test_a_module_imports_only_what_its_layer_may(part):
    parts, outside = LAYERS[part]
    for path in inside(part):
        assert parts_of_the_app(path) <= parts, path
        assert packages(path) <= outside, path


# What the explorer may import of the training lab; no other lab imports another.
SHARED_BY_TRAINING = {"app.labs.training.link", "app.labs.training.weights"}


@pytest.mark.parametrize("path", inside("labs"), ids=named)
def test_no_lab_imports_another_lab(path):
    own = path.relative_to(ROOT / "app/labs").parts[0]
    labs = {package.parent.name for package in (ROOT / "app/labs").glob("*/__init__.py")}
    prefixes = tuple(f"app.labs.{lab}." for lab in labs - {own})
    others = {name.rpartition(".")[0] for name in imports_of(path) if name.startswith(prefixes)}
    assert others <= (SHARED_BY_TRAINING if own == "explorer" else set())


def module_of(name: str) -> str | None:
    """The module that defines a name that is imported: ``app.bptt.cells.CELLS`` is in ``app.bptt.cells``."""
    parts = name.split(".")
    while parts:
        path = ROOT.joinpath(*parts)
        if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
            return ".".join(parts)
        parts.pop()
    return None


def test_no_modules_import_each_other_in_a_circle():
    graph = {}
    for path in MODULES:
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[own] = {module for name in imports_of(path) if (module := module_of(name))}
    assert len(graph) > 80
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_nothing_imports_main_which_the_console_script_names():
    assert [named(path) for path in MODULES if "main" in parts_of_the_app(path)] == []
    assert '"app.main:create_app"' in (ROOT / "app" / "__main__.py").read_text()


def test_relative_imports_are_understood():
    source = "import os.path\nfrom ..bptt import gradcheck\nfrom . import api\nfrom .x.y import z\n"
    assert set(imports(source, ["app", "labs"])) == {
        "os.path",
        "app.bptt.gradcheck",
        "app.labs.api",
        "app.labs.x.y.z",
    }

"""Imports point one way: bptt, graph ← labs ← api, pages ← main; each side effect has one home."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "app").rglob("*.py"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))


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


@pytest.mark.parametrize("path", inside("bptt"), ids=named)
def test_the_kernel_imports_numpy_and_nothing_of_the_application(path):
    assert parts_of_the_app(path) <= {"bptt"}
    assert packages(path) <= {"numpy", "regex"}


@pytest.mark.parametrize("path", inside("graph"), ids=named)
def test_graphs_import_numpy_and_nothing_else_of_the_application(path):
    assert parts_of_the_app(path) <= {"graph"}
    assert packages(path) <= {"numpy"}


@pytest.mark.parametrize("path", inside("labs"), ids=named)
def test_a_lab_knows_the_kernel_and_nothing_of_http(path):
    assert parts_of_the_app(path) <= {"bptt", "graph", "labs"}
    assert packages(path) <= {"numpy", "pydantic", "pydantic_core"}


@pytest.mark.parametrize("path", inside("serving"), ids=named)
def test_serving_knows_neither_labs_nor_pages(path):
    assert not parts_of_the_app(path) & {"labs", "api", "pages", "main", "form", "problems", "words"}


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


@pytest.mark.parametrize(
    ("effect", "home"),
    [
        (r"\bfetch\(", "api.js"),
        (r"\bPlotly\.", "plot.js"),
        (r"\bhistory\.|\blocation\.", "address.js"),
        (r"\bclipboard\.|\bnavigator\.share\(", "share.js"),
        (r"\.download\b|createObjectURL", "save.js"),
    ],
)
def test_each_side_effect_of_the_page_has_one_home(effect, home):
    for path in SCRIPTS:
        code = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert path.name == home or not re.search(effect, code), f"{path} does what belongs in {home}"


def test_nothing_in_the_page_sets_markup_from_text():
    for path in SCRIPTS:
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", code), path

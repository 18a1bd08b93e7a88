"""Imports point one way: bptt ← labs ← api, pages ← main, and no script does another's side effects."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
LAYERS = {
    "app/bptt": {"labs", "serving", "api", "pages", "main", "form", "problems", "words", "settings"},
    "app/labs": {"serving", "api", "pages", "main", "form", "problems", "words", "settings"},
    "app/serving": {"labs", "api", "pages", "main", "form", "problems", "words"},
}


def imports(path: Path) -> set[str]:
    """The modules of this project that a file imports, as dotted names below ``app``."""
    package = list(path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *(node.module or "").split(".")]
            for name in [alias.name for alias in node.names]:
                found.add(".".join(part for part in [*module, name] if part))
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name.removeprefix("app.") for name in found if name.startswith("app.")}


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_imports_what_stands_on_it(layer):
    for path in (ROOT / layer).rglob("*.py"):
        for name in imports(path):
            assert name.split(".")[0] not in LAYERS[layer], f"{path} imports {name}"


def test_the_kernel_needs_nothing_but_numpy_and_graphemes():
    allowed = {"numpy", "regex", "abc", "collections", "dataclasses", "itertools", "typing", "unicodedata"}
    for path in (APP / "bptt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in allowed, f"{path} imports {name}"


@pytest.mark.parametrize(
    ("effect", "home"),
    [
        (r"\bfetch\(", "api.js"),
        (r"\bPlotly\.", "draw.js"),
        (r"\bhistory\.|\blocation\.", "address.js"),
        (r"\bclipboard\.", "share.js"),
    ],
)
def test_each_side_effect_of_the_page_has_one_home(effect, home):
    for path in (ROOT / "static/js").rglob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        assert path.name == home or not re.search(effect, code), f"{path} does what belongs in {home}"


def test_nothing_in_the_page_sets_markup_from_text():
    for path in (ROOT / "static/js").rglob("*.js"):
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", path.read_text()), path

"""Import directions of the scripts: lib ← server, plot ← page ← labs ← entries; one home a side effect."""

import graphlib
import posixpath
import re
from pathlib import Path

import pytest

from app.pages.bundle import PAGES

STATIC = Path(__file__).parents[1] / "static/js"
SCRIPTS = {
    path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")
}
IMPORT = re.compile(r'^(?:import|export)\b[^;"]*?from "(\.[^"]+)"', re.MULTILINE)
TYPE_IMPORT = re.compile(r'\bimport\("(\.[^"]+)"\)')

# Which folders the scripts of a folder may import from beside their own.
PAGE = {"lib", "server", "plot", "page"}
LAYERS = {
    "lib": set(),
    "server": {"lib"},
    "plot": {"lib"},
    "page": {"lib", "server", "plot"},
    "explorer": PAGE,
    "training": PAGE,
    "graph": PAGE,
    "lessons": PAGE,
    "live": PAGE,
    "talk": PAGE,
}


def imported(name: str, pattern: re.Pattern[str]) -> set[str]:
    """The scripts that one script imports, by their paths in static/js."""
    folder = posixpath.dirname(name)
    return {posixpath.normpath(posixpath.join(folder, to)) for to in pattern.findall(SCRIPTS[name])}


def folder_of(name: str) -> str:
    """The first folder of a script's path; nothing for the entry script of a page."""
    return name.partition("/")[0] if "/" in name else ""


def test_a_script_imports_only_what_its_folder_may():
    for name in filter(folder_of, SCRIPTS):
        own = folder_of(name)
        found = imported(name, IMPORT) | imported(name, TYPE_IMPORT)
        assert {folder_of(other) for other in found} <= LAYERS[own] | {own}, name


def test_every_import_leads_to_a_script():
    for name in SCRIPTS:
        assert imported(name, IMPORT) <= set(SCRIPTS), name


def test_no_scripts_import_each_other_in_a_circle():
    graph = {name: imported(name, IMPORT) for name in SCRIPTS}
    assert sum(map(len, graph.values())) > 500
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_there_is_one_entry_script_a_page():
    assert {name for name in SCRIPTS if not folder_of(name)} == {f"{page}.js" for page in PAGES}


@pytest.mark.parametrize(
    ("effect", "home"),
    [
        (r"\bfetch\(", "server/api.js"),
        (r"\bPlotly\.", "plot/plot.js"),
        (r"\bhistory\.|\blocation\.", "page/address.js"),
        (r"\bclipboard\.|\bnavigator\.share\(", "page/share/share.js"),
        (r"\.download\b|createObjectURL", "lib/save.js"),
        (r"\bsetInterval\(", "page/clock.js page/retry.js"),
        (r"\bnew DOMParser\(", "page/share/qr.js plot/plot.js"),
    ],
)
def test_each_side_effect_of_the_page_has_one_home(effect, home):
    for name, source in SCRIPTS.items():
        code = re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.DOTALL)
        assert name in home.split() or not re.search(effect, code), f"{name} does what belongs in {home}"


def test_nothing_in_the_page_sets_markup_from_text():
    for name, source in SCRIPTS.items():
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", source), name

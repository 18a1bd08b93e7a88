"""The documentation against the product: parameters, fragment, routes, settings, commands and links."""

import json
import re
import subprocess

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from app.api.explorer import BpttQuery
from app.bptt.truncation import SCHEMES
from app.labs.graph.params import GraphParams
from app.labs.training.params import TrainingParams
from app.lessons import LESSONS
from app.main import create_app
from app.pages.course import router as course
from app.pages.labs import router as labs
from app.pages.talk import router as talk
from app.settings import Settings
from tests import markdown
from tests.markdown import ROOT, anchors, links, names, prose, read, rows, section

LINKS = read("docs/links.md")
MAKEFILE = read("Makefile")
SCRIPTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "static/js").rglob("*.js")}
DOCUMENTS = pytest.mark.parametrize(
    "path", markdown.FILES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
LABS: dict[str, type[BaseModel]] = {
    "Explorer": BpttQuery,
    "Training lab": TrainingParams,
    "Graph lab": GraphParams,
}
PARAMETERS = [
    (title, lab, name) for title, lab in LABS.items() for name in lab.model_json_schema()["properties"]
]


@pytest.mark.parametrize(("title", "lab", "name"), PARAMETERS)
def test_every_parameter_has_a_row_with_its_default_and_bounds(title, lab, name):
    schema = lab.model_json_schema()["properties"][name]
    bounds = next((r for r in schema.get("anyOf", [schema]) if r.get("type") != "null"), schema)
    row = {names(cells[0])[0]: cells[1] for cells in rows(section(LINKS, title))}[name]
    for choice in bounds.get("enum", []):
        assert str(choice) in row
    for bound in ("minimum", "maximum"):
        if bound in bounds:
            assert f"{bounds[bound]:g}" in row
    default = schema["default"]
    if default == "":
        assert row.startswith("empty")
    elif default is not None:
        assert row.startswith((f"`{default}`", f"{default:g}" if bounds["type"] != "string" else "1"))


@pytest.mark.parametrize("title", LABS)
def test_every_row_is_a_parameter(title):
    documented = [names(cells[0])[0] for cells in rows(section(LINKS, title))]
    assert documented == list(dict.fromkeys(documented))
    assert set(documented) == set(LABS[title].model_json_schema()["properties"])


def test_every_scheme_is_explained():
    assert {names(cells[0])[0] for cells in rows(section(LINKS, "Truncation schemes"))} == set(SCHEMES)


def test_every_key_of_the_fragment_is_explained_and_no_other():
    read_by = r"\b(\w+): (?:integer\b|oneOf\(|marks\b|matching\(|COMMON_KEYS\.|\(written\) =>)"
    readers = [source for source in SCRIPTS.values() if "COMMON_KEYS" in source]
    keys = {key for source in readers for key in re.findall(read_by, source)}
    assert keys >= {"t", "at", "it", "pair", "m", "theme", "side"}
    assert {names(cells[0])[0] for cells in rows(section(LINKS, "Fragment"))} == keys


def test_every_name_that_can_be_hidden_is_explained_and_no_other():
    [parts] = {
        found[1]
        for source in SCRIPTS.values()
        if (found := re.search(r"\bPARTS = \{(.*?)\};", source, re.S)) and 'player: "#player' in found[1]
    }
    hideable = set(re.findall(r"^\s*(\w+):", parts, re.MULTILINE))
    assert {names(cells[0])[0] for cells in rows(section(LINKS, "Hiding controls"))} == hideable


def test_every_part_that_a_lesson_covers_or_looks_at_is_explained():
    explained = set(names(section(LINKS, "Highlighting and concealing")))
    explained |= {name for cells in rows(section(LINKS, "Fragment")) for name in names(cells[2])}
    for lesson in LESSONS:
        for moment in lesson.moment:
            wanted = {name for name in moment.veil if "." not in name}
            wanted |= set(re.findall(r"[#&]look=(\w+)", f"{moment.link} {moment.link_b or ''}"))
            assert wanted <= explained, (lesson.id, wanted - explained)


def test_every_page_is_listed():
    listed = {shape(path) for cells in rows(section(LINKS, "Pages")) for path in names(cells[0])}
    for route in [*labs.routes, *course.routes, *talk.routes]:
        path = route.path
        if "/static/" not in path and path.count("/") > 1 and not path.endswith(("lessons", ".json")):
            assert shape(path) in listed, path


def shape(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{\w+(:\w+)?\}", "{}", path)


def test_every_route_of_the_api_is_listed_and_no_other():
    listed = {names(cells[0])[0] for cells in rows(section(read("docs/api.md"), "Endpoints"))}
    assert listed == set(create_app().openapi()["paths"])


def test_the_parameters_of_single_routes_are_listed():
    common = {name for lab in LABS.values() for name in lab.model_json_schema()["properties"]} - {"s", "t"}
    paths = create_app().openapi()["paths"]
    for cells in rows(section(read("docs/api.md"), "Endpoints")):
        operations = paths[names(cells[0])[0]].values()
        given = [p for operation in operations for p in operation.get("parameters", [])]
        own = {p["name"] for p in given if p["in"] == "query"} - common
        assert own <= set(names(cells[1])), names(cells[0])[0]


def test_its_request_is_answered_and_its_error_is_real():
    client = TestClient(create_app())
    text = read("docs/api.md")
    path = re.search(r"curl 'http://127.0.0.1:8000(.*?)'", text)[1]
    assert client.get(path).status_code == 200
    error = re.search(r"```json\n(.*?)\n```", text)[1]
    assert client.get("/api/bptt?k=0").json() == json.loads(error)


def test_every_setting_has_a_row_with_its_default_and_no_other():
    listed = {names(cells[0])[0]: cells[1] for cells in rows(section(read("docs/deploying.md"), "Settings"))}
    assert set(listed) == {f"BPTT_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = "true" if field.default is True else str(field.default)
        assert listed[f"BPTT_{name.upper()}"] == (default or "empty")


@DOCUMENTS
def test_its_commands_are_targets_and_make_lists_them(path):
    text = path.read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in commands:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
        assert re.search(rf"^make {target}\b", listed, re.MULTILINE), target


def test_every_target_that_make_lists_is_in_the_readme_or_for_contributors():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    text = read("README.md") + read("CONTRIBUTING.md")
    for target in re.findall(r"^make ([a-z-]+)", listed, re.MULTILINE):
        assert f"make {target}" in text or target in {"help", "clean"}, target


@DOCUMENTS
def test_its_links_lead_to_files_and_headings(path):
    text = path.read_text(encoding="utf-8")
    for link in links(text):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.is_file(), link
        if anchor:
            assert anchor in anchors(there.read_text(encoding="utf-8")), link


@DOCUMENTS
def test_its_pictures_are_there(path):
    for picture in re.findall(r"!\[.+?\]\((.*?)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / picture).stat().st_size > 10_000


def test_every_picture_is_shown():
    shown = {
        (path.parent / link).resolve()
        for path in markdown.FILES
        for link in links(path.read_text(encoding="utf-8"))
        if link.endswith(".png")
    }
    assert shown == set((ROOT / "docs/images").glob("*.png"))


@DOCUMENTS
def test_the_paths_that_it_names_are_in_the_repository(path):
    for name in names(prose(path.read_text(encoding="utf-8"))):
        if (
            re.match(r"(?:app|static|templates|tests|docs|findings)/[\w./-]*$", name)
            and name != "static/lean"
        ):
            assert (ROOT / name).exists(), name

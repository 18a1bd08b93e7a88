"""The README is true: its commands run, its parameters are all of them, its pictures are there."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api.explorer import BpttQuery
from app.bptt.truncation import SCHEMES
from app.labs.graph.params import GraphParams
from app.labs.training.params import TrainingParams
from app.main import create_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


def rows(title: str) -> dict[str, str]:
    section = README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("title", "lab", "name"),
    [("Parameters", BpttQuery, name) for name in BpttQuery.model_json_schema()["properties"]]
    + [
        ("The training lab", TrainingParams, name)
        for name in TrainingParams.model_json_schema()["properties"]
    ]
    + [("The graph lab", GraphParams, name) for name in GraphParams.model_json_schema()["properties"]],
)
def test_every_parameter_has_a_row_with_its_default_and_bounds(title, lab, name):
    schema = lab.model_json_schema()["properties"][name]
    bounds = next((r for r in schema.get("anyOf", [schema]) if r.get("type") != "null"), schema)
    row = rows(title)[name]
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


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_is_explained(name):
    assert re.search(rf"^\| `{name}` \|", README, flags=re.MULTILINE)


def test_every_command_is_a_target_and_make_alone_lists_them():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in set(re.findall(r"\bmake ([a-z]+)", README)):
        if target not in {"and", "alone"}:
            assert re.search(rf"^{target}:", MAKEFILE, flags=re.MULTILINE), target
            assert f"make {target}" in listed


def test_its_pictures_are_there():
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000


def test_its_request_is_answered_and_its_error_is_real():
    client = TestClient(create_app())
    path = re.search(r"curl 'http://127.0.0.1:8000(.*?)'", README).group(1)
    assert client.get(path).status_code == 200
    error = re.search(r"```json\n(.*?)\n```", README).group(1)
    assert client.get("/api/bptt?k=0").json() == json.loads(error)

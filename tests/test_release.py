"""Release files: one version, the license, third-party notices, and metadata that agree with each other."""

import re
import tomllib
from importlib.metadata import distribution, metadata
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import __version__
from app.main import create_app
from app.pages.assets import LEAN, PLOTLY, plotly_version

ROOT = Path(__file__).parents[1]
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def test_page_api_package_and_citation_share_one_version(client):
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert f'<meta name="generator" content="BPTT Explorer {__version__}">' in client.get("/en/").text
    assert client.get("/openapi.json").json()["info"]["version"] == __version__
    assert metadata("bptt-explorer")["Version"] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == __version__


def test_the_newest_release_of_the_changelog_is_this_version_with_the_date_of_the_citation():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", changelog, re.MULTILINE)
    assert titles[0] == ("Unreleased", "")
    assert titles[1][0] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"date-released: {titles[1][1]}" in citation


def test_the_license_is_named_the_same_everywhere(client):
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n")
    assert "BPTT Explorer contributors" in text
    assert PROJECT["license"] == "MIT"
    assert "\nlicense: MIT\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert client.get("/openapi.json").json()["info"]["license"]["identifier"] == "MIT"


def test_what_the_wheel_is_built_of_is_let_into_the_image():
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in [PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml", "uv.lock"]:
        assert (ROOT / name).is_file()
        assert f"!{name}" in let_in


def test_the_notice_has_the_version_and_the_license_text_of_the_plotly_that_is_served():
    assert f"| Version | {plotly_version()} |" in NOTICES
    files = distribution("plotly").files or []
    text = next(file for file in files if file.name == "LICENSE.txt").read_text()
    assert text.strip() in NOTICES


@pytest.mark.parametrize("script", [path for path in (PLOTLY, LEAN / "plotly.min.js") if path.is_file()])
def test_every_package_that_a_served_plotly_names_is_in_the_notice(script):
    source = script.read_text(encoding="utf-8")
    assert "Copyright 2012-2026, Plotly, Inc." in source[:300]
    named = set(re.findall(r"^([\w.-]+)/[\w./-]+\.m?js:$", source, re.MULTILINE)) - {"assert"}
    assert {"native-promise-only", "polybooljs"} <= named
    for package in named:  # assert/ only repeats the notice of buffer
        assert f"\n| {package} " in NOTICES, package

"""Paths of this site from texts that clients send: the same table is held against the scripts' function."""

import json
from pathlib import Path

import pytest

from app.serving.site_path import site_path

CASES = json.loads((Path(__file__).parents[1] / "data" / "site-paths.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "path"), CASES, ids=lambda value: repr(value)[:30])
def test_a_path_of_this_site_is_what_leads_to_it_and_nothing_else(text, path):
    assert site_path(text) == path


@pytest.mark.parametrize("path", [path for _, path in CASES if path])
def test_a_checked_path_stays_as_it_is(path):
    assert site_path(path) == path

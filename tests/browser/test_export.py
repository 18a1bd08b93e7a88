"""Exports: the run as a script, the graph as a picture, the numbers as tables."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import open_explorer
from tests.pairwise import only

LINK = "/ko/?v=1&text=%EB%B0%94%EB%82%98%EB%82%98&k=2#t=1"


@pytest.fixture
def dialog(page: Page) -> Page:
    open_explorer(page, LINK)
    page.locator("#share").click()
    page.locator("#share-dialog [data-take]").click()
    expect(page.locator("#take-dialog")).to_be_visible()
    return page


def saved(page: Page, selector: str) -> Path:
    with page.expect_download() as download:
        page.locator(selector).click()
    return Path(download.value.path())


def test_the_script_on_the_page_runs_alone(dialog: Page) -> None:
    expect(dialog.locator("#code")).to_contain_text("import numpy")
    source = saved(dialog, "#code-save").read_text()
    assert source == dialog.locator("#code").text_content()
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert "cosine = " in run.stdout
    dialog.locator("#code-torch").click()
    expect(dialog.locator("#code")).to_contain_text("detach()")


def test_the_svg_stands_alone_with_title_legend_row_names_and_link(dialog: Page) -> None:
    source = saved(dialog, "#take-svg").read_text()
    root = ET.fromstring(source)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = "".join(root.itertext())
    for word in ("바나나", "은닉 상태", "순전파", "text=%EB%B0%94"):
        assert word in words
    assert len(root.findall(".//{http://www.w3.org/2000/svg}path")) > 10


def test_the_png_is_a_picture_twice_as_sharp(dialog: Page) -> None:
    png = saved(dialog, "#take-png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) > 2000
    assert len(png) > 20_000


def test_tables_and_the_answer_have_the_numbers_and_the_link(dialog: Page) -> None:
    answer = json.loads(saved(dialog, "#take-json").read_text())
    assert answer["link"].endswith("#t=1")
    table = saved(dialog, "[data-table=steps]").read_text(encoding="utf-8-sig").splitlines()
    assert any("text=%EB%B0%94" in line for line in table if line.startswith('"#'))
    rows = [line.split(",") for line in table if not line.startswith('"#')]
    assert rows[0][0] == "t (step)"
    assert [float(row[5]) for row in rows[1:]] == answer["full"]["dh_norm"]


@only("390-take", width=[390, 1280], name=["take", "presets"])
def test_axe_has_nothing_to_say_of_the_dialogs(open_page: Callable[..., Page], width: int, name: str) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    open_explorer(page)
    page.evaluate("name => document.getElementById(`${name}-dialog`).showModal()", name)
    assert violations(page) == []


def test_on_a_phone_it_is_reached_from_the_share_sheet(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    open_explorer(page)
    page.locator("#share").click()
    page.locator("#share-dialog [data-take]").click()
    expect(page.locator("#take-dialog")).to_be_visible()
    expect(page.locator("#share-dialog")).to_be_hidden()

"""Exports: the run as a script, the graph as a picture, the numbers as tables."""

import base64
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import hash_of, open_explorer
from tests.pairwise import only

SVG = "{http://www.w3.org/2000/svg}"
LINK = "/ko/?v=1&text=%EB%B0%94%EB%82%98%EB%82%98&k=2#t=1"


@pytest.fixture
def dialog(page: Page) -> Page:
    open_explorer(page, LINK)
    open_export(page)
    return page


def open_export(page: Page) -> None:
    page.locator("#share").click()
    page.locator("#share-dialog [data-take]").click()
    expect(page.locator("#take-preview img")).to_be_visible()


def saved(page: Page, selector: str) -> Path:
    with page.expect_download() as download:
        page.locator(selector).click()
    return Path(download.value.path())


def choose(page: Page, name: str, value: str) -> None:
    """Choose something, and wait for the preview that shows it."""
    before = page.locator("#take-preview img").get_attribute("src")
    page.locator(f"[name={name}][value={value}]").check(force=True)
    expect(page.locator("#take-preview img")).not_to_have_attribute("src", before or "")


def choose_part(page: Page, name: str) -> None:
    before = page.locator("#take-preview img").get_attribute("src")
    page.locator("#take-part").select_option(name)
    expect(page.locator("#take-preview img")).not_to_have_attribute("src", before or "")


def svg_of(page: Page) -> ET.Element:
    choose(page, "take-format", "svg")
    return ET.fromstring(saved(page, "#take-save").read_text())


def words_in(root: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def test_the_script_on_the_page_runs_alone(dialog: Page) -> None:
    dialog.locator("[data-kind=program]").click()
    expect(dialog.locator("#code")).to_contain_text("import numpy")
    source = saved(dialog, "#code-save").read_text()
    assert source == dialog.locator("#code").text_content()
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert "cosine = " in run.stdout
    dialog.locator("#code-torch").click()
    expect(dialog.locator("#code")).to_contain_text("detach()")


def test_the_svg_stands_alone_with_title_legend_row_names_link_and_fonts(dialog: Page) -> None:
    root = svg_of(dialog)
    assert root.tag == f"{SVG}svg"
    words = words_in(root)
    for word in ("바나나", "은닉 상태", "순전파", "text=%EB%B0%94"):
        assert word in words
    assert len(root.findall(f".//{SVG}path")) > 10
    style = "".join(it.text or "" for it in root.iter(f"{SVG}style"))
    for face in ("BPTT Text", "BPTT Math"):
        assert re.search(rf'@font-face {{ font-family: "{face}";[^}}]*url\("data:font/woff2;base64,', style)
    assert not re.search(r'(?:href|src)="?(?:https?:|/)', ET.tostring(root, "unicode"))
    assert "class=" not in ET.tostring(root, "unicode")
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert "#t=1" in (description.text or "")


def test_the_png_has_the_fonts_of_the_page_and_holds_its_link(dialog: Page) -> None:
    png = saved(dialog, "#take-save").read_bytes()
    assert png.startswith(b"\x89PNG")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    expect(dialog.locator("#take-size")).to_have_text(f"{width:,} × {height:,} px")
    assert width > 2000
    chunk = png[33:]
    length = int.from_bytes(chunk[:4])
    assert chunk[4:8] == b"iTXt"
    assert int.from_bytes(chunk[8 + length : 12 + length]) == zlib.crc32(chunk[4 : 8 + length])
    assert b"#t=1" in chunk[8 : 8 + length]
    # The same sheet without its fonts is another picture; with them it is the one that was saved.
    same, other = dialog.evaluate(DRAWN, [base64.b64encode(png).decode()])
    assert same == 0
    assert other > 0.002


DRAWN = """async ([png]) => {
  const pixels = async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const share = (one, other) => {
    let n = 0;
    for (let i = 0; i < one.length; i += 4) if (Math.abs(one[i] - other[i]) > 60) n += 1;
    return n / (one.length / 4);
  };
  const shown = await pixels(document.querySelector("#take-preview img").src);
  const saved = await pixels(`data:image/png;base64,${png}`);
  document.querySelector("[name=take-format][value=svg]").click();
  await new Promise((done) => setTimeout(done, 1500));
  const source = await (async () => {
    const svg = atob(document.querySelector("#take-preview img").src.split(",")[1]);
    return new TextDecoder().decode(Uint8Array.from(svg, (letter) => letter.charCodeAt(0)));
  })();
  const size = source.match(/^<svg [^>]*?width="(\\d+)" height="(\\d+)"/);
  const twice = (text) => text.replace(`width="${size[1]}" height="${size[2]}"`,
    `width="${2 * size[1]}" height="${2 * size[2]}"`);
  const url = (text) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(twice(text))}`;
  const without = await pixels(url(source.replace(/@font-face[^}]*}/g, "")));
  return [share(saved, shown), share(saved, without)];
}"""


def test_every_open_panel_is_exported_with_its_caption(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3#open=credit,schemes,comparison,lags,layers")
    expect(page.locator("#lags svg")).to_be_visible()
    open_export(page)
    names = page.locator("#take-part option").evaluate_all("them => them.map(({ value }) => value)")
    assert names == ["picture", "credit", "schemes", "comparison", "lags", "layers"]
    for name, word in (
        ("credit", "13 of 28 cells kept"),
        ("schemes", "TBPTT"),
        ("comparison", "norm ratio"),
        ("lags", "k = 3"),
        ("layers", "Time RNN"),
    ):
        choose_part(page, name)
        words = (
            words_in(svg_of(page))
            if name == "credit"
            else words_in(ET.fromstring(saved(page, "#take-save").read_text()))
        )
        assert word in words
        assert "backprop, blocks of 3" in words
        assert "/en/?v=1&text=backprop&k=3#open=" in words
        assert "Explained in" not in words, "what belongs to the page alone is left out"


@only(
    "/en/graph?v=1#at=b1",
    path=["/en/training?v=1", "/en/graph?v=1#at=b1", "/en/ab?v=1&k=1"],
)
def test_the_other_labs_export_their_pictures(page: Page, path: str) -> None:
    shown = {"training": "block 1 · t = 0–1", "graph": "1·z = 3", "ab": "block 1 · t = 0"}
    page.goto(path)
    expect(page.locator("#loading")).to_be_hidden()
    open_export(page)
    words = words_in(svg_of(page))
    assert next(word for lab, word in shown.items() if f"/{lab}" in path) in words
    assert path in words


@pytest.mark.exhaustive
def test_a_slide_is_16_to_9_and_other_colors_are_taken_back(page: Page) -> None:
    open_explorer(page, "/en/?v=1")
    open_export(page)
    choose(page, "take-size", "slide")
    expect(page.locator("#take-size")).to_have_text("1,920 × 1,080 px")
    page.locator("[name=take-theme][value=dark]").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert "theme" not in hash_of(page)


def test_tables_and_the_answer_have_the_numbers_and_the_link(dialog: Page) -> None:
    dialog.locator("[data-kind=numbers]").click()
    answer = json.loads(saved(dialog, "#take-json").read_text())
    assert answer["link"].endswith("#t=1")
    table = saved(dialog, "[data-table=steps]").read_text(encoding="utf-8-sig").splitlines()
    assert any("text=%EB%B0%94" in line for line in table if line.startswith('"#'))
    rows = [line.split(",") for line in table if not line.startswith('"#')]
    assert rows[0][0] == "t (step)"
    assert [float(row[5]) for row in rows[1:]] == answer["full"]["dh_norm"]


@pytest.mark.exhaustive
@only("390-take", width=[390, 1280], name=["take", "presets"])
def test_axe_has_nothing_to_say_of_the_dialogs(open_page: Callable[..., Page], width: int, name: str) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    open_explorer(page)
    if name == "take":
        open_export(page)
    else:
        page.evaluate("document.getElementById('presets-dialog').showModal()")
        expect(page.locator("#presets-dialog svg.waits")).to_have_count(0)
    assert violations(page) == []


@pytest.mark.exhaustive
def test_on_a_phone_it_is_reached_from_the_share_sheet(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    open_explorer(page)
    page.locator("#share").click()
    page.locator("#share-dialog [data-take]").click()
    expect(page.locator("#take-dialog")).to_be_visible()
    expect(page.locator("#share-dialog")).to_be_hidden()

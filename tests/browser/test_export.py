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

from app.interchange.formats import read_file
from app.interchange.recognition import recognize
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


def open_loop(page: Page, run: str) -> None:
    """Open the training loop of a race of two contestants in the export dialog."""
    page.goto(f"/en/training?v=1&{run}&contest=2,gru.full&seeds=1#open=race")
    expect(page.locator("#race-curves")).to_be_visible()
    page.locator("#share").click()
    page.locator("#share-dialog [data-take]").click()
    page.locator("[data-kind=loop]").click()


def test_the_training_loop_on_the_page_runs_alone(page: Page) -> None:
    open_loop(page, "budget=8")
    expect(page.locator("#code")).to_contain_text("loss.backward()")
    expect(page.locator("#code-notes")).to_contain_text("two biases")
    page.locator("#code-run").select_option("gru.full")
    expect(page.locator("#code-notes")).to_contain_text("nn.GRU applies the reset gate after")
    page.locator("#code-numpy").click()
    expect(page.locator("#code")).to_contain_text("gru (reset before Wh)")
    source = saved(page, "#code-save").read_text()
    assert "/en/training?v=1" in source.splitlines()[0]
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert "after 2 updates, 8 steps = " in run.stdout
    assert violations(page) == []
    open_loop(page, "task=adding&lag=4&budget=8")
    expect(page.locator("#code")).to_contain_text("# adding problem, lag = 4, N = 1, rnn (tanh)")
    expect(page.locator("#code-notes")).to_contain_text("factor of ½")
    expect(page.locator("#code-run option")).to_have_count(2)  # a task has no film, and no run of its own


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
    assert names[0] == "picture"
    assert {"credit", "schemes", "comparison", "lags", "layers"} < set(names)
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
    "share",
    way=["share", "tray"],
)
def test_a_closed_panel_is_opened_for_as_long_as_it_is_exported(page: Page, way: str) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3#open=cost")
    if way == "tray":
        page.locator("#tray-more").click()
        page.locator("#tray-menu [data-take]").click()
    else:
        open_export(page)
    expect(page.locator("#take-part")).to_have_value("cost" if way == "tray" else "picture")
    choose_part(page, "credit")
    expect(page.locator("#panel-cost")).not_to_have_attribute("open", "")
    choose(page, "take-format", "svg")
    for name, word in (
        ("credit", "13 of 28 cells kept"),
        ("learning", "perplexity"),
        ("matrices", "191 numbers"),
        ("numbers", "target"),
    ):
        if page.locator("#take-part").input_value() != name:
            choose_part(page, name)
        words = words_in(ET.fromstring(saved(page, "#take-save").read_text()))
        assert word in words
        assert words.endswith(f"/en/?v=1&text=backprop&k=3#open={name}")
        assert "Drop a file" not in words, "what is folded in stays out"
    choose_part(page, "picture")
    expect(page.locator("#panel-numbers")).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("#panel-cost")).to_have_attribute("open", "")
    page.wait_for_function("location.hash === '#open=cost'")


def test_what_is_covered_or_on_the_wall_offers_no_panel(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3#veil=credit")
    open_export(page)
    names = page.locator("#take-part option").evaluate_all("them => them.map(({ value }) => value)")
    assert "norms" in names
    assert "credit" not in names


def test_formulas_are_exported_as_the_page_has_them(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3&reduction=sum#open=learning")
    expect(page.locator("#learning .formulas math").first).to_be_visible()
    open_export(page)
    choose_part(page, "learning")
    root = svg_of(page)
    letters = [text for text in root.iter(f"{SVG}text") if text.text == "L"]
    assert len(letters) > 2
    for text in letters:
        assert text.get("font-style") == "italic"
        assert "BPTT Math" in (text.get("font-family") or "")
    # The box of an operator is that of its ink: the sum stands on the line, and the t below it.
    boxes = page.locator("#learning mo").evaluate_all(
        "them => them.map((it) => [it.textContent, it.getBoundingClientRect().height / it.currentCSSZoom])"
    )
    assert any(word == "∑" for word, _ in boxes)
    signs = [text for text in root.iter(f"{SVG}text") if (text.text or "") == "∑"]
    assert len(signs) == len([word for word, _ in boxes if word == "∑"])
    for sign in signs:
        assert re.fullmatch(r"translate\([\d.]+ [\d.]+\) scale\([\d.]+ [\d.]+\)", sign.get("transform") or "")


def test_roots_and_fractions_have_their_lines(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3#open=learning")
    expect(page.locator("#learning .formulas math").first).to_be_visible()
    page.evaluate(FORMULA)
    open_export(page)
    choose_part(page, "learning")
    root = svg_of(page)
    roots = [
        path
        for path in root.iter(f"{SVG}path")
        if re.fullmatch(r"M[^A-Z]+l[^A-Z]+L.+L.+H.+", path.get("d") or "")
    ]
    assert len(roots) == 2


FORMULA = """() => {
  const made = (tag, ...children) => {
    const node = document.createElementNS("http://www.w3.org/1998/Math/MathML", tag);
    node.append(...children);
    return node;
  };
  const half = made("mfrac", made("mi", "x"), made("mi", "y"));
  const cube = made("mroot", made("mi", "x"), made("mn", "3"));
  document.querySelector("#learning math").replaceChildren(made("mrow", made("msqrt", half), cube));
}"""


def test_what_hidden_overflow_leaves_out_is_not_exported(page: Page) -> None:
    open_explorer(
        page,
        "/en/?v=1&text=1+2&targets=1+2&unit=number&hidden=1&weights=.5,.1,0,2,0&truncation=full#at=b1.3",
    )
    out = page.locator("#ledger .also > span").evaluate_all(
        "them => them.filter((it) => it.offsetTop > it.parentElement.offsetTop + 20).length"
    )
    assert out > 0, "a formula without room"
    shown = page.locator("#ledger math").count() - out
    open_export(page)
    choose_part(page, "ledger")
    root = svg_of(page)
    assert len([text for text in root.iter(f"{SVG}text") if (text.text or "").strip() == "="]) <= shown


def test_the_cells_of_a_small_heatmap_are_not_blurred(page: Page) -> None:
    open_explorer(page, "/en/?v=1&cell=lstm#at=b2.3")
    open_export(page)
    choose_part(page, "ledger")
    images = svg_of(page).iter(f"{SVG}image")
    assert {image.get("image-rendering") for image in images} == {"pixelated"}


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


def test_the_network_is_saved_for_a_framework_that_has_it_and_refused_with_the_reason(
    page: Page, tolerated: list[str]
) -> None:
    tolerated.append("status of 422")
    open_explorer(page, "/en/?v=1&text=hello&cell=gru&updates=3")
    open_export(page)
    page.locator("[data-kind=weights]").click()
    expect(page.locator("#weights-refused")).to_contain_text("The GRU of PyTorch resets after the product")
    expect(page.locator("#weights-save")).to_be_disabled()
    assert violations(page) == []
    page.locator("#weights-framework").select_option("keras")
    expect(page.locator("#weights-note")).to_contain_text("bptt_keras.weights.h5 · ")
    expect(page.locator("#weights-refused")).to_be_hidden()
    expect(page.locator("#weights-loading")).to_have_text('model.load_weights("bptt_keras.weights.h5")')
    found = recognize(read_file(saved(page, "#weights-save").read_bytes()))
    assert (found.layout.layer, found.network.precision) == ("GRU(reset_after=False)", "float64")
    page.locator("[name=take-precision][value=float32]").check(force=True)
    expect(page.locator("#weights-save")).to_be_enabled()
    assert recognize(read_file(saved(page, "#weights-save").read_bytes())).network.precision == "float32"
    page.locator("[data-kind=program]").click()
    page.locator("#code-torch_layer").click()
    expect(page.locator("#code")).to_contain_text("The GRU of PyTorch resets after the product")
    expect(page.locator("#code-save")).to_be_disabled()
    page.locator("#code-keras_layer").click()
    expect(page.locator("#code")).to_contain_text("keras.layers.GRU(8, reset_after=False")
    expect(page.locator("#code-save")).to_be_enabled()

"""From 1536 px on everything is enlarged by 1.25: 1920 × 1080 is laid out as 1536 × 864, on every page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import still
from tests.browser.lesson import open_moment, wait_for_lab
from tests.pairwise import only

PAGES = {
    "explorer": "/en/?v=1&text=backprop&k=3",
    "start page": "/ko/",
    "compare": "/en/ab?text=backprop&k=3",
    "training": "/ko/training?text=hello&k=2&v=1",
    "graph": "/en/graph",
    "lessons": "/ko/lessons/",
}
SIZES = """names => Object.fromEntries(names.flatMap((name) => {
  const found = document.querySelector(name);
  if (!found || !found.checkVisibility()) return [];
  const { height } = found.getBoundingClientRect();
  return [[name, [parseFloat(getComputedStyle(found).fontSize), height]]];
}))"""
PARTS = [
    *(".site", ".site h1", ".bar", "#text", "#more", "#share", "#play", ".gutter b", "#tray .card"),
    *(".story", ".front-head h2", ".front-presets a", "#readout", ".graph-foot", ".course h2"),
]
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLIPPED = """() => [...document.querySelectorAll(".site, .bar, .player, .tray, .story li, .front-presets a")]
  .filter((it) => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1)
  .map((it) => it.className)"""


def sizes_at(page: Page, path: str, width: int, height: int) -> dict[str, list[float]]:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path)
    if page.locator("#loading").count():
        expect(page.locator("#loading")).to_be_hidden()
    still(page)
    sizes: dict[str, list[float]] = page.evaluate(SIZES, PARTS)
    return sizes


@only("explorer", place=PAGES)
def test_letters_and_rows_are_a_quarter_larger(page: Page, place: str) -> None:
    usual = sizes_at(page, place, 1535, 864)
    large = sizes_at(page, place, 1920, 1080)
    assert set(large) == set(usual)
    assert len(usual) >= 4
    for name, (letters, height) in usual.items():
        assert large[name][0] == pytest.approx(1.25 * letters, rel=0.001), name
        assert large[name][1] == pytest.approx(1.25 * height, rel=0.02, abs=2), name
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(CLIPPED) == []


def figure(page: Page) -> dict[str, Any]:
    """The picture of the explorer: its size on the screen, in its design, and one of its letters."""
    drawn: dict[str, Any] = page.locator("#graph").evaluate(
        """graph => {
          const { width, height, xaxis, yaxis } = graph.layout;
          const letters = graph.data.find((it) => it.mode === "text");
          const box = graph.querySelector(".main-svg").getBoundingClientRect();
          return {
            size: [box.width, box.height], layout: [width, height], letter: [letters.textfont.size].flat()[0],
            design: [xaxis.range[1] - xaxis.range[0], yaxis.range[0]],
            stage: graph.parentElement.getBoundingClientRect().width,
          };
        }"""
    )
    return drawn


def test_the_picture_is_drawn_by_the_same_unit_and_takes_the_height_of_the_window(page: Page) -> None:
    sizes_at(page, PAGES["explorer"], 1535, 864)
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    usual = figure(page)
    sizes_at(page, PAGES["explorer"], 1920, 1080)
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    large = figure(page)
    for name in ("size", "layout"):
        assert large[name] == pytest.approx([1.25 * it for it in large["design"]], abs=1)
    assert large["letter"] == pytest.approx(1.25 * usual["letter"])
    assert large["stage"] == pytest.approx(large["size"][0], abs=1)
    assert large["design"] == pytest.approx(usual["design"], abs=2)
    tray = page.locator("#tray").bounding_box()
    assert tray
    assert tray["y"] + tray["height"] <= 1080
    for height, least in ((1440, 1.3), (1080, 1)):
        page.set_viewport_size({"width": 2560, "height": height})
        still(page)
        assert figure(page)["size"][1] >= least * large["size"][1] - 1


def test_grips_stand_on_their_lines_and_follow_the_pointer(page: Page) -> None:
    sizes_at(page, PAGES["explorer"], 1920, 1080)
    grip = page.locator(".cut-line").first
    expect(grip).to_be_visible()
    box, graph = grip.bounding_box(), page.locator("#graph").bounding_box()
    assert box
    assert graph
    column = graph["width"] / 7
    line = box["x"] + box["width"] / 2
    assert line == pytest.approx(graph["x"] + 3 * column, abs=3)
    page.mouse.move(line, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(line + column, box["y"] + 20, steps=6)
    page.mouse.up()
    page.wait_for_url("**k=4**")
    expect(page.locator("#control-k .exact")).to_have_value("4")


@pytest.mark.exhaustive
def test_the_track_of_the_player_goes_where_it_is_pressed(page: Page) -> None:
    sizes_at(page, PAGES["explorer"], 1920, 1080)
    track = page.locator("#track").bounding_box()
    assert track
    page.mouse.click(track["x"] + 0.02 * track["width"], track["y"] + track["height"] / 2)
    page.wait_for_url("**at=f0**")
    still(page)
    track = page.locator("#track").bounding_box()  # the picture has made room for the ledger
    assert track
    part = (track["width"] - 1.25 * (56 + 16)) / 2  # forward and backward: what the update and two gaps leave
    page.mouse.click(track["x"] + part * (1 + 6.5 / 7) + 10, track["y"] + track["height"] / 2)
    page.wait_for_url("**at=b0**")


@pytest.mark.exhaustive
def test_a_lab_beside_its_lesson_is_enlarged_too_and_fills_its_place(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_moment(page, "en", "truncated", 2)
    wait_for_lab(page)
    place = page.locator(".lab .frame").bounding_box()
    inside = page.frame_locator("#frame").locator("#graph .main-svg").first
    expect(inside).to_be_visible()
    picture, letters = inside.bounding_box(), page.locator(".moment:visible .text").first
    assert place
    assert picture
    assert picture["x"] + picture["width"] >= place["x"] + 0.97 * place["width"]
    within = page.locator("#frame").evaluate("frame => frame.contentWindow.innerWidth")
    assert within == pytest.approx(place["width"] / 1.25, abs=1)
    assert letters.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") == 21.25

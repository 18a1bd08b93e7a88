"""Long sequences: a part is drawn at a time, a strip shows the whole, and the address tells nothing of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.labs.explorer.params import MAX_STEPS
from tests.browser.explorer import hash_of, open_explorer, query_of, still, until, wait_for_picture
from tests.pairwise import only

T = MAX_STEPS
LONG = f"/en/?v=1&text=the quick brown fox&steps={T}&k=10"

DRAWN = """() => {
  const graph = document.getElementById("graph"), box = document.getElementById("scroll");
  const left = parseFloat(getComputedStyle(graph).left), { width } = graph.layout;
  return { left, right: left + width, seen: [box.scrollLeft, box.scrollLeft + box.clientWidth],
    whole: box.scrollWidth, norms: document.getElementById("norms").closest(".scroll").scrollLeft };
}"""


def covers(drawn: dict) -> bool:
    return bool(drawn["left"] <= drawn["seen"][0] + 4 and drawn["right"] >= drawn["seen"][1] - 8)


def until_drawn(page: Page, from_px: float = 0) -> dict:
    """Wait until what is in sight, from so many pixels on, is drawn."""
    drawn: dict = until(
        page, lambda: page.evaluate(DRAWN), lambda drawn: covers(drawn) and drawn["seen"][0] >= from_px
    )
    assert covers(drawn)
    assert drawn["seen"][0] >= from_px
    return drawn


@pytest.mark.exhaustive
def test_sixty_steps_are_one_picture_and_sixty_one_have_a_strip(page: Page) -> None:
    open_explorer(page, "/en/?v=1&steps=60")
    expect(page.locator("#overview")).to_be_hidden()
    drawn = page.evaluate(DRAWN)
    assert (drawn["left"], round(drawn["right"])) == (0, drawn["whole"])
    open_explorer(page, "/en/?v=1&steps=61")
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator("#overview-handle")).to_have_attribute("aria-valuetext", "t = 0 to 40 of 0 to 60")


def test_of_a_long_sequence_only_a_part_is_drawn_and_the_stage_is_as_wide_as_the_whole(page: Page) -> None:
    open_explorer(page, LONG)
    drawn = until_drawn(page)
    assert drawn["whole"] > 28 * T
    assert drawn["right"] - drawn["left"] < 0.8 * drawn["whole"]


@only("7", jump=[1, 7])
def test_scrolling_draws_what_comes_in_sight_and_takes_the_other_panels_along(page: Page, jump: int) -> None:
    open_explorer(page, f"{LONG}#open=norms")
    expect(page.locator("#norms .main-svg").first).to_be_visible()
    end = page.evaluate(DRAWN)["whole"]
    for left in range(0, end - 1400, jump * 400):
        page.evaluate("left => { document.getElementById('scroll').scrollLeft = left }", left)
        if left > 6000:
            break
        drawn = until_drawn(page, left)
    still(page)
    drawn = until_drawn(page)
    assert drawn["norms"] == drawn["seen"][0]


def test_the_strips_handle_is_a_slider_for_hands_and_keys(page: Page) -> None:
    open_explorer(page, LONG)
    handle = page.locator("#overview-handle")
    handle.focus()
    page.keyboard.press("End")
    drawn = until_drawn(page, 28 * T - 1500)
    assert drawn["seen"][1] == drawn["whole"]
    expect(handle).to_have_attribute("aria-valuetext", f"t = {T - 41} to {T - 1} of 0 to {T - 1}")
    page.keyboard.press("ArrowLeft")
    moved = until(page, lambda: page.evaluate(DRAWN)["seen"][0], lambda left: left < drawn["seen"][0])
    assert moved < drawn["seen"][0]
    box = handle.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    drawn = until_drawn(page, 28 * T / 3)
    assert abs(sum(drawn["seen"]) / 2 - drawn["whole"] / 2) < 1200


def test_scrolling_writes_its_first_step_into_the_fragment_and_nothing_else(page: Page) -> None:
    open_explorer(page, LONG)
    query, length = query_of(page), page.evaluate("history.length")
    assert hash_of(page) == ""
    page.evaluate("document.getElementById('scroll').scrollLeft = 4000")
    until_drawn(page, 4000)
    expect(page).to_have_url(re.compile("#from=140$"))
    assert (query_of(page), page.evaluate("history.length")) == (query, length)
    assert "from" not in query


def test_a_link_opens_at_its_step_and_scrolling_away_from_it_is_not_undone(page: Page) -> None:
    open_explorer(page, f"{LONG}#t={T - 50}")
    drawn = until_drawn(page, 28 * (T - 100))
    column = 28.5 * (T - 49.5)
    assert drawn["seen"][0] < column < drawn["seen"][1]
    expect(page.locator("#readout")).to_contain_text(f"t = {T - 50}")
    page.evaluate("document.getElementById('scroll').scrollLeft = 0")
    until_drawn(page)
    page.keyboard.press("]")  # the truncation changes, the place does not
    expect(page.locator("[data-exact=k]")).to_have_value("11")
    still(page)
    drawn = until_drawn(page)
    assert drawn["seen"][0] == 0


@pytest.mark.exhaustive
def test_a_state_far_down_the_sequence_is_told_by_its_own_step(page: Page) -> None:
    open_explorer(page, f"{LONG}#t={T - 50}")
    until_drawn(page, 28 * (T - 100))
    still(page)  # the band glides
    band, graph = page.locator("#playhead").bounding_box(), page.locator("#graph").bounding_box()
    assert band
    assert graph
    page.mouse.move(band["x"] + band["width"] / 2 + 28.5, graph["y"] + 0.55 * graph["height"])
    subscript = str(T - 49).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    expect(page.locator("#readout")).to_contain_text(subscript)


@pytest.mark.exhaustive
def test_on_a_phone_the_strip_is_there_and_nothing_is_wider_than_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(LONG)
    wait_for_picture(page)
    expect(page.locator("#overview")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    until_drawn(page)


def test_what_the_answer_does_not_hold_is_asked_for_while_the_picture_stays(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/bptt?" in request.url else None)
    open_explorer(page, LONG)
    until_drawn(page)
    assert len(asked) == 1
    assert "from=" not in asked[0]
    page.locator("#overview-handle").focus()
    page.keyboard.press("End")
    until_drawn(page, 28 * T - 1500)
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    last = f"&from={T - 200}"
    assert until(page, lambda: asked[-1], lambda url: url.endswith(last)).endswith(last)
    arrows = """() => document.getElementById("graph").layout.shapes
      .filter(({ fillcolor, opacity }) => fillcolor === "#c8430b" && opacity !== 0.92)
      .map(({ path = "" }) => (path.match(/M[0-9.]+/g) ?? []).map((at) => Number(at.slice(1)))).flat()"""
    end = page.evaluate(DRAWN)["whole"]
    drawn = until(
        page,
        lambda: sum(x > end - 1000 for x in page.evaluate(arrows)),
        lambda count: count > 30,
    )
    assert drawn > 30, "gradients of the last steps are drawn"
    page.locator("#panel-numbers").evaluate("details => { details.open = true }")
    expect(page.locator("#numbers caption")).to_contain_text(f"{T - 200} to {T - 1}")
    expect(page.locator("#numbers tbody tr")).to_have_count(200)


def test_a_link_far_into_the_sequence_asks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/bptt?" in request.url else None)
    open_explorer(page, f"{LONG}#t=700")
    until_drawn(page, 28 * 650)
    still(page)
    assert len(asked) == 1
    assert "&from=" in asked[0]

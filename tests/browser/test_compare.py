"""Two links side by side: A and B on one time axis and one scale, and one link for both."""

import math
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import (
    address_of,
    drag_to,
    open_explorer,
    query_of,
    shared_link,
    still,
    until,
    wait_for_picture,
)
from tests.pairwise import only


def open_both(page: Page, path: str) -> None:
    page.goto(path)
    wait_for_both(page)


def wait_for_both(page: Page) -> None:
    for side in "ab":
        expect(page.locator(f"#graph-{side} .main-svg").first).to_be_visible()
        expect(page.locator(f"#norms-{side} .main-svg").first).to_be_visible()
        expect(page.locator(f"#readout-{side}")).not_to_be_empty()


def said(page: Page) -> list[str]:
    names = ["differences", "facts-a", "facts-b", "readout-a", "readout-b", "position"]
    return [page.locator(f"#{name}").inner_text() for name in names]


@only("en", language=["ko", "en"])
def test_the_explorer_leads_to_the_comparison_of_what_is_on_screen_with_the_whole_gradient(
    page: Page, language: str
) -> None:
    open_explorer(page, f"/{language}/?v=1&text=banana&k=3#t=2")
    page.locator("#compare").click()
    wait_for_both(page)
    assert query_of(page) == {"v": "1", "text": "banana", "k": "3", "b": "text=banana&truncation=full&k=3"}
    expect(page.locator("#position")).to_have_text("t = 2")
    differs, facts_a, facts_b, *_ = said(page)
    assert "BPTT" in differs
    assert facts_a != facts_b
    expect(page.locator("#outcome")).to_have_text(re.compile(r"\d+°.*%"))


def test_the_link_leads_to_the_comparison_before_any_script_has_run(page: Page, tolerated: list[str]) -> None:
    tolerated.append("net::ERR_FAILED")
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/en/?v=1&text=banana&k=3")
    page.unroute("**/*.js")
    page.locator("#compare").click()
    wait_for_both(page)
    assert query_of(page) == {"v": "1", "text": "banana", "k": "3", "b": "text=banana&truncation=full&k=3"}


def test_a_comparison_without_a_link_opens_with_two_sides_that_differ_and_says_by_how_much(
    page: Page,
) -> None:
    open_both(page, "/en/ab")
    comparison = page.request.get("/api/bptt?v=1").json()["comparison"]["recurrent"]
    angle = round(math.degrees(math.acos(comparison["cosine"])))
    expect(page.locator("#outcome")).to_have_text(
        f"forward pass: identical · gradient of the recurrent weights turned by {angle}° · relative error "
        f"{comparison['relative_error']:.0%} · norm ×{comparison['norm_ratio']:.2f}"
    )
    open_both(page, "/en/ab?v=1&b=text%3Dbanana")
    expect(page.locator("#outcome")).to_have_text("forward pass: different")


def test_the_controls_change_b_and_a_stays(page: Page) -> None:
    open_both(page, "/en/ab?v=1&text=banana&b=text%3Dbanana")
    before = said(page)
    drag_to(page, "k", 5)
    expect(page.locator("#differences")).to_have_text("Block length k 2 → 5")
    expect(page.locator("#facts-b")).to_contain_text("cosine 1.000")
    assert said(page)[1] == before[1]
    assert query_of(page)["b"] == "text=banana&k=5"
    page.locator("#side-a").click()
    expect(page.locator("#side-a")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-exact=k]")).to_have_value("2")
    drag_to(page, "k", 4)
    expect(page.locator("#differences")).to_have_text("Block length k 4 → 5")
    page.go_back()
    expect(page.locator("#differences")).to_have_text("Block length k 2 → 5")


def test_a_shared_link_of_two_reproduces_every_number(page: Page, open_page: Callable[..., Page]) -> None:
    open_both(page, "/ko/ab?v=1&text=banana&b=text%3D안녕하세요%26truncation%3Dwindow")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#position")).to_have_text("t = 2")
    before = said(page)
    page.locator("#share").click()
    expect(page.locator("#share-dialog")).to_be_visible()
    link = shared_link(page)
    elsewhere = open_page()
    open_both(elsewhere, link)
    expect(elsewhere.locator("#position")).to_have_text("t = 2")
    assert said(elsewhere) == before


def test_each_side_says_what_the_explorer_says_and_leads_there(page: Page) -> None:
    open_both(page, "/en/ab?v=1&k=1&b=k%3D3#t=1")
    told = said(page)[3:5]
    for side, k, sentence in (("a", "1", told[0]), ("b", "3", told[1])):
        open_both(page, "/en/ab?v=1&k=1&b=k%3D3#t=1")
        page.locator(f"#open-{side}").click()
        wait_for_picture(page)
        assert query_of(page)["k"] == k
        expect(page.locator("#readout")).to_have_text(sentence)


def test_columns_of_both_stand_above_each_other_whatever_their_lengths(page: Page) -> None:
    open_both(page, "/en/ab?v=1&steps=9&b=steps%3D4#t=3")
    still(page)
    bands = [page.locator(f"#playhead-{side}").bounding_box() for side in "ab"]
    assert bands[0]
    assert bands[1]
    assert abs(bands[0]["x"] - bands[1]["x"]) < 1
    page.keyboard.press("End")
    expect(page.locator("#playhead-b")).to_be_hidden()
    expect(page.locator("#readout-b")).to_contain_text("4 steps")


def test_what_is_wrong_on_either_side_is_moved_to_its_limit_with_a_word(page: Page) -> None:
    open_both(page, "/en/ab?v=1&k=0&zzz=1&b=hidden%3D900%26yyy%3D1")
    expect(page.locator("#notices")).to_contain_text("outside 1 … 1,000")
    expect(page.locator("#notices")).to_contain_text("outside 1 … 64")
    query = query_of(page)
    assert set(query) == {"v", "k", "b"}
    assert parse_qs(query["b"]) == {"hidden": ["64"]}


@pytest.mark.exhaustive
def test_swapping_sides_swaps_the_link(page: Page) -> None:
    open_both(page, "/en/ab?v=1&k=1&b=k%3D3")
    page.locator("#swap").click()
    expect(page.locator("#differences")).to_have_text("Block length k 3 → 1")
    assert query_of(page) == {"v": "1", "k": "3", "b": "k=1"}


@pytest.mark.exhaustive
def test_on_a_phone_one_stands_under_the_other_and_nothing_is_wider_than_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_both(page, "/ko/ab?v=1&steps=12&b=steps%3D30%26k%3D7")
    a, b = (page.locator(f"#graph-{side}").bounding_box() for side in "ab")
    assert a
    assert b
    assert a["y"] + a["height"] <= b["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.exhaustive
def test_long_sequences_scroll_together(page: Page) -> None:
    open_both(page, "/en/ab?v=1&steps=300&k=10&b=steps%3D300%26k%3D20#t=250")
    lefts = """() => [...document.querySelectorAll(".scroll")].map((box) => Math.round(box.scrollLeft))"""
    found = until(page, lambda: page.evaluate(lefts), lambda found: len(set(found)) == 1 and found[0] > 6000)
    assert len(set(found)) == 1
    assert found[0] > 6000
    assert "from" not in address_of(page)

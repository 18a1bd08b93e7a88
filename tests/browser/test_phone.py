"""On a phone: the text and k stay in the dock at the bottom, whatever is typed and wherever a link leads."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import still
from tests.pairwise import only

PHONE = {"viewport": {"width": 390, "height": 734}, "has_touch": True, "is_mobile": True}
PATHS = ["/en/", "/ko/?text=backprop&k=3", "/en/training", "/ko/training?text=backprop&k=3", "/ko/ab?k=3"]
K = "#control-k .exact"
BOTTOM = "it => it.getBoundingClientRect().bottom"


def enter(open_page: Callable[..., Page], path: str, size: tuple[int, int] = (390, 734)) -> Page:
    page = open_page(**PHONE | {"viewport": {"width": size[0], "height": size[1]}})
    page.goto(path)
    expect(page.locator("#loading")).to_be_hidden()
    still(page)
    return page


@only(
    *("/en/-360x640", "/ko/training?text=backprop&k=3-390x734"),
    path=PATHS,
    size=[(360, 640), (390, 734), (412, 915)],
)
def test_a_text_is_typed_letter_by_letter(
    open_page: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    """Letters such as s and f are shortcuts elsewhere; here each stays in the field, which never moves."""
    page = enter(open_page, path, size)
    field = page.locator("#text")
    for there in ("#text", K, "#more"):
        expect(page.locator(there)).to_be_in_viewport(ratio=0.99)
    place = field.bounding_box()
    field.tap()
    field.press("End")
    typed = field.input_value()
    for letter in "sfqbx":
        page.keyboard.press(letter)
        typed += letter
        expect(field).to_be_focused()
        expect(field).to_have_value(typed)
        expect(page).to_have_url(re.compile(rf"text(=|%3D){typed}\b"))  # the comparison packs that of B
    still(page)
    assert field.bounding_box() == place
    for there in ("#text", K, "#more"):
        expect(page.locator(there)).to_be_in_viewport(ratio=0.99)
    expect(page.locator("dialog[open], .presenting, #blank:not([hidden])")).to_have_count(0)


def test_cuts_of_one_s_own_take_the_place_of_k_and_leave_the_text_where_it_is(
    open_page: Callable[..., Page],
) -> None:
    page = enter(open_page, "/en/?v=1&text=backprop&k=3")
    place = page.locator("#text").bounding_box()
    page.goto("/en/?v=1&text=backprop&truncation=cuts&cuts=2%2C5")
    expect(page.locator("#cuts")).to_be_in_viewport(ratio=0.99)
    expect(page.locator(K)).to_be_hidden()
    assert page.locator("#text").bounding_box() == place
    page.locator("#more").tap()  # what it opens has names, and room for them
    expect(page.locator("#control-steps label")).to_have_css("clip-path", "none")
    expect(page.locator("#truncation")).to_have_css("max-width", "none")
    page.goto("/en/?v=1&text=backprop&truncation=full")
    expect(page.locator("#note-k")).to_have_text("every loss reaches t = 0")
    expect(page.locator("#control-k button:visible")).to_have_count(0)


def test_the_first_screen_has_the_picture_above_the_dock(open_page: Callable[..., Page]) -> None:
    page = enter(open_page, "/ko/?v=1")
    graph, dock = page.locator("#graph").bounding_box(), page.locator("#controls").bounding_box()
    assert graph["y"] + graph["height"] <= dock["y"]
    assert dock["y"] + dock["height"] == 734
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    still(page)
    last = page.locator("#panels > :last-child").evaluate(BOTTOM)
    assert last <= dock["y"]  # nothing ends below the dock
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_more_opens_leaves_the_text_and_k_where_they_are(open_page: Callable[..., Page]) -> None:
    page = enter(open_page, "/en/training?v=1", (360, 640))
    before = [page.locator(there).bounding_box() for there in ("#text", K, "#more")]
    page.locator("#more").tap()
    for there in ("#task", "#lr", "#state"):
        expect(page.locator(there)).to_be_in_viewport(ratio=0.99)
    assert [page.locator(there).bounding_box() for there in ("#text", K, "#more")] == before
    page.locator("#seed").scroll_into_view_if_needed()
    expect(page.locator("#seed")).to_be_in_viewport()


@only("/en/", "/ko/training?v=1", path=["/en/", "/ko/training?v=1", "/en/ab?k=3"])
def test_above_a_keyboard_they_stand_in_one_row(open_page: Callable[..., Page], path: str) -> None:
    page = enter(open_page, path)
    page.locator("#text").tap()
    page.set_viewport_size({"width": 390, "height": 430})  # interactive-widget=resizes-content
    expect(page.locator(".on-keyboard")).to_be_attached()
    text, k = (page.locator(there).bounding_box() for there in ("#text", K))
    assert text["y"] < k["y"] + k["height"]
    assert k["y"] < text["y"] + text["height"]
    assert text["x"] + text["width"] <= k["x"]
    assert 430 - page.locator("#controls").bounding_box()["y"] == pytest.approx(66, abs=1)
    page.keyboard.type("x")
    expect(page.locator("#text")).to_be_focused()
    if path == "/en/":  # the whole graph is in sight, down to what is typed
        still(page)
        graph = page.locator("#graph").bounding_box()
        assert graph["y"] >= 0
        assert graph["y"] + graph["height"] <= page.locator("#controls").bounding_box()["y"]
    page.set_viewport_size({"width": 390, "height": 734})
    expect(page.locator(".on-keyboard")).not_to_be_attached()


@only("/en/?v=1&text=backprop&k=3", path=["/en/?v=1&text=backprop&k=3", "/ko/?v=1&text=backprop&k=3"])
def test_the_dock_has_the_text_and_below_it_k_the_settings_and_play(
    open_page: Callable[..., Page], path: str
) -> None:
    page = enter(open_page, path)
    dock = page.locator("#controls").bounding_box()
    assert dock["height"] == pytest.approx(122, abs=1)
    rows = [page.locator(it).bounding_box() for it in ("#text", "#control-k .less", K, "#more", "#dock-play")]
    text, *row = rows
    assert text["y"] + text["height"] < row[0]["y"]
    assert len({round(it["y"] + it["height"] / 2) for it in row}) == 1
    assert [it["x"] for it in row] == sorted(it["x"] for it in row)
    assert all(min(it["height"], it["width"]) >= 40 for it in rows)
    page.locator("#control-k .greater").tap()
    expect(page.locator(K)).to_have_value("4")
    page.wait_for_url("**k=4**")
    for _ in range(3):
        page.locator("#control-k .greater").tap()
    expect(page.locator(K)).to_have_value("7")
    expect(page.locator("#control-k .greater")).to_be_disabled()  # at 7 nothing is cut
    page.locator("#control-k .less").tap()
    expect(page.locator(K)).to_have_value("6")
    expect(page.locator("#player #play")).to_be_hidden()
    page.locator("#dock-play").tap()
    page.wait_for_url("**at=f**")
    expect(page.locator("#dock-play")).to_have_attribute("aria-pressed", "true")
    page.locator("#dock-play").tap()
    expect(page.locator("#dock-play")).to_have_attribute("aria-pressed", "false")


def test_on_the_start_page_the_dock_plays_the_story(open_page: Callable[..., Page]) -> None:
    page = enter(open_page, "/en/")
    page.locator("#dock-play").tap()
    expect(page.locator("#beats [data-beat='1']")).to_be_visible()
    expect(page).to_have_url(re.compile("/en/$"))


@pytest.mark.exhaustive
def test_letters_meant_for_a_field_that_is_gone_are_no_shortcuts(open_page: Callable[..., Page]) -> None:
    page = enter(open_page, "/en/?v=1")
    page.locator("#text").tap()
    page.locator("#text").evaluate("field => { field.parentElement.hidden = true; }")
    expect(page.locator("body")).to_be_focused()
    for letter in "sfqb?":
        page.keyboard.press(letter)
    still(page)
    expect(page.locator("dialog[open], .presenting, #blank:not([hidden])")).to_have_count(0)
    page.locator("main").tap(position={"x": 5, "y": 60})  # the reader goes on elsewhere
    page.keyboard.press("q")
    expect(page.locator("dialog[open]")).to_be_visible()

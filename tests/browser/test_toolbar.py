"""The toolbar as a sentence that follows the scheme, steppers, and the settings beside the picture."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import open_explorer, query_of, still
from tests.pairwise import only

SCHEMES = {  # what stands in the toolbar beside text, length and scheme
    "": {"k"},
    "&truncation=window": {"k"},
    "&truncation=tbptt": {"k1", "k"},
    "&truncation=randomized": {"cut", "cut_seed"},
    "&truncation=cuts&cuts=2": {"cuts"},
    "&truncation=full": set(),
}
NOTES = {
    "": "= 2 blocks",
    "&truncation=window": "each loss reaches 2 steps",
    "&truncation=tbptt": "steps",
    "&truncation=randomized": "= 1 segment",
    "&truncation=cuts&cuts=2": "= 2 blocks",
    "&truncation=full": "every loss reaches t = 0",
}


@only(*list(SCHEMES)[2:4], scheme=list(SCHEMES))
def test_the_toolbar_has_the_parameters_of_the_scheme_and_says_what_they_do(page: Page, scheme: str) -> None:
    open_explorer(page, f"/en/?v=1{scheme}")
    expect(page.locator("#note-k")).to_have_text(NOTES[scheme])
    fields = page.locator("#controls > .control :is(select, input:not([type=range]))")
    seen = fields.evaluate_all(
        "(fields) => fields.filter((it) => it.checkVisibility()).map((it) => it.dataset.exact ?? it.id)"
    )
    assert set(seen) - {"text", "steps", "truncation"} == SCHEMES[scheme]


def test_steppers_change_a_length_by_one_within_its_bounds(page: Page) -> None:
    open_explorer(page, "/en/?v=1&steps=2")
    less, greater = (page.locator(f"[data-of=steps][data-by='{by}']") for by in (-1, 1))
    greater.click()
    expect(page.locator("[data-exact=steps]")).to_have_value("3")
    assert query_of(page)["steps"] == "3"
    less.click()
    less.click()
    expect(page.locator("[data-exact=steps]")).to_have_value("1")
    expect(less).to_be_disabled()
    assert query_of(page)["steps"] == "1"


def test_new_cuts_are_drawn_at_the_press_of_a_button(page: Page) -> None:
    open_explorer(page, "/en/?v=1&truncation=randomized&cut_seed=5000")
    page.locator("[data-draw=cut_seed]").click()
    assert int(query_of(page).get("cut_seed", "0")) < 1000


def test_settings_push_the_picture_which_stays_live_and_escape_closes_them(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_explorer(page, "/en/?v=1&text=backprop&k=3")
    whole = page.locator("#graph").bounding_box()
    page.locator("#more").click()
    drawer = page.locator("#rest").bounding_box()
    still(page)
    beside = page.locator("#graph").bounding_box()
    assert whole
    assert beside
    assert drawer
    assert drawer["width"] == 316
    assert beside["width"] == whole["width"] - 316
    assert beside["x"] + beside["width"] <= drawer["x"]
    page.locator("#hidden").press("ArrowRight")
    expect(page.locator("[data-exact=hidden]")).to_have_value("9")
    assert query_of(page)["hidden"] == "9"
    page.keyboard.press("Escape")
    expect(page.locator("#rest")).to_be_hidden()
    expect(page.locator("#more")).to_be_focused()
    still(page)
    again = page.locator("#graph").bounding_box()
    assert again
    assert again["width"] == whole["width"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["wide", "phone"])
def test_settings_that_are_rarely_used_come_with_all_of_them(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_explorer(page)
    page.locator("#more").click()
    expect(page.locator("#recurrence")).to_be_hidden()
    page.locator("#rest-all").click()
    expect(page.locator("#recurrence")).to_be_visible()


@only("1024", width=[1024, 1280])
@pytest.mark.exhaustive
def test_the_toolbar_is_one_row_whatever_the_scheme(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    for scheme in SCHEMES:
        open_explorer(page, f"/en/?v=1&text=backpropagation{scheme}")
        expect(page.locator("#note-k")).not_to_be_empty()
        assert page.locator("#controls").evaluate("(bar) => bar.offsetHeight") == 54, scheme
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), scheme

"""The tray of the explorer: cards with findings, from which panels open under the picture as tabs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.explorer import (
    drag_to,
    expect_hash,
    hash_of,
    open_explorer,
    open_panel,
    still,
)

LINK = "/en/?v=1&text=backprop&k=3"
CARDS = {
    "norms": ("0.20 → 0.14", "at t = 1, cut"),
    "credit": ("13 of 28", "pairs kept"),
    "schemes": ("window", "closest, with TBPTT: 16%"),
    "cost": ("3 / 7", "steps held in memory"),
    "comparison": ("47%", "error of dW"),
}
PHONE = {"viewport": {"width": 390, "height": 734}, "has_touch": True, "is_mobile": True}


def opened(page: Page) -> Locator:
    return page.locator("#panels > .panel:visible")


def is_open(page: Page, *names: str) -> None:
    """Wait until exactly these panels stand below the tabs."""
    expect(opened(page)).to_have_count(len(names))
    for name in names:
        expect(page.locator(f"#panel-{name}")).to_be_visible()
        expect(page.locator(f"#card-{name}")).to_have_attribute("aria-expanded", "true")


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"]


def test_each_card_has_a_figure_and_a_finding_of_this_run_and_all_are_on_the_first_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_explorer(page, LINK)
    for name, (finding, note) in CARDS.items():
        card = page.locator(f"#card-{name}")
        expect(card.locator("b")).to_have_text(finding)
        expect(card.locator("small")).to_have_text(note)
        expect(card.locator("svg")).to_be_visible()
        expect(card).to_be_in_viewport(ratio=1)
    expect(page.locator("#tray-more")).to_contain_text("9 more")
    is_open(page)
    assert page.evaluate("document.documentElement.scrollHeight") <= 722
    drag_to(page, "k", 7)
    expect(page.locator("#card-credit b")).to_have_text("28 of 28")
    expect(page.locator("#card-comparison b")).to_have_text("0%")


def test_figures_of_panels_fit_the_window_below_the_tabs(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_explorer(page, f"{LINK}#open=credit")
    for name, figure in (
        ("credit", "#credit .main-svg"),
        ("norms", "#norms .main-svg"),
        ("lags", "#lags svg"),
        ("formats", "#formats svg"),
    ):
        if name != "credit":
            open_panel(page, name)
        box = page.locator(figure).first.bounding_box()
        assert box
        assert page.evaluate("scrollY") + box["y"] + box["height"] <= 720


@pytest.mark.exhaustive
def test_no_answer_is_asked_for_a_closed_panel(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    open_explorer(page, LINK)
    still(page)
    assert len(asked) == 1
    open_panel(page, "cells")
    expect(page.locator("#cells-caption")).to_contain_text("keeps most")
    assert len(asked) > 1


def test_a_click_opens_one_panel_at_a_time_below_a_lower_picture_with_the_player_between(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_explorer(page, LINK)
    high = page.locator("#graph").bounding_box()
    page.locator("#card-credit").click()
    is_open(page, "credit")
    expect(page.locator("#card-credit")).to_be_focused()
    expect_hash(page, "open=credit")
    still(page)
    low = page.locator("#graph").bounding_box()
    assert high
    assert low
    assert low["height"] < high["height"] - 100
    order = ["#graph", "#player", "#tray", "#panel-credit"]
    assert [top(page, part) for part in order] == sorted(top(page, part) for part in order)
    for part in ("#player", "#tray"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
    expect(page.locator("#panel-credit")).to_be_in_viewport(ratio=0.4)
    expect(page.locator("#card-norms b")).to_have_text(CARDS["norms"][0])  # tabs have their findings
    page.locator("#card-norms").click()
    is_open(page, "norms")
    expect_hash(page, "open=norms")
    page.locator("#card-norms").click()
    is_open(page)
    expect_hash(page, "")


def test_the_columns_of_a_panel_stand_under_those_of_the_picture(page: Page) -> None:
    open_explorer(page, f"{LINK}#open=norms")
    expect(page.locator("#norms .main-svg").first).to_be_visible()
    boxes = [page.locator(part).bounding_box() for part in ("#graph", "#norms")]
    assert len({(box["x"], box["width"]) for box in boxes if box}) == 1


def test_shift_and_the_pin_keep_a_second_panel(page: Page) -> None:
    open_explorer(page, LINK)
    page.locator("#card-credit").click()
    page.locator("#card-norms").click(modifiers=["Shift"])
    is_open(page, "credit", "norms")
    expect_hash(page, "open=credit%2Cnorms")
    expect(page.locator("#keep-credit")).to_have_attribute("aria-pressed", "true")
    page.locator("#card-cost").click()
    is_open(page, "credit", "cost")  # what was pinned stays, the other made room
    page.locator("#keep-credit").click()
    page.locator("#keep-cost").click()
    page.locator("#card-schemes").click()
    is_open(page, "cost", "schemes")
    page.locator("#panel-cost summary").click()  # two of them have headings, which close them
    is_open(page, "schemes")
    page.locator("#tray-close").click()
    is_open(page)


def test_the_tray_is_used_by_keys_alone(page: Page) -> None:
    open_explorer(page, LINK)
    page.locator("#card-norms").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#card-credit")).to_be_focused()
    assert "at=" not in hash_of(page)  # the arrow keys of the player rest meanwhile
    page.keyboard.press("Enter")
    is_open(page, "credit")
    expect(page.locator("#card-credit")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#keep-credit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#keep-credit")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    expect(page.locator("#tray-more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#tray-menu button").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#tray-menu [data-take]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    is_open(page, "credit", "numbers")
    expect(page.locator("#card-numbers")).to_be_focused()
    page.keyboard.press("Escape")
    is_open(page, "credit")
    expect(page.locator("#tray-more")).to_be_focused()  # it is in the menu again
    page.locator("#scroll").focus()
    page.keyboard.press("Escape")
    is_open(page)
    expect(page.locator("#card-credit")).to_be_focused()


def test_escape_lets_go_of_a_loss_before_it_closes_the_panel(page: Page) -> None:
    open_explorer(page, f"{LINK}#s=5&t=3&open=credit")
    is_open(page, "credit")
    page.locator("#scroll").focus()
    page.keyboard.press("Escape")
    expect_hash(page, "open=credit")
    page.keyboard.press("Escape")
    is_open(page)


def test_a_reload_and_a_link_open_the_same_in_the_same_order(page: Page) -> None:
    open_explorer(page, f"{LINK}#open=cost,norms")
    is_open(page, "cost", "norms")
    page.locator("#card-credit").click()
    is_open(page, "cost", "credit")  # all but the last were kept
    expect_hash(page, "open=cost%2Ccredit")
    page.reload()
    is_open(page, "cost", "credit")
    expect_hash(page, "open=cost%2Ccredit")


def test_back_returns_to_what_was_open(page: Page) -> None:
    open_explorer(page, f"{LINK}#open=cost")
    drag_to(page, "k", 4)
    page.locator("#card-norms").click()
    is_open(page, "norms")
    expect_hash(page, "open=norms")
    page.go_back()
    is_open(page, "cost")
    page.go_forward()
    is_open(page, "norms")


def test_old_links_open_what_they_opened_and_the_address_tells_it_anew_once_it_changes(page: Page) -> None:
    open_explorer(page, "/en/?v=1&cell=lstm#panel=gates,norms")
    is_open(page, "gates")
    expect_hash(page, "panel=gates,norms")
    page.locator("#card-credit").click()
    is_open(page, "credit")
    expect_hash(page, "open=credit")
    open_explorer(page, "/en/?v=1&updates=3#panel=-learning")
    is_open(page)
    open_explorer(page, "/en/?v=1&updates=3")
    is_open(page, "learning")
    page.locator("#card-learning").click()
    is_open(page)
    expect_hash(page, "open=none")
    open_explorer(page, "/en/?v=1#look=schemes")
    is_open(page, "schemes")
    page.locator("#tray-close").click()
    is_open(page)


def test_a_panel_with_nothing_to_show_is_neither_offered_nor_given_room(page: Page) -> None:
    open_explorer(page, f"{LINK}&cell=lstm#open=gates")
    is_open(page, "gates")
    low = page.locator("#graph").bounding_box()
    page.locator("#more").click()
    page.locator("#cell").select_option("rnn")
    is_open(page)
    page.locator("#more").click()
    still(page)
    high = page.locator("#graph").bounding_box()
    assert high
    assert low
    assert high["height"] > low["height"]
    page.locator("#tray-more").click()
    expect(page.locator("#tray-menu")).not_to_contain_text("Gates")


def test_what_is_covered_has_no_finding_and_what_is_hidden_no_card(page: Page) -> None:
    open_explorer(page, f"{LINK}#veil=credit,norms")
    for name in ("credit", "norms"):
        card = page.locator(f"#card-{name}")
        expect(card).to_be_visible()
        expect(card).not_to_contain_text(re.compile(r"\d"))
        expect(card.locator("svg")).to_have_count(0)
    expect(page.locator("#card-cost b")).to_have_text("3 / 7")
    page.goto(f"{LINK}#hide=panels")
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    still(page)
    expect(page.locator("#tray")).to_be_hidden()
    open_explorer(page, f"{LINK}#show=k,credit,numbers")
    expect(page.locator("#tray .opens:visible")).to_have_count(2)
    expect(page.locator("#tray-more")).to_contain_text("1 more")


@pytest.mark.exhaustive
def test_a_run_that_overflows_has_no_finding_that_is_not_true(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=hello&steps=400&activation=identity&gain=3&hidden=16")
    for name in ("norms", "comparison", "schemes"):
        expect(page.locator(f"#card-{name}")).to_be_visible()
        expect(page.locator(f"#card-{name}")).not_to_contain_text(re.compile("NaN|null|Infinity|–"))


@pytest.mark.exhaustive
def test_in_a_frame_the_sections_stand_below_each_other_and_open_opens_more(page: Page) -> None:
    open_explorer(page, "/embed/en/?v=1#open=numbers")
    expect(page.locator("#tray")).to_have_count(0)
    expect(page.locator("#comparison table")).to_be_visible()
    expect(page.locator("#numbers tbody tr")).to_have_count(5)
    assert top(page, "#player") < top(page, "#graph")
    expect_hash(page, "panel=numbers")
    page.locator("#panel-numbers summary").click()
    expect_hash(page, "")


@pytest.mark.exhaustive
def test_on_a_phone_the_cards_scroll_sideways_and_a_panel_comes_into_sight(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**PHONE)
    open_explorer(page, LINK)
    cards = page.locator("#tray .tray-cards")
    assert cards.evaluate("it => it.scrollWidth > it.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#card-cost").tap()
    is_open(page, "cost")
    expect(page.locator("#cost svg")).to_be_in_viewport(ratio=0.3)
    expect(page.locator("#player")).to_be_in_viewport()
    page.locator("#keep-cost").tap()
    page.locator("#card-comparison").tap()
    is_open(page, "cost", "comparison")

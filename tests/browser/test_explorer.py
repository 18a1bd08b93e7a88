"""The main job: open, move both sliders, step, share, and find the same numbers behind the link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import (
    address_of,
    column,
    complaints_of_plotly,
    drag_to,
    numbers,
    open_explorer,
    open_panel,
    query_of,
    shared_link,
    still,
    wait_for_picture,
)
from tests.pairwise import only


@only("ko", language=["ko", "en"])
def test_a_shared_link_reproduces_length_truncation_step_and_every_number(
    page: Page, open_page: Callable[..., Page], language: str
) -> None:
    open_explorer(page, f"/{language}/")
    drag_to(page, "steps", 7)
    drag_to(page, "k", 3)
    page.locator("#scroll").focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#position")).to_have_text("t = 3")
    expect(page.locator("#letters span")).to_have_count(7)
    before = numbers(page)
    page.locator("#share").click()
    expect(page.locator("#share-dialog")).to_be_visible()
    link = shared_link(page)
    assert link.endswith(f"/{language}/?v=1&steps=7&k=3#at=f3.2&open=numbers%2Ccomparison%2Cnorms")

    elsewhere = open_page()
    elsewhere.goto(link)
    wait_for_picture(elsewhere)
    expect(elsewhere.locator("#position")).to_have_text("t = 3")
    assert numbers(elsewhere) == before


def test_the_front_address_leads_to_the_readers_language_and_keeps_the_query(
    page: Page,
) -> None:
    for accepted, path in (("ko-KR,ko;q=0.9", "/ko/?v=1&k=1"), ("en-GB,en;q=0.9", "/en/?v=1&k=1")):
        answer = page.request.get("/?v=1&k=1", headers={"Accept-Language": accepted})
        assert answer.url.endswith(path)


def test_dragging_replaces_the_entry_and_letting_go_leaves_one_step_back(page: Page) -> None:
    open_explorer(page)
    drag_to(page, "steps", 8)
    expect(page.locator("#letters span")).to_have_count(8)
    drag_to(page, "k", 4)
    assert query_of(page) == {"v": "1", "steps": "8", "k": "4"}
    page.go_back()
    expect(page.locator("[data-exact=k]")).to_have_value("2")
    assert query_of(page) == {"v": "1", "steps": "8"}
    page.go_back()
    expect(page.locator("#letters span")).to_have_count(4)
    expect(page.locator("#steps")).to_have_value("4")
    page.go_forward()
    expect(page.locator("#letters span")).to_have_count(8)


def test_reload_brings_everything_back_the_playhead_too(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=banana&truncation=window&k=3#t=4")
    page.reload()
    wait_for_picture(page)
    expect(page.locator("#position")).to_have_text("t = 4")
    expect(page.locator("#text")).to_have_value("banana")
    expect(page.locator("#truncation")).to_have_value("window")
    expect(page.locator("[data-exact=k]")).to_have_value("3")


def test_a_typed_text_is_shown_whole_and_length_crops_or_repeats_it(page: Page) -> None:
    open_explorer(page, "/en/?v=1&steps=3")
    page.locator("#text").fill("기울기는")
    page.locator("#text").press("Enter")
    expect(page.locator("#letters span")).to_have_text(["기", "울", "기"])
    assert query_of(page) == {"v": "1", "text": "기울기는"}
    drag_to(page, "steps", 6)
    expect(page.locator("#letters span")).to_have_text(["기", "울", "기", "는", "기", "울"])
    drag_to(page, "steps", 2)
    expect(page.locator("#letters span")).to_have_text(["기", "울"])


def test_k_shows_its_blocks_and_its_right_end_is_full(page: Page) -> None:
    open_explorer(page)
    expect(page.locator("#note-k")).to_have_text("= 2 blocks")
    drag_to(page, "k", 1)
    expect(page.locator("#note-k")).to_have_text("= 4 blocks")
    drag_to(page, "k", 4)
    expect(page.locator("#note-k")).to_have_text("every loss reaches t = 0")
    assert page.locator("#k").get_attribute("max") == "4"


def test_controls_without_a_meaning_are_idle(page: Page) -> None:
    open_explorer(page)
    page.locator("#truncation").select_option("full")
    expect(page.locator("#k")).to_be_disabled()
    page.locator("#more").click()
    expect(page.locator("#cut")).to_be_disabled()
    page.locator("#truncation").select_option("randomized")
    expect(page.locator("#cut")).to_be_enabled()
    assert query_of(page) == {"v": "1", "truncation": "randomized", "cut_seed": "4043"}  # a draw that cuts
    page.locator("#defaults").click()
    expect(page.locator("#truncation")).to_have_value("blocks")
    assert query_of(page) == {"v": "1"}


def test_the_language_switch_keeps_the_state(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=banana&k=3#t=2")
    page.locator("#language").click()
    wait_for_picture(page)
    assert address_of(page).endswith("/ko/?v=1&text=banana&k=3#t=2")
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_the_theme_follows_the_system_until_it_is_switched(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(color_scheme="dark")
    open_explorer(page)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.wait_for_url("**#*theme=light*")
    page.locator("#theme").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "light")


def test_keys_move_time_and_k_but_never_while_typing(page: Page) -> None:
    open_explorer(page)
    page.locator("#scroll").focus()
    for key, position in (
        ("Home", "t = 0"),
        ("ArrowRight", "t = 1"),
        ("ArrowRight", "t = 2"),
        ("ArrowLeft", "t = 1"),
        ("End", ""),
        ("ArrowLeft", "update"),
        ("ArrowLeft", "t = 0"),
        ("ArrowLeft", "t = 1"),
    ):
        page.keyboard.press(key)
        expect(page.locator("#position")).to_have_text(position)
    page.keyboard.press("]")
    expect(page.locator("[data-exact=k]")).to_have_value("3")
    page.keyboard.press("?")
    expect(page.locator("#keys-title")).to_be_focused()
    assert page.locator("#keys-dialog").evaluate("it => it.scrollTop") == 0  # read from its title on
    page.keyboard.press("Escape")
    page.locator("#text").focus()
    page.keyboard.press("End")
    page.keyboard.type("]")
    expect(page.locator("#text")).to_have_value("hello]")
    expect(page.locator("[data-exact=k]")).to_have_value("3")


def test_play_runs_and_pauses(page: Page) -> None:
    open_explorer(page, "/en/?v=1#t=3")
    page.locator("#play").click()
    expect(page.locator("#position")).to_have_text("t = 0")
    expect(page.locator("#position")).to_have_text("t = 1")
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")


def test_the_badge_tells_what_was_checked(page: Page) -> None:
    open_explorer(page)
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")
    page.locator("#proof").click()
    expect(page.locator("#proof-list dt")).to_have_text(["Forward mode", "Finite difference", "Truncation"])


def test_hover_and_tap_tell_what_is_there(page: Page) -> None:
    open_explorer(page, "/en/?v=1#t=0")
    box = page.locator("#graph").bounding_box()
    assert box
    at_rest = page.locator("#readout").inner_text()
    seen = set()
    for t in (0, 0.5, 1, 1.5):
        for y in (0.1, 0.3, 0.5, 0.55, 0.6, 0.96):
            page.mouse.move(box["x"] + column(box["width"], t), box["y"] + y * box["height"])
            still(page)
            seen.add(page.locator("#readout").inner_text())
    assert len(seen - {at_rest}) >= 5
    page.mouse.click(box["x"] + column(box["width"], 2), box["y"] + box["height"] - 22)
    expect(page.locator("#position")).to_have_text("t = 2")


@pytest.mark.exhaustive
def test_a_clipboard_is_used_where_there_is_one_and_the_field_where_there_is_none(
    open_page: Callable[..., Page],
) -> None:
    able = open_page(permissions=("clipboard-read", "clipboard-write"))
    open_explorer(able, "/en/?v=1&k=3")
    able.locator("#share").click()
    expect(able.locator("#share-dialog")).to_be_visible()
    able.locator("#copy").click()
    expect(able.locator("#copied")).to_have_text("✓ Copied")
    assert able.evaluate("navigator.clipboard.readText()") == shared_link(able)

    page = open_page()
    open_explorer(page)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#share").click()
    expect(page.locator("#share-dialog")).to_be_visible()
    page.locator("#copy").click()
    expect(page.locator("#copied")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString() || document.activeElement.id") in {
        "share-link",
        shared_link(page),
    }


@pytest.mark.exhaustive
def test_a_phone_shows_text_truncation_and_the_graph_first(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
    open_explorer(page, "/ko/")
    for part in ("#text", "[data-exact=k]", "#graph"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["y"] + min(box["height"], 300) < 844
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("[data-exact=steps]")).to_be_hidden()
    page.locator("#more").click()
    expect(page.locator("[data-exact=steps]")).to_be_visible()


def test_a_long_sequence_scrolls_natively_and_the_playhead_stays_in_view(page: Page) -> None:
    open_explorer(page, "/en/?v=1&steps=200&k=10#at=b0.1")
    width, inner = page.locator("#scroll").evaluate("box => [box.clientWidth, box.scrollWidth]")
    assert inner > 3 * width
    page.locator("#scroll").focus()
    expect(page.locator("#playhead")).to_be_in_viewport()
    drag_to(page, "scrubber", 199)
    expect(page.locator("#position")).to_have_text("t = 199")
    expect(page.locator("#playhead")).to_be_in_viewport()
    page.wait_for_url("**#at=f199.1")


def test_the_forward_pass_is_seen_to_stay_while_the_truncation_moves(page: Page) -> None:
    open_explorer(page)
    expect(page.locator("#identical")).to_be_hidden()
    drag_to(page, "k", 1)
    expect(page.locator("#identical")).to_have_text("✓ Forward pass unchanged (max. difference 0)")
    page.locator("#truncation").select_option("window")
    expect(page.locator("#identical")).to_be_visible()
    drag_to(page, "steps", 6)
    expect(page.locator("#letters span")).to_have_count(6)
    expect(page.locator("#identical")).to_be_hidden()


@pytest.mark.exhaustive
def test_an_opened_table_is_part_of_the_link(page: Page) -> None:
    open_explorer(page)
    open_panel(page, "numbers")
    expect(page.locator("#numbers tbody tr")).to_have_count(5)
    page.wait_for_url("**#open=numbers")
    page.reload()
    expect(page.locator("#numbers tbody tr")).to_have_count(5)


@pytest.mark.exhaustive
def test_a_chaotic_run_says_that_last_digits_depend_on_the_machine(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=ab&steps=200&gain=3&hidden=32")
    expect(page.locator("#notices")).to_contain_text("10⁸")
    open_explorer(page, "/en/?v=1")
    expect(page.locator("#notices")).to_be_empty()


@pytest.mark.exhaustive
@only(
    "truncation=window&k=3",
    query=["", "truncation=window&k=3", "steps=200&k=10", "hidden=64", "loss=squared_error", "loss_at=last"],
)
def test_plotly_finds_nothing_wrong_with_the_figures(page: Page, query: str) -> None:
    open_explorer(page, f"/en/?v=1&{query}")
    for figure in ("graph", "norms"):
        assert complaints_of_plotly(page, figure) == []


def test_a_tap_on_a_phone_tells_what_is_there_and_moves_the_playhead(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_explorer(page, "/en/?v=1#t=0")
    box = page.locator("#graph").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 0.625 * box["width"], box["y"] + 0.6 * box["height"])
    expect(page.locator("#position")).to_have_text("t = 2")
    expect(page.locator("#readout")).to_contain_text("unit 5: activation")
    page.wait_for_timeout(500)  # or the browser takes the next one for a double tap
    page.touchscreen.tap(box["x"] + 0.875 * box["width"], box["y"] + box["height"] - 22)
    expect(page.locator("#position")).to_have_text("t = 3")
    expect(page.locator("#readout")).to_contain_text("x₃")


def test_a_link_the_server_refuses_falls_back_with_a_word(page: Page, tolerated: list[str]) -> None:
    """A text that this browser accepts and the server does not: nothing may be left without a picture."""
    tolerated.append("422")
    refusal = {"errors": [{"parameter": "text", "code": "too_few_symbols", "limit": 2, "given": "ab"}]}
    page.route("**/api/*/bptt?v=1&text=ab**", lambda route: route.fulfill(status=422, json=refusal))
    open_explorer(page, "/en/?v=1&text=ab&k=3")
    expect(page.locator("#notices")).to_contain_text("at least 2 symbols")
    assert query_of(page) == {"v": "1", "k": "3"}


def test_a_selected_step_or_loss_brings_the_gradients_of_the_inputs(page: Page) -> None:
    open_explorer(page, "/en/?v=1#t=2")
    name = page.locator("#gutter .gradient", has_text="dx")
    expect(name).to_be_visible()
    page.keyboard.press("Escape")
    expect(name).to_have_count(0)
    with page.expect_response(re.compile("/pair")):  # although the panel that shows the pair is closed
        open_explorer(page, "/en/?v=1&k=3#s=3")
    expect(name).to_be_visible()

"""The ledger in a real browser: its numbers, its links, its formulas, its room."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import open_explorer
from tests.pairwise import only

MINUS = "−"


def column(page: Page, card: int, place: int) -> list[float]:
    """The numbers of a column of a card, as they are shown."""
    cells = page.locator(".card").nth(card - 1).locator(".column").nth(place).locator(".cells > span")
    return [float(text.replace(MINUS, "-")) for text in cells.all_inner_texts()]


@pytest.mark.exhaustive
def test_without_a_moment_there_is_no_ledger(page: Page) -> None:
    open_explorer(page)
    expect(page.locator("#ledger")).to_be_hidden()
    expect(page.locator("#readout")).to_be_visible()


def test_coverage_6_and_10_a_backward_step_is_four_cards_whose_numbers_add_up(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b2.4")
    expect(page.locator(".card")).to_have_count(4)
    output, future, total = (column(page, 1, place) for place in range(3))
    assert total == pytest.approx([a + b for a, b in zip(output, future, strict=True)], abs=0.011)
    slope, da = column(page, 2, 0), column(page, 2, 1)
    assert da == pytest.approx([a * b for a, b in zip(total, slope, strict=True)], abs=0.06)
    plugged = page.locator(".card").first.locator(".substitution").inner_text()
    assert re.search(r"unit \d\s*−?[\d.]+ \+ \(?−?[\d.]+\)? [=≈] −?[\d.]+", plugged)


@pytest.mark.exhaustive
def test_a_further_formula_is_shown_whole_or_not_at_all(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b2.4")
    parts = """all => all.map(one => {
      const room = one.parentElement.getBoundingClientRect(), its = one.getBoundingClientRect();
      if (its.top >= room.bottom - 1) return "hidden";
      return its.bottom <= room.bottom + 1 && its.right <= room.right + 1 ? "whole" : "part";
    })"""
    seen = page.locator(".card .also > span").evaluate_all(parts)
    assert set(seen) == {"hidden", "whole"}
    expect(page.locator(".card").nth(2).locator(".also > span").nth(1)).to_be_in_viewport()


def test_a_line_is_a_link_and_what_comes_later_is_not_shown(page: Page) -> None:
    open_explorer(page, "/ko/?v=1#at=b2.1")
    cards = page.locator(".card")
    expect(cards.nth(0)).to_have_class(re.compile("now"))
    expect(cards.nth(2).locator(".body")).to_be_hidden()
    expect(cards.nth(2).locator("h3 math").first).to_be_visible()
    page.locator(".lines button").nth(2).click()
    expect(cards.nth(2)).to_have_class(re.compile("now"))
    expect(page).to_have_url(re.compile("at=b2.3"))
    expect(cards.nth(2).locator(".body")).to_be_visible()


def test_a_tapped_row_is_followed_through_every_column(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b2.4")
    page.locator(".card").first.locator(".column").nth(1).locator("span").nth(5).click()
    expect(page.locator(".substitution .unit")).to_have_text("unit 5")
    expect(page.locator(".card .column .followed")).to_have_count(6)
    expect(page).to_have_url(re.compile("lit=5"))
    page.locator(".substitution .unit").click()
    expect(page.locator(".substitution .unit")).to_have_text("unit 6")


def test_coverage_15_a_cut_is_hatched_and_tells_what_it_threw_away(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b1.1")
    future = page.locator(".card").first.locator(".column").nth(1)
    expect(future).to_contain_text("✂ cut")
    expect(future.locator(".hatched")).to_have_count(8)
    expect(page.locator(".status-line")).to_contain_text(re.compile(r"discarded here ‖r₁‖ = 0\.\d+"))


@pytest.mark.exhaustive
def test_coverage_5_shapes_are_written_on_demand(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b2.4")
    expect(page.locator(".shape").first).to_be_hidden()
    page.get_by_role("button", name="Show the shape of every array").click()
    expect(page.locator(".column .shape").first).to_have_text("(N,H) = (1,8)")
    expect(page.locator(".stack .shape")).to_contain_text("(D,H) = (4,8)")


@pytest.mark.exhaustive
def test_the_weights_take_the_names_of_any_book_in_the_ledger_and_by_parameter(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b2.4&open=comparison")
    page.locator("#ledger .segments").get_by_role("button", name="U, W, V").click()
    expect(page.locator(".card math").first).to_contain_text("V")
    expect(page.locator("#comparison tbody th").first).to_have_text("U")
    expect(page).to_have_url(re.compile("notation=uvw"))
    page.locator("#comparison .segments").get_by_role("button", name="W_x, W_h, W_y").click()
    expect(page.locator("#comparison tbody th").first).to_have_text("Wx")
    expect(page).not_to_have_url(re.compile("notation"))


def test_coverage_4_and_28_a_forward_step_ends_in_its_loss(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=f2.4")
    expect(page.locator(".card").nth(2).locator(".target")).to_contain_text("l")
    figure = page.locator(".card").nth(3)
    loss, text = figure.locator("strong").inner_text(), figure.inner_text()
    assert loss == f"{float(re.findall(r'[=≈] ([0-9.]+)', text)[0]):.2f}"
    assert "enters the mean: ÷ 4" in text


def test_coverage_9_and_30_the_update_moves_the_weights_once(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=u")
    expect(page.locator(".status-line")).to_contain_text("4 terms are summed, then the weights move once")
    expect(page.locator(".cards canvas")).to_have_count(0)
    expect(page.locator(".lengths tr")).to_have_count(5)


def test_a_windows_pass_comes_from_the_server_and_is_told_on_its_own(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=the+quick+brown+fox&truncation=window&k=3#at=b9:8.4")
    expect(page.locator("#ledger h2")).to_have_text("Backward from L₉ · t = 8")
    output, future, total = (column(page, 1, place) for place in range(3))
    assert set(output) == {0.0}
    assert future == total
    assert any(total)


@pytest.mark.exhaustive
@only("gru", cell=["lstm", "gru"])
def test_gates_can_be_looked_at_one_by_one(page: Page, cell: str) -> None:
    open_explorer(page, f"/en/?v=1&cell={cell}#at=b1.4")
    shown = page.locator(".card").nth(2).locator(".segments button")
    before = page.locator(".card").nth(2).locator(".stack").first.inner_text()
    shown.nth(2).click()
    expect(shown.nth(2)).to_have_attribute("aria-pressed", "true")
    assert page.locator(".card").nth(2).locator(".stack").first.inner_text() != before


@only(
    "1280-&cell=lstm-en",
    width=[1280, 1366, 1920],
    query=["", "&hidden=4", "&hidden=16", "&cell=lstm", "&cell=gru", "&cell=lstm&hidden=4"],
    language=["ko", "en"],
)
def test_the_cards_stand_in_one_row_no_wider_than_the_page(
    open_page: Callable[..., Page], width: int, query: str, language: str
) -> None:
    page = open_page(viewport={"width": width, "height": 720})
    open_explorer(page, f"/{language}/?v=1{query}")
    for at in ("b2.4", "b0.4", "b1.3", "f2.4", "u"):
        page.evaluate("at => { location.hash = `at=${at}` }", at)
        expect(page.locator(".cards")).to_have_class(
            re.compile({"b": "back", "f": "forw", "u": "upd"}[at[0]])
        )
        wide = page.locator(".cards-box").evaluate("box => box.scrollWidth - box.clientWidth")
        page_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (wide <= 0, page_wide <= 0) == (True, True), (at, wide, page_wide)


def test_on_a_phone_one_card_is_shown_at_a_time(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    open_explorer(page, "/ko/?v=1#at=b2.1")
    for line in range(4):
        page.locator(".lines button").nth(line).click()
        expect(page.locator(".card").nth(line)).to_be_visible()
        assert page.locator(".card:visible").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        wide = page.locator(".cards-box").evaluate("box => box.scrollWidth - box.clientWidth")
        assert wide <= 0, line


@pytest.mark.exhaustive
@only(
    "1280-b2.4-light",
    "390-u-dark",
    width=[1280, 390],
    at=["b2.4", "b1.1", "f2.4", "u"],
    theme=["light", "dark"],
)
def test_axe_has_nothing_to_complain_about_in_the_ledger(
    open_page: Callable[..., Page], width: int, at: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = open_page(viewport=size, color_scheme=theme)
    open_explorer(page, f"/ko/?v=1#at={at}&shapes=1")
    assert violations(page) == []

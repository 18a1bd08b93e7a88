"""What a moment speaks of is in sight, on a wide screen and on a phone; what it asks for is not."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lesson import choices, lab, moment, open_moment, wait_for_lab
from tests.pairwise import only

SIZES = {"wide": {"width": 1280, "height": 720}, "phone": {"width": 390, "height": 844}}

IS_ON_TOP = """part => {
  const { left, top, width, height } = part.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === part;
}"""


@pytest.fixture(params=["phone", pytest.param("wide", marks=pytest.mark.exhaustive)])
def reader(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    return open_page(viewport=SIZES[request.param])


def test_1_1_no_number_of_the_network_is_in_the_picture_before_the_answer(page: Page) -> None:
    open_moment(page, "en", "order", 1)
    for state in (0, 1):
        page.locator("#switch button").nth(state).click()
        wait_for_lab(page)
        expect(lab(page).locator("#graph")).to_contain_text("?")
        texts = lab(page).locator("#graph text")
        expect(texts.filter(has_text=re.compile(r"^\s*\d"))).to_have_count(0)  # states carry their signs


@pytest.mark.exhaustive
def test_1_2_the_product_is_in_sight_and_nothing_says_the_network_has_not_learnt(reader: Page) -> None:
    open_moment(reader, "en", "order", 2)
    wait_for_lab(reader)
    product = lab(reader).locator("#learning .formulas math", has_text="∏")
    expect(product).to_be_in_viewport(ratio=0.99)
    expect(product).to_contain_text("0.92")
    for part in ("#learning-caption .no-update", "#learning-updates", ".loss-curve"):
        expect(lab(reader).locator(part)).to_be_hidden()
    expect(lab(reader).locator("#learning")).not_to_contain_text("at first")


@pytest.mark.exhaustive
def test_4_6_the_lengths_that_are_compared_stand_in_the_ledger(reader: Page) -> None:
    open_moment(reader, "en", "unroll", 6)
    choices(reader, 6)
    reader.keyboard.press("a")
    expect(moment(reader, 6).locator(".answer")).to_contain_text("0.536")
    said = lab(reader).locator("#ledger").get_by_text(re.compile(r"0\.54;.*0\.89"))
    expect(said.first).to_be_in_viewport(ratio=0.99)


def test_5_4_the_largest_loss_is_told_from_the_next_in_words_and_in_the_picture(page: Page) -> None:
    open_moment(page, "en", "hello", 4)
    choices(page, 4)
    page.keyboard.press("a")
    expect(moment(page, 4).locator(".answer")).to_contain_text("0.0292; the next largest is 0.0257")
    for loss in ("0.029", "0.026"):
        expect(lab(page).locator("#graph text", has_text=loss)).to_be_visible()


@pytest.mark.exhaustive
def test_7_7_the_product_and_its_bound_are_in_sight(reader: Page) -> None:
    open_moment(reader, "en", "product", 7)
    product = lab(reader).locator("#product")
    expect(product.locator(".caption")).to_contain_text(re.compile(r"0\.18\b.*\b72\.7"))
    expect(product.locator(".caption")).to_be_in_viewport(ratio=0.9)
    expect(product.locator(".product figcaption")).to_have_text("σ 0.18")


@pytest.mark.exhaustive
@only("5", m=[4, 5, 6])
def test_lesson_7_the_only_loss_is_in_sight_at_the_end_of_the_chain(page: Page, m: int) -> None:
    page.set_viewport_size(SIZES["wide"])
    open_moment(page, "en", "product", m)
    wait_for_lab(page)
    expect(lab(page).locator("#graph .main-svg").first).to_be_visible()
    room = lab(page).locator("#scroll").evaluate("part => part.scrollWidth - part.clientWidth")
    assert room <= 0, "no part of the chain is beyond the right edge"


@pytest.mark.exhaustive
def test_2_1_every_input_is_in_sight_above_the_player(reader: Page) -> None:
    open_moment(reader, "ko", "graph", 1)
    wait_for_lab(reader)
    player = lab(reader).locator(".graph-foot")
    expect(player).to_be_in_viewport(ratio=0.9)
    for name in ("x", "y", "z"):
        field = lab(reader).locator(f"#value-{name}")
        expect(field).to_be_in_viewport(ratio=1)
        assert field.evaluate(IS_ON_TOP), f"{name} is covered"


@pytest.mark.exhaustive
def test_2_7_where_writing_over_the_weight_ends_is_in_sight(reader: Page) -> None:
    open_moment(reader, "en", "graph", 7)
    wait_for_lab(reader)
    expect(lab(reader).locator("#inplace .graph-line", has_text="0.11463")).to_be_in_viewport(ratio=1)

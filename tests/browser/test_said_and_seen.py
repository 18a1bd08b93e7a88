"""What a moment speaks of is in sight, on a wide screen and on a phone; what it asks for is not."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.lesson import lab, open_moment, wait_for_lab

SIZES = {"wide": {"width": 1280, "height": 720}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(params=list(SIZES))
def reader(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport=SIZES[request.param]).new_page()


def test_1_1_no_number_of_the_network_is_in_the_picture_before_the_answer(page: Page) -> None:
    open_moment(page, "en", "order", 1)
    for state in (0, 1):
        page.locator("#switch button").nth(state).click()
        wait_for_lab(page)
        expect(lab(page).locator("#graph")).to_contain_text("?")
        texts = lab(page).locator("#graph text")
        expect(texts.filter(has_text=re.compile(r"^\s*\d"))).to_have_count(0)  # states carry their signs


def test_1_2_the_product_is_in_sight_and_nothing_says_the_network_has_not_learnt(reader: Page) -> None:
    open_moment(reader, "en", "order", 2)
    wait_for_lab(reader)
    product = lab(reader).locator("#learning .formulas math", has_text="∏")
    expect(product).to_be_in_viewport(ratio=0.99)
    expect(product).to_contain_text("0.92")
    for part in ("#learning-caption .no-update", "#learning-updates", ".loss-curve"):
        expect(lab(reader).locator(part)).to_be_hidden()
    expect(lab(reader).locator("#learning")).not_to_contain_text("at first")

"""Coverage rows 3 and 9: the loop folded and unrolled, and one W wired to all steps."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import expect_hash, open_explorer, still, until
from tests.pairwise import only


@only("ko", language=["ko", "en"])
def test_the_network_folds_to_a_loop_and_unfolds_again(page: Page, language: str) -> None:
    open_explorer(page, f"/{language}/")
    page.locator("#fold").click()
    expect(page.locator("#folded svg").first).to_be_visible()
    expect(page.locator("#folded .chip")).to_have_count(3)
    expect(page.locator("#scroll")).to_be_hidden()
    expect_hash(page, "fold=1")
    page.locator("#fold").click()
    expect(page.locator("#folded")).to_be_hidden()
    expect(page.locator("#graph .main-svg").first).to_be_visible()


@pytest.mark.exhaustive
def test_the_loop_goes_through_the_letters_as_time_goes_on(page: Page) -> None:
    page.goto("/en/?v=1#fold=1&t=0")
    letters = page.locator("#folded text")
    expect(letters.filter(has_text="x₀")).to_have_count(1)
    page.keyboard.press("ArrowRight")  # into the play
    page.keyboard.press("ArrowRight")
    expect(letters.filter(has_text="x₁")).to_have_count(1)
    expect(letters.filter(has_text="x₀")).to_have_count(0)


def test_one_weight_is_wired_to_every_step_that_uses_it(page: Page) -> None:
    page.goto("/en/?v=1&steps=7#fold=1")
    page.locator("#folded .chip").nth(1).click()
    expect(page.locator("#folded .wire.lit circle")).to_have_count(6)
    expect(page.locator("#folded .caption")).to_contain_text("6 terms")
    page.locator("#folded .chip").nth(0).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#folded .wire.lit circle")).to_have_count(7)
    expect(page.locator("#folded .chip").nth(0)).to_be_focused()
    expect_hash(page, "fold=1&wire=Wx")


@pytest.mark.exhaustive
def test_a_weight_lights_its_arrows_in_the_row_too(page: Page) -> None:
    open_explorer(page)
    lit = """() => document.getElementById("graph").layout.shapes
      .map(({ path = "", opacity, fillcolor }) => [fillcolor, path.split("Z").length - 1])"""
    page.locator("#more").click()
    still(page)
    before = page.evaluate(lit)
    page.locator(".wire-chip").nth(1).click()
    expect(page.locator(".wire-chip").nth(1)).to_have_attribute("aria-pressed", "true")
    now = until(page, lambda: page.evaluate(lit), lambda marks: marks != before)
    assert [count for mark, count in now if [mark, count] not in before] == [3]
    page.locator(".wire-chip").nth(1).click()
    expect(page.locator(".wire-chip").nth(1)).to_have_attribute("aria-pressed", "false")
    expect_hash(page, "")

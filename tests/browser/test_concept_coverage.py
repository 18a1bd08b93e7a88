"""Every concept that the explorer must show is on the page within three actions of a reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from .explorer import drag_to, open_explorer, query_of

MOST = 3


@dataclass
class Hand:
    """A reader's hand: what it does is counted."""

    page: Page
    actions: int = 0

    def click(self, selector: str) -> None:
        self.actions += 1
        self.page.locator(selector).first.click()

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def choose(self, name: str, value: str) -> None:
        self.actions += 1
        self.page.locator(f"#{name}").select_option(value)

    def drag(self, name: str, value: int) -> None:
        self.actions += 1
        drag_to(self.page, name, value)

    def sees(self, selector: str, text: str | re.Pattern[str] = "") -> None:
        found = self.page.locator(selector).first
        expect(found).to_be_visible()
        if text:
            expect(found).to_contain_text(text)


@pytest.fixture
def hand(page: Page) -> Iterator[Hand]:
    open_explorer(page)
    hand = Hand(page)
    yield hand
    assert hand.actions <= MOST


ROWS = {  # of panels without a card: the panel, and what is seen in it
    "row 1: letters, targets and losses": ("numbers", "#numbers tbody tr:nth-child(2)", "e"),
    "rows 28, 33 and 45: losses add up and are a likelihood": ("learning", "#learning", "ln"),
    "row 41: saturation is a strip": ("saturation", "#saturation .main-svg", ""),
    "row 52: cells are compared": ("cells", "#cells .main-svg", ""),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("row", ROWS)
def test_row_01_28_33_41_45_and_52_a_panel_of_the_menu_is_two_actions_away(hand: Hand, row: str) -> None:
    name, place, text = ROWS[row]
    hand.click("#tray-more")
    hand.click(f"#tray-menu [data-panel={name}]")
    hand.sees(place, text)


@pytest.mark.exhaustive
def test_row_02_27_and_56_words_and_numbers_can_be_the_symbols(hand: Hand) -> None:
    hand.click("#more")
    hand.choose("unit", "word")
    hand.sees("#letters", "goodbye")
    hand.choose("unit", "number")
    expect(hand.page.locator("#text")).to_have_value("1 2 1 2 1")


def test_row_03_the_network_folds_to_its_loop(hand: Hand) -> None:
    hand.click("#fold")
    hand.sees("#folded svg")


@pytest.mark.exhaustive
def test_row_04_and_05_a_state_shows_the_products_it_is_made_of_and_shapes_on_demand(hand: Hand) -> None:
    hand.press("Home")
    hand.sees("#ledger math")
    hand.click("#ledger [data-look*='shapes=1']")
    hand.sees("#ledger", re.compile(r"\(.*8.*\)"))


@pytest.mark.exhaustive
def test_row_06_10_and_49_the_backward_step_is_shown_line_by_line(hand: Hand) -> None:
    hand.press("ArrowLeft")
    hand.press("ArrowLeft")
    hand.press("ArrowDown")
    expect(hand.page.locator("#ledger math").nth(2)).to_be_visible()


@pytest.mark.exhaustive
def test_row_09_one_weight_is_wired_to_all_steps(hand: Hand) -> None:
    hand.click("#more")
    hand.click("#switches [data-look*='Wh']")
    expect(hand.page).to_have_url(re.compile("wire=Wh"))


def test_row_11_12_16_22_38_39_40_and_50_are_seen_at_once_and_in_full_after_one_action(hand: Hand) -> None:
    hand.sees("#card-cost", "2 / 4")  # rows 11, 12 and 22: the cost is counted
    hand.sees("#card-comparison", re.compile(r"\d%"))
    hand.click("#card-comparison")
    hand.sees("#comparison", re.compile(r"0\.\d{3}"))
    hand.click("#card-credit")
    hand.click("#credit-below button")
    hand.sees("#credit-below", "J")  # the rest: a chosen loss shows its way, its terms and its Jacobians


@pytest.mark.exhaustive
def test_row_13_gradients_are_drawn_on_a_logarithmic_axis(hand: Hand) -> None:
    hand.click("#more")
    hand.drag("gain", 2)
    hand.click("#card-norms")
    hand.sees("#norms .main-svg")
    hand.sees("#norms-gutter", re.compile("1"))


def test_row_14_15_and_51_the_pass_is_cut_into_blocks_by_a_slider(hand: Hand) -> None:
    hand.drag("k", 3)
    hand.sees("#note-k", "2 blocks")
    assert query_of(hand.page)["k"] == "3"
    hand.press("]")  # row 15: the forward pass is proved identical while k moves
    expect(hand.page.locator("#identical")).to_contain_text("✓")
    expect(hand.page.locator("#unchanged")).to_contain_text("✓")


def test_row_19_and_58_a_cut_says_what_it_throws_away(hand: Hand) -> None:
    for _ in range(3):
        hand.press("ArrowLeft")
    hand.sees("#ledger", re.compile("cut|✂|future"))


def test_row_29_53_and_55_only_the_last_loss_can_count(hand: Hand) -> None:
    hand.click("#more")
    hand.choose("loss_at", "last")
    hand.click("#card-credit")
    hand.sees("#credit .main-svg")
    assert query_of(hand.page)["loss_at"] == "last"


@pytest.mark.exhaustive
def test_row_47_and_48_without_recurrent_weights_nothing_comes_from_the_past(hand: Hand) -> None:
    hand.click("#more")
    hand.drag("gain", 0)
    assert query_of(hand.page)["gain"] == "0"
    hand.press("ArrowLeft")
    hand.sees("#ledger math")


@pytest.mark.exhaustive
def test_row_32_34_and_37_are_presets(hand: Hand) -> None:
    hand.click("header [data-presets]")
    hand.sees("#presets-dialog a[href*='unit=number']")
    hand.click("#presets-dialog a[href*='hidden=1'][href*='identity']")
    hand.page.wait_for_url("**activation=identity**")
    hand.sees("#graph .main-svg")

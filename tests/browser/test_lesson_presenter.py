"""Presenter view of a lesson: lab, question, choices and answer fit at every size."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.lesson import choices, lab, moment, open_moment, wait_for_lab
from tests.pairwise import only

WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


@pytest.mark.exhaustive
@only("wide-dark", size={"wide": WIDE, "phone": PHONE}, theme=["light", "dark"])
def test_axe_has_nothing_to_complain_about_on_the_wall(
    open_page: Callable[..., Page], size: dict, theme: str
) -> None:
    page = open_page(viewport=size, color_scheme=theme)
    page.goto("/ko/lessons/truncated#m=2&view=present")
    wait_for_lab(page)
    choices(page, 2)
    assert violations(page) == []
    page.keyboard.press("a")
    wait_for_lab(page)
    assert violations(page) == []


def test_a_moment_is_presented_and_its_code_is_short(page: Page) -> None:
    open_moment(page, "ko", "bptt", 2)
    wait_for_lab(page)
    page.keyboard.press("f")
    expect(page.locator("#present-title")).to_have_text("두 화살표의 만남")
    expect(page.locator("#present-address")).to_have_text(re.compile(r"/ko/6\.2$"))
    expect(page.locator("#present-qr svg")).to_be_visible()
    expect(moment(page, 2).locator(".text")).to_be_hidden()
    expect(moment(page, 2).locator(".question b").first).to_have_text("합은 두 화살표 중 긴 쪽보다 길까요?")
    expect(choices(page, 2).first).to_be_in_viewport(ratio=1)
    page.keyboard.press("a")
    expect(moment(page, 2).locator(".answer")).to_contain_text("합의 길이는 0.227")
    page.keyboard.press("PageDown")
    expect(page.locator("#present-address")).to_have_text(re.compile(r"/ko/6\.3$"))
    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(moment(page, 2).locator(".text")).to_be_hidden()
    expect(moment(page, 3).locator(".text")).to_be_visible()


@pytest.mark.exhaustive
@only(
    "1280x720-ko-truncated-2",
    size=[(1280, 720), (1920, 1080), (1024, 768)],
    place={"ko-truncated-2": ("ko", "truncated", 2), "en-order-3": ("en", "order", 3)},
)
def test_a_long_answer_is_whole_on_the_wall(
    page: Page, size: tuple[int, int], place: tuple[str, str, int]
) -> None:
    language, lesson, m = place
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/{language}/lessons/{lesson}#m={m}&view=present")
    expect(choices(page, m).last).to_be_in_viewport(ratio=1)
    page.keyboard.press("a")
    question = moment(page, m).locator(".question")
    expect(question.locator(".answer")).to_be_in_viewport(ratio=1)
    cut = "pane => pane.scrollHeight > pane.clientHeight || pane.scrollWidth > pane.clientWidth"
    assert not page.locator(".moments").evaluate(cut)
    sizes = question.locator(".answer, .answer .math").evaluate_all(
        "all => all.map(it => parseFloat(getComputedStyle(it).fontSize))"
    )
    assert max(sizes) <= 1.25 * min(sizes)


def test_the_row_that_an_answer_is_about_is_on_the_wall(page: Page) -> None:
    page.set_viewport_size(WIDE)
    page.goto("/ko/lessons/truncated#m=2&view=present")
    choices(page, 2)
    wait_for_lab(page)
    page.keyboard.press("a")
    rows = lab(page).locator("#comparison tbody tr")
    expect(rows.nth(3)).to_contain_text("그대로")  # W_y
    expect(rows.nth(3)).to_be_in_viewport(ratio=0.999)


@pytest.mark.exhaustive
def test_two_states_are_shown_on_the_wall_too(page: Page) -> None:
    page.goto("/en/lessons/order#m=1&view=present")
    wait_for_lab(page)
    states = page.locator("#switch button")
    expect(states.nth(1)).to_be_in_viewport(ratio=1)
    assert states.nth(1).bounding_box()["height"] >= 44  # type: ignore[index]
    states.nth(1).click()
    expect(page.locator("#open")).to_have_attribute("href", re.compile("text=helol"))
    wait_for_lab(page)
    lab(page).locator("body").press("s")
    expect(states.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#open")).not_to_have_attribute("href", re.compile("text=helol"))
    page.keyboard.press("PageDown")
    wait_for_lab(page)
    page.keyboard.press("s")  # of one state
    expect(page.locator("#switch")).to_be_hidden()

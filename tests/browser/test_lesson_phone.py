"""A lesson on a phone: the question and its first answers are in sight; Skip appears once they have been."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.lessons import LESSONS
from tests.browser.lesson import choices, moment, open_moment
from tests.pairwise import only

SIZE = {"width": 390, "height": 734}  # 844 without the bars of a browser
SHORT = {"width": 390, "height": 560}
PHONE = {"viewport": SIZE, "has_touch": True, "is_mobile": True}
ON_TOP = """button => {
  const { left, top, width, height } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def assert_first_choice_in_sight(page: Page, m: int) -> None:
    first, asked = choices(page, m).first, moment(page, m).locator(".question > p").first
    for part in (first, asked):
        expect(part).to_be_in_viewport(ratio=1)
    foot, box = page.locator(".lesson-nav").bounding_box(), first.bounding_box()
    assert box["y"] + box["height"] <= foot["y"]
    assert first.evaluate(ON_TOP)
    expect(page.locator("#next")).to_contain_text({"en": "Skip", "ko": "건너뛰기"}[page.url.split("/")[3]])


@only("order-ko", lesson={lesson.id: lesson for lesson in LESSONS}, language=["en", "ko"])
def test_every_question_is_in_sight_as_its_moment_opens(
    open_page: Callable[..., Page], lesson, language: str
) -> None:
    page = open_page(**PHONE)
    open_moment(page, language, lesson.id)
    for m, its in enumerate(lesson.prose[language].moment, 1):
        if m > 1:
            page.evaluate("m => { location.hash = `m=${m}`; }", m)
            expect(moment(page, m)).to_be_visible()
        if its.question:
            assert_first_choice_in_sight(page, m)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.exhaustive
def test_all_75_steps_are_walked() -> None:
    assert sum(len(lesson.moment) for lesson in LESSONS) == 75


def test_the_text_is_read_between_the_picture_and_the_question(open_page: Callable[..., Page]) -> None:
    page = open_page(**PHONE)
    open_moment(page, "en", "order")
    choices(page, 1)
    text = moment(page, 1).locator("p.text").first
    text.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    lab, box, asked = (
        part.bounding_box() for part in (page.locator("#frame"), text, moment(page, 1).locator(".question"))
    )
    assert box["y"] + box["height"] <= asked["y"] + 1
    assert lab["y"] + lab["height"] <= asked["y"]
    assert box["y"] >= lab["y"] + lab["height"] - 1 or box["height"] > asked["y"] - lab["y"] - lab["height"]


@only("ko", language={"en": ("See the question", "Skip"), "ko": ("질문 보기", "건너뛰기")})
def test_a_question_out_of_sight_has_a_cue_that_leads_to_it(
    open_page: Callable[..., Page], language: tuple[str, str]
) -> None:
    cue, skip = language
    page = open_page(**PHONE | {"viewport": SHORT})
    open_moment(page, "en" if skip == "Skip" else "ko", "order")
    first, following = choices(page, 1).first, page.locator("#next")
    expect(first).not_to_be_in_viewport()
    expect(following).to_contain_text(cue)
    following.tap()
    expect(first).to_be_in_viewport(ratio=1)
    expect(moment(page, 1)).to_be_visible()
    expect(following).to_contain_text(skip)
    following.tap()
    expect(moment(page, 2)).to_be_visible()

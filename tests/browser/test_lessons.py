"""Every lesson from its first moment to its last, in both languages, as a reader walks it."""

import re
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from app.lessons import LESSONS
from app.lessons.markup import plain
from app.words import LANGUAGES
from tests.browser.axe import violations
from tests.browser.explorer import still
from tests.browser.lesson import SLOW, choices, lab, moment, open_moment, wait_for_lab
from tests.lessons.test_lessons import claim_of
from tests.pairwise import only

WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


# A lesson of each lab: the claims, links and words of all are tested in tests/lessons and tests/js.
@only(
    "blocks-en",
    lesson={lesson.id: lesson for lesson in LESSONS},
    language=LANGUAGES,
)
def test_a_lesson_is_walked_from_its_first_moment_to_its_last(page: Page, lesson, language: str) -> None:
    page.set_viewport_size(WIDE)
    open_moment(page, language, lesson.id)
    n, prose = len(lesson.moment), lesson.prose[language]
    for m in range(1, n + 1):
        its, words = lesson.moment[m - 1], prose.moment[m - 1]
        expect(page.locator(".dots [aria-current]")).to_have_attribute("data-m", str(m))
        expect(moment(page, m).locator("h3")).to_contain_text(plain(words.title)[:12])
        wait_for_lab(page)
        if words.question:
            expected = claim_of(lesson, m - 1).right
            offered = choices(page, m)
            values = offered.evaluate_all("all => all.map(one => one.dataset.value)")
            assert set(expected) <= set(values), (m, expected, values)
            assert len(values) > 1
            expect(moment(page, m).locator(".answer")).to_be_hidden()
            offered.first.click()
            if its.several:
                moment(page, m).locator(".check").click()
            answer = moment(page, m).locator(".answer")
            expect(answer).to_be_visible()
            right = moment(page, m).locator(".choice.right")
            found = right.evaluate_all("all => all.map(one => one.dataset.value)")
            assert set(found) == set(expected), (m, found, expected)
            wait_for_lab(page)  # which may look at something else now
            still(page)
            assert offered.evaluate_all("all => all.map(one => one.dataset.value)") == values
            expect(right).to_have_count(len(expected))
            expect(answer.locator("[data-live]").filter(has_text=re.compile("…|–|NaN"))).to_have_count(0)
        expect(moment(page, m).locator("[data-live]").filter(has_text="…")).to_have_count(0, timeout=40_000)
        wait_for_lab(page)
        expect(page.locator("#return")).to_be_hidden()
        expect(lab(page).locator("#notices p:not([hidden])")).to_have_count(0)
        page.locator("#next").click()
    expect(page.locator(".moment.end")).to_be_visible()
    expect(page.locator(".moment.end li")).to_have_count(3)


@pytest.mark.exhaustive
@only(
    *("graph-wide", "remedies-phone"),
    lesson={lesson.id: lesson for lesson in LESSONS},
    look={"wide": (WIDE, "light", "ko"), "phone": (PHONE, "dark", "en")},
)
def test_axe_has_nothing_to_complain_about_in_a_lesson(
    open_page: Callable[..., Page], lesson, look: tuple[dict, str, str]
) -> None:
    size, theme, language = look
    page = open_page(viewport=size, color_scheme=theme)
    asked = next(m for m, words in enumerate(lesson.prose[language].moment, 1) if words.question)
    open_moment(page, language, lesson.id, asked)
    wait_for_lab(page)
    choices(page, asked).first.click()
    page.mouse.move(0, 0)
    assert violations(page) == []


@only(
    *("lessons/-wide", "lessons/glossary-phone"),
    path=["lessons/", "lessons/glossary", "lessons/bptt/print"],
    look={"wide": (WIDE, "light"), "phone": (PHONE, "dark")},
)
def test_axe_has_nothing_to_complain_about_on_the_other_pages(
    open_page: Callable[..., Page], path: str, look: tuple[dict, str]
) -> None:
    size, theme = look
    page = open_page(viewport=size, color_scheme=theme)
    page.goto(f"/ko/{path}")
    expect(page.locator("#main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_short_address_leads_to_its_moment_and_back_returns(page: Page) -> None:
    page.goto("/ko/6.2")
    expect(page).to_have_url(re.compile(r"/ko/lessons/bptt#m=2$"))
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("m=3"))
    page.keyboard.press("p")
    expect(moment(page, 2)).to_be_visible()
    page.go_back()
    expect(moment(page, 3)).to_be_visible()
    page.go_back()
    expect(moment(page, 2)).to_be_visible()


@pytest.mark.exhaustive
def test_keys_work_in_the_lab_too(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    wait_for_lab(page)
    lab(page).locator("body").press("PageDown")
    expect(moment(page, 3)).to_be_visible()
    wait_for_lab(page)
    lab(page).locator("body").press("PageUp")
    expect(moment(page, 2)).to_be_visible()


@pytest.mark.exhaustive
def test_what_the_film_has_not_reached_stays_hidden_until_the_answer(page: Page) -> None:
    open_moment(page, "en", "blocks", 3)
    wait_for_lab(page)
    film = lab(page)
    before = film.locator("#film-strip").inner_text()
    film.locator("#film-scroll").press("End")
    still(page.frames[-1])
    assert film.locator("#film-strip").inner_text() == before
    choices(page, 3)
    page.keyboard.press("a")
    expect(film.locator("#film-player")).to_be_visible()


def test_the_length_of_a_lab_beside_a_lesson_has_its_name(page: Page) -> None:
    page.goto("/en/12.2")
    length = page.frame_locator("#frame").locator("#control-steps")
    expect(length.locator("label")).to_have_css("clip-path", "none")
    expect(length.locator(".exact")).to_have_css("border-top-color", "rgba(0, 0, 0, 0)")


def test_a_choice_is_made_by_its_number(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    choices(page, 2)
    page.keyboard.press("2")
    expect(moment(page, 2).locator(".answer")).to_be_visible()


@pytest.mark.exhaustive
def test_on_a_phone_an_answer_is_read_beside_its_picture(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    open_moment(page, "ko", "schemes", 5)
    wait_for_lab(page)
    choices(page, 5).first.tap()
    answer, foot = moment(page, 5).locator(".answer"), page.locator(".lesson-nav")
    expect(answer).to_be_in_viewport(ratio=1)
    expect(page.locator("#frame")).to_be_in_viewport(ratio=0.99)
    places = [part.bounding_box() for part in (page.locator("#frame"), answer, foot)]
    for above, below in pairwise(box for box in places if box):
        assert above["y"] + above["height"] <= below["y"]
    expect(lab(page).locator("#scheme-randomized .facts")).to_be_visible()
    chosen, full = (lab(page).locator(f"#scheme-{name}") for name in ("randomized", "full"))
    assert chosen.bounding_box()["y"] < full.bounding_box()["y"]  # what the moment speaks of comes first
    page.locator("#next").tap()
    expect(page.locator("#switch")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("lesson", "m", "part", "numbers"),
    [
        ("truncated", 4, "#norms", ["0.26", "0.28", "0.19", "0.15"]),
        pytest.param("lanes", 4, "#weights", ["\N{MINUS SIGN}0.0131"], marks=pytest.mark.exhaustive),
        ("schemes", 5, "#draws", ["38%", "0.6%", "16%"]),
        pytest.param("schemes", 6, "#draws", ["0.6%"], marks=pytest.mark.exhaustive),
        ("remedies", 2, "#panel-gates", ["0.397"]),
    ],
)
def test_what_an_answer_speaks_of_stands_in_the_lab_in_sight(
    page: Page, lesson: str, m: int, part: str, numbers: list[str]
) -> None:
    open_moment(page, "en", lesson, m)
    wait_for_lab(page)
    choices(page, m)
    page.keyboard.press("a")
    shown = lab(page).locator(part)
    expect(shown).to_be_in_viewport(ratio=0.95, timeout=SLOW)
    for number in numbers:
        expect(shown).to_contain_text(number)


def test_a_skipped_question_is_told(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    choices(page, 2)
    expect(page.locator("#next")).to_contain_text("Skip")
    page.locator("#next").click()
    page.locator("#previous").click()
    expect(moment(page, 2).locator(".answer")).to_be_visible()
    expect(page.locator("#next")).to_contain_text("Next")


def test_a_changed_lab_is_asked_anew_and_can_be_taken_back(page: Page) -> None:
    """A viewer's text: the question is asked of it; the sentence stays with the state that it is about."""
    open_moment(page, "en", "hello", 2)
    wait_for_lab(page)
    choices(page, 2).first.click()
    before = moment(page, 2).locator(".answer").inner_text()
    field = lab(page).locator("#text")
    field.fill("banana")
    field.press("Enter")
    expect(page.locator("#return")).to_be_visible()
    expect(moment(page, 2).locator(".changed")).to_contain_text("✓ marks the answer for yours")
    expect(moment(page, 2).locator(".answer")).to_have_text(before)  # it explains the moment's own state
    assert "text=banana" in (page.locator("#open").get_attribute("href") or "")
    page.locator("#return").click()
    expect(moment(page, 2).locator(".changed")).to_be_empty()
    expect(lab(page).locator("#text")).to_have_value("hello")


def test_two_states_are_one_switch(page: Page) -> None:
    open_moment(page, "en", "order", 1)
    wait_for_lab(page)
    page.locator("#switch button").nth(1).click()
    expect(page.locator("#open")).to_have_attribute("href", re.compile("text=helol"))
    expect(page.locator("#return")).to_be_hidden()
    page.locator("#switch button").nth(0).click()
    expect(page.locator("#open")).not_to_have_attribute("href", re.compile("text=helol"))
    expect(lab(page).locator("#text")).to_have_value("hello")


def test_a_term_is_explained_on_hover_focus_and_tap(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=WIDE)
    open_moment(page, "ko", "bptt", 1)
    term, card = moment(page, 1).locator("a.term").first, page.locator("#term-card")
    term.hover()
    expect(card).to_contain_text("용어집")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    term.focus()
    expect(card).to_be_visible()
    touched = open_page(viewport=PHONE, has_touch=True)
    open_moment(touched, "en", "bptt", 1)
    moment(touched, 1).locator("a.term").first.tap()
    expect(touched.locator("#term-card")).to_contain_text("Glossary")
    touched.locator("#term-card a").tap()
    expect(touched).to_have_url(re.compile("glossary#"))


def test_progress_is_kept_in_the_browser(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    page.goto("/en/lessons/")
    expect(page.locator("#go-on")).to_have_text("Continue at 6.2")
    expect(page.locator("[data-lesson='6'] .seen")).to_have_text("1 of 6 seen")
    page.locator("#go-on").click()
    expect(page).to_have_url(re.compile("bptt#m=2"))
    page.locator(".dots button").last.click()
    page.locator("#next").click()
    page.goto("/en/lessons/")
    expect(page.locator("#go-on")).to_have_text("Continue at 7.1")


def test_the_list_marks_what_was_seen_and_frames_the_next_lesson(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=WIDE)
    open_moment(page, "en", "bptt", 2)
    page.goto("/en/lessons/")
    expect(page.locator("[data-lesson='6'] .lesson-dots .known")).to_have_count(1)
    expect(page.locator("[data-next]")).to_have_attribute("data-lesson", "6")
    expect(page.locator("#seen-of")).to_have_text(re.compile(r"^1 of \d+ steps seen\.$"))
    assert page.locator(".lessons a").evaluate_all("them => them.every((it) => it.offsetHeight === 84)")
    glossary = page.locator(".glossary-side")
    expect(glossary).to_be_visible()
    page.locator("#glossary-find").fill("역전파")
    expect(glossary.get_by_text("backward pass", exact=True)).to_be_visible()
    expect(glossary.get_by_text("bias", exact=True)).to_be_hidden()
    page.locator("#glossary-find").fill("xyzzy")
    expect(page.locator("#glossary-none")).not_to_be_empty()
    page.set_viewport_size({"width": 800, "height": 900})
    expect(glossary).to_be_hidden()
    expect(page.locator(".glossary-link")).to_be_visible()


@pytest.mark.exhaustive
def test_ones_own_guess_is_told_from_the_others(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    right = claim_of(next(lesson for lesson in LESSONS if lesson.id == "bptt"), 1).right
    offered = choices(page, 2)
    values = offered.evaluate_all("all => all.map(one => one.dataset.value)")
    wrong = next(i for i, value in enumerate(values) if value not in right)
    offered.nth(wrong).click()
    own = moment(page, 2).locator(".choice.own-answer")
    expect(own).to_have_count(1)
    expect(own).to_have_attribute("data-value", values[wrong])
    expect(own).to_contain_text("(your guess)")
    expect(own).to_have_css("border-style", "dashed")
    expect(moment(page, 2).locator(".choice.right")).not_to_contain_text("guess")


@pytest.mark.exhaustive
def test_at_the_end_nothing_is_dimmed(page: Page) -> None:
    lesson = next(one for one in LESSONS if "only=" in one.moment[-1].link + one.moment[-1].reveal)
    n = len(lesson.moment)
    open_moment(page, "en", lesson.id, n)
    page.keyboard.press("PageDown")
    expect(page.locator("#open")).not_to_have_attribute("href", re.compile("only="))
    wait_for_lab(page)
    expect(page.locator("#open")).not_to_have_attribute("href", re.compile("only="))  # as the lab says it


@pytest.mark.exhaustive
@only("4", m=[4, 6])
def test_an_answer_pushes_whole_lines_out_of_sight(page: Page, m: int) -> None:
    page.set_viewport_size(WIDE)
    open_moment(page, "en", "remedies", m)
    choices(page, m)
    page.keyboard.press("a")
    expect(moment(page, m).locator(".answer")).to_be_in_viewport(ratio=1)
    cut = """pane => {
      const edge = pane.getBoundingClientRect().top, range = document.createRange();
      return [...pane.querySelectorAll(".moment:not([hidden]) :is(h3, p)")].flatMap(part => {
        range.selectNodeContents(part);
        return [...range.getClientRects()];
      }).filter(({ top, bottom }) => top < edge - 1 && bottom > edge + 1).length;
    }"""
    assert page.locator(".moments").evaluate(cut) == 0


@pytest.mark.exhaustive
@only(
    *("hello-en", "remedies-ko"),
    lesson={lesson.id: lesson for lesson in LESSONS},
    language=LANGUAGES,
)
def test_no_moment_is_wider_than_a_phone(page: Page, tolerated: list[str], lesson, language: str) -> None:
    tolerated.append("422")  # no lab and no answers: only the page itself
    page.route("**/embed/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route("**/api/**", lambda route: route.fulfill(status=422, json={"detail": []}))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/{language}/lessons/{lesson.id}")
    for m, its in enumerate(lesson.moment, 1):
        page.evaluate("m => location.hash = `m=${m}`", m)
        expect(moment(page, m)).to_be_visible()
        if its.link_b:
            expect(page.locator("#switch")).to_be_visible()
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") == width, f"{lesson.number}.{m}"


@pytest.mark.exhaustive
def test_signs_without_words_have_names(page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_moment(page, "en", "lanes", 5)
    expect(page.get_by_role("link", name="Open in the training lab")).to_be_in_viewport(ratio=1)
    open_moment(page, "en", "hello", 2)
    wait_for_lab(page)
    field = lab(page).locator("#text")
    field.fill("banana")
    field.press("Enter")
    expect(page.get_by_role("button", name="Back to this step")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_other_language_is_at_the_same_moment(page: Page) -> None:
    open_moment(page, "ko", "bptt", 4)
    page.locator("#language").click()
    expect(page).to_have_url(re.compile("/en/lessons/bptt#m=4"))
    expect(moment(page, 4)).to_be_visible()


def test_an_address_that_leads_nowhere_shows_ways_on(page: Page, tolerated: list[str]) -> None:
    tolerated.append("404")
    for address in ("/ko/99.1", "/fr/6.1", "/ko/lessons/nothing", "/ko/6.0"):
        answer = page.request.get(address, headers={"Accept": "text/html"})
        assert answer.status == 404, address
        assert re.search('href="/(ko|en)/lessons/bptt', answer.text()), address
    assert page.goto("/ko/6.99").status == 404
    page.locator(".lessons a").nth(5).click()
    expect(page).to_have_url(re.compile("/lessons/bptt"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/ko/6.2/", "/ko/lessons/bptt#m=2"),
        pytest.param("/en/lessons/bptt/", "/en/lessons/bptt", marks=pytest.mark.exhaustive),
        pytest.param("/en/6", "bptt#m=1", marks=pytest.mark.exhaustive),
    ],
)
def test_an_address_is_found_as_it_is_typed(page: Page, typed: str, found: str) -> None:
    page.goto(typed)
    expect(page).to_have_url(re.compile(re.escape(found)))
    expect(page.locator(".moment:not([hidden])")).to_be_visible()


def test_an_address_without_a_language_is_that_of_the_reader(page: Page) -> None:
    page.goto("/6.2")
    expect(page).to_have_url(re.compile(r"/(ko|en)/lessons/bptt#m=2"))


def test_a_lesson_is_printed_with_its_pictures_and_answers(page: Page, base_url: str) -> None:
    page.goto("/en/lessons/bptt/print")
    lesson = next(lesson for lesson in LESSONS if lesson.id == "bptt")
    expect(page.locator("section iframe")).to_have_count(len(lesson.moment))
    expect(page.locator(".answers [data-live]").filter(has_text="…")).to_have_count(0, timeout=40_000)
    expect(page.locator(".answers .right").first).not_to_be_empty()
    expect(page.locator(".address").first).to_have_text(f"{base_url}/en/6.1")
    first = page.frame_locator("section iframe >> nth=0")
    expect(first.locator("#graph .main-svg").first).to_be_visible(timeout=20_000)
    tall = page.locator("main section:has(.frame)").evaluate_all("all => all.map((it) => it.offsetHeight)")
    assert tall[2] + tall[3] < 1047, "two steps share a sheet"
    page.emulate_media(media="print")
    expect(first.locator("body")).to_have_css("zoom", "1")
    shown = "it => it.scrollWidth - it.clientWidth"
    assert first.locator("#scroll").evaluate(shown) == 0, "the picture is whole"


def test_the_claims_of_a_lesson_are_functions_of_its_moments() -> None:
    for lesson in LESSONS:
        claims = import_module(f"tests.lessons.claims.{lesson.id}")
        assert [f"moment_{m}" for m in range(1, len(lesson.moment) + 1)] == sorted(
            (name for name in vars(claims) if re.fullmatch(r"moment_\d+", name)), key=lambda it: int(it[7:])
        )

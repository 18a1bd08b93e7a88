"""Live lectures in a browser: a lecturer, a wall, and phones in two languages that follow and answer."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from app.lessons import LESSONS
from tests.browser.axe import violations
from tests.browser.explorer import until
from tests.browser.lesson import choices, moment, wait_for_lab
from tests.pairwise import only
from tests.server import free_port, serving

PHONE = {"width": 390, "height": 844}
OpenPage = Callable[..., Page]
QUESTIONS = {
    f"{lesson.number}.{m}": (lesson.id, m)
    for lesson in LESSONS
    for m, its in enumerate(lesson.prose["en"].moment, start=1)
    if its.question
}

HIGH = "document.getElementById('graph').offsetHeight"
BELOW = """() => {
  const foot = document.querySelector(".picture > .foot").getBoundingClientRect();
  return Math.round(innerHeight - foot.bottom);
}"""  # px that are blank below the picture


def open_room(lecturer: Page) -> str:
    """Open a room by the button; its number."""
    lecturer.locator("#live").click()
    number = lecturer.locator("#live-wall .live-number")
    expect(number).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    expect(lecturer.locator("#live-wall svg")).to_be_visible()
    expect(lecturer.locator("#live-wall .warning")).to_be_visible()  # the longest text it has
    expect(lecturer.locator("#live-wall button")).to_be_in_viewport(ratio=1)
    text = lecturer.locator("#live-wall .qr-text")
    assert text.evaluate("it => it.scrollHeight - it.clientHeight") <= 0
    lecturer.keyboard.press("Escape")
    return number_of(lecturer)


def number_of(lecturer: Page) -> str:
    """The number in the header."""
    pill = lecturer.locator("#live .whole")
    expect(pill).to_have_text(re.compile(r"\d{3} \d{3} · \d"))
    return "".join(re.findall(r"\d", pill.inner_text())[:6])


def act(lecturer: Page, what: str) -> None:
    """Choose from the menu of the lecture."""
    lecturer.locator("#live").click()
    lecturer.locator(f"#live-menu [data-act={what}]").click()


def shown(phone: Page) -> FrameLocator:
    """The page that the lecture shows."""
    return phone.frame_locator("#lecture > iframe:not([hidden])")


def expect_address(phone: Page, pattern: str) -> None:
    """Wait until the frame of a phone has this address."""
    for _ in range(200):
        urls = [unquote(frame.url) for frame in phone.frames if frame.parent_frame == phone.main_frame]
        if any(re.search(pattern, url) for url in urls):
            return
        phone.wait_for_timeout(50)
    pytest.fail(f"{pattern} is not among {urls}")


def test_a_class_answers_a_question_of_a_lesson_in_two_rounds(open_page: OpenPage):
    lecturer = open_page()
    lecturer.goto("/en/lessons/truncated#m=5")
    wait_for_lab(lecturer)
    room = open_room(lecturer)
    korean = open_page(viewport=PHONE, locale="ko-KR", has_touch=True)
    dark = open_page(viewport=PHONE, locale="en", color_scheme="dark")
    wall = open_page(viewport={"width": 1280, "height": 720}, locale="en")
    for page in (korean, dark, wall):
        page.goto(f"/{room}")
    expect(korean).to_have_url(re.compile(f"/ko/live/{room}$"))
    expect(dark).to_have_url(re.compile(f"/en/live/{room}$"))
    expect(korean.locator("#where")).to_have_text("강의 화면을 따라가는 중")
    expect_address(korean, r"/ko/lessons/truncated#m=5$")
    expect(shown(korean).locator("#title-5")).to_contain_text("8.5")
    expect(shown(korean).locator(".lesson-nav")).to_be_hidden()
    lab = shown(korean).frame_locator("#frame")
    expect(lab.locator(".main-svg").first).to_be_visible()
    expect(lab.locator("#controls")).to_be_hidden()
    korean.locator("#act").click()
    expect(lab.locator("#controls")).to_be_visible()
    korean.locator("#act").click()
    expect(lab.locator("#controls")).to_be_hidden()
    expect(lecturer.locator("#live .whole")).to_have_text(re.compile(r"· 3$"))

    act(lecturer, "ask")
    counted = lecturer.locator(".is-voted .vote-count")
    expect(counted).to_have_text(re.compile("0.*of 3 have answered"))
    expect(korean.locator("#ballot h2")).to_contain_text("끊은 뒤의")
    expect(korean.locator(".ballot-choice .choice-name")).to_have_text(["작아졌다", "그대로다", "커졌다"])
    expect(dark.locator(".ballot-choice .choice-name")).to_have_text(["shorter", "the same", "longer"])
    boxes = [it.bounding_box() for it in korean.locator(".ballot-choice").all()]
    assert all(box and box["height"] >= 56 for box in boxes)
    assert violations(korean) == []
    assert violations(dark) == []
    korean.locator(".ballot-choice").nth(0).click()
    dark.locator(".ballot-choice").nth(0).focus()
    dark.keyboard.press("Enter")
    dark.locator(".ballot-choice").nth(2).click()  # a second thought replaces the first
    expect(korean.locator(".ballot-choice[aria-pressed=true]")).to_contain_text("내 답")
    expect(dark.locator(".fate")).to_contain_text("Sent")
    expect(counted).to_have_text(re.compile("2.*of 3 have answered"))
    expect(wall.locator("#progress")).to_have_text("2 of 3 have answered")
    assert lecturer.locator(".tally").count() == korean.locator(".tally").count() == 0

    late = open_page(viewport=PHONE, locale="ko-KR")
    late.goto(f"/{room}")
    late.locator(".ballot-choice").nth(0).click()
    lecturer.keyboard.press("f")  # the buttons are on the wall too
    lecturer.locator("#vote-close").click()
    expect(lecturer.locator(".is-voted .bar-line b")).to_have_text(["67%", "0%", "33%"])
    expect(korean.locator(".fate")).to_contain_text("마감")
    assert korean.locator(".tally").count() == 0

    lecturer.locator("#vote-again").click()
    expect(korean.locator(".ballot-choice[aria-pressed=true]")).to_have_count(0)
    for phone in (korean, dark, late):
        phone.locator(".ballot-choice").nth(2).click()
    expect(counted).to_have_text(re.compile("3.*of 4 have answered"))
    lecturer.locator("#vote-close").click()
    expect(lecturer.locator(".is-voted .bar-line b")).to_have_text(["67%", "0%", "0%", "0%", "33%", "100%"])
    assert lecturer.locator(".is-voted .tick").count() == 0
    assert "answered" not in lecturer.url

    lecturer.locator("#vote-reveal").click()
    expect(lecturer.locator(".is-voted .tally.right")).to_contain_text("longer")
    expect(lecturer.locator(".answer:not([hidden])")).to_contain_text("0.284")
    expect(korean.locator(".tally.right .tally-name")).to_have_text(re.compile("커졌다.*내 답"))
    expect(korean.locator(".told")).to_contain_text("0.284")
    expect(dark.locator(".tally.right")).to_contain_text("longer")
    assert violations(korean) == []
    assert violations(lecturer) == []

    lecturer.keyboard.press("l")  # the header is not there
    expect(lecturer.locator("#live-menu .live-facts")).to_contain_text("4 phones are following.")
    lecturer.keyboard.press("Escape")
    lecturer.keyboard.press("PageDown")
    expect_address(dark, r"/en/lessons/truncated#m=6$")
    expect(dark.locator("#ballot")).to_be_hidden()
    assert violations(dark) == []


def test_phones_follow_the_lecturer_through_the_site_and_explore_alone(
    open_page: OpenPage, tolerated: list[str]
):
    tolerated.append("410 (Gone)")
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="ko-KR")
    lecturer.goto("/en/?v=1&text=hello&k=2#t=1&theme=dark&notation=uvw")
    room = open_room(lecturer)
    assert violations(lecturer) == []
    phone.goto(f"/ko/live/{room}#notation=book")
    expect_address(phone, r"/ko/\?v=1(&text=hello)?(&k=2)?#.*t=1")
    expect_address(phone, r"notation=book")
    expect(shown(phone).locator("#readout")).to_contain_text("t = 1")
    expect(shown(phone).locator("#player")).to_be_hidden()
    expect(shown(phone).locator("#controls")).to_be_hidden()
    [before] = [frame for frame in phone.frames if "/ko/?" in frame.url]
    assert until(phone, lambda: before.evaluate(BELOW), lambda px: px < 40) in range(40)
    before.evaluate("window.stays = true")
    lecturer.keyboard.press("]")
    expect_address(phone, "k=3")
    expect(phone.locator("#said")).to_contain_text("k = 3")
    assert before.evaluate("window.stays")  # it has not been loaded anew

    phone.locator("#act").click()
    expect(phone.locator("#where")).to_have_text("혼자 살펴보는 중")
    expect(shown(phone).locator("#player")).to_be_visible()
    until(phone, lambda: before.evaluate(HIGH), lambda px: px == 400)
    assert before.evaluate(HIGH) == 400  # among controls again
    assert violations(phone) == []
    lecturer.goto("/en/training?v=1&text=hello&k=2&budget=20&seeds=1")  # the tab steers on every page
    assert number_of(lecturer) == room
    expect(phone.locator("#where")).to_contain_text("강의 화면은 다음으로 넘어갔습니다")
    expect_address(phone, "k=3")
    phone.locator("#act").click()
    expect_address(phone, "/ko/training")

    act(lecturer, "pause")
    expect(phone.locator("#where")).to_have_text("강의 화면이 잠시 멈췄습니다")
    lecturer.goto("/en/graph")
    assert number_of(lecturer) == room
    act(lecturer, "own")
    lecturer.locator("#ask-text").fill("Which is larger?")
    expect(lecturer.get_by_label("Choices, one per line (2 to 5)")).to_be_visible()
    lecturer.locator("#ask-choices").fill("x")
    lecturer.get_by_label("gradients", exact=True).check()
    lecturer.get_by_role("button", name="Ask", exact=True).click()
    expect(lecturer.locator("#ask-dialog .problem")).to_contain_text("Two different choices")
    lecturer.locator("#ask-choices").fill("x\ny")
    assert violations(lecturer) == []
    lecturer.get_by_role("button", name="Ask", exact=True).click()
    expect(phone.locator("#ballot h2")).to_have_text("Which is larger?")
    expect(lecturer.locator(".asked")).to_be_hidden()  # the card has it
    expect_address(phone, "/ko/training")  # still
    act(lecturer, "pause")
    expect_address(phone, r"/ko/graph#.*veil=grad\.\*.*ask=Which")
    expect(shown(phone).locator(".asked")).to_be_hidden()
    phone.locator(".ballot-choice").nth(1).click()
    expect(phone.locator(".fate")).to_contain_text("✓")
    lecturer.reload()
    expect(lecturer.locator("#live-vote .vote-count")).to_have_text(re.compile("1.*of 1 have answered"))
    lecturer.locator("#vote-close").click()
    expect(phone.locator(".tally .bar-line b")).to_have_text(["0%", "100%"])
    lecturer.locator("#vote-reveal").click()
    expect(lecturer).not_to_have_url(re.compile("veil"))
    expect(lecturer.locator("#live-vote button")).to_have_text(["Done"])
    expect_address(phone, r"/ko/graph[^#]*#(?!.*veil).*ask=Which")
    expect(phone.locator(".tally .bar-line b")).to_have_text(["0%", "100%"])
    lecturer.locator("#vote-done").click()
    expect(phone.locator("#ballot")).to_be_hidden()
    expect(shown(phone).locator(".asked")).to_contain_text("Which is larger?")
    expect(shown(phone).locator(".asked button").first).to_be_hidden()
    lecturer.goto("/en/lessons/bptt#m=1")
    wait_for_lab(lecturer)
    act(lecturer, "own")  # a lesson's address holds no such question
    lecturer.locator("#live-own [name=text]").fill("Clear so far?")
    for i, choice in enumerate(("yes", "no"), start=1):
        lecturer.locator(f"#live-own [name=choice-{i}]").fill(choice)
    assert violations(lecturer) == []
    lecturer.keyboard.press("Enter")
    expect(phone.locator("#ballot h2")).to_have_text("Clear so far?")
    lecturer.locator("#vote-close").click()
    expect(lecturer.locator("#vote-reveal")).to_have_count(0)
    lecturer.locator("#vote-done").click()

    lecturer.goto("/en/ab?k=3#ask=More%20error%3F&choices=A%7CB&veil=norms")  # a link that asks
    expect_address(phone, "/ko/ab")
    expect(lecturer.locator(".asked")).to_contain_text("More error?")
    act(lecturer, "ask")
    phone.locator(".ballot-choice", has_text="B").click()
    expect(lecturer.locator("#live-vote .vote-count")).to_have_text(re.compile("1.*of 1"))
    lecturer.keyboard.press("m")
    expect(lecturer.locator(".talk-bar")).to_contain_text("More error?")
    lecturer.locator("#live-vote #vote-close").click()
    lecturer.keyboard.press("PageDown")  # the answer is a beat of the stop
    expect(lecturer.locator("#vote-reveal")).to_have_count(0)
    expect(lecturer.locator("#live-vote .bar-line b")).to_have_text(["0%", "100%"])
    expect_address(phone, r"/ko/ab[^#]*#(?!.*veil).*ask=More")

    act(lecturer, "end")
    lecturer.get_by_label("Leave the talk with them (without notes)").check()
    assert violations(lecturer) == []
    lecturer.locator("#live-end .strong").click()
    expect(phone.locator("#where")).to_contain_text("강의가 끝났습니다")
    expect(lecturer.locator("#live")).to_have_text("Live")
    phone.locator("#act").click()  # See the talk
    expect(phone).to_have_url(re.compile(r"/ko/talk#stops="))
    expect(phone.locator("#talk-stops li")).to_contain_text(["More error?"])
    phone.goto(f"/ko/live/{room}")
    expect(phone.locator("#join-problem")).to_contain_text("끝났습니다")


@pytest.mark.exhaustive
def test_a_question_that_is_asked_anew_has_no_answer_of_before(open_page: OpenPage):
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="en")
    lecturer.goto("/en/ab?k=3#ask=More%20error%3F&choices=A%7CB")
    phone.goto(f"/{open_room(lecturer)}")
    for voted in ("A", "B"):
        act(lecturer, "ask")
        expect(phone.locator(".ballot-choice")).to_have_count(2)
        expect(phone.locator(".ballot-choice[aria-pressed=true]")).to_have_count(0)
        expect(phone.locator(".fate")).to_be_empty()
        phone.locator(".ballot-choice", has_text=voted).click()
        expect(phone.locator(".fate")).to_contain_text("Sent")
        expect(lecturer.locator("#live-vote .vote-count")).to_have_text(re.compile("1.*of 1"))
        lecturer.locator("#vote-close").click()
        lecturer.locator("#vote-done").click()
        expect(phone.locator("#ballot")).to_be_hidden()


def test_the_token_moves_to_another_device_and_is_in_no_other_link(open_page: OpenPage):
    lecturer, other = open_page(), open_page(viewport=PHONE, locale="en")
    lecturer.goto("/en/lessons/bptt#m=2")
    wait_for_lab(lecturer)
    requested: list[str] = []
    room = open_room(lecturer)
    lecturer.on("request", lambda request: requested.append(request.url))
    act(lecturer, "move")
    link = lecturer.locator("#live-move input").input_value()
    token = link.split("#steer=")[1]
    assert re.fullmatch(r"[\w-]{22}", token)
    lecturer.keyboard.press("Escape")
    assert token not in lecturer.url
    lecturer.locator("#share").click()
    expect(lecturer.locator("#share-code svg")).to_be_visible()
    assert token not in lecturer.evaluate("document.documentElement.outerHTML")
    assert all(token not in field.input_value() for field in lecturer.locator("input, textarea").all())
    lecturer.keyboard.press("Escape")
    other.on("request", lambda request: requested.append(request.url))
    other.goto(link)
    expect(other).to_have_url(re.compile(r"/en/lessons/bptt#m=2$"))
    expect(other.locator("#live .whole")).to_have_text(re.compile(f"{room[:3]} {room[3:]}"))
    expect(lecturer.locator("#live-status")).to_have_text("Another device is steering now.")
    assert not [url for url in requested if token in url.split("#")[0]]
    other.go_back()
    assert token not in other.url
    act(lecturer, "take")
    expect(lecturer.locator("#live-status")).to_be_empty()


def test_the_field_takes_a_number_however_it_is_typed(open_page: OpenPage, tolerated: list[str]):
    tolerated.append("404 (Not Found)")
    page = open_page(viewport=PHONE, locale="en")
    page.goto("/en/live/")
    field = page.locator("#number")
    expect(field).to_be_focused()
    assert violations(page) == []
    page.keyboard.type("000-0")
    expect(page.locator("#join button")).to_be_disabled()
    page.keyboard.type("01")
    expect(field).to_have_value("000 001")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/live/000001$"))
    expect(page.locator("#join-problem")).to_have_text(
        "No open room has the number 000 001. Please check the digits."
    )
    assert violations(page) == []
    page.locator("#language").click()
    expect(page).to_have_url(re.compile(r"/ko/live/000001$"))
    expect(page.locator("#join-problem")).to_contain_text("000 001번")


@pytest.mark.exhaustive
def test_a_lecture_outlives_a_restart_of_the_server(
    open_page: OpenPage, bundled: Path, tmp_path: Path, tolerated: list[str]
):
    tolerated += ["request: http://127.0.0.1", "Failed to load resource", "ERR_"]
    port, log = free_port(), tmp_path / "log"
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="en")
    with serving(log, cwd=bundled, port=port) as address:
        lecturer.goto(f"{address}/en/?v=1#t=1")
        expect(lecturer.locator("#tray button").first).to_be_visible()  # all words are there
        room = open_room(lecturer)
        phone.goto(f"{address}/{room}")
        expect_address(phone, "t=1")
    expect(phone.locator("#where")).to_contain_text(re.compile("Connection lost|offline"))
    expect(shown(phone).locator("#readout")).to_contain_text("t = 1")  # the picture stays
    expect(lecturer.locator("#live-status")).to_contain_text("The server cannot be reached")
    with serving(log, cwd=bundled, port=port):
        expect(lecturer.locator("#live-status")).to_have_text("The room is open again under the same number.")
        expect(phone.locator("#where")).to_have_text("Following the lecture")
        lecturer.keyboard.press("ArrowRight")
        lecturer.keyboard.press("]")
        expect_address(phone, "k=3")
        for page in (lecturer, phone):
            page.goto("about:blank")


def cut_off(wall: Page) -> list[str]:
    """What of a vote and its answer the wall does not show whole, or shows in two lines or too small."""
    return wall.evaluate(
        """() => {
          const pane = document.querySelector(".moments"), place = pane.getBoundingClientRect();
          const question = pane.querySelector(".moment:not([hidden]) .question");
          const found = [];
          const { scrollHeight: high, clientHeight: height, scrollWidth: wide, clientWidth: width } = pane;
          if (high > height) found.push(`${high} of ${height} px high`);
          if (wide > width) found.push(`${wide} of ${width} px wide`);
          const parts = "b, .tally, .bar-line b, .rounds, .answer:not([hidden]), .vote-controls button";
          for (const part of question.querySelectorAll(parts)) {
            const { top, bottom, left, right } = part.getBoundingClientRect();
            if (left === right) continue;
            const isIn = top >= place.top - 1 && bottom <= place.bottom + 1;
            if (!isIn || left < place.left - 1 || right > place.right + 1) found.push(part.textContent);
          }
          for (const row of question.querySelectorAll(".tally")) {
            const [name, bars] = [...row.children].map((it) => it.getBoundingClientRect());
            const isOneLine = name.right <= bars.left && bars.top < name.bottom && name.top < bars.bottom;
            if (!isOneLine) found.push(row.textContent);
          }
          const size = parseFloat(getComputedStyle(question.querySelector(".tally")).fontSize);
          if (size < 12) found.push(`${size} px`);
          return found;
        }"""
    )


@only("8.5-ko", number=QUESTIONS, language=["en", "ko"])
@pytest.mark.exhaustive
def test_two_rounds_and_the_answer_fit_on_a_small_wall(
    open_page: OpenPage, number: tuple[str, int], language: str
):
    lesson, m = number
    wall = open_page(viewport={"width": 1280, "height": 720}, locale=language)
    wall.goto(f"/{language}/lessons/{lesson}#m={m}")
    wait_for_lab(wall)
    values = choices(wall, m).evaluate_all("all => all.map((one) => one.dataset.value)")
    room = open_room(wall)
    question = f"{LESSONS[[one.id for one in LESSONS].index(lesson)].number}.{m}"
    act(wall, "ask")
    wall.keyboard.press("f")
    for turn in (1, 2):
        for voter, value in enumerate(values):
            ballot = {"question": question, "round": turn, "choices": [values[0] if turn == 1 else value]}
            data = ballot | {"voter": f"voter-{voter:012d}"}
            counted = moment(wall, m).locator(".vote-count b")
            expect(counted).to_have_text(str(voter))
            for _ in range(100):  # the server may not have heard yet that the question is open
                answer = wall.request.post(f"/api/rooms/{room}/votes", data=data)
                if answer.status != 409:
                    break
                wall.wait_for_timeout(50)
            assert answer.status == 204, answer.text()
        expect(counted).to_have_text(str(len(values)))
        wall.locator("#vote-close").click()
        expect(moment(wall, m).locator(".bar-line")).to_have_count(turn * len(values))
        if turn == 1:
            wall.locator("#vote-again").click()
    assert cut_off(wall) == []
    wall.locator("#vote-reveal").click()
    expect(moment(wall, m).locator(".answer")).to_be_visible()
    expect(moment(wall, m).locator(".tally.right").first).to_be_visible()
    assert cut_off(wall) == []

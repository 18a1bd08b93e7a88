"""A talk: made on several pages, kept in a link, presented with a clicker, and printed."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.words import CATALOGUES
from tests.browser.axe import violations
from tests.browser.explorer import open_explorer
from tests.pairwise import only

BAR = ".talk-bar"
STOPS = "#talk-stops > li"


def talk_link(language: str, *lines: str, rest: str = "") -> str:
    text = quote("\n".join(lines))
    return f"/{language}/talk#stops={text}{rest}"


@pytest.mark.fresh_context
def test_a_talk_is_made_on_three_pages_shared_and_presented(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    """M and the button add; the list is ordered, timed and noted; a second browser needs its link alone."""
    open_explorer(page, "/en/?v=1&k=3#at=b1.1")
    page.keyboard.press("m")
    expect(page.locator(".talk-said")).to_contain_text("Added as stop 1")
    expect(page.locator(BAR)).to_contain_text("1 / 1 · hello, blocks of 3, backward pass at t = 1")
    page.goto("/en/lessons/truncated#m=2")
    expect(page.locator("#frame[data-stands]")).to_be_visible()
    page.frame_locator("#frame").locator("#scroll").press("m")  # a key pressed in the lab is the page's
    expect(page.locator(".talk-said")).to_contain_text("Added as stop 2")
    page.keyboard.press("m")
    expect(page.locator(".talk-said")).to_contain_text("This is stop 2 already")
    page.goto("/en/training?v=1&k=2")
    expect(page.locator("#loading")).to_be_hidden()
    page.locator("header [data-add]").click()
    expect(page.locator(".talk-said")).to_contain_text("Added as stop 3")

    page.goto("/en/talk")
    rows = page.locator(STOPS)
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("8.2 Only orange is cut")
    rows.nth(2).locator(".talk-handle").press("ArrowUp")
    expect(rows.nth(1)).to_contain_text("Training")
    rows.nth(1).get_by_role("button", name="Rename").click()
    rows.nth(1).get_by_label("Rename").first.fill("One block | at a time")
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator("a")).to_have_text("One block | at a time")
    rows.nth(1).locator("input[type=number]").fill("7")
    page.keyboard.press("Tab")
    expect(page.locator("#talk-sum")).to_contain_text("3 stops · 13 min")
    rows.nth(0).locator(".talk-stop-note").fill("Say it slowly")
    page.keyboard.press("Enter")
    page.locator("#talk-name").fill("My hour")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("My%20hour|stops=~"))
    page.locator("#talk-edit").click()
    expect(page.locator("#talk-text")).to_have_value(
        "# My hour\n"
        "/en/?v=1&k=3#at=b1.1 | hello, blocks of 3, backward pass at t = 1 | Say it slowly\n"
        "/en/training?v=1 | 7' | One block \\| at a time\n"
        "8.2"
    )
    link = page.url
    page.locator("#share").click()
    audience = page.locator("#share-link")
    expect(audience).to_have_value(re.compile("/en/talk#stops="))
    for_the_class = audience.input_value()

    other = new_context(viewport={"width": 1280, "height": 720}).new_page()
    other.goto(for_the_class)
    expect(other.locator(f"{STOPS} .talk-stop-note").first).to_have_value("")
    other.goto("about:blank")
    other.goto(link)
    expect(other.locator(f"{STOPS} .talk-stop-note").first).to_have_value("Say it slowly")
    with other.expect_popup() as opened:
        other.locator("#talk-speaker").click()
    speaker = opened.value
    expect(speaker.locator("#speaker-alone")).to_be_visible()
    other.locator("#talk-present").click()
    expect(other.locator("#present-title")).to_contain_text("hello")
    expect(other.locator("#present-step")).to_have_text("7 / 9")
    expect(speaker.locator("#speaker-title")).to_have_text("hello, blocks of 3, backward pass at t = 1")
    expect(speaker.locator("#speaker-note")).to_have_text("Say it slowly")
    expect(speaker.locator("#speaker-upcoming")).to_contain_text("One block | at a time")
    expect(speaker.locator("#speaker-gone")).to_contain_text(re.compile(r"0:\d\d of 13 min"))
    expect(other.locator(BAR)).to_be_hidden()
    for step in ("8 / 9", "9 / 9"):  # the beats of the stop: its moments
        other.keyboard.press("PageDown")
        expect(other.locator("#present-step")).to_have_text(step)
    other.keyboard.press("PageUp")
    expect(other.locator("#present-step")).to_have_text("8 / 9")
    speaker.locator("#speaker-next").click()
    expect(other.locator("#present-step")).to_have_text("9 / 9")
    other.keyboard.press("PageDown")
    expect(other).to_have_url(re.compile("/en/training.*view=present"))
    expect(speaker.locator("#speaker-place")).to_have_text("2 / 3")
    expect(speaker.locator("#speaker-title")).to_have_text("One block | at a time")
    other.goto("/en/lessons/truncated#m=2")  # a stop without the clicker
    expect(speaker.locator("#speaker-place")).to_have_text("3 / 3")
    other.go_back()
    expect(speaker.locator("#speaker-place")).to_have_text("2 / 3")
    other.goto("/en/graph")  # a state that is no stop: the talk is still there, and Page Down returns to it
    expect(speaker.locator("#speaker-note")).to_contain_text("not the stop")
    expect(other.locator(BAR)).to_contain_text("2 / 3")
    other.keyboard.press("PageDown")
    expect(other).to_have_url(re.compile("/en/training"))
    other.locator(f"{BAR} button.strong").click()
    expect(other).to_have_url(re.compile("/en/lessons/truncated#m=2"))
    expect(other.locator(BAR)).to_contain_text("3 / 3")
    other.keyboard.press("PageDown")  # its beat: the answer
    expect(other).to_have_url(re.compile("answered=1"))
    other.keyboard.press("PageDown")
    expect(other.locator(".talk-said")).to_contain_text("ends here")
    other.keyboard.press("PageUp")
    expect(other).not_to_have_url(re.compile("answered=1"))
    other.get_by_role("button", name="Leave the talk").click()
    expect(other.locator(BAR)).to_be_hidden()
    other.keyboard.press("PageDown")  # in a lesson its next step
    expect(other).to_have_url(re.compile("m=3"))


@pytest.mark.fresh_context
def test_two_stops_of_one_page_are_two_stops_of_the_talk(page: Page) -> None:
    """The next stop is where the talk is, although the address was that of the stop before until then."""
    page.goto(talk_link("en", "8.1", "8.2", "8.5"))
    page.locator("#talk-present").click()
    expect(page).to_have_url(re.compile("/lessons/.*view=present"))
    expect(page.locator("#frame[data-stands]")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("#m=2"))
    place = "() => JSON.parse(sessionStorage.getItem('bptt-explorer.talk')).place"
    assert page.evaluate(place) == 1
    page.keyboard.press("PageDown")  # the answer of 8.2
    expect(page).to_have_url(re.compile("#m=2.*answered=1"))
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("#m=5"))
    assert page.evaluate(place) == 2
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("#m=2"))
    assert page.evaluate(place) == 1


@pytest.mark.exhaustive
def test_lists_and_bookmarks_of_before_become_talks(page: Page) -> None:
    page.goto("/healthz")
    page.evaluate(
        """() => localStorage.setItem("bptt-explorer.bookmarks", JSON.stringify([
          { search: "?v=1&k=3", hash: "#t=2", title: "hello · blocks of 3 · t = 2" }, "spoiled",
        ]))"""
    )
    text = quote("6.2\nA | long text | /en/?v=1&k=10\nhttps://example.org/")
    page.goto(f"/en/lessons/hour?stops={text}")
    expect(page).to_have_url(re.compile("/en/talk#stops="))
    rows = page.locator(STOPS)
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("a")).to_have_text("6.2 Two arrows meet")
    expect(rows.nth(1).locator("a")).to_have_text("A | long text")
    expect(page.locator("#notices")).to_contain_text("Line 3 is neither")
    page.get_by_role("link", name="My bookmarks").click()
    expect(page.locator("#talk-name")).to_have_value("My bookmarks")
    expect(rows).to_have_count(1)
    expect(rows.locator("a")).to_have_attribute("href", "/en/?v=1&k=3#t=2")
    assert page.evaluate("localStorage.getItem('bptt-explorer.bookmarks')") is None
    page.goto("/en/lessons/hour")
    expect(rows).to_have_count(20)
    rows.nth(0).get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(19)
    page.reload()
    expect(rows).to_have_count(19)
    page.go_back()
    expect(rows).to_have_count(20)
    page.goto("/en/talk#ready=hour")
    page.locator("#talk-live").click()
    expect(page).to_have_url(re.compile("/en/lessons/order#m=5"))
    expect(page.locator(BAR)).to_contain_text("1 / 20")
    expect(page.locator("#live")).to_contain_text(re.compile(r"\d{3} \d{3}"))
    page.goto("/en/talk#stops=~spoiled")
    expect(page.locator("#notices")).to_contain_text("cannot be read")


@pytest.mark.fresh_context
@pytest.mark.exhaustive
def test_a_hand_out_has_a_picture_a_sentence_and_a_code_of_every_stop(page: Page, base_url: str) -> None:
    page.add_init_script("globalThis.print = () => globalThis.printed = true")
    page.goto(
        talk_link(
            "ko",
            "# 유인물",
            "/ko/?v=1&k=3#t=2 | 첫째 | 비밀",
            "8.2",
            "/ko/training?v=1",
            rest="&view=hand-out",
        )
    )
    stops = page.locator("#hand-out-stops > li")
    expect(stops).to_have_count(3)
    expect(page.locator("#hand-out[data-ready]")).to_be_visible(timeout=60_000)
    assert page.evaluate("globalThis.printed")
    expect(page.locator("#hand-out .hand-out-code svg")).to_have_count(3)
    expect(page.locator("#hand-out")).not_to_contain_text("비밀")
    expect(stops.nth(0).locator(".hand-out-sentence")).to_contain_text("t = 2")
    expect(stops.nth(1).locator(".hand-out-sentence")).to_have_text("끊으면 바뀌는 것은?")
    expect(stops.nth(2).locator(".hand-out-sentence")).not_to_be_empty()
    expect(stops.nth(1).locator(".address")).to_have_text(f"{urlsplit(base_url).netloc}/ko/8.2")
    for i in range(2):
        expect(stops.nth(i).frame_locator("iframe").locator("#graph svg").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".hand-out-actions")).to_be_hidden()
    expect(page.locator("header.site")).to_be_hidden()
    expect(stops.nth(2)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.fresh_context
def test_a_question_of_ones_own_covers_and_uncovers(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    """Asked in the explorer, its link asks a phone in another language, and a clicker answers it."""
    open_explorer(page, "/en/?v=1&text=backprop&k=3")
    page.locator("#share").click()
    page.locator("#share-dialog [data-ask]").click()
    page.locator("#ask-text").fill("Where does it stop?")
    page.locator("#ask-choices").fill("t = 0\nt = 3")
    for cover in ("gradients that go back", "the sentence below", "panels and their cards"):
        page.get_by_label(cover, exact=True).check()
    assert violations(page) == []
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".asked")).to_contain_text("Where does it stop?")
    expect(page).to_have_url(re.compile(r"veil=back\.\*.*ask=Where.*choices=t"))
    expect(page.locator("#readout")).to_have_text(CATALOGUES["en"]["veil"]["covered"])
    link = page.url
    page.keyboard.press("m")
    expect(page.locator(BAR)).to_contain_text("Where does it stop?")

    phone = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    phone.goto(link.replace("/en/", "/ko/"))
    asked = phone.locator(".asked")
    expect(asked).to_contain_text("Where does it stop?")
    expect(phone.locator("#readout")).to_have_text(CATALOGUES["ko"]["veil"]["covered"])
    shown = (
        "graph => graph.layout?.shapes.filter((it) => it.label?.text).map((it) => it.label.text).join(' ')"
    )
    assert "0.095" not in (phone.locator("#graph").evaluate(shown) or "")
    choice = asked.get_by_role("button", name="t = 3")
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    assert violations(phone) == []
    asked.get_by_role("button", name=CATALOGUES["ko"]["talk"]["reveal"]).click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("#readout")).to_contain_text("0.14")
    expect(phone).not_to_have_url(re.compile("veil"))

    page.keyboard.press("f")
    expect(page.locator("#present-title")).to_be_visible()
    page.keyboard.press("PageDown")  # the answer is a beat of the stop
    expect(page.locator("#readout")).to_contain_text("13 of 28")
    expect(page.locator(".asked .strong")).to_have_count(0)
    page.keyboard.press("PageUp")  # and back to the question
    expect(page.locator(".asked .strong")).to_be_visible()
    page.goto("/en/ab?v=1&b=truncation%3Dfull#ask=Which%3F&veil=back.*,norms")
    expect(page.locator("#readout-b")).to_have_text(CATALOGUES["en"]["veil"]["covered"])
    expect(page.locator(".comparison-page > .panel.covered")).to_be_visible()
    page.locator(".asked .strong").click()
    expect(page.locator("#readout-b")).not_to_have_text(CATALOGUES["en"]["veil"]["covered"])
    expect(page.locator(".comparison-page > .panel.covered")).to_have_count(0)


@only("390-ko-dark", width=[390, 1280], language=["ko", "en"], theme=["light", "dark"])
def test_axe_has_nothing_to_complain_about(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.goto(f"/{language}/talk#ready=truncation")
    expect(page.locator(STOPS)).to_have_count(6)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#talk-present").click()
    expect(page.locator("#present-title")).not_to_be_empty()
    page.locator("#present-leave").focus()
    page.keyboard.press("Enter")
    expect(page.locator(BAR)).to_be_visible()
    expect(page.locator(BAR)).to_contain_text(CATALOGUES[language]["talk"]["forth"])
    assert violations(page) == []
    page.goto(f"/{language}/talk#view=speaker&of=nobody")
    page.reload()
    expect(page.locator("#speaker")).to_be_visible()
    assert violations(page) == []

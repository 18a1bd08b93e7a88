"""A lab in a frame of this site: what it tells the page around it, what it shows, what it looks at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.explorer import open_explorer
from tests.browser.framed import PHONE, WIDE, ask, wait_to_hear
from tests.pairwise import only


def test_the_explorer_says_where_it_stands_and_goes_where_it_is_asked(
    page: Page, in_lesson: Callable[..., Frame]
) -> None:
    lab = in_lesson("/embed/en/?v=1#show=text,k")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1", "hash": "#show=text%2Ck"})
    entries = page.evaluate("history.length")
    ask(page, "?v=1&k=3", "#show=k&t=2")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1&k=3", "hash": "#t=2&show=k"})
    expect(lab.locator("#k")).to_have_value("3")
    expect(lab.locator("#readout")).to_contain_text("t = 2")
    ask(page, "?v=1&k=3", "#show=k&t=2")  # who asks is answered, even where nothing moves
    wait_to_hear(page, *2 * [{"bptt": "here", "search": "?v=1&k=3", "hash": "#t=2&show=k"}])
    assert page.evaluate("history.length") == entries


def test_a_reader_s_change_is_told_too(page: Page, in_lesson: Callable[..., Frame]) -> None:
    lab = in_lesson("/embed/en/?v=1#show=k")
    lab.locator("#k").press("ArrowRight")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1&k=3", "hash": "#show=k"})


def test_the_keys_of_the_lesson_are_handed_to_it(page: Page, in_lesson: Callable[..., Frame]) -> None:
    lab = in_lesson("/embed/ko/?v=1#show=text,k&t=1")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1", "hash": "#t=1&show=text%2Ck"})
    lab.locator("#scroll").focus()
    for key in ("n", "P", "PageDown", "PageUp", "f", "b", "."):
        page.keyboard.press(key)
    keys = ("n", "p", "PageDown", "PageUp", "f", "b", ".")
    wait_to_hear(page, *({"bptt": "key", "key": key} for key in keys))
    assert "view" not in lab.url
    assert lab.locator("#blank").is_hidden()
    lab.locator("#text").focus()
    page.keyboard.press("n")
    expect(lab.locator("#text")).to_have_value(re.compile("n"))
    assert page.evaluate("heard.at(-1)") != {"bptt": "key", "key": "n"}


def test_the_training_lab_speaks_and_listens_alike(page: Page, in_lesson: Callable[..., Frame]) -> None:
    lab = in_lesson("/embed/en/training?v=1&text=hello#show=k,film")
    expect(lab.locator("#film-said")).not_to_be_empty()
    wait_to_hear(page, {"bptt": "here", "search": "?v=1", "hash": "#show=k%2Cfilm"})
    expect(lab.locator("#lanes-panel:visible, #race:visible, #run:visible")).to_have_count(0)
    ask(page, "?v=1&k=3", "#at=1.0.2&show=film")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1&k=3", "hash": "#at=1.0.2&show=film"})
    expect(lab.locator("#controls")).to_be_hidden()


@pytest.mark.exhaustive
def test_alone_a_lab_says_nothing_and_hears_nothing(page: Page) -> None:
    open_explorer(page, "/embed/en/?v=1#t=1")
    page.evaluate("""addEventListener("message", ({ data }) => document.title = JSON.stringify(data))""")
    page.evaluate("""postMessage({ bptt: "visit", search: "?v=1&k=3", hash: "" }, origin)""")
    expect(page).to_have_title(re.compile("visit"))  # it has been delivered
    page.locator("#k").press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?v=1&k=1#t=1$"))  # where it was, and not where it was sent
    assert "here" not in page.title()


@only(
    "text,k-390x350", "k,player,proof-868x616", show=["none", "text,k", "k,player,proof"], size=[WIDE, PHONE]
)
def test_the_picture_fills_its_frame(
    in_lesson: Callable[..., Frame], show: str, size: tuple[int, int]
) -> None:
    lab = in_lesson(f"/embed/ko/?v=1#t=1&show={show}", size)
    expect(lab.locator("#readout")).not_to_be_empty()
    graph = lab.locator("#graph .main-svg").first.bounding_box()
    assert graph
    assert lab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert lab.locator("#scroll").evaluate("box => box.scrollWidth <= box.clientWidth")
    if "player" not in show or size == WIDE:
        assert lab.evaluate("document.documentElement.scrollHeight <= innerHeight + 2")
        assert graph["height"] >= 0.55 * size[1]
    assert lab.locator("#controls").is_visible() == (show != "none")


@only("/embed/en/", path=["/en/", "/embed/en/"])
def test_what_is_not_shown_keeps_its_value(page: Page, path: str) -> None:
    open_explorer(page, f"{path}?v=1&k=3&seed=5&gain=0.5#show=k,gain,panels,reset")
    for there in ("#k", "#gain", "#card-credit" if path == "/en/" else "#panel-credit"):
        expect(page.locator(there)).to_be_visible()
    for gone in ("#text", "#steps", "#seed", "#truncation", "#player", "#proof", "#legend", "#more"):
        expect(page.locator(gone)).to_be_hidden()
    page.locator("#k").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"\?v=1&seed=5&gain=0.5&k=4|gain=0.5.*seed=5&k=4"))
    page.locator("#gain").press("ArrowRight")
    expect(page).to_have_url(re.compile("seed=5"))


@pytest.mark.exhaustive
def test_the_part_that_is_looked_at_comes_into_sight_once(
    page: Page, in_lesson: Callable[..., Frame]
) -> None:
    lab = in_lesson("/embed/en/?v=1#show=k&look=credit")
    panel = lab.locator("#panel-credit")
    expect(panel).to_be_in_viewport(ratio=0.6)
    expect(lab.locator(".panel:visible")).to_have_count(1)
    lab.evaluate("scrollTo(0, 0)")
    lab.locator("#k").press("ArrowRight")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1&k=3", "hash": "#show=k&look=credit"})
    assert lab.evaluate("scrollY") == 0  # the reader scrolled away
    ask(page, "?v=1", "#show=k&look=jacobian&s=3&t=0")
    expect(lab.locator("#jacobian")).to_be_in_viewport(ratio=0.3)
    ask(page, "?v=1", "#show=k")
    expect(lab.locator("#panels .panel:visible")).to_have_count(0)
    expect(lab.locator("#graph")).to_be_in_viewport(ratio=0.95)


@only("390x350", size=[WIDE, PHONE])
def test_a_control_stays_at_hand_above_the_panel_that_it_moves(
    in_lesson: Callable[..., Frame], size: tuple[int, int]
) -> None:
    lab = in_lesson("/embed/en/?v=1&truncation=tbptt#show=k1&look=credit", size)
    panel, bar = lab.locator("#panel-credit"), lab.locator("#controls")
    expect(panel).to_be_in_viewport(ratio=0.5)
    expect(bar).to_be_in_viewport(ratio=1)
    above, below = bar.bounding_box(), panel.locator("summary").bounding_box()
    assert above
    assert below
    assert above["height"] < 60
    assert above["y"] + above["height"] <= below["y"] + 1
    lab.locator("#k1").press("ArrowRight")
    expect(bar).to_be_in_viewport(ratio=1)


@pytest.mark.exhaustive
def test_on_a_phone_several_lines_of_controls_scroll_away(in_lesson: Callable[..., Frame]) -> None:
    lab = in_lesson("/embed/en/?v=1#show=text,k,truncation&look=credit", PHONE)
    expect(lab.locator("#panel-credit")).to_be_in_viewport(ratio=0.5)
    expect(lab.locator("#controls")).not_to_be_in_viewport()


@pytest.mark.exhaustive
@only("ko", language=["ko", "en"])
def test_forty_letters_are_in_sight_with_their_matrix(in_lesson: Callable[..., Frame], language: str) -> None:
    text = "the+quick+brown+fox+jumps+over+lazy+dogs%21"
    lab = in_lesson(f"/embed/{language}/?v=1&text={text}&hidden=16&k=10#show=k&look=credit")
    expect(lab.locator("#credit .main-svg").first).to_be_in_viewport(ratio=0.99)
    assert lab.locator("#scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.exhaustive
def test_on_a_phone_the_film_s_buttons_stay_beside_what_is_looked_at(
    in_lesson: Callable[..., Frame],
) -> None:
    lab = in_lesson("/embed/en/training?v=1&lr=0.5#at=1.0.4&show=film,lr&look=weights", PHONE)
    update = "#weights .update-disc >> nth=0"
    expect(lab.locator(update)).to_be_in_viewport(ratio=0.95)
    expect(lab.locator("#film-play")).to_be_in_viewport(ratio=1)
    play, lit = (lab.locator(each).bounding_box() for each in ("#film-player", update))
    assert play
    assert lit
    assert lit["y"] + lit["height"] <= play["y"]


@only("en", language=["ko", "en"])
def test_the_ledger_can_be_used_in_a_frame(in_lesson: Callable[..., Frame], language: str) -> None:
    lab = in_lesson(f"/embed/{language}/?v=1#at=b2.3&show=k&look=ledger")
    expect(lab.locator("#ledger")).to_be_in_viewport(ratio=0.98)
    now = lab.locator("#ledger .card.now")
    expect(now).to_be_in_viewport(ratio=0.95)
    assert lab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lab.locator("#ledger .lines button").first.click()
    expect(now.locator("h3")).to_contain_text("dh")
    expect(now).to_be_in_viewport(ratio=0.95)

"""Bad input: a clear word in the reader's language, and nothing lost."""

import itertools
import re
import time
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.explorer import drag_to, numbers, open_explorer, query_of, still, until, wait_for_picture

BAD_LINKS = [
    ("text=", "Text"),
    ("text=a", "Text"),
    ("text=" + "a" * 1002, "Text"),
    ("steps=0", "Length"),
    ("steps=1001", "Length"),
    ("steps=5_0", "Length"),
    ("steps=50.0", "Length"),
    ("steps=" + quote("５"), "Length"),
    ("steps=" + "9" * 5000, "Length"),
    ("k=0", "Block length k"),
    ("k=1001", "Block length k"),
    ("gain=NaN", "Gain"),
    ("gain=99", "Gain"),
    ("truncation=none", "Truncation"),
    ("cell=elman", "Cell"),
    ("unit=letter", "Symbol"),
    ("unit=number&text=banana", "Text"),
    ("targets=ab", "Custom targets"),
    ("weights=1,2,3", "Custom weights"),
    ("hidden=64&steps=1000", "Hidden size"),
    ("updates=500&steps=100", "Training updates"),
    ("lr=11", "Learning rate"),
    ("k=3&k=4", "Block length k"),
]


# What each of them becomes is tested in tests/js/query.test.js; here one of each kind is opened.
OPENED = ("steps=1001", "targets=ab", "hidden=64&steps=1000")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        pytest.param(query, title, id=query[:24], marks=() if query in OPENED else pytest.mark.exhaustive)
        for query, title in BAD_LINKS
    ],
)
def test_a_link_with_a_bad_value_says_so_shows_a_picture_and_is_corrected(
    page: Page, query: str, title: str
) -> None:
    open_explorer(page, f"/en/?v=1&{query}")
    expect(page.locator("#notices")).to_contain_text(title)
    assert query_of(page)["v"] == "1"
    page.reload()
    wait_for_picture(page)
    expect(page.locator("#notices")).to_be_empty()


def test_a_text_too_long_to_type_is_cropped_at_the_press_of_a_button(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=hello")
    text = page.locator("#text")
    text.fill("ab" * 520)
    button = page.locator("#notices button", has_text="Use the first 1,001 symbols")
    expect(button).to_be_visible()
    assert query_of(page).get("text", "hello") == "hello", "the picture is still that of the text before"
    button.click()
    until(page, lambda: query_of(page).get("text"), lambda written: written == "ab" * 500 + "a")
    expect(text).to_have_value("ab" * 500 + "a")
    expect(button).to_have_count(0)
    wait_for_picture(page)


DROP = """written => document.body.dispatchEvent(new DragEvent("drop", {
  bubbles: true, cancelable: true, dataTransfer: (() => {
    const files = new DataTransfer();
    files.items.add(new File([written], "book.txt", { type: "text/plain" }));
    return files;
  })() }))"""


@pytest.mark.parametrize("path", ["/en/?v=1&text=hello", "/en/training?v=1&text=hello"])
def test_a_text_file_that_is_dropped_is_the_text_and_can_be_cropped(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate(DROP, "\ufeffto be\r\n  or not\n")
    until(page, lambda: query_of(page).get("text"), lambda written: written == "to be or not")
    page.evaluate(DROP, "ab" * 5000)
    button = page.locator("#notices button", has_text="Use the first")
    expect(button).to_be_visible()
    button.click()
    until(page, lambda: query_of(page)["text"], lambda written: written.startswith("abab"))
    expect(button).to_have_count(0)


def test_a_text_longer_than_the_longest_picture_is_cropped_with_a_word(page: Page) -> None:
    open_explorer(page, "/ko/?v=1&hidden=2&text=" + "ab" * 500 + "c&targets=" + "ba" * 500 + "c")
    expect(page.locator("#notices")).to_contain_text("1001개")
    assert query_of(page)["steps"] == "1000"


def test_while_a_text_is_too_short_the_last_picture_stays(page: Page) -> None:
    open_explorer(page, "/ko/?v=1&text=banana")
    before = numbers(page)
    for text in ("b", ""):
        page.locator("#text").fill(text)
        expect(page.locator("#notices")).to_contain_text("글: 기호가 2개 이상이어야 합니다.")
        expect(page.locator("#text")).to_have_attribute("aria-invalid", "true")
    assert numbers(page) == before
    assert query_of(page)["text"] == "banana"
    page.locator("#text").fill("bandana")
    expect(page.locator("#letters span")).to_have_count(6)
    expect(page.locator("#notices")).to_be_empty()


def test_numbers_out_of_range_are_clamped_with_a_word(page: Page) -> None:
    open_explorer(page)
    exact = page.locator("[data-exact=steps]")
    exact.fill("9999")
    exact.press("Enter")
    expect(page.locator("#notices")).to_contain_text("Length: 9999")
    expect(exact).to_have_value("1000")
    open_explorer(page, "/en/?v=1&text=the+quick+brown+fox&truncation=tbptt&k1=5&k=3")
    expect(page.locator("#notices")).to_contain_text("3 is below k₁")
    expect(page.locator("[data-exact=k]")).to_have_value("5")
    expect(page.locator("#k")).to_have_value("5")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<b>hi</b><script>alert(1)</script>", id="html", marks=pytest.mark.exhaustive),
        pytest.param('"><img src=x onerror=alert(1)>', id="attribute"),
        pytest.param("👩‍👩‍👧‍👦👍🏽🇰🇷e\u0301👩‍👩‍👧‍👦", id="emoji", marks=pytest.mark.exhaustive),
        pytest.param("שלום עולם", id="right to left", marks=pytest.mark.exhaustive),
        pytest.param("a\x00b\x7f\u200b\u202ec", id="controls", marks=pytest.mark.exhaustive),
        pytest.param("\u0301\u0301", id="combining", marks=pytest.mark.exhaustive),
        pytest.param("{{7*7}}${7*7}", id="templates", marks=pytest.mark.exhaustive),
    ],
)
def test_odd_text_is_only_text(page: Page, text: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_explorer(page, f"/en/?v=1&text={quote(text)}")
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")
    page.locator("#share").click()
    assert not dialogs
    assert page.locator("main script, main img").count() == 0


def test_a_run_that_explodes_is_still_a_picture_with_proved_numbers(page: Page) -> None:
    open_explorer(
        page, "/en/?v=1&text=ab&steps=200&activation=relu&gain=3&hidden=64&reduction=sum#open=norms"
    )
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")
    expect(page.locator("#norms-caption")).to_contain_text("10⁴")


def test_a_lost_server_is_told_and_found_again(page: Page, tolerated: list[str]) -> None:
    tolerated.append("Failed to load resource")
    open_explorer(page)
    before = page.locator("#comparison").inner_text()
    page.context.set_offline(True)
    drag_to(page, "k", 1)
    expect(page.locator("#notices")).to_contain_text("The server cannot be reached")
    assert page.locator("#comparison").inner_text() == before
    page.context.set_offline(False)
    expect(page.locator("#notices")).to_be_empty(timeout=15_000)
    expect(page.locator("#note-k")).to_have_text("= 4 blocks")


def test_a_server_that_is_busy_is_asked_again_when_it_says_so(page: Page, tolerated: list[str]) -> None:
    tolerated.append("503")
    open_explorer(page)
    asked: list[float] = []

    def busy_twice(route: Route) -> None:
        asked.append(time.monotonic())
        if len(asked) > 2:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "2"})

    page.route("**/api/*/bptt**", busy_twice)
    before = page.locator("#comparison").inner_text()
    drag_to(page, "k", 1)
    notice = page.locator("#notices")
    expect(notice).to_contain_text("The server is busy")
    expect(notice).to_contain_text(re.compile("in [12] s"))
    assert page.locator("#comparison").inner_text() == before  # the last picture stays
    expect(page.locator("#note-k")).to_have_text("= 4 blocks", timeout=20_000)
    expect(notice).to_be_empty()
    assert all(later - sooner >= 2 for sooner, later in itertools.pairwise(asked))


@pytest.mark.exhaustive
def test_a_server_that_fails_is_asked_again(page: Page, tolerated: list[str]) -> None:
    tolerated.append("500")
    open_explorer(page)
    failures = [0]

    def fail_once(route: Route) -> None:
        if failures[0]:
            route.continue_()
        else:
            failures[0] += 1
            route.fulfill(status=500)

    page.route("**/api/*/bptt**", fail_once)
    drag_to(page, "k", 1)
    expect(page.locator("#notices")).to_contain_text("could not answer")
    expect(page.locator("#note-k")).to_have_text("= 4 blocks", timeout=15_000)
    expect(page.locator("#notices")).to_be_empty()


def test_a_slow_old_answer_never_replaces_a_newer_picture(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=banana")
    held: list[Route] = []

    def hold_k1(route: Route) -> None:
        if "k=1" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/*/bptt**", hold_k1)
    page.locator("[data-exact=k]").fill("1")
    page.locator("[data-exact=k]").press("Enter")
    assert until(page, lambda: held, bool)
    page.locator("[data-exact=k]").fill("3")
    page.locator("[data-exact=k]").press("Enter")
    expect(page.locator("#pass-ends .cut")).to_have_count(1)
    with page.expect_response(lambda response: "k=1" in response.url) as old:
        held[0].continue_()
    old.value.finished()
    still(page)
    expect(page.locator("#pass-ends .cut")).to_have_count(1)
    expect(page.locator("[data-exact=k]")).to_have_value("3")

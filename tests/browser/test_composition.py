"""Korean composition: 한 is typed as ㅎ, 하, 한, and asks once, for the complete syllable."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.explorer import still, until
from tests.pairwise import only

HANGUL = re.compile("[ㄱ-힣]")
INCOMPLETE = ("ㅎ", "하")
FIELDS = {
    "explorer": ("/en/?v=1", "#text", "text", "hello"),
    "comparison": ("/en/ab?k=3", "#text", "b", "text=hello"),
    "training": ("/en/training?v=1", "#text", "text", "hello"),
    "graph": ("/en/graph?formula=x*y", "#formula", "formula", "x*y"),
}


@only("explorer", "training", place=list(FIELDS))
def test_nothing_is_asked_until_the_syllable_is_complete(page: Page, place: str) -> None:
    path, selector, name, before = FIELDS[place]
    asked: list[str] = []
    page.goto(path)
    expect(page.locator("#loading")).to_be_hidden()
    still(page)
    page.on("request", lambda request: asked.append(unquote(unquote(request.url))))
    field = page.locator(selector)
    field.focus()
    field.press("End")
    session = page.context.new_cdp_session(page)
    typed = field.input_value()
    for composed in (*INCOMPLETE, "한"):
        session.send("Input.imeSetComposition", {"text": composed, "selectionStart": 1, "selectionEnd": 1})
        expect(field).to_have_value(typed + composed)
        still(page)
        assert not any(HANGUL.search(url) for url in asked)
        assert before in parse_qs(urlsplit(page.url).query).get(name, [before])[0]
    session.send("Input.insertText", {"text": "한"})
    if place == "graph":
        expect(field).to_have_value(typed + "한")
        assert until(page, lambda: any(typed + "한" in url for url in asked), bool)
        return
    assert "hello한" in until(page, lambda: unquote(unquote(page.url)), lambda url: "hello한" in url)
    still(page)
    assert any("hello한" in url for url in asked)
    assert not [url for url in asked if any(f"hello{part}&" in f"{url}&" for part in INCOMPLETE)]


def test_no_race_starts_while_a_syllable_is_composed_and_enter_ends_it(page: Page) -> None:
    runs: list[str] = []
    page.goto("/en/training?v=1&budget=20&seeds=1")
    expect(page.locator("#run")).to_have_attribute("data-state", "done")
    page.on(
        "request", lambda request: runs.append(unquote(request.url)) if "/events" in request.url else None
    )
    field = page.locator("#text")
    field.focus()
    field.press("End")
    session = page.context.new_cdp_session(page)
    for composed in ("ㅎ", "하", "한"):
        session.send("Input.imeSetComposition", {"text": composed, "selectionStart": 1, "selectionEnd": 1})
    still(page)
    assert runs == []
    session.send("Input.insertText", {"text": "한"})
    field.press("Enter")
    expect(page.locator("#run")).to_have_attribute("data-state", "done")
    assert runs
    assert all("hello한" in url for url in runs)

"""Smoke tests of the scripts as written, without the bundle: every page opens and draws without an error."""

from playwright.sync_api import Page, expect

from tests.browser.lesson import SLOW, wait_for_lab
from tests.pairwise import only

DRAWN = {
    "/en/?v=1": "#graph .main-svg",
    "/ko/": "#graph svg",
    "/en/ab": "#graph-b .main-svg",
    "/en/training?v=1&budget=20&seeds=1#open=race": "#race-curves .main-svg",
    "/en/graph": "#node-svg svg",
    "/en/lessons/": "#main a",
    "/en/talk#ready=truncation": "#talk-stops li a",
    "/en/lessons/bptt/print": ".answers .right",
}


@only(*list(DRAWN)[:1], "/en/training?v=1&budget=20&seeds=1#open=race", "/en/graph", path=list(DRAWN))
def test_a_page_is_drawn(page: Page, as_written: str, tolerated: list[str], path: str) -> None:
    tolerated.append(f"request: {as_written}")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{as_written}{path}")
    expect(page.locator(DRAWN[path]).first).to_be_visible(timeout=SLOW)
    assert any("/js/lib/" in url for url in loaded)
    assert not any("/lean/" in url and not url.endswith("plotly.min.js") for url in loaded)


def test_a_lesson_shows_its_lab(page: Page, as_written: str, tolerated: list[str]) -> None:
    tolerated.append(f"request: {as_written}")
    page.goto(f"{as_written}/en/lessons/bptt#m=2")
    wait_for_lab(page)
    expect(page.frame_locator("#frame").locator("#graph .main-svg").first).to_be_visible()

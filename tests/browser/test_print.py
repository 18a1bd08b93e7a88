"""The explorer on paper: as wide as A4 whatever the window was, without controls or hints to answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import open_explorer

pytestmark = pytest.mark.browser


def test_a_wide_window_is_printed_on_a4_without_what_one_presses(page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    open_explorer(page, "/en/?v=1#veil=readout")
    expect(page.locator("#readout")).to_have_text("hidden until you answer")
    expect(page.locator("#tray .opens").first).to_be_visible()
    code = "/api/qr.svg?path=%2Fen%2F%3Fv%3D1%23veil%3Dreadout"
    with page.expect_response(lambda response: response.url.endswith(code)):
        page.keyboard.press("Control")  # on the way to Ctrl+P, after which nothing waits for the code
    page.evaluate(
        "addEventListener('beforeprint', () => document.body.dataset.zoom ="
        " document.documentElement.style.getPropertyValue('--print-zoom'))"
    )
    paper = page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox ?\[0 0 (\d+)\S* (\d+)", paper)) == {(b"594", b"841")}
    page.emulate_media(media="print")
    expect(page.get_by_text("hidden until you answer")).to_be_hidden()
    assert page.locator("button:visible").count() == 0
    expect(page.locator("#controls")).to_be_hidden()
    zoom = float(page.locator("body").get_attribute("data-zoom") or 0)
    widths = page.locator(".main-svg").evaluate_all(
        "all => all.map((it) => Number(it.getAttribute('width')))"
    )
    assert 600 < zoom * max(widths) <= 703
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".print-page .qr")).to_have_js_property("complete", True)
    assert page.locator(".print-page .qr").evaluate("code => code.naturalWidth") > 20
    expect(page.locator(".print-page h1")).to_have_text("“hello”, backward pass cut every 2 steps")
    expect(page.locator(".print-page .settings")).to_contain_text("?")  # the read-out is covered
    expect(page.locator(".print-page .axis > svg")).to_have_css("width", "596px")
    expect(page.locator(".print-page rect.thrown").first).to_be_visible()
    expect(page.locator(".print-page tbody tr")).to_have_count(4)
    expect(page.locator("#graph")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".print-page")).to_have_count(0)
    expect(page.locator("#graph")).to_be_visible()


def test_a_step_of_a_lesson_is_printed_with_its_picture_in_one_piece(page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto("/en/lessons/truncated#m=2")
    expect(page.locator("#frame[data-stands]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".moment:visible")).to_have_count(1)
    expect(page.locator(".moment:visible h3")).to_contain_text("8.2")
    expect(page.locator(".moment:visible > .text [data-live]").filter(has_text="…")).to_have_count(0)
    expect(page.locator(".moment:visible .choices button").first).to_be_visible()  # to tick
    expect(page.locator(".lab")).to_have_css("break-inside", "avoid")
    page.emulate_media(media="screen")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type ?/Page\b", paper)) == 1

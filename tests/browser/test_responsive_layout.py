"""From a phone to a projector: everything in reach of a finger, nothing out of the page's sides."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import address_of, open_explorer, still, wait_for_picture
from tests.pairwise import only

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LEAST = 44  # px

TOO_SMALL = """least => [...document.querySelectorAll(
  "button, a[href], input, select, summary, [role=button]")].flatMap((it) => {
  const own = it.getBoundingClientRect(), label = it.closest("label")?.getBoundingClientRect() ?? own;
  if (!own.width || !own.height || it.closest(".skip")) return [];
  const [width, height] = [Math.max(own.width, label.width), Math.max(own.height, label.height)];
  const small = Math.min(width, height) < least - 0.5;
  return small ? [`${it.id || it.className || it.tagName} ${width}×${height}`] : [];
})"""

OPEN_ALL = """() => {
  for (const panel of document.querySelectorAll("#panels > details")) panel.open = true;
  document.getElementById("more")?.click();
}"""

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(**PHONE)


@pytest.mark.exhaustive
@only("/ko/", path=["/ko/", "/en/?text=banana&k=3"])
def test_the_first_screen_of_a_phone_on_its_side_has_them_too(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 844, "height": 390})
    open_explorer(page, path)
    expect(page.locator("#k")).to_be_in_viewport(ratio=1)
    graph = page.locator("#graph").bounding_box()
    assert graph["y"] + graph["height"] < 390


@only(
    *("/en/?cell=lstm#at=b2.3", "/ko/ab"),
    path=["/en/", "/ko/?v=1&steps=200", "/en/?cell=lstm#at=b2.3", "/embed/ko/", "/ko/ab"],
)
def test_everything_is_large_enough_for_a_finger(phone: Page, path: str) -> None:
    phone.goto(path)
    expect(phone.locator(".main-svg").first).to_be_visible(timeout=20_000)
    phone.evaluate(OPEN_ALL)
    still(phone)
    assert phone.evaluate(TOO_SMALL, LEAST) == []


@only(
    *("/en/ab-640x360", "/ko/?cell=gru&truncation=tbptt#at=b2:2.3-320x640"),
    path=[
        "/en/",
        "/ko/",
        "/en/ab",
        "/embed/en/",
        "/ko/?cell=gru&truncation=tbptt#at=b2:2.3",
        "/en/?steps=300",
    ],
    size=[(320, 640), (640, 360), (844, 390), (768, 1024)],
)
def test_no_page_scrolls_sideways(page: Page, path: str, size: tuple[int, int]) -> None:
    """640 × 360 is 1280 × 720 at 200 %, 844 × 390 a phone on its side."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    expect(page.locator(".main-svg").first).to_be_visible(timeout=20_000)
    page.evaluate(OPEN_ALL)
    still(page)
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_swipe_over_the_graph_scrolls_it_or_the_page_and_moves_nothing_else(phone: Page) -> None:
    phone.set_viewport_size({"width": 390, "height": 640})  # less than the page
    open_explorer(phone, "/ko/?text=the+quick+brown+fox+jumps&v=1")
    session = phone.context.new_cdp_session(phone)

    def swipe(x: int, y: int, to_x: int, to_y: int) -> None:
        for part in range(22):
            at = {"x": x + (to_x - x) * part / 20, "y": y + (to_y - y) * part / 20}
            kind = "touchStart" if part == 0 else "touchMove" if part < 21 else "touchEnd"
            points = [] if kind == "touchEnd" else [at]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            phone.wait_for_timeout(16)
        still(phone)

    before = address_of(phone)
    swipe(300, 360, 140, 360)
    assert phone.evaluate("document.getElementById('scroll').scrollLeft") > 100
    assert phone.evaluate("scrollY") == 0
    swipe(200, 400, 200, 100)
    assert phone.evaluate("scrollY") > 100
    assert phone.evaluate("scrollX") == 0
    assert re.sub(r"#from=\d+$", "", address_of(phone)) == before  # neither a slider nor the step


def test_less_motion_is_respected(open_page: Callable[..., Page]) -> None:
    page = open_page(reduced_motion="reduce")
    open_explorer(page)
    moving = """() => [...document.querySelectorAll("*")].filter((it) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(it);
      return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
    }).map((it) => it.id || it.className)"""
    assert page.evaluate(moving) == []


@pytest.mark.fresh_context
def test_what_was_seen_before_is_drawn_without_a_network(page: Page, tolerated: list[str]) -> None:
    tolerated.append("ERR_INTERNET_DISCONNECTED")
    open_explorer(page)
    page.keyboard.press("]")
    expect(page.locator("#note-k")).to_have_text("= 2 blocks")
    wait_for_picture(page)
    expect(page.locator("#card-credit")).to_contain_text("7 of 10")
    page.context.set_offline(True)
    page.keyboard.press("[")
    expect(page.locator("#card-credit")).to_contain_text("6 of 10")
    page.locator("#scroll").focus()
    page.keyboard.press("Home")
    expect(page.locator("#ledger")).to_be_visible()
    page.locator("#seed").evaluate(
        "it => { it.value = 9; it.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    expect(page.locator("#notices")).to_contain_text("cannot be reached")
    expect(page.locator("#card-credit")).to_contain_text("6 of 10")
    page.context.set_offline(False)
    expect(page.locator("#notices")).to_be_empty(timeout=20_000)


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", ["/en/?v=1", "/en/training?v=1&budget=20&seeds=1"])
def test_a_large_window_is_drawn_without_complaint_however_it_changes(page: Page, path: str) -> None:
    """Shapes of negative size would be complaints, and fail the test."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(path)
    expect(page.locator("#loading")).to_be_hidden()
    still(page)
    page.evaluate("for (const it of document.querySelectorAll('#panels > details')) it.open = true")
    for width in (641, 320, 1920):
        page.set_viewport_size({"width": width, "height": 1080})
        still(page)
    assert page.locator("rect[width^='-'], rect[height^='-']").count() == 0

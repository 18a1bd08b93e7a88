"""Sharing: the sheet and its link, the code on the wall, frames in other pages, what a class does not see."""

import base64
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote, urlsplit

import pytest
import segno
from playwright.sync_api import BrowserContext, Frame, Locator, Page, expect

from app.qr_code import MASK
from tests.browser.axe import violations
from tests.browser.explorer import (
    drag_to,
    hash_of,
    numbers,
    open_explorer,
    query_of,
    shared_link,
    wait_for_picture,
)
from tests.pairwise import first, only


def open_sheet(page: Page, path: str = "/en/") -> None:
    open_explorer(page, path)
    page.locator("#share").click()
    expect(page.locator("#share-dialog")).to_be_visible()


def link(page: Page) -> str:
    return shared_link(page)


def test_the_link_of_the_untouched_page_is_short_and_opens_the_same_state(
    page: Page, open_page: Callable[..., Page], base_url: str
) -> None:
    open_explorer(page)
    before = numbers(page)
    page.locator("#tray-close").click()
    expect(page).to_have_url(re.compile("^[^#]*(#(?!.*open).*)?$"))
    page.locator("#share").click()
    assert link(page) == f"{base_url}/en/?v=1"
    expect(page.locator("#share-what")).to_have_text(
        "hello, blocks of 2. The link reproduces this state exactly."
    )
    there = open_page()
    open_explorer(there, link(page))
    assert numbers(there) == before


def chip(page: Page, name: str) -> Locator:
    return page.locator(f"[name=share-chip][value={name}]")


def frames(page: Page) -> tuple[int, int]:
    """How many parts stay in the preview, and how many are left out."""
    return page.locator("#share-preview rect.stays").count(), page.locator(
        "#share-preview rect.leaves"
    ).count()


def test_a_link_shows_only_what_the_sender_names(page: Page, base_url: str) -> None:
    open_sheet(page, "/en/?v=1")
    expect(page.locator("[name=share-parts][value=all]")).to_be_checked()
    expect(page.locator("#share-hidden")).to_have_text("18 of 18 parts stay.")
    expect(page.locator("#share-preview rect.leaves")).to_have_count(0)
    expect(page.locator("#share-preview rect.stays").first).to_be_visible()
    expect(chip(page, "player")).to_be_hidden()
    page.get_by_role("radio", name="hide").check()
    chip(page, "player").check()
    page.get_by_role("radio", name="show only").check()
    assert link(page) == f"{base_url}/en/?v=1#show=none"  # nothing that was to be hidden is shown
    expect(page.locator("#share-preview rect.stays")).to_have_count(0)
    chip(page, "player").check()
    chip(page, "truncation").check()
    names = "truncation,k,k1,cut,cut_seed,cuts,player"
    assert link(page) == f"{base_url}/en/?v=1#show={quote(names)}"
    expect(page.locator("#share-hidden")).to_have_text("2 of 18 parts stay.")
    expect(page.locator("#share-hide-name")).to_have_text(f"show={names}")
    expect(page.locator("#share-preview rect.stays").first).to_be_visible()
    assert all(frames(page))
    expect(page.locator("#share-open")).to_have_attribute("href", f"/en/?v=1#show={quote(names)}")
    page.keyboard.press("Escape")
    page.goto(f"/en/?v=1#show={names}")
    expect(page.locator("#k")).to_be_visible()
    expect(page.locator("#player")).to_be_visible()
    for gone in ("#text", "#rest", "#more", "header [data-present]", "header [data-add]", "#live"):
        expect(page.locator(gone)).to_be_hidden()
    page.goto("/en/?v=1#show=k,player,share")
    page.locator("#share").click()
    expect(page.locator("[name=share-parts][value=show]")).to_be_checked()
    expect(chip(page, "truncation")).to_be_checked(indeterminate=True)  # one of its names
    assert link(page) == f"{base_url}/en/?v=1#show=k%2Cplayer%2Cshare"


def test_the_settings_that_a_link_shows_are_all_there(page: Page) -> None:
    open_sheet(page, "/en/?v=1")
    page.get_by_role("radio", name="show only").check()
    chip(page, "more").check()
    there = link(page)
    page.goto("about:blank")
    page.goto(there)
    page.locator("#more").click()
    expect(page.locator("#control-seed")).to_be_visible()
    expect(page.locator("#control-gain")).to_be_visible()
    expect(page.locator("#text")).to_be_hidden()
    expect(page.locator("#player")).to_be_hidden()


def test_settings_that_a_link_hides_are_one_name(page: Page, base_url: str) -> None:
    open_sheet(page, "/en/?v=1")
    page.get_by_role("radio", name="hide").check()
    chip(page, "more").check()
    assert link(page) == f"{base_url}/en/?v=1#hide=more"
    expect(chip(page, "more")).to_be_checked()
    assert not chip(page, "more").evaluate("box => box.indeterminate")
    before = page.locator("#share-hidden").inner_text()
    chip(page, "more").uncheck()
    assert link(page) == f"{base_url}/en/?v=1"
    assert page.locator("#share-hidden").inner_text() != before


def test_what_the_sender_chooses_is_what_the_link_says(page: Page, base_url: str) -> None:
    open_sheet(page, "/en/?v=1&k=1#at=b2.3&theme=dark")
    assert link(page) == f"{base_url}/en/?v=1&k=1#at=b2.3"
    expect(page.locator("#share-what")).to_contain_text("hello, blocks of 1, backward pass at t = 2.")
    expect(page.get_by_role("radio", name="backward pass at t = 2")).to_be_checked()
    page.get_by_role("radio", name="the start").check()
    assert link(page) == f"{base_url}/en/?v=1&k=1"
    expect(page.locator("#share-what")).to_contain_text("hello, blocks of 1. The link")
    page.get_by_role("radio", name="한국어").check()
    assert link(page) == f"{base_url}/ko/?v=1&k=1"
    page.get_by_role("radio", name="hide").check()
    page.get_by_text("One by one").click()
    for name in ("player", "seed"):
        page.locator(f"[name=share-hide][value={name}]").check()
    assert link(page) == f"{base_url}/ko/?v=1&k=1#hide=seed%2Cplayer"
    expect(page.locator("#share-hidden")).to_have_text("17 of 18 parts stay.")  # a setting is a part of one
    expect(page.locator("#share-hide-name")).to_have_text("hide=seed,player")
    expect(page.locator("#player")).to_be_visible()  # of this page nothing is hidden


@pytest.mark.exhaustive
def test_what_was_copied_is_not_said_of_another_link(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=("clipboard-read", "clipboard-write"))
    open_sheet(page, "/en/?v=1#t=2")
    page.locator("#copy").click()
    expect(page.locator("#copied")).to_have_text("✓ Copied")
    page.get_by_role("radio", name="the start").check()
    expect(page.locator("#copied")).to_have_text("")
    page.get_by_text("Embed in a page").click()
    page.locator("#frame-copy").click()
    expect(page.locator("#frame-copied")).to_have_text("✓ Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#frame-code").input_value()


@pytest.mark.exhaustive
def test_a_link_is_sent_to_an_app_where_the_browser_can(new_context: Callable[..., BrowserContext]) -> None:
    unable = new_context()
    unable.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    page = unable.new_page()
    open_sheet(page)
    expect(page.locator("#send")).to_be_hidden()

    able = new_context()
    able.add_init_script(
        "Object.defineProperty(navigator, 'share', { value: async (what) => { window.sent = what; } })"
    )
    page = able.new_page()
    open_sheet(page)
    page.locator("#send").click()
    sent = page.evaluate("window.sent")
    assert (sent["title"].replace("\xa0", " "), sent["url"]) == ("hello, blocks of 2", link(page))


def test_the_sheet_says_that_phones_cannot_open_a_loopback_address_and_that_the_text_is_in_the_link(
    page: Page,
) -> None:
    open_sheet(page)
    expect(page.locator("#share-loopback")).to_contain_text("BPTT_PUBLIC_URL")
    expect(page.locator("#share-dialog .private")).to_have_text(
        "Your text is part of the link: whoever has it can read it."
    )


@pytest.mark.exhaustive
def test_links_are_of_the_public_address_where_there_is_one(page: Page) -> None:
    def with_public_url(route) -> None:
        answer = route.fetch()
        body = answer.text()
        assert '"public_url":""' in body
        route.fulfill(
            response=answer, body=body.replace('"public_url":""', '"public_url":"https://bptt.example"')
        )

    page.route("**/en/?v=1", with_public_url)
    open_sheet(page)
    assert link(page) == "https://bptt.example/en/?v=1"
    expect(page.locator("#share-loopback")).to_be_hidden()
    page.locator("#share-qr").click()
    expect(page.locator("#qr-address")).to_have_text("bptt.example/en/?v=1")


@first(
    2,
    ("beyond", "warned", "drawn"),
    [(1, True, True), (1701, True, False), (0, False, True), (1700, True, True)],
)
def test_long_links_are_warned_of_above_300_characters_and_have_no_code_above_2000(
    page: Page, base_url: str, beyond: int, warned: bool, drawn: bool
) -> None:
    start, end = "/en/?v=1&text=", "#t=1"
    syllables, letters = divmod(300 + beyond - len(base_url + start + end), len(quote("가")))
    open_sheet(page, start + quote("가" * syllables + "a" * letters) + end)
    assert len(link(page)) == 300 + beyond
    expect(page.locator("#share-long")).to_be_visible(visible=warned)
    expect(page.locator("#share-qr")).to_be_visible(visible=drawn)
    expect(page.locator("#share-file")).to_be_visible(visible=not drawn)
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    if drawn:
        expect(page.locator("#qr-code svg")).to_be_visible()
    else:
        expect(page.locator("#share-long")).to_contain_text("2,000")
        expect(page.locator("#qr-code")).to_contain_text("at most 2,000")


def modules(page: Page) -> list[str]:
    """The modules of the code as they stand on the screen, row by row, its quiet zone with them."""
    picture = base64.b64encode(page.locator("#qr-code svg").screenshot(scale="device")).decode()
    count = page.locator("#qr-code svg").evaluate("svg => svg.viewBox.baseVal.width")
    return page.evaluate(
        """async ([picture, count]) => {
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          const middle = (i, size) => Math.floor((i + 0.5) * size / count);
          const dark = (i, j) => {
            const x = middle(i, image.width), y = middle(j, image.height);
            const [red, green, blue] = pen.getImageData(x, y, 1, 1).data;
            if (red === green && green === blue && (red === 0 || red === 255)) return red ? "." : "#";
            return "?";
          };
          const all = [...Array(count).keys()];
          return all.map((y) => all.map((x) => dark(x, y)).join(""));
        }""",
        [picture, count],
    )


def modules_of(address: str) -> list[str]:
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return ["".join("#" if module else "." for module in row) for row in code.matrix_iter(border=4)]


@only(
    "320x640-dark",
    size=[(1280, 720), (1920, 1080), (1024, 768), (390, 844), (844, 390), (320, 640)],
    theme=["light", "dark"],
)
def test_the_code_on_the_wall_is_that_of_the_link_black_on_white_and_large(
    open_page: Callable[..., Page], size: tuple[int, int], theme: str
) -> None:
    width, height = size
    page = open_page(viewport={"width": width, "height": height}, color_scheme=theme)
    open_explorer(page, "/ko/?v=1&k=3")
    page.locator("#share").click()
    address = link(page)
    page.locator("#share-qr").click()
    expect(page.locator("#qr-code svg")).to_be_visible()
    assert modules(page) == modules_of(address)
    code, beside = page.locator("#qr-code svg").bounding_box(), page.locator("#qr-address").bounding_box()
    assert code
    assert beside
    if width > height:
        assert code["height"] >= height / 2
        assert beside["x"] >= code["x"] + code["width"], "beside the code"
    else:
        assert code["width"] >= 0.9 * width
        assert beside["y"] >= code["y"] + code["height"], "under the code"
    expect(page.locator("#qr-address")).to_have_text(address.removeprefix("http://"))
    page.keyboard.press("Escape")
    expect(page.locator("#qr-dialog")).to_be_hidden()
    expect(page.locator("#share-dialog")).to_be_visible()  # it was opened from there


def test_the_key_q_puts_the_code_on_the_wall_and_a_click_or_the_key_takes_it_away(page: Page) -> None:
    open_explorer(page, "/en/?v=1&k=1#t=2")
    wall = page.locator("#qr-dialog")

    def press(key: str) -> None:
        page.evaluate(
            """key => document.activeElement.dispatchEvent(
              new KeyboardEvent("keydown", { key, code: "KeyQ", bubbles: true, cancelable: true }))""",
            key,
        )

    for key in ("q", "Q", "ㅂ"):
        press(key)
        expect(wall).to_be_visible()
        expect(page.locator("#qr-code svg")).to_have_attribute(
            "aria-label", re.compile(re.escape("/en/?v=1&k=1#t=2") + "$")
        )
        press(key)
        expect(wall).to_be_hidden()
        press(key)
        expect(wall).to_be_visible()
        page.mouse.click(40, 40)
        expect(wall).to_be_hidden()

    reopened = page.evaluate(
        """() => {
          const dialog = document.getElementById("qr-dialog");
          const press = () => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "q", bubbles: true, cancelable: true }));
          press();
          const opened = dialog.open;
          press(); // the focus is still on its button
          press();
          return [opened, dialog.open];
        }"""
    )
    assert reopened == [True, True], "three presses within one frame"


def test_without_a_network_the_wall_says_so_and_shows_the_address(page: Page, tolerated: list[str]) -> None:
    tolerated.append("Failed to load resource")
    open_explorer(page)
    page.context.set_offline(True)
    page.keyboard.press("q")
    expect(page.locator("#qr-code")).to_contain_text("could not be fetched")
    expect(page.locator("#qr-address")).to_contain_text("/en/?v=1")


@only("/en/", path=["/en/", "/embed/en/"])
def test_hidden_controls_stay_hidden_and_keep_their_values_through_changes(page: Page, path: str) -> None:
    open_explorer(page, f"{path}?v=1&k=3&seed=5&hide=k,seed,player,nonsense#t=2")
    for gone in ("#control-k", "#player"):
        expect(page.locator(gone)).to_be_hidden()
    assert "hide" not in query_of(page)
    assert hash_of(page) == "t=2&hide=k%2Cseed%2Cplayer%2Cnonsense"
    page.locator("#more").click()
    expect(page.locator("#control-gain")).to_be_visible()
    expect(page.locator("#control-seed")).to_be_hidden()
    drag_to(page, "steps", 6)
    page.keyboard.press("]")
    page.locator("#defaults").click()
    expect(page).to_have_url(re.compile(r"\?v=1&seed=5&k=3#"))
    assert "hide=k" in hash_of(page)
    page.go_back()
    expect(page).to_have_url(re.compile("steps=6"))
    expect(page.locator("#control-k")).to_be_hidden()
    page.locator("[data-presets]:visible").first.click()
    page.locator("[data-preset=vanishing]").click()
    expect(page).to_have_url(re.compile("gain=0.5"))
    expect(page.locator("#control-k")).to_be_hidden()


@pytest.mark.exhaustive
def test_every_control_and_every_part_can_be_hidden(page: Page) -> None:
    open_sheet(page)
    page.get_by_role("radio", name="hide").check()
    page.get_by_text("One by one").click()
    for box in page.locator("[name=share-hide]").all():
        box.check()
    names = link(page).partition("hide=")[2].split("%2C")
    shown = page.locator("#controls [name]").evaluate_all("fields => fields.map(({ name }) => name)")
    assert set(shown) < set(names)
    page.goto(link(page))
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    for gone in (
        "#controls .control",
        "#player",
        "#panels",
        "#more",
        "#legend",
        "#share",
        "#theme",
        "#language",
    ):
        assert page.locator(gone).count() > 0
        expect(page.locator(f"{gone}:visible")).to_have_count(0)


class _Iframe(HTMLParser):
    src = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.src = dict(attributes)["src"] or ""


@pytest.fixture
def in_course(page: Page, tolerated: list[str]) -> Iterator[Callable[[str], Frame]]:
    """The frame that a markup makes in a page of another site, from a server of its own."""
    body = ""

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    def framed(markup: str) -> Frame:
        nonlocal body
        icon = '<link rel="icon" href="data:,">'
        body = f"<!doctype html>{icon}<title>c</title><input id=own autofocus>{markup}"
        page.goto(course)
        frame = page.locator("iframe").element_handle().content_frame()
        assert frame
        return frame

    with ThreadingHTTPServer(("127.0.0.1", 0), Course) as server:
        course = f"http://localhost:{server.server_port}/"
        tolerated.append(f"request: {course}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield framed
        server.shutdown()


def test_in_a_frame_of_another_page_it_takes_no_key_until_it_is_clicked_and_opens_in_full(
    page: Page, in_course: Callable[[str], Frame]
) -> None:
    open_sheet(page, "/ko/?v=1&k=3#t=2")
    markup = page.locator("#frame-code").input_value()
    assert "script" not in markup
    parsed = _Iframe()
    parsed.feed(markup)
    assert urlsplit(parsed.src)[2:] == ("/embed/ko/", "v=1&k=3", "t=2")

    frame = in_course(markup)
    wait_for_picture(frame)
    for chrome in ("header nav", "#share", "#theme", "#language"):
        expect(frame.locator(chrome)).to_be_hidden()
    expect(frame.locator("#position")).to_have_text("t = 2")
    assert page.evaluate("document.activeElement.id") == "own"
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("q ?")
    assert page.locator("#own").input_value() == "q ?"
    frame.evaluate(
        """() => {
          for (const key of ["ArrowLeft", "q", "]", " "]) {
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          }
        }"""
    )
    expect(frame.locator("#qr-dialog")).to_be_hidden()
    assert frame.url.endswith("/embed/ko/?v=1&k=3#t=2")

    frame.locator("#readout").click()
    page.keyboard.press("]")
    page.keyboard.press("Home")
    expect(frame.locator("#position")).to_have_text("t = 0")
    with page.context.expect_page() as opened:
        frame.locator("#full").click()
    full = opened.value
    wait_for_picture(full)
    assert full.url.endswith("/ko/?v=1&k=4#at=f0.1")
    expect(full.locator("#position")).to_have_text("t = 0")
    expect(full.locator("header nav")).to_be_visible()


@only("/en/", path=["/en/", "/en/ab", "/api/bptt"])
def test_nothing_else_can_be_put_into_a_frame(
    in_course: Callable[[str], Frame], tolerated: list[str], base_url: str, path: str
) -> None:
    tolerated.append("frame-ancestors")
    frame = in_course(f'<iframe src="{base_url}{path}"></iframe>')
    frame.wait_for_load_state()
    assert frame.url.startswith("chrome-error:")


@pytest.mark.exhaustive
@only("320-ko-dark", width=[320, 1280], language=["ko", "en"], theme=["light", "dark"])
def test_axe_has_nothing_to_say_of_sheet_wall_and_frame(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 740}
    page = open_page(viewport=size, color_scheme=theme)

    open_sheet(page, f"/{language}/")
    page.locator("[name=share-parts][value=hide]").check()
    for summary in page.locator("#share-dialog summary").all():
        summary.click()
    assert violations(page) == []
    assert page.locator("#share-dialog").evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    page.locator("#share-qr").click()
    expect(page.locator("#qr-code svg")).to_be_visible()
    assert violations(page) == []
    open_explorer(page, f"/embed/{language}/?hide=k")
    assert violations(page) == []

"""Live lectures where something is in the way: networks that hold streams back, rooms that are full."""

import re
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_live import PHONE, OpenPage, expect_address, open_room, shown
from tests.holding_proxy import holding
from tests.phones import sleeping
from tests.server import serving

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def own_server(bundled: Path, tmp_path: Path, tolerated: list[str]):
    """A server with a limit that a test reaches; what it refuses is in the console of the browser."""
    tolerated += ["request: http://127.0.0.1", "Failed to load resource", "ERR_"]
    with serving(tmp_path / "log", cwd=bundled, BPTT_CONNECTIONS="300") as address:
        yield address


def begin(lecturer: Page, address: str) -> str:
    """Open a room on a state of the explorer; its number."""
    lecturer.goto(f"{address}/en/?v=1&text=hello&k=2#t=1")
    expect(lecturer.locator("#tray button").first).to_be_visible()
    return open_room(lecturer)


@pytest.mark.parametrize("first", [False, True], ids=["all of it", "all but the first event"])
def test_a_phone_whose_network_holds_the_stream_back_asks_every_few_seconds(
    open_page: OpenPage, own_server: str, first: bool
):
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="ko-KR")
    room = begin(lecturer, own_server)
    with holding(own_server, first=first) as proxy:
        phone.goto(f"{proxy}/{room}")
        expect_address(phone, "k=2")
        lecturer.keyboard.press("]")
        slow = "이 네트워크에서는 몇 초마다 한 번씩 따라갑니다."
        expect(phone.locator("#where")).to_have_text(slow, timeout=60_000)
        expect_address(phone, "k=3")
        lecturer.keyboard.press("]")
        expect_address(phone, "k=4")
        phone.goto("about:blank")


def test_a_phone_that_finds_no_place_has_the_picture_to_explore(open_page: OpenPage, own_server: str):
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="en")
    room = begin(lecturer, own_server)
    limit = 270  # of 300 connections; the lecturer's page is one of them
    with ExitStack() as hall:
        for _ in range(limit - 1):
            hall.enter_context(closing(sleeping(own_server, room)))
        phone.goto(f"{own_server}/{room}")
        expect(phone.locator("#where")).to_have_text(
            f"This room is full ({limit} phones). The picture above does not follow; it is yours to explore."
        )
        expect_address(phone, "k=2")
        expect(shown(phone).locator("#player")).to_be_visible()
        expect(shown(phone).locator("#controls")).to_be_visible()
        assert violations(phone) == []
    lecturer.keyboard.press("]")
    expect(phone.locator("#where")).to_have_text("Following the lecture", timeout=60_000)
    expect_address(phone, "k=3")
    expect(shown(phone).locator("#player")).to_be_hidden()


def test_who_tries_many_numbers_is_told_to_wait_and_a_class_is_not(open_page: OpenPage, own_server: str):
    lecturer, phone = open_page(), open_page(viewport=PHONE, locale="ko-KR")
    room = begin(lecturer, own_server)
    for n in range(60):
        assert phone.request.get(f"{own_server}/api/rooms/{100_000 + n}").status == 404
    phone.goto(f"{own_server}/en/live/100777")
    expect(phone.locator("#join-problem")).to_have_text(
        re.compile(r"^Too many wrong numbers from this network\. Wait \d+ s, or scan the code\.$")
    )
    phone.locator("#language").click()
    expect(phone.locator("#join-problem")).to_have_text(
        re.compile(r"^이 네트워크에서 틀린 번호가 너무 많이 들어왔습니다\. \d+초 기다리거나 QR 코드를 찍어")
    )
    assert violations(phone) == []
    phone.locator("#number").fill(room)
    phone.keyboard.press("Enter")
    expect(phone.locator("#where")).to_have_text("강의 화면을 따라가는 중")


def test_a_lecturer_is_told_that_the_server_has_no_place_for_another_lecture(
    open_page: OpenPage, own_server: str
):
    lecturer = open_page(locale="ko-KR")
    for _ in range(200):
        assert lecturer.request.post(f"{own_server}/api/rooms").status == 201
    lecturer.goto(f"{own_server}/ko/")
    lecturer.locator("#live").click()
    expect(lecturer.locator("#live-status")).to_have_text(
        "이 서버가 열 수 있는 강의 200개가 모두 열려 있습니다. 60초 뒤에 다시 시도해 주세요."
    )
    assert lecturer.locator("#live-wall svg").count() == 0

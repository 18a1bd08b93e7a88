"""Cutting by hand: backward arrows are cut and healed, cut lines are dragged, in the graph and the matrix."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.explorer import address_of, hash_of, open_explorer, query_of, wait_for_picture
from tests.pairwise import first

TEXT = "text=backprop"  # T = 7
PHONE = {"viewport": {"width": 390, "height": 734}, "has_touch": True, "is_mobile": True}


def layer(page: Page, figure: str = "graph") -> Locator:
    return page.locator(f".cut-layer:has(+ #{figure})")


def edge(page: Page, t: int, figure: str = "graph") -> Locator:
    """The arrow from step t back to step t - 1."""
    return layer(page, figure).locator(".edge").nth(t - 1)


def line(page: Page, i: int, figure: str = "graph") -> Locator:
    """The i-th cut line."""
    return layer(page, figure).locator(".cut-line:visible").nth(i)


def line_before(page: Page, t: int, figure: str = "graph") -> Locator:
    """The line of an own cut before step t."""
    return layer(page, figure).locator(f'.cut-line:visible[aria-valuenow="{t}"]')


def start(page: Page, query: str = "k=3", language: str = "en", fragment: str = "") -> None:
    page.goto(f"/{language}/?v=1&{TEXT}&{query}{fragment}")
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    expect(layer(page)).to_be_attached()


def column(page: Page) -> float:
    """The width of a column: how far the arrows stand apart."""
    first, second = (edge(page, t).bounding_box() for t in (1, 2))
    return second["x"] - first["x"]


def expect_cuts(page: Page, cuts: list[int]) -> None:
    """The buttons and the passes of the player say so."""
    for t in range(1, 7):
        name = "Restore" if t in cuts else "Cut"
        expect(edge(page, t)).to_have_accessible_name(re.compile(f"^{name} "))
    expect(page.locator("#pass-ends .cut")).to_have_count(len(cuts))


def drag(page: Page, grip: Locator, by: float, *, steps: int = 8) -> None:
    """Drag a cut line or its scissors by the mouse, by so many pixels."""
    grip.evaluate("line => line.firstElementChild.scrollIntoView({ block: 'center' })")
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 14
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=steps)
    page.mouse.up()


@first(
    3,
    ("query", "t", "expected"),
    [
        ("k=3", 5, "3,5,6"),
        ("truncation=window&k=3", 2, "2"),
        ("truncation=cuts&cuts=4", 4, None),
        ("k=3", 3, "6"),
        ("truncation=full", 4, "4"),
        ("truncation=tbptt&k1=2&k=2", 4, "2,6"),
        ("truncation=cuts&cuts=2%2C5", 5, "2"),
        ("truncation=cuts&cuts=2%2C5", 1, "1,2,5"),
    ],
)
def test_a_click_cuts_an_arrow_or_heals_it_and_takes_other_cuts_over(
    page: Page, query: str, t: int, expected: str | None
) -> None:
    start(page, query)
    before = address_of(page)
    edge(page, t).click()
    expect_cuts(page, [int(cut) for cut in expected.split(",")] if expected else [])
    found = query_of(page)
    assert (found["truncation"], found.get("cuts")) == ("cuts", expected)
    page.reload()
    wait_for_picture(page)
    expect_cuts(page, [int(cut) for cut in expected.split(",")] if expected else [])
    page.go_back()
    wait_for_picture(page)
    assert address_of(page) == before


@pytest.mark.exhaustive
def test_the_cuts_of_a_random_draw_are_taken_over(page: Page) -> None:
    start(page, "truncation=randomized&cut=0.5&cut_seed=4043")
    api = page.request.get(f"/api/bptt?{TEXT}&truncation=randomized&cut=0.5&cut_seed=4043").json()
    cuts = [block["start"] for block in api["blocks"]][1:]
    t = next(t for t in range(1, 7) if t not in cuts)
    edge(page, t).click()
    expect_cuts(page, sorted([*cuts, t]))
    assert query_of(page)["cuts"] == ",".join(map(str, sorted([*cuts, t])))


def test_what_is_cut_is_what_the_server_computes(page: Page) -> None:
    start(page, "truncation=cuts&cuts=2%2C5", fragment="#open=credit")
    edge(page, 4).click()
    expect_cuts(page, [2, 4, 5])
    expected = page.request.get(f"/api/bptt?{TEXT}&truncation=cuts&cuts=2,4,5").json()
    expect(page.locator("#credit-caption")).to_contain_text(
        f"{expected['cells_kept']} of {expected['cells_total']} cells are kept"
    )


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ("Cut h₄ → h₃", "Restore h₃ → h₂")), ("ko", ("h₄ → h₃ 끊기", "h₃ → h₂ 다시 잇기"))],
)
def test_arrows_are_cut_by_keys_and_named_in_both_languages(
    page: Page, language: str, names: tuple[str, str]
) -> None:
    start(page, language=language)
    edge(page, 1).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(edge(page, 4)).to_be_focused()
    expect(edge(page, 4)).to_have_accessible_name(names[0])
    expect(edge(page, 3)).to_have_accessible_name(names[1])
    assert hash_of(page) == "", "the arrow keys move the focus and not the player"
    page.keyboard.press("Enter")
    expect(edge(page, 4)).to_have_attribute("class", re.compile("is-cut"))
    expect(edge(page, 4)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    expect(edge(page, 3)).not_to_have_attribute("class", re.compile("is-cut"))
    assert query_of(page)["cuts"] == "4,6"
    page.keyboard.press("End")
    expect(edge(page, 6)).to_be_focused()
    tabbable = layer(page).locator('.edge[tabindex="0"]')
    expect(tabbable).to_have_count(1)


def test_pointing_at_an_arrow_shows_scissors_and_says_what_a_click_does(page: Page) -> None:
    start(page)
    edge(page, 5).hover()
    expect(layer(page).locator(".cut-chip")).to_have_text("Cut h₅ → h₄")
    expect(page.locator("#readout")).to_contain_text("backward: h₅ passes ‖r₄‖")
    assert edge(page, 5).locator(".icon").evaluate("it => getComputedStyle(it).opacity") == "1"
    page.mouse.move(5, 5)
    expect(layer(page).locator(".cut-chip")).to_be_hidden()
    assert edge(page, 5).locator(".icon").evaluate("it => getComputedStyle(it).opacity") == "0"


@first(
    2,
    ("fragment", "may_cut", "may_drag"),
    [
        ("#hide=cuts", False, True),
        ("#hide=k", True, False),
        ("#hide=truncation", False, True),
        ("#show=k,truncation", False, True),
        ("#show=text", False, False),
        ("#show=truncation,cuts", True, False),
    ],
)
def test_what_is_hidden_from_a_class_cannot_be_changed_in_the_picture(
    page: Page, fragment: str, may_cut: bool, may_drag: bool
) -> None:
    start(page, fragment=fragment)
    expect(layer(page).locator(".edge:visible")).to_have_count(6 if may_cut else 0)
    expect(layer(page).locator(".cut-line:visible")).to_have_count(2 if may_drag else 0)


@pytest.mark.exhaustive
def test_own_cuts_that_are_hidden_stay(page: Page) -> None:
    start(page, "truncation=cuts&cuts=2%2C5", fragment="#hide=cuts")
    expect(layer(page).locator(".edge:visible, .cut-line:visible")).to_have_count(0)
    open_explorer(page, f"/en/?v=1&{TEXT}&truncation=cuts&cuts=2%2C5#hide=truncation")
    expect(layer(page).locator(".edge:visible")).to_have_count(6)


def test_dragging_a_line_of_blocks_moves_k_with_one_entry_in_the_history(page: Page) -> None:
    start(page)
    before, entries = address_of(page), page.evaluate("history.length")
    drag(page, line(page, 0), column(page) * 1.1)
    expect(page.locator("#k")).to_have_value("4")
    expect_cuts(page, [4])
    assert query_of(page) == {"v": "1", "text": "backprop", "k": "4"}
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    expect(page.locator("#k")).to_have_value("3")
    assert address_of(page) == before
    drag(page, line(page, 1), -2 * column(page))  # the second line stands at 2 k
    expect(page.locator("#k")).to_have_value("2")
    drag(page, line(page, 0), 5 * column(page))
    expect(page.locator("#note-k")).to_have_text("every loss reaches t = 0")
    expect(layer(page).locator(".cut-line:visible")).to_have_count(0)


def test_a_drag_says_what_it_does_while_it_lasts(page: Page) -> None:
    start(page)
    box = line(page, 0).bounding_box()
    page.mouse.move(box["x"] + 6, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + 6 + column(page), box["y"] + 14, steps=5)
    expect(layer(page).locator(".cut-chip")).to_have_text("k = 4 · 2 blocks")
    expect(page.locator("#pass-ends .cut")).to_have_count(1)  # the picture follows before the hand lets go
    page.mouse.move(box["x"] + 6 + 5 * column(page), box["y"] + 14, steps=5)
    expect(layer(page).locator(".cut-chip")).to_have_text("k = 7 · 1 block")
    page.keyboard.press("Escape")
    expect(page.locator("#k")).to_have_value("3")
    page.mouse.move(box["x"] + 6 + 2 * column(page), box["y"] + 14)
    page.mouse.up()
    expect_cuts(page, [3, 6])
    assert query_of(page) == {"v": "1", "text": "backprop", "k": "3"}, "Escape gives the drag up"
    drag(page, edge(page, 3), column(page) * 4)  # by the scissors
    expect(page.locator("#k")).to_have_value("7")
    expect(layer(page).locator(".cut-line:visible")).to_have_count(0)
    page.mouse.move(5, 5)
    expect(layer(page).locator(".cut-chip")).to_be_hidden()


def test_dragging_an_own_cut_moves_this_one_and_may_pass_over_others(page: Page) -> None:
    start(page, "truncation=cuts&cuts=2%2C4")
    drag(page, line_before(page, 2), -column(page))
    expect_cuts(page, [1, 4])
    drag(page, line_before(page, 1), 5 * column(page), steps=20)
    expect_cuts(page, [4, 6])
    assert query_of(page)["cuts"] == "4,6"
    page.go_back()
    expect_cuts(page, [1, 4])
    drag(page, line_before(page, 4), 20 * column(page))
    expect_cuts(page, [1, 6])
    drag(page, line_before(page, 1), 5 * column(page))  # onto the other
    expect_cuts(page, [6])


def test_a_click_on_a_grip_heals_the_cut(page: Page) -> None:
    start(page, "truncation=cuts&cuts=2%2C4")
    line_before(page, 4).locator(".grip").click()
    expect_cuts(page, [2])


def test_lines_are_moved_by_keys(page: Page) -> None:
    start(page)
    slider = line(page, 0)
    slider.focus()
    expect(slider).to_have_attribute("aria-valuenow", "3")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#k")).to_have_value("4")
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "k = 4 · 2 blocks")
    page.keyboard.press("Home")
    expect(page.locator("#k")).to_have_value("1")
    assert hash_of(page) == ""
    start(page, "truncation=cuts&cuts=2%2C3%2C5")
    line_before(page, 2).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_cuts(page, [3, 5, 6])
    expect(page.locator(":focus")).to_have_attribute("aria-valuenow", "6")
    page.keyboard.press("Delete")
    expect_cuts(page, [3, 5])
    expect(edge(page, 6)).to_be_focused()  # where the line was


def test_the_matrix_is_cut_and_its_lines_are_dragged(page: Page) -> None:
    start(page, fragment="#open=credit")
    expect(layer(page, "credit")).to_be_attached()
    edge(page, 5, "credit").click()
    expect_cuts(page, [3, 5, 6])
    drag(page, line_before(page, 3, "credit"), -2 * column(page))
    expect_cuts(page, [1, 5, 6])
    edge(page, 1, "credit").focus()
    page.keyboard.press("Enter")
    expect_cuts(page, [5, 6])
    edge(page, 3, "credit").hover()
    first_row = page.locator("#credit").bounding_box()["y"] + 36
    told = layer(page, "credit").locator(".cut-chip").bounding_box()
    assert told["y"] + told["height"] < first_row, "what a click does stands above the rows"


def test_a_tap_cuts_the_matrix_and_a_second_one_heals_it(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 720}, has_touch=True)
    start(page, fragment="#open=credit")
    box = edge(page, 5, "credit").bounding_box()
    for cuts in ([3, 5, 6], [3, 6]):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect_cuts(page, cuts)


def touch(page: Page) -> Callable[[str, float, float], None]:
    session: CDPSession = page.context.new_cdp_session(page)

    def send(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return send


def test_a_finger_cuts_heals_and_drags(open_page: Callable[..., Page]) -> None:
    page = open_page(**PHONE)
    start(page, "truncation=cuts&cuts=2%2C4")
    box = edge(page, 3).bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    edge(page, 3).tap()
    expect_cuts(page, [2, 3, 4])
    edge(page, 3).tap()
    expect_cuts(page, [2, 4])
    grip, wide, send = line_before(page, 4).locator(".grip").bounding_box(), column(page), touch(page)
    assert min(grip["width"], grip["height"]) >= 44
    x, scissors = grip["x"] + grip["width"] / 2, box["y"] + box["height"] / 2
    for y in (grip["y"] + 20, grip["y"] + 90, scissors):  # a grip, its line, and the scissors on it
        send("touchStart", x, y)
        for i in range(1, 9):
            send("touchMove", x + wide * i / 8, y)
        send("touchEnd", x, y)
        expect_cuts(page, [2, 5])
        assert query_of(page)["cuts"] == "2,5"
        page.go_back()
        expect_cuts(page, [2, 4])


def test_cuts_beyond_a_shorter_sequence_are_dropped_and_it_is_said(page: Page) -> None:
    start(page, "truncation=cuts&cuts=2%2C6%2C9")
    expect(page.locator("#notices")).to_contain_text("the last step is 6, so 9 is left out")
    assert query_of(page)["cuts"] == "2,6"


@pytest.mark.exhaustive
def test_a_long_sequence_can_be_cut_where_it_is_in_sight(page: Page) -> None:
    open_explorer(page, f"/en/?v=1&{TEXT}&steps=1000&truncation=full")
    expect(layer(page).locator(".edge").first).to_be_visible()
    assert layer(page).locator(".edge").count() <= 150
    edge(page, 5).click()
    expect(page.locator("#truncation")).to_have_value("cuts")
    assert query_of(page)["cuts"] == "5"


@first(1, ("query", "seen"), [("steps=40&k=1", "0"), ("k=3", "1"), ("steps=1000&k=1", "0")])
def test_grips_without_room_show_under_the_pointer_alone(page: Page, query: str, seen: str) -> None:
    start(page, query)
    opacity = "it => getComputedStyle(it).opacity"
    assert line(page, 1).locator(".icon").evaluate(opacity) == seen
    line(page, 1).hover(position={"x": 6, "y": 40})
    assert line(page, 1).locator(".icon").evaluate(opacity) == "1"


@pytest.mark.exhaustive
def test_a_line_follows_the_pointer_in_the_enlarged_presenter_view(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    start(page, "truncation=cuts&cuts=2%2C5", fragment="#view=present")
    drag(page, line_before(page, 2), 2 * column(page))
    expect(edge(page, 4)).to_have_attribute("class", re.compile("is-cut"))
    assert query_of(page)["cuts"] == "4,5"

"""The graph lab in a frame, beside a lesson."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.framed import ask, wait_to_hear
from tests.pairwise import only


def test_beside_a_lesson_it_says_where_it_stands_and_goes_where_it_is_asked(
    page: Page, in_lesson: Callable[..., Frame]
) -> None:
    lab = in_lesson("/embed/en/graph?v=1#at=b1&show=player")
    wait_to_hear(page, {"bptt": "here", "search": "?v=1", "hash": "#at=b1&show=player"})
    entries = page.evaluate("history.length")
    ask(page, "?v=1&preset=recursion&n=5", "#only=b.0&veil=grad.b.0&show=none")
    wait_to_hear(
        page,
        {
            "bptt": "here",
            "search": "?v=1&preset=recursion&n=5",
            "hash": "#show=none&only=b.0&veil=grad.b.0",
        },
    )
    expect(lab.locator("#node-svg [data-label='grad.0']")).to_have_text("?")
    expect(lab.locator("#node-svg .node:not(.dim)")).to_have_count(1)
    assert page.evaluate("history.length") == entries
    lab.locator("#node-scroll").focus()
    page.keyboard.press("n")
    wait_to_hear(page, {"bptt": "key", "key": "n"})


@pytest.mark.exhaustive
@only("en", language=["ko", "en"])
def test_beside_a_lesson_a_step_stands_in_one_row_and_leaves_room_for_the_values(
    in_lesson: Callable[..., Frame], language: str
) -> None:
    lab = in_lesson(f"/embed/{language}/graph?v=1#at=u1&show=player,descent,lr,ledger", (868, 630))
    for name in "xyz":
        expect(lab.locator(f"#value-{name}")).to_be_visible()
    parts = lab.locator(".graph-foot :is(button, label, input):visible")
    boxes = [box for part in parts.all() if (box := part.bounding_box())]
    assert len(boxes) >= 8
    boxes.sort(key=lambda box: box["x"])
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"] + 0.5
    assert max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)


@pytest.mark.exhaustive
@only(
    *("preset=chain-phone", "preset=latent&n=5-wide"),
    query=["preset=recursion&n=5", "preset=chain", "preset=latent&n=5", ""],
    size={"wide": (868, 616), "phone": (390, 350)},
)
def test_beside_a_lesson_the_whole_graph_is_in_sight(
    in_lesson: Callable[..., Frame], size: tuple[int, int], query: str
) -> None:
    lab = in_lesson(f"/embed/ko/graph?v=1&{query}#show=none", size)
    expect(lab.locator("#node-svg svg")).to_be_visible()
    assert lab.evaluate("document.documentElement.scrollHeight") <= size[1]
    if size[0] > 500:
        fits = "box => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth"
        assert lab.locator("#node-scroll").evaluate(fits)

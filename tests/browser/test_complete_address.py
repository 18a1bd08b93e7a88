"""The address is the complete state: where a control changes the picture, it changes the address too."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import address_of, still
from tests.browser.lesson import choices, open_moment, wait_for_lab

PAGES = {
    "explorer": "/en/?v=1&text=backpropagation&k=4",
    "explorer, a long sequence": "/en/?v=1&steps=72#at=b9.1",
    "explorer, fixed weights": "/ko/?v=1&cell=lstm&truncation=tbptt#open=gates,matrices,norms,credit",
    "comparison": "/en/ab?k=3",
    "training": "/en/training?v=1&text=banana&k=2&budget=20&seeds=1&lanes=2",
    "graph": "/en/graph",
}
CHEAP = "graph"
PICTURE = """() => JSON.stringify([...document.querySelectorAll(
  "main :is(svg, canvas, table, .readout, .caption, h3), .ledger, .scroll, .graph-card, .answer"
)].filter((it) => it.checkVisibility()).map((it) =>
  it.matches(".scroll") ? it.scrollLeft : it.matches("svg") ? it.outerHTML : it.textContent))"""
# Not asked: what opens a dialog or the controls, and what goes on by itself and writes as it goes.
ASKED = """() => [...document.querySelectorAll(
  "form#controls :is(select, input[type=range]), #player :is(button, input), " +
  "main :is(button, summary, input[type=range]), " +
  ".graph-foot button, .between :is(button, input)"
)].filter((it) => it.checkVisibility() && !it.disabled && !it.closest("dialog") &&
  !it.matches("[aria-haspopup], #more, [id$=play], #present-leave, #run-again") &&
  !it.matches(".quiet, .badge:not([aria-pressed])")
).map((it) => it.dataset.asked = it.id || it.textContent.trim().slice(0, 40))"""
USE = """it => {
  if (it.matches("button, summary")) return it.click();
  if (it.matches("select")) it.selectedIndex = (it.selectedIndex + 1) % it.options.length;
  else it.value = Number(it.value) > (Number(it.min) + Number(it.max)) / 2 ? it.min : it.max;
  for (const kind of ["input", "change"]) it.dispatchEvent(new Event(kind, { bubbles: true }));
}"""


def settled(page: Page) -> tuple[str, str]:
    """The address and the picture once neither changes any more."""
    seen: tuple[str, str] | None = None
    for _ in range(40):
        still(page)
        now = address_of(page), page.evaluate(PICTURE)
        if now == seen:
            break
        seen = now
        page.wait_for_timeout(300)
    return now


@pytest.mark.parametrize(
    "place", [pytest.param(it, marks=[] if it == CHEAP else pytest.mark.exhaustive) for it in PAGES]
)
def test_no_control_changes_the_picture_alone(page: Page, place: str) -> None:
    page.goto(PAGES[place])
    expect(page.locator("#loading")).to_be_hidden()
    before = settled(page)
    silent, moved = [], 0
    for name in page.evaluate(ASKED):
        control = page.locator(f"[data-asked={json.dumps(name)}]").first
        if not control.count() or not control.is_visible() or control.is_disabled():
            continue  # another control took it away
        control.evaluate(USE)
        after = settled(page)
        moved += after[0] != before[0]
        if after[1] != before[1] and after[0] == before[0]:
            silent.append(name)
        before = after
    assert silent == []
    assert moved > 1


@pytest.mark.exhaustive
def test_scrolling_a_long_sequence_is_in_the_address_once_it_rests(page: Page) -> None:
    page.goto("/en/?v=1&steps=72#open=credit")
    expect(page.locator("#loading")).to_be_hidden()
    place = page.locator("#scroll")
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    settled(page)
    assert "from=" not in address_of(page)
    place.evaluate("it => { it.scrollLeft = 600; }")
    settled(page)
    left = place.evaluate("it => it.scrollLeft")
    assert left == 600
    assert "from=" in address_of(page)
    page.reload()
    expect(page.locator("#loading")).to_be_hidden()
    settled(page)
    assert abs(place.evaluate("it => it.scrollLeft") - left) < 30  # px, one column
    place.evaluate("it => { it.scrollLeft = 0; }")
    settled(page)
    assert "from=" not in address_of(page)


@pytest.mark.exhaustive
def test_scrolling_the_film_is_in_the_address_until_the_player_moves_on(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/en/training?v=1&text=the+quick+brown+fox+jumps&k=5&budget=5&seeds=1")
    expect(page.locator("#loading")).to_be_hidden()
    place = page.locator("#film-scroll")
    expect(place.locator("svg")).to_be_visible()
    settled(page)
    assert "from=" not in address_of(page)
    place.evaluate("it => { it.scrollLeft = 430; }")
    settled(page)
    left = place.evaluate("it => it.scrollLeft")
    assert left == 430
    assert "from=" in address_of(page)
    page.reload()
    expect(page.locator("#loading")).to_be_hidden()
    expect(place.locator("svg")).to_be_visible()
    settled(page)
    assert "from=" in address_of(page)
    assert abs(place.evaluate("it => it.scrollLeft") - left) < 120  # px: a step, or what is between blocks
    page.keyboard.press("Home")
    settled(page)
    assert "from=" not in address_of(page)
    assert place.evaluate("it => it.scrollLeft") < 200


@pytest.mark.exhaustive
def test_no_control_of_a_lesson_changes_its_picture_alone(page: Page) -> None:
    open_moment(page, "ko", "truncated", 2)
    wait_for_lab(page)
    choices(page, 2)
    addresses = {address_of(page)}
    for use in (
        "#switch [data-which=b]",
        "#switch [data-which=a]",
        ".dots [data-m='3']",
        "#next",
        "#previous",
    ):
        page.locator(use).click()
        wait_for_lab(page)
        addresses.add(settled(page)[0])
    assert len(addresses) >= 4

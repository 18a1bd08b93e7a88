"""The lanes of the training lab, driven by hand in both languages on the real server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import still
from tests.pairwise import only

SERIES = "?v=1&text=@river-en&k=10&lanes=2&budget=1500&seeds=2&contest=10"


def open_lanes(page: Page, path: str) -> None:
    page.goto(path if "#" in path else f"{path}#open=lanes")
    expect(page.locator("#lanes-picture svg")).to_be_visible()
    page.locator("#lanes-at").scroll_into_view_if_needed()


def over_blocks(page: Page) -> list[str]:
    """What stands over the blocks that are read."""
    return page.locator("#lanes-picture .lane-words").all_text_contents()


@only("en", language=["ko", "en"])
def test_two_lanes_of_a_thousand_are_read_side_by_side(page: Page, language: str) -> None:
    """Coverage: 1000 steps, 2 lanes, blocks of 10 start at 0 and 500 and take 50 iterations."""
    open_lanes(page, f"/{language}/training{SERIES}")
    assert [words[:9].split(" ")[0] for words in over_blocks(page)] == ["0–9", "500–509"]
    expect(page.locator("#lanes-caption")).to_contain_text("50")
    expect(page.locator("#lanes-at")).to_have_attribute("max", "149")  # three epochs of 50
    page.locator("#lanes-forth").click()
    expect(page.locator("#lanes-picture .lane-words").first).to_contain_text("10–19")
    page.locator("#lanes-back").click()
    expect(page.locator("#lanes-picture .lane-words").first).to_contain_text("0–9")
    expect(page.locator("#lanes-said")).to_contain_text({"ko": "0~49", "en": "0…49"}[language])


def test_the_end_of_an_epoch_goes_back_to_the_start(page: Page) -> None:
    open_lanes(page, f"/en/training{SERIES}#it=0.49")
    assert [words.split(" ")[0] for words in over_blocks(page)] == ["490–499", "990–999"]
    page.locator("#lanes-at").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#lanes-picture .lane-words").first).to_contain_text("0–9")
    expect(page.locator("#lanes-said")).to_contain_text("Epoch 2")
    page.wait_for_url(re.compile("it=1.0"))


def test_a_moment_is_in_the_link(page: Page) -> None:
    open_lanes(page, f"/ko/training{SERIES}#it=2.12")
    assert [words.split(" ")[0] for words in over_blocks(page)] == ["120–129", "620–629"]
    page.reload()
    expect(page.locator("#lanes-picture .lane-words").last).to_contain_text("620–629")


def test_the_two_readings_stand_side_by_side(page: Page) -> None:
    open_lanes(page, f"/en/training{SERIES}#it=0.12")
    row = page.locator("#readings tr.now").first
    assert row.locator("td").all_text_contents() == ["120–129", "620–629", "120–129", "619–628"]
    assert page.locator("#readings .other").first.text_content() == "499–508"
    open_lanes(page, f"/en/training{SERIES}&reading=book&reset=never#it=1.0")
    assert [words.split(" ")[0] for words in over_blocks(page)] == ["490–499", "989–998"]
    expect(page.locator("#lanes-picture .lane-row.continues")).to_have_count(2)
    open_lanes(page, f"/en/training{SERIES}&reading=book#it=1.0")
    expect(page.locator("#lanes-picture .lane-start").first).to_have_text("starts from zeros, not from h₄₈₉")


def test_what_lane_2_misses_comes_with_numbers(page: Page) -> None:
    open_lanes(page, f"/en/training{SERIES}")
    page.locator("#lanes-cards").scroll_into_view_if_needed()
    expect(page.locator("#missed svg")).to_be_visible(timeout=30_000)
    expect(page.locator("#missed-caption")).to_contain_text("At 500 lane 2 starts from zeros")
    assert re.search(r"‖Δh‖ = [0-9.]+", page.locator("#missed-caption").inner_text())
    expect(page.locator("#others tr.now th")).to_have_text("N = 2")
    expect(page.locator("#others tbody tr")).to_have_count(4)


@pytest.mark.exhaustive
def test_one_lane_misses_nothing(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    open_lanes(page, f"/en/training{SERIES.replace('lanes=2', 'lanes=1')}")
    expect(page.locator("#missed-card")).to_be_hidden()
    page.locator("#lanes-cards").scroll_into_view_if_needed()
    expect(page.locator("#others tr.now th")).to_have_text("N = 1", timeout=30_000)
    expect(page.locator("#others-computing")).to_be_hidden()
    assert page.locator("#others").evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.exhaustive
def test_playing_runs_by_itself_and_stops(page: Page) -> None:
    open_lanes(page, f"/en/training{SERIES}")
    page.locator("#lanes-play").click()
    expect(page.locator("#lanes-play")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#lanes-picture .lane-words").first).to_have_text(re.compile("^[1-9]"))
    page.locator("#lanes-play").click()
    expect(page.locator("#lanes-play")).to_have_attribute("aria-pressed", "false")


@pytest.mark.exhaustive
def test_a_click_on_a_lane_leads_there(page: Page) -> None:
    open_lanes(page, f"/en/training{SERIES}")
    box = page.locator("#lanes-picture .lane-row > rect").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    expect(page.locator("#lanes-picture .lane-words").first).to_contain_text("120–129")


@pytest.mark.exhaustive
def test_many_lanes_are_small_and_the_rest_is_hatched(page: Page) -> None:
    open_lanes(page, "/en/training?v=1&text=@river-en&k=7&lanes=24&budget=41&seeds=1&contest=7")
    expect(page.locator("#lanes-picture .lane-row")).to_have_count(24)
    expect(page.locator("#lanes-picture")).to_contain_text("16 never read")
    expect(page.locator("#lanes-picture .lane-words")).to_have_count(0)


@only("320-ko-light", width=[390, 1280, 320], language=["ko", "en"], theme=["light", "dark"])
def test_the_lab_is_open_to_everyone(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 844}
    page = open_page(viewport=size, color_scheme=theme)
    page.goto(f"/{language}/training?v=1&text=banana&lanes=2#open=lanes")
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=20_000)
    page.locator("#lanes-cards").scroll_into_view_if_needed()
    expect(page.locator("#missed svg")).to_be_visible(timeout=20_000)
    still(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


OUTSIDE = """() => {
  const parts = [...document.querySelectorAll(".ribbon-ground")].map((it) => it.getBoundingClientRect());
  return [...document.querySelectorAll(".ribbon-name")].filter((name, i) => {
    const { left, right } = name.getBoundingClientRect();
    return left < parts[i].left || right > parts[i].right;
  }).map((name) => name.textContent);
}"""

ABOVE_FOOT = """() => {
  const foot = document.querySelector(".lanes-foot").getBoundingClientRect().top;
  const numbers = [...document.querySelectorAll("#missed text")];
  return numbers.filter(({ textContent }) => /^(500|2)$/.test(textContent)).slice(0, 1)
    .map((it) => it.getBoundingClientRect().bottom <= foot);
}"""


def test_names_and_numbers_have_room_on_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/ko/training{SERIES}#open=lanes")
    expect(page.locator("#missed svg")).to_be_visible()
    assert page.evaluate(ABOVE_FOOT) == [True]
    page.goto("/en/training?v=1&text=hello&lanes=2#open=lanes")  # the one block of a lane is the whole lane
    expect(page.locator(".ribbon-name.is-over")).to_have_text(["lane 1 · t = 0–1", "lane 2 · t = 2–3"])
    assert page.evaluate(OUTSIDE) == []
    expect(page.locator("#missed svg")).to_be_visible()
    assert page.evaluate(ABOVE_FOOT) == [True]


def test_padding_is_hatched_and_the_forgotten_mask_has_its_card(page: Page) -> None:
    asked = "text=the+quick+brown+fox+jumps+over+the+lazy+dog&k=5&lengths=20,12,5&seeds=2&budget=80"
    open_lanes(page, f"/en/training?v=1&{asked}#it=0.2&open=lanes")
    assert [words.split(" ")[0] for words in over_blocks(page)] == ["10–14", "30–31", "padding"]
    expect(page.locator(".lane-padding")).to_have_count(2)
    expect(page.locator("#mark-padding")).to_be_visible()
    expect(page.locator("#mask-card")).to_be_visible()
    expect(page.locator("#mask-title")).to_contain_text("Without a mask the run reports")
    expect(page.locator("#mask tbody tr")).to_have_count(2 + 3)
    for name in ("missed-card", "others-card", "readings-card"):
        expect(page.locator(f"#{name}")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    button, foot = page.locator("#lanes-forth").bounding_box(), page.viewport_size
    assert button
    assert foot
    assert button["x"] + button["width"] <= foot["width"]

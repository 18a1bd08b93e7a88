"""The race of the training lab, run to its end, given up, begun again and looked into, in both languages."""

import csv
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import query_of, still
from tests.pairwise import only

RECALL = (
    "?v=1&task=recall&k=5&lr=0.01&hidden=8&lanes=4&optimizer=adam&clip=norm&budget=400&seeds=2"
    "&contest=1,5,zeros.5&lag=4"
)
LONG = "?v=1&text=@river-en&k=10&lr=0.005&hidden=32&optimizer=adam&clip=norm&budget=9000&contest=1,10"
VALID = "figure => (Plotly.validate(figure.data, figure.layout) ?? []).map(({ msg }) => msg)"


def run_to_its_end(page: Page, path: str) -> None:
    page.goto(path if "#" in path else f"{path}#open=race")
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=60_000)
    expect(page.locator("#race-curves .main-svg").first).to_be_visible()


@only("ko", language=["ko", "en"])
def test_hello_is_raced_to_its_end(page: Page, language: str) -> None:
    run_to_its_end(page, f"/{language}/training?v=1")
    rows = page.locator("#race-costs tbody tr")
    expect(rows).to_have_count(3)
    assert [row.locator("td").nth(2).inner_text() for row in rows.all()] == ["80", "40", "20"]
    expect(rows.first.locator("td").nth(4)).to_contain_text(re.compile(r"0\.\d+ \[0\.\d+–0\.\d+\]"))
    expect(page.locator("#race-caption")).to_contain_text("k = 1")
    expect(page.locator("#samples tbody tr").first).to_be_visible()
    expect(page.locator("#race-learned")).to_contain_text(re.compile(r"k\s=\s2: \d+–\d+"))
    page.locator("#race-gradients summary").click()
    for name in ("race-curves", "race-gradient-curves"):
        expect(page.locator(f"#{name} .main-svg").first).to_be_visible()
        assert page.locator(f"#{name}").evaluate(VALID) == []
    names = page.locator("#race-curves .textpoint").all_text_contents()
    assert [name.strip() for name in names][:2] == ["k = 1", "k = 2"]


@pytest.mark.exhaustive
def test_updates_are_matched_instead_of_steps_and_the_way_back_leads_back(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    page.locator("#race-match [data-match=updates]").click()
    expect(page.locator("#race-costs tbody tr").last.locator("td").nth(2)).to_have_text("40")
    assert query_of(page) == {"v": "1", "match": "updates", "budget": "40"}
    counts = [row.locator("td").nth(2).inner_text() for row in page.locator("#race-costs tbody tr").all()]
    assert counts == ["40", "40", "40"]
    page.locator("#race-match [data-match=steps]").click()
    expect(page.locator("#race-costs tbody tr").last.locator("td").nth(2)).to_have_text("20")
    assert query_of(page) == {"v": "1"}


def test_a_contestant_is_chosen_whose_writing_is_read(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    page.locator("#of-2").click()
    expect(page.locator("#of-2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#samples-caption")).to_contain_text("full k = 4")
    expect(page.locator("#samples-caption")).to_contain_text("not generalization")
    page.wait_for_url(re.compile("of=2"))


@pytest.mark.exhaustive
def test_loss_and_accuracy_take_turns(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    page.locator("#race-shown [data-shown=accuracy]").click()
    expect(page.locator("#race-measure")).to_have_text("Share of next symbols predicted right")
    expect(page.locator("#race-curves .ytick text").last).to_contain_text("%")


def test_the_same_run_is_seen_over_steps_updates_and_time(page: Page) -> None:
    page.goto(f"/en/training{RECALL}&seed=77")
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=60_000)
    title = page.locator("#race-curves .xtitle")
    for axis, said in (
        ("updates", "updates"),
        ("time", "computing time (s)"),
        ("steps", "steps read (per lane)"),
    ):
        page.locator(f"#race-axis [data-axis={axis}]").click()
        expect(title).to_have_text(said)
        expect(page.locator("#race-time-note")).to_be_visible(visible=axis == "time")
    assert "match" not in query_of(page)
    page.reload()
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=60_000)
    expect(page.locator("#race-axis [data-axis=time]")).to_be_disabled()
    expect(page.locator("#race-axis [data-axis=time]")).to_have_attribute(
        "title", re.compile("Served from cache")
    )


def test_a_run_is_given_up_and_begun_again(page: Page) -> None:
    page.goto(f"/en/training{LONG}#open=race")
    expect(page.locator("#race-curves .textpoint").first).to_be_visible(timeout=20_000)
    page.locator("#run-cancel").click()
    expect(page.locator("#run")).to_have_attribute("data-state", "cancelled")
    expect(page.locator("#race-curves .textpoint").first).to_be_visible()  # the curves stay
    expect(page.locator("#race-costs tbody tr").first).to_contain_text("of 9,000")
    page.locator("#run-again").click()
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=60_000)
    expect(page.locator("#run-again")).to_be_hidden()
    expect(page.locator("#race-costs tbody tr").first.locator(".range")).not_to_be_empty()


@pytest.mark.exhaustive
def test_recall_stands_beside_zeros_and_the_formula(page: Page) -> None:
    run_to_its_end(page, f"/ko/training{RECALL}")
    expect(page.locator("#race-samples")).to_be_hidden()
    expect(page.locator("#lanes-panel")).to_be_hidden()
    table = page.locator("#zeros-table tr")
    assert table.first.locator("th").all_text_contents() == ["k", "1", "5"]
    assert table.last.locator("td").all_text_contents() == ["0.50", "0.60"]
    assert re.fullmatch(r"0\.\d\d|1\.00", table.nth(2).locator("td").last.inner_text())


@pytest.mark.exhaustive
def test_adding_is_raced_by_updates(page: Page) -> None:
    run_to_its_end(
        page, "/en/training?v=1&task=adding&hidden=4&lanes=4&lag=6&budget=30&seeds=2&contest=window.2,full"
    )
    expect(page.locator("#race-match")).to_be_hidden()
    expect(page.locator("#race-curves .xtitle")).to_have_text("updates")
    expect(page.locator("#race-measure")).to_have_text("Squared error")
    expect(page.locator("#race-costs tbody th")).to_have_text(["window k = 2", "full k = 6"])


def test_the_measured_stairs_stand_there_for_both_learning_rates(page: Page) -> None:
    run_to_its_end(page, f"/en/training{RECALL}")
    expect(page.locator("#map-figure .textpoint")).to_have_count(42)
    expect(page.locator("#map-caption")).to_contain_text("RNN, H 32, 16 lanes, 5 seeds, 8,000 steps")
    high = page.locator("#map-figure .textpoint").all_text_contents()
    page.get_by_role("button", name="lr 0.001").click()
    expect(page.locator("#map-caption")).to_contain_text("16,000 steps")
    assert page.locator("#map-figure .textpoint").all_text_contents() != high
    page.get_by_role("link", name="open this setting").click()
    expect(page).to_have_url(re.compile("lr=0.001"))


@pytest.mark.exhaustive
def test_a_map_that_is_measured_is_given_up(page: Page) -> None:
    run_to_its_end(page, f"/en/training{RECALL.replace('400', '4000')}")
    button = page.locator("#map-measure")
    button.click()
    expect(button).to_have_text(re.compile(r"✕ measuring: \d+%"))
    expect(page.locator("#map-figure .textpoint").first).to_be_visible(timeout=30_000)
    button.click()
    expect(button).to_have_text(re.compile("Measure it here"))
    expect(page.locator("#map-cells button")).to_have_count(20)  # what is there stays


@pytest.mark.exhaustive
def test_another_task_is_raced_by_who_suits_it(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1&budget=200&seeds=1&contest=1,full")
    page.locator("#task").select_option("recall")
    expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=60_000)
    expect(page.locator("#race-map")).to_be_visible()
    expect(page.locator("#notices [data-name=refused]")).to_have_count(0)
    assert "contest" not in query_of(page)


@only("390", width=[390, 1280])
@pytest.mark.exhaustive
def test_the_map_comes_cell_by_cell_and_a_cell_leads_to_its_race(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    run_to_its_end(page, f"/en/training{RECALL}")
    page.locator("#map-measure").click()
    cells = page.locator("#map-cells button")
    expect(cells).to_have_count(20)
    expect(page.locator("#map-figure .textpoint").first).to_be_visible(timeout=30_000)
    expect(page.locator("#map-figure .textpoint")).to_have_count(20, timeout=60_000)
    assert page.locator("#map-figure").evaluate(VALID) == []
    expect(cells.last).to_have_attribute("aria-label", re.compile(r"lag 14, k = 1: \d+\*?%"))
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("lag=6"))


def test_a_moment_is_looked_into_with_the_explorer(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    assert page.locator("iframe").count() == 0
    page.locator("#inside-update").fill("20")
    page.locator("#inside-look").click()
    page.wait_for_url(re.compile("update=20"))
    inside = page.frame_locator("#inside-place iframe")
    expect(inside.locator("#graph .main-svg").first).to_be_visible(timeout=20_000)
    href = page.locator("#inside-open").get_attribute("href")
    assert href == ("/en/?v=1&text=hello&k=2&cell=rnn&activation=tanh&hidden=8&trained=v%3D1&at_update=20")
    page.locator("#inside-look").click()
    expect(page.locator("iframe")).to_have_count(0)


def test_a_link_with_too_much_work_gets_a_budget_that_fits(page: Page, tolerated: list[str]) -> None:
    tolerated.append("422")
    page.goto("/en/training?v=1&text=@river-en&hidden=128&lanes=16&seeds=10&budget=9999999#open=race")
    expect(page.locator("#notices [data-name=link]")).to_contain_text("would take too long")
    expect(page.locator("#run")).to_have_attribute("data-state", "running")
    expect(page.locator("#race-costs tbody tr").first).to_be_visible(timeout=20_000)
    assert 1000 < int(query_of(page)["budget"]) < 100_000
    page.locator("#run-cancel").click()


@pytest.mark.exhaustive
def test_a_place_beyond_the_run_becomes_the_nearest_in_the_link(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1&lanes=1#it=999.99&of=9&update=9999&open=race")
    page.wait_for_url(re.compile(r"#(?=.*of=2)(?=.*update=40)"))
    page.locator("#tab-lanes").click()
    page.wait_for_url(re.compile(r"#(?=.*it=19\.1)"))


@pytest.mark.exhaustive
def test_a_long_text_is_looked_into_too(page: Page) -> None:
    """A bundled text is one of a thousand steps; the explorer is given all of it."""
    run_to_its_end(
        page, "/ko/training?v=1&text=@river-ko&k=10&lanes=2&budget=500&seeds=1&contest=10#update=40"
    )
    inside = page.frame_locator("#inside-place iframe")
    expect(inside.locator("#graph .main-svg").first).to_be_visible(timeout=30_000)
    expect(inside.locator("#trained")).to_be_visible()


def test_a_tap_on_a_curve_looks_inside_there(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    page.locator("#race-costs").scroll_into_view_if_needed()
    box = page.locator("#race-curves .nsewdrag").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    still(page)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    page.wait_for_url(re.compile("update=20"))


@pytest.mark.exhaustive
def test_the_curves_are_taken_away_as_a_table(page: Page) -> None:
    run_to_its_end(page, "/en/training?v=1")
    with page.expect_download() as download:
        page.locator("#race-csv").click()
    _, head, first, *_ = csv.reader(download.value.path().read_text("utf-8-sig").splitlines())
    assert head[:4] == ["contestant", "update", "steps a lane", "loss mean"]
    assert first[:3] == ["blocks k = 1", "0", "0"]


@only("390-ko-dark", width=[390, 1280], language=["ko", "en"], theme=["light", "dark"])
def test_recall_is_open_to_everyone(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 844}
    page = open_page(viewport=size, color_scheme=theme)
    run_to_its_end(page, f"/{language}/training{RECALL}")
    page.locator("#map-measure").click()
    expect(page.locator("#map-figure .textpoint")).to_have_count(20, timeout=60_000)
    still(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""What the panels below the graph say of a run, and what is set in them, as a reader meets it."""

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .explorer import EMPTY, drag_to, hash_of, open_explorer, open_panel, query_of


def answer(page: Page, query: str = "?v=1") -> Any:
    return page.request.get(f"/api/bptt{query}").json()


def flat(part: Any) -> Iterator[float]:
    """Every number of nested lists."""
    if isinstance(part, list):
        for inner in part:
            yield from flat(inner)
    else:
        yield part


def percent_in(page: Page, caption: str) -> float:
    return float(re.findall(r"([\d.]+)%", page.locator(f"#{caption}-caption").inner_text())[0])


def test_rows_11_and_12_memory_and_steps_are_counted_and_a_window_walks_more(page: Page) -> None:
    open_explorer(page, "/en/?v=1&truncation=window&k=2#open=cost")
    walked = sum(min(s + 1, 2) for s in range(4))
    expect(page.locator("#cost svg")).to_contain_text(str(walked))
    expect(page.locator("#cost-caption")).to_contain_text("more backward steps")
    per_step = 8 + 8 + 4  # h, a and x of every step, as maths.md counts them
    expect(page.locator("#cost")).to_contain_text(f"{4 * per_step}")


def test_row_22_every_scheme_tells_its_cosine_beside_its_cost(page: Page) -> None:
    open_explorer(page, "/en/?v=1&k=3#open=schemes")
    for scheme in ("full", "blocks", "window", "tbptt", "randomized"):
        run = answer(page, f"?v=1&k=3&truncation={scheme}")
        exact, cut = (
            [*flat([run[kind]["gradients"][name] for name in ("Wx", "Wh", "b")])]
            for kind in ("full", "truncated")
        )
        cosine = sum(map(math.prod, zip(exact, cut, strict=True))) / math.hypot(*exact) / math.hypot(*cut)
        expect(page.locator(f"#scheme-{scheme}")).to_contain_text(f"{cosine:.3f}")
        expect(page.locator(f"#scheme-{scheme}")).to_contain_text(
            str(run["cost"]["truncated"]["backward_steps"])
        )
    page.locator("#scheme-window").click()
    expect(page.locator("#scheme-window")).to_have_attribute("aria-pressed", "true")
    assert query_of(page)["truncation"] == "window"


@pytest.mark.exhaustive
@pytest.mark.parametrize(("activation", "steepest"), [("tanh", 1.0), ("sigmoid", 0.25)])
def test_row_41_what_gets_through_and_the_share_of_shut_units_are_those_of_the_run(
    page: Page, activation: str, steepest: float
) -> None:
    query = f"?v=1&activation={activation}&gain=3"
    open_explorer(page, f"/en/{query}")
    open_panel(page, "saturation")
    slopes = [*flat(answer(page, query)["forward"]["slope"])]
    shut = sum(slope < 0.1 for slope in slopes) / len(slopes)
    expect(page.locator("#saturation-caption")).to_contain_text(f"{sum(slopes) / len(slopes):.2f}")
    assert abs(percent_in(page, "saturation") - 100 * shut) <= 1
    assert max(slopes) <= steepest


@pytest.mark.exhaustive
def test_row_45_the_losses_add_up_to_the_logarithm_of_the_texts_probability(page: Page) -> None:
    open_explorer(page)
    open_panel(page, "learning")
    shares = [float(share) for share in page.locator("#learning td.share").all_inner_texts()]
    total = sum(answer(page)["forward"]["loss"])
    assert -math.log(math.prod(shares)) == pytest.approx(total, abs=0.01)
    expect(page.locator("#learning .formulas")).to_contain_text("ln")
    expect(page.locator("#learning .formulas")).to_contain_text(f"{total:.2f}")


@pytest.mark.exhaustive
def test_row_47_the_first_input_still_matters_through_the_states(page: Page) -> None:
    shares = []
    for text in ("hello", "eello", "oello"):
        open_explorer(page, f"/en/?v=1&text={text}#panel=learning")
        shares.append(page.locator("#learning td.share").last.inner_text())
    assert shares[1] != shares[2], "the same symbols after another first one"


@pytest.mark.exhaustive
def test_row_48_without_its_recurrent_weights_the_network_is_one_without_a_past(page: Page) -> None:
    open_explorer(page, "/en/?v=1&gain=0#open=matrices,schemes")
    recurrent = page.locator("#matrices .column").nth(1).locator("input")
    assert {field.input_value() for field in recurrent.all()} == {"0.00"}
    states = answer(page, "?v=1&gain=0")["forward"]["h"]
    assert states[2] == states[3], "after two equal letters there are two equal states"
    expect(page.locator("#scheme-blocks")).to_contain_text("1.000")


@pytest.mark.exhaustive
def test_row_52_three_cells_are_held_against_each_other(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=a%20rather%20long%20text#panel=cells")
    caption = page.locator("#cells-caption")
    caption.scroll_into_view_if_needed()  # what is out of sight is drawn when it comes into sight
    expect(caption).to_contain_text("keeps most")
    kept = {}
    for cell in ("rnn", "lstm", "gru"):
        run = answer(page, f"?v=1&text=a%20rather%20long%20text&cell={cell}")
        sizes = run["credit"][-1]
        inner = run["credit_c"][-1] if cell == "lstm" else [0] * len(sizes)
        first, last = (math.hypot(sizes[t], inner[t]) for t in (0, -1))
        kept[cell.upper()] = first / last
    most, least = max(kept, key=lambda cell: kept[cell]), min(kept, key=lambda cell: kept[cell])
    expect(caption).to_contain_text(re.compile(f"{most} keeps most.*{least} least"))


@pytest.mark.exhaustive
def test_updates_are_walked_through_by_a_slider_that_stays_under_the_hand(page: Page) -> None:
    open_explorer(page)
    open_panel(page, "learning")
    page.evaluate("() => { window.slider = document.getElementById('learning-updates') }")
    drag_to(page, "learning-updates", 60)
    expect(page.locator("#learning-caption")).to_contain_text("After 60 updates")
    made = answer(page, "?v=1&updates=60")
    right = page.locator("#learning tr").nth(3).locator("td.hit")
    best = [row.index(max(row)) for row in made["forward"]["p"]]
    hits = sum(made["vocabulary"][i] == wanted for i, wanted in zip(best, made["targets"], strict=True))
    expect(right).to_have_count(hits)
    assert query_of(page)["updates"] == "60"
    drag_to(page, "learning-updates", 0)
    expect(page.locator("#learning-caption")).to_contain_text("No update yet")
    assert page.evaluate("() => window.slider === document.getElementById('learning-updates')")


def test_a_link_with_updates_opens_the_panel_until_the_reader_shuts_it(page: Page) -> None:
    open_explorer(page, "/en/?v=1&updates=3")
    panel = page.locator("#panel-learning")
    expect(panel).to_have_attribute("open", "")
    page.locator("#card-learning").click()
    page.wait_for_url("**open=none")
    page.reload()
    expect(page.locator("#loading")).to_be_hidden()
    expect(panel).not_to_have_attribute("open", "")


def test_a_single_weight_is_typed_over_and_the_page_follows(page: Page) -> None:
    open_explorer(page)
    open_panel(page, "matrices")
    before = answer(page)
    field = page.locator("#matrices .column").nth(1).locator("input").nth(9)  # from unit 1 to unit 1
    field.fill("1.5")
    field.press("Enter")
    page.wait_for_url("**weights=**")
    written = [float(number) for number in query_of(page)["weights"].split(",")]
    was = [*flat([before["weights"][name] for name in ("Wx", "Wh", "b", "Wy", "by")])]
    assert [(i, now) for i, (now, then) in enumerate(zip(written, was, strict=True)) if now != then] == [
        (32 + 9, 1.5)
    ]
    expect(page.locator("#matrices-caption")).to_contain_text("set by hand")
    expect(field).to_be_focused()
    page.locator("#matrices button", has_text="Back to the seed").click()
    expect(page.locator("#matrices-caption")).to_contain_text("from seed 0")
    assert "weights" not in query_of(page)


def test_what_is_no_weight_is_not_taken(page: Page) -> None:
    open_explorer(page)
    open_panel(page, "matrices")
    field = page.locator("#matrices .weights input").first
    then = field.input_value()
    for wrong in ("1000", ""):
        field.fill(wrong)
        field.press("Enter")
        expect(field).to_have_value(then)
    assert "weights" not in query_of(page)


def test_descent_goes_on_from_the_weights_it_has_reached(page: Page) -> None:
    open_explorer(page, "/en/?v=1&updates=20#panel=matrices")
    page.locator("#matrices button", has_text="Start from these").click()
    page.wait_for_url("**weights=**")
    expect(page.locator("#matrices-caption")).to_contain_text("set by hand")
    assert "updates" not in query_of(page)
    assert "matrices" in hash_of(page)
    query = "?" + page.url.split("?")[1].split("#")[0]
    assert answer(page, query)["forward"]["total_loss"] == pytest.approx(
        answer(page, "?v=1&updates=20")["forward"]["total_loss"], rel=1e-3
    )
    open_explorer(page, "/en/?v=1&updates=20&initial_state=learned#panel=matrices")
    page.locator("#matrices .weights input").first.fill("0.5")
    page.keyboard.press("Enter")
    page.wait_for_url("**h0=**")  # a learned state stays with the weights
    assert "updates=" not in page.url


def test_loss_scaling_carries_float16_further_and_stays_in_the_link(page: Page) -> None:
    """The number formats: the slider asks for what is shown, and the run without scaling stays beside it."""
    fox = "/en/?v=1&text=the+quick+brown+fox+jumps+over+the+lazy+dog&gain=0.5"
    open_explorer(page, f"{fox}#open=formats")
    row = page.locator("#formats tbody tr").last
    expect(row).to_contain_text("exactly 0 after 18 steps")
    expect(page.locator("#formats-finding")).to_contain_text("k = 5")
    drag_to(page, "formats-scale", 10)
    expect(row).to_contain_text("exactly 0 after 25 steps")
    expect(row).to_contain_text("unscaled: exactly 0 after 18 steps")
    expect(page.locator("#formats-scale-value")).to_have_text("× 2¹⁰")
    assert "scale=10" in hash_of(page)
    page.goto(EMPTY)
    open_explorer(page, f"{fox}#open=formats&scale=3")
    expect(page.locator("#formats-scale")).to_have_value("3")


PLACES = ("d", "points", "transform", "x", "y", "cx", "cy", "r", "width", "height", "x1", "x2", "y1", "y2")


def test_where_a_run_overflows_nothing_is_drawn_at_nan(page: Page) -> None:
    """A gradient that grows to 1e308: every panel, one after another, has finite places only."""
    fox = "/en/?v=1&text=the+quick+brown+fox+jumps+over+the+lazy+dog&activation=identity&gain=2.04"
    open_explorer(page, f"{fox}&truncation=full&steps=1000#panel=cells")
    expect(page.locator("#cells .main-svg").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    for name in page.evaluate("[...document.querySelectorAll('details.panel')].map(({ id }) => id.slice(6))"):
        page.evaluate("name => { location.hash = `open=${name}`; }", name)
        expect(page.locator(f"#panel-{name}")).to_have_attribute("open", "")
        page.wait_for_load_state("networkidle")
        found = page.evaluate(
            """(places) => [...document.querySelectorAll("svg *")]
              .flatMap((node) => places.map((name) => `${name}=${node.getAttribute(name)}`))
              .filter((place) => /NaN|Infinity/.test(place))""",
            PLACES,
        )
        assert found == [], (name, found[:3])

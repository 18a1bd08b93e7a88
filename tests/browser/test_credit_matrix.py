"""The credit matrix: which loss reaches which step, what is thrown away, and a pair in the graph.

Tests with a number are named after the rows of the concepts the product makes interactive.
"""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import drag_to, open_explorer, wait_for_picture

FOX = "/en/?v=1&text=the%20quick%20brown%20fox"
LABELS = "figure => figure.layout.shapes.flatMap(({ label }) => label?.text ?? [])"


def said(page: Page, figure: str) -> list[str]:
    """Every number and word that shapes of a figure print."""
    return page.locator(f"#{figure}").evaluate(LABELS)


def answer(page: Page, path: str) -> dict:
    return page.request.get(path).json()


def wait_for_hash(page: Page, *, has: tuple[str, ...] = (), lacks: tuple[str, ...] = ()) -> None:
    """The address is written a moment after the picture."""
    page.wait_for_function(
        """([has, lacks]) => {
          const keys = location.hash.slice(1).split("&");
          return has.every((key) => keys.includes(key)) && !lacks.some((key) => keys.includes(key));
        }""",
        arg=[has, lacks],
    )


def click_cell(page: Page, s: int, t: int) -> None:
    """Press on the middle of a cell of the matrix."""
    place = page.locator("#credit").evaluate(
        """(figure, [s, t]) => {
          const { x, y } = figure.data[0];
          return { x: (x[t] + x[t + 1]) / 2, y: (y[s] + y[s + 1]) / 2 };
        }""",
        [s, t],
    )
    page.locator("#credit").scroll_into_view_if_needed()
    page.locator("#credit").click(position=place)


def printed(value: float) -> str:
    """As the page writes sizes between 0.01 and 10."""
    return f"{value:.3f}" if value < 0.0995 else f"{value:.2f}"


def test_a_followed_loss_has_the_column_of_its_step_and_no_arrow_is_in_a_pill(page: Page) -> None:
    open_explorer(page, f"{FOX}&k=5#s=9")
    band = page.locator("#playhead")
    expect(band).to_be_visible()
    followed = band.bounding_box()
    assert page.locator("#graph").evaluate(PILLS) == 0
    open_explorer(page, f"{FOX}&k=5#s=9&t=9")
    assert band.bounding_box() == followed
    open_explorer(page, f"{FOX}&k=5#s=9&t=7")
    assert page.locator("#graph").evaluate(PILLS) > 0, "a chosen pair has its path in pills"
    open_explorer(page, f"{FOX}&k=5")
    expect(band).to_be_hidden()


PILLS = """figure => figure.layout.shapes.filter(
  ({ opacity, path }) => opacity === 0.3 && !path.startsWith("M-9,")).length"""


def test_row_13_the_curve_of_a_pair_ends_at_the_norm_of_its_product(page: Page) -> None:
    open_explorer(page, f"{FOX}#s=12&t=6&open=credit")
    pair = answer(page, "/api/pair?v=1&text=the%20quick%20brown%20fox&s=12&t=6")
    product = np.linalg.multi_dot([factor["matrix"] for factor in pair["factors"]])
    end = page.locator(".jacobians .curve svg text").last
    expect(end).to_have_text(printed(float(np.linalg.norm(product, 2))))


def test_rows_14_and_15_dragging_k_moves_the_scissors_and_leaves_the_heatmap_the_same_object(
    page: Page,
) -> None:
    open_explorer(page, f"{FOX}&k=2#open=credit")
    expect(page.locator("#credit-caption")).to_contain_text("27 of 171 cells")
    page.evaluate("window.before = document.getElementById('credit').data[0]")
    drag_to(page, "k", 6)
    expect(page.locator("#credit-caption")).to_contain_text("63 of 171 cells")
    assert "63 of 171 cells kept" in said(page, "credit")
    assert page.evaluate("window.before === document.getElementById('credit').data[0]")
    assert page.evaluate("window.before.z === document.getElementById('credit').data[0].z")


@pytest.mark.parametrize(("end", "kept"), [(4, "cut off"), (7, "kept")])
def test_rows_16_and_19_a_blocks_loss_reaches_its_own_block_and_nothing_before(
    page: Page, end: int, kept: str
) -> None:
    open_explorer(page, f"{FOX}&k=5#s=9&t={end}&open=credit")
    expect(page.locator("#credit-caption")).to_contain_text(kept)
    lit = page.locator("#graph").evaluate(
        """graph => graph.layout.shapes.find(({ fillcolor, opacity }) =>
          fillcolor === "#f2b705" && opacity === 0.3).path.split("Z").length - 1"""
    )
    assert lit == 9 - max(5, end), "as many arrows in pills as steps are reached inside the block"


@pytest.mark.exhaustive
def test_row_29_many_to_one_has_one_row(page: Page) -> None:
    open_explorer(page, f"{FOX}&loss_at=last#open=credit")
    expect(page.locator("#credit-gutter .loss")).to_have_text("L₁₇")
    rows = page.locator("#credit").evaluate(
        "f => f.data[0].z.filter(row => row.some(v => v !== null)).length"
    )
    assert rows == 1


def test_rows_32_40_and_50_the_factors_of_a_chosen_pair_and_their_product(page: Page) -> None:
    open_explorer(page, f"{FOX}#open=credit")
    click_cell(page, 9, 4)
    expect(page.locator(".chooser .cell")).to_have_text("L₉ → h₄")
    wait_for_hash(page, has=("s=9", "t=4"))
    pair = answer(page, "/api/pair?v=1&text=the%20quick%20brown%20fox&s=9&t=4")
    expect(page.locator(".jacobians .factor b")).to_have_text(["J₉", "J₈", "J₇", "J₆", "J₅", "product"])
    sizes = [factor["sigma_max"] for factor in pair["factors"]]
    product = np.linalg.multi_dot([factor["matrix"] for factor in pair["factors"]])
    sizes.append(float(np.linalg.svd(product, compute_uv=False)[0]))
    expect(page.locator(".jacobians .factor figcaption")).to_have_text([f"σ {printed(s)}" for s in sizes])


@pytest.mark.exhaustive
def test_row_34_a_linear_scalar_multiplies_to_an_exact_power(page: Page) -> None:
    for gain, power in (("0.9", "w⁵ = 0.59049"), ("1.1", "w⁵ = 1.61051")):
        open_explorer(page, f"/en/?v=1&hidden=1&activation=identity&gain={gain}&steps=6#s=5&t=0&open=credit")
        expect(page.locator("#credit-below")).to_contain_text(
            f"w = {gain}, so the product is exactly {power}"
        )


@pytest.mark.exhaustive
def test_rows_38_and_39_one_term_for_w_y_and_one_a_step_for_the_recurrent_weights(page: Page) -> None:
    open_explorer(page, f"{FOX}#s=3&t=0&open=credit")
    below = page.locator("#credit-below")
    expect(below).to_contain_text("∂L₃/∂Wₕ has 4 terms")
    full = answer(page, "/api/bptt?v=1&text=the%20quick%20brown%20fox")["full"]["gradients"]
    for name, symbol in (("Wx", "Wₓ"), ("b", "b"), ("Wh", "Wₕ")):
        page.locator(f"#pair-of-{name}").click()
        expect(page.locator(f"#pair-of-{name}")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"#pair-of-{name}")).to_be_focused()
        expect(below).to_contain_text(f"∂L₃/∂{symbol} has 4 terms")
        expect(below).to_contain_text(f"‖dL/d{symbol}‖ = {printed(float(np.linalg.norm(full[name])))}")
    page.locator("#pair-of-Wy").click()
    expect(below).to_contain_text("∂L₃/∂Wᵧ has a single term, at t = 3 itself")
    wait_for_hash(page, has=("of=Wy",))
    page.reload()
    wait_for_picture(page)
    expect(page.locator("#pair-of-Wy")).to_have_attribute("aria-pressed", "true")


def test_row_58_the_stub_at_every_cut_carries_the_norm_thrown_away(page: Page) -> None:
    open_explorer(page, "/en/?v=1&k=1#open=credit")
    exact = answer(page, "/api/bptt?v=1&k=1")["full"]["dh_future"]
    labels = said(page, "graph")
    for t in range(3):
        assert printed(float(np.linalg.norm(exact[t]))) in labels, t


def test_a_chosen_loss_is_let_go_by_escape_by_the_button_and_by_a_second_click(page: Page) -> None:
    open_explorer(page, f"{FOX}#open=credit")
    for let_go in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator(".chooser .clear").click(),
        lambda: click_cell(page, 9, 4),
    ):
        click_cell(page, 9, 4)
        expect(page.locator(".chooser")).to_be_visible()
        let_go()
        expect(page.locator(".chooser")).to_have_count(0)
        wait_for_hash(page, lacks=("s=9",))


def test_a_loss_is_chosen_by_its_name_and_by_keys_alone(page: Page) -> None:
    open_explorer(page, f"{FOX}#open=credit")
    page.locator("#credit-gutter .loss", has_text=re.compile("^L₅$")).click()  # rows are named by fives
    expect(page.locator(".chooser .cell")).to_contain_text("L₅")
    page.keyboard.press("Escape")
    page.locator(".hint button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chooser .cell")).to_have_text("L₁₇ → h₀")
    page.locator("#pair-earlier_loss").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chooser .cell")).to_have_text("L₁₆ → h₀")
    page.keyboard.press("Enter")
    expect(page.locator(".chooser .cell")).to_have_text("L₁₅ → h₀")


def test_the_slider_of_k_says_the_cosine_of_its_k(page: Page) -> None:
    open_explorer(page, f"{FOX}#open=credit")
    by_k = answer(page, "/api/bptt?v=1&text=the%20quick%20brown%20fox")["by_k"]
    for k in (1, 5):
        drag_to(page, "k", k)
        told = f"cosine at this k: {by_k['cosine'][by_k['k'].index(k)]:.2f}"
        expect(page.locator(".k-curve")).to_have_attribute("title", told)
        expect(page.locator("#k")).to_have_attribute("aria-valuetext", re.compile(re.escape(told)))
    expect(page.locator(".k-curve svg")).to_be_visible()
    page.locator("#truncation").select_option("randomized")
    expect(page.locator(".k-curve svg")).to_have_count(0)


@pytest.mark.exhaustive
def test_plotly_knows_every_part_of_the_figures(page: Page) -> None:
    for path in (
        f"{FOX}&k=4#s=9&t=3&open=credit,jacobian",
        "/ko/?v=1&truncation=randomized&cut=0.5#open=credit,jacobian",
    ):
        open_explorer(page, path)
        expect(page.locator("#jacobian .main-svg").first).to_be_visible()
        for name in ("credit", "jacobian", "graph"):
            problems = page.locator(f"#{name}").evaluate("f => Plotly.validate(f.data, f.layout)")
            wrong = [p for p in problems or [] if "trace" in p.get("msg", "") or p["code"] != "unused"]
            assert not wrong, (name, wrong)


@pytest.mark.exhaustive
def test_on_a_phone_the_whole_matrix_fits_the_width(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_explorer(page, f"{FOX}&k=4#s=13&t=3&open=credit")
    expect(page.locator(".jacobians")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scroll = page.locator("#panel-credit .scroll")
    assert scroll.evaluate("box => box.scrollWidth <= box.clientWidth")

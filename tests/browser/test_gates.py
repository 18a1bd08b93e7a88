"""Cells with gates, the tails of losses, and shapes that move, under a real pointer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import expect_hash, open_explorer, query_of, still, until

LSTM = "/en/?v=1&text=backprop&k=3&hidden=4&cell=lstm"


def test_a_click_on_either_backward_arrow_of_an_lstm_cuts_both(page: Page) -> None:
    open_explorer(page, f"{LSTM}&truncation=full")
    edges = page.locator(".edges > .edge:not([aria-hidden])")
    others = page.locator(".edges > .edge[aria-hidden]")
    expect(edges).to_have_count(6)
    expect(others).to_have_count(6)
    others.nth(2).click()
    assert query_of(page).get("cuts") == "3"
    expect(others.nth(2)).to_have_class("edge is-cut")
    expect(edges.nth(2)).to_have_attribute("aria-label", "Restore h₃ → h₂")
    edges.nth(2).click()
    assert "cuts" not in query_of(page)


def test_the_line_tells_what_is_under_the_pointer_in_an_lstm(page: Page) -> None:
    open_explorer(page, LSTM)
    readout = page.locator("#readout")
    expect(readout).to_contain_text("two vectors are carried")
    page.locator(".edges > .edge[aria-hidden]").nth(1).hover()
    expect(readout).to_contain_text("c₂ passes")


def test_the_tail_of_a_loss_is_clicked_to_follow_it(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=backprop&k=3")
    still(page)
    dot = page.evaluate(
        """() => {
          const graph = document.getElementById("graph"), { left, top } = graph.getBoundingClientRect();
          const dots = graph.layout.shapes.filter(({ path, fillcolor }) =>
            fillcolor === "#8b1962" && path.includes("C")).pop().path.split("Z").filter(Boolean);
          const ends = dots.map((dot) => dot.match(/M(-?[0-9.]+),(-?[0-9.]+)/).slice(1).map(Number));
          return ends.map(([x, y]) => [left + x, top + y]);
        }"""
    )[5]
    page.mouse.move(dot[0] - 60, dot[1])
    expect(page.locator("#readout")).to_contain_text("L₅")
    page.mouse.click(dot[0] - 60, dot[1])
    expect_hash(page, "t=5&s=5")
    page.mouse.move(dot[0], 10)
    expect(page.locator("#readout")).to_contain_text("reaches 3 of 6 steps")
    page.mouse.click(dot[0] - 60, dot[1])
    expect_hash(page, "")


@pytest.mark.exhaustive
def test_shapes_end_where_a_page_opened_with_the_same_k_has_them(page: Page) -> None:
    shapes = "() => document.getElementById('graph').layout.shapes.map(({ path }) => path ?? '')"
    open_explorer(page, "/en/?v=1&text=backprop&k=4")
    still(page)
    wanted = page.evaluate(shapes)
    open_explorer(page, "/en/?v=1&text=backprop&k=3")
    still(page)
    page.keyboard.press("]")
    assert query_of(page)["k"] == "4"
    assert until(page, lambda: page.evaluate(shapes), lambda now: now == wanted) == wanted

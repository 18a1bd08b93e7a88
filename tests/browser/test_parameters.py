"""The controls behind More: what is read, the network, the loss, the truncation, the training."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.words import CATALOGUES
from tests.browser.explorer import open_explorer, query_of

REGRESSION = "unit=number&text=1+2&targets=1+2&hidden=1&weights=.5,.1,0,2,0&reduction=sum"


def set_field(page: Page, name: str, value: str) -> None:
    """Type into a field of its own, or into the number beside a slider, and leave it."""
    beside = page.locator(f"[data-exact={name}]")
    field = beside if beside.count() else page.locator(f"#{name}")
    field.fill(value)
    field.press("Enter")


def open_more(page: Page, path: str = "/en/") -> None:
    open_explorer(page, path)
    page.locator("#more").click()
    expect(page.locator("#rest")).to_be_visible()
    page.locator("#rest-all").click()


def letters(page: Page) -> list[str]:
    return page.evaluate("document.getElementById('graph').data.find(trace => trace.mode === 'text').text")


def test_the_controls_stand_in_groups_with_words(page: Page) -> None:
    open_more(page)
    groups = page.locator("#rest fieldset")
    expect(groups.locator("legend")).to_have_text(["Network", "Loss", "Training first", "Input", "Picture"])
    assert [groups.nth(i).locator(".control").count() for i in range(4)] == [12, 3, 3, 3]
    expect(page.locator("#rest-all")).to_have_text("All 21 settings")
    open_more(page, "/ko/")
    expect(page.locator("#rest legend").last).to_have_text("그림")


@pytest.mark.exhaustive
def test_another_unit_brings_its_own_text_and_keeps_what_it_can_read(page: Page) -> None:
    open_more(page)
    page.locator("#unit").select_option("word")
    expect(page.locator("#text")).to_have_value("you say goodbye and I say hello .")
    expect(page.locator("[data-exact=steps]")).to_have_value("7")
    assert query_of(page) == {"v": "1", "unit": "word"}
    expect(page.locator("#graph text", has_text="goodbye").first).to_be_visible()
    page.locator("#unit").select_option("number")
    expect(page.locator("#text")).to_have_value("1 2 1 2 1")
    expect(page.locator("#loss")).to_be_disabled()
    expect(page.locator("#loss")).to_have_value("squared_error")  # what numbers are scored with
    page.locator("#text").fill("3 1 4 1 5")
    page.locator("#unit").select_option("char")
    expect(page.locator("#text")).to_have_value("3 1 4 1 5")
    assert query_of(page)["text"] == "3 1 4 1 5"
    expect(page.locator("#loss")).to_be_enabled()
    expect(page.locator("#loss")).to_have_value("cross_entropy")
    page.locator("#text").fill("banana")
    page.locator("#unit").select_option("number")
    expect(page.locator("#text")).to_have_value("1 2 1 2 1")
    expect(page.locator("#notices")).to_contain_text("Text must be numbers")


def test_own_targets_are_checked_while_they_are_typed(page: Page) -> None:
    open_more(page)
    targets = page.locator("#targets")
    targets.fill("wor")
    expect(page.locator("#notices")).to_contain_text("Custom targets must be exactly 5 symbols")
    expect(page.locator("#notices")).to_contain_text("there are 3")
    expect(targets).to_have_attribute("aria-invalid", "true")
    assert "targets" not in query_of(page)
    targets.fill("world")
    expect(page.locator("#notices")).to_be_empty()
    expect(page.locator("[data-exact=steps]")).to_have_value("5")
    expect(page).to_have_url(re.compile("targets=world"))
    page.locator("#text").fill("help")
    expect(targets).to_have_value("")
    expect(page.locator("#notices")).to_contain_text("Custom targets")


def test_own_weights_are_counted_and_make_gain_and_seed_idle(page: Page) -> None:
    open_more(page, "/en/?v=1&hidden=1&text=ab")
    weights = page.locator("#weights")
    weights.fill("1, 2, x")
    expect(page.locator("#notices")).to_contain_text("Custom weights must be numbers")
    weights.fill("1, 2")
    expect(page.locator("#notices")).to_contain_text("exactly 8 numbers")
    expect(page.locator("#seed")).to_be_enabled()
    weights.fill("1, -1, 0.5, 0, 1, 2, 0, 0")
    expect(page.locator("#notices")).to_be_empty()
    for name in ("gain", "seed"):
        expect(page.locator(f"#{name}")).to_be_disabled()
    expect(page.locator("#readout")).not_to_be_empty()
    set_field(page, "hidden", "2")
    expect(weights).to_have_value("")
    expect(page.locator("#seed")).to_be_enabled()


def test_the_regression_of_the_blackboard_is_a_link(page: Page) -> None:
    """The scalar U, W, V example: L = 0.0993807534, and dL/dW_x by what the panel says."""
    open_more(page, f"/en/?v=1&{REGRESSION}#t=1")
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")
    answer = page.evaluate("query => fetch('/api/bptt?' + query).then(r => r.json())", REGRESSION)
    assert answer["forward"]["total_loss"] == pytest.approx(0.0993807534, rel=1e-4)
    assert answer["full"]["gradients"]["Wx"][0][0] == pytest.approx(-0.8334791555, rel=1e-4)
    assert letters(page) == ["1", "2"]
    expect(page.locator("#readout")).to_contain_text("o = +1.56")


def test_updates_go_through_training(page: Page) -> None:
    open_more(page)
    expect(page.locator("#lr")).to_be_disabled()
    before = page.locator("#readout").inner_text()
    set_field(page, "updates", "300")
    set_field(page, "lr", "0.5")
    expect(page.locator("#lr")).to_be_enabled()
    assert query_of(page) == {"v": "1", "updates": "300", "lr": "0.5"}
    expect(page.locator("#readout")).not_to_have_text(before)
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")


@pytest.mark.exhaustive
def test_too_much_work_is_lowered_with_a_word(page: Page) -> None:
    open_more(page, "/ko/?v=1&steps=500&hidden=64")
    set_field(page, "steps", "1000")
    expect(page.locator("#notices")).to_contain_text("은닉 크기 H: 이 길이에서 64는")
    expect(page.locator("[data-exact=hidden]")).to_have_value("32")
    set_field(page, "updates", "500")
    expect(page.locator("#notices")).to_contain_text("갱신 횟수: 이 길이에서 500은")
    expect(page.locator("[data-exact=updates]")).to_have_value("40")
    page.wait_for_load_state("networkidle")  # the server is not to be busy with this in the next test


@pytest.mark.exhaustive
def test_a_run_that_ran_away_says_so_and_is_drawn(page: Page) -> None:
    wild = "unit=number&text=1000+-1000+1000&activation=identity&reduction=sum&updates=400&lr=10"
    open_explorer(page, f"/en/?v=1&{wild}")
    expect(page.locator("#notices")).to_contain_text(re.compile(r"after \d+ updates"))


@pytest.mark.exhaustive
def test_words_are_drawn_whole_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_explorer(page, "/ko/?v=1&unit=word#t=2")
    assert {"you", "say", "goodbye"} <= set(letters(page))


def test_the_steps_that_have_a_loss_can_be_chosen_typed_and_refused(page: Page) -> None:
    open_more(page)
    field = page.locator("[data-own=loss_at]")
    expect(field).to_be_hidden()
    page.locator("#loss_at").select_option("own")
    expect(field).to_have_value("1,3")
    field.fill("2, 0")
    field.press("Enter")
    page.wait_for_url(re.compile(r"loss_at=0%2C2"))
    field.fill("0,9")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#notices")).to_contain_text("there is no step 9")
    page.locator("#loss_at").select_option("last")
    expect(field).to_be_hidden()
    open_more(page, "/ko/?v=1&loss_at=0,2")
    expect(page.locator("#loss_at")).to_have_value("own")
    expect(page.locator("[data-own=loss_at]")).to_have_value("0,2")


def test_the_sentences_about_the_controls_come_after_the_picture(page: Page) -> None:
    open_explorer(page, "/ko/")
    expect(page.locator("#help-gain")).to_have_text(CATALOGUES["ko"]["params"]["gain"]["help"])
    expect(page.locator('label[for="gain"]')).to_have_attribute(
        "title", CATALOGUES["ko"]["params"]["gain"]["help"]
    )
    assert page.locator(".control > .help:empty").count() == 0

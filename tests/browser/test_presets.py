"""The gallery: every preset opens with a picture that Plotly accepts, and nothing to complain about."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from app.presets import PRESETS
from tests.browser.explorer import BUSY, open_explorer, open_panels, wait_for_picture
from tests.pairwise import only

VALID = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((figure) =>
  (Plotly.validate(figure.data, figure.layout) ?? [])
    .map(({ code, path, msg }) => [figure.id, code, msg, [path].flat().join(".")]))"""


# runs in which nothing is left, everything overflows, or there is a single number of everything
EXTREMES = {
    "training ran away": "v=1&activation=identity&gain=2&loss=squared_error&updates=5&lr=10",
    "forward overflow": "v=1&text=hello&steps=400&activation=identity&gain=5",
    "all zero": "v=1&gain=0&activation=relu",
    "one step of one unit": "v=1&text=ab&steps=1&hidden=1",
}


def open_every_panel(page: Page, path: str) -> list[str]:
    """What the console said meanwhile."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and BUSY not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.set_viewport_size({"width": 1280, "height": 720})
    open_explorer(page, path)
    open_panels(page)
    return said


SAMPLE = {
    "randomized": "en",
    "lstm": "ko",
}
"""One preset of each kind in one language, for `make test`; `make test-all` opens all in both."""


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(name, language, marks=() if SAMPLE.get(name) == language else pytest.mark.exhaustive)
        for name in PRESETS
        for language in ("en", "ko")
    ],
)
def test_a_preset_opens_with_a_valid_picture(page: Page, name: str, language: str) -> None:
    link = urlsplit(PRESETS[name])
    said = open_every_panel(page, f"/{language}/?{link.query}#{link.fragment}")
    expect(page.locator("#proof")).to_have_attribute("data-state", "passed")
    expect(page.locator("#notices")).not_to_contain_text("default")
    assert page.evaluate(VALID) == []
    assert said == []


@pytest.mark.exhaustive
@only("training ran away", "all zero", name=list(EXTREMES))
def test_an_extreme_run_is_drawn_without_a_complaint(page: Page, name: str) -> None:
    assert open_every_panel(page, f"/en/?{EXTREMES[name]}") == []
    assert page.evaluate(VALID) == []


def test_a_preset_is_followed_without_leaving_the_page_and_back_returns(page: Page) -> None:
    open_explorer(page)
    page.evaluate("window.here = true")
    page.locator("header [data-presets]").click()
    expect(page.locator("#presets-dialog [data-preset][aria-current]")).to_have_attribute(
        "data-preset", "hello"
    )
    page.locator("[data-preset=window]").click()
    page.wait_for_url("**truncation=window**")
    wait_for_picture(page)
    expect(page.locator("#truncation")).to_have_value("window")
    assert page.evaluate("window.here") is True
    page.go_back()
    expect(page.locator("#truncation")).to_have_value("blocks")


def test_every_example_has_a_picture_and_a_sentence_from_its_own_answer(page: Page) -> None:
    open_explorer(page, "/en/?v=1#look=presets")  # the address of the dialog
    gallery = page.locator("#presets-dialog")
    expect(gallery).to_be_visible()
    expect(gallery.locator("svg.waits")).to_have_count(0, timeout=60_000)
    lines = {
        name: gallery.locator(f"[data-preset={name}] [data-line]")
        for name in ("hello", "full", "last", "vanishing", "random_lengths", "learning")
    }
    expect(lines["hello"]).to_have_text("6 of 10 pairs kept")
    expect(lines["full"]).to_have_text("10 pairs, all kept")
    expect(lines["last"]).to_have_text("the only loss reaches 2 of 42 steps")
    expect(lines["vanishing"]).to_contain_text("shrinks to")
    expect(lines["random_lengths"]).to_have_text("213 of 903 pairs kept")
    expect(lines["learning"]).to_have_text("loss 1.26 → 0.016 in 60 updates")
    expect(gallery.locator("[data-preset=hello] svg path.kept").last).to_be_visible()
    expect(gallery.locator("[data-preset=hello] svg")).to_have_css("width", "104px")
    page.locator("#own-text-field").fill("banana")
    page.locator("#own-text button").click()
    expect(page.locator("#text")).to_have_value("banana")
    expect(gallery).to_be_hidden()

"""From a moved slider to its picture, in a real browser with the real server."""

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import chromium

SLIDER_TO_PICTURE = """async ([name, values]) => {
  const slider = document.getElementById(name), times = [];
  const note = document.getElementById("note-k"), cells = document.getElementById("comparison");
  for (const value of values) {
    const start = performance.now();
    const drawn = new Promise((done) =>
      new MutationObserver((_, watch) => { watch.disconnect(); done(); })
        .observe(cells, { childList: true }));
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true })); // dragged, not yet let go
    await drawn;
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 30));
  }
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return times.sort((a, b) => a - b)[times.length >> 1];
}"""

BARE_RELAYOUT = """async () => {
  const graph = document.getElementById("graph"), times = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await Plotly.relayout(graph, { shapes: [...graph.layout.shapes] });
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 30));
  }
  return times.sort((a, b) => a - b)[7];
}"""

SCISSORS = """async () => {
  const credit = document.getElementById("credit"), times = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await Plotly.relayout(credit, { shapes: credit.layout.shapes.map((shape) => ({ ...shape })) });
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 30));
  }
  return times.sort((a, b) => a - b)[7];
}"""
STEP_TO_PICTURE = """async () => {
  const scroll = document.getElementById("scroll"), graph = document.getElementById("graph"), times = [];
  for (let i = 0; i < 40; i++) {
    const drawn = new Promise((done) => graph.once("plotly_relayout", () => done(performance.now())));
    const frame = new Promise(requestAnimationFrame).then(() => performance.now()); // the page draws in it
    const key = i % 2 ? "ArrowLeft" : "ArrowRight"; // there and back, for the end has another height
    scroll.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    times.push(-(await frame) + (await drawn));
    await new Promise((done) => setTimeout(done, 30));
  }
  return times.sort((a, b) => a - b)[20];
}"""

FRAMES = """async () => {
  const scroll = document.getElementById("scroll");
  scroll.focus();
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i++) {
    const key = i % 60 < 30 ? "ArrowRight" : "ArrowLeft"; // beyond the end there is another picture
    scroll.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  return 1000 / (gaps.reduce((a, b) => a + b) / gaps.length);
}"""


RUNNING = """async () => {
  document.getElementById("play").click();
  const start = await new Promise(requestAnimationFrame);
  let now = start, frames = 0;
  for (; now - start < 2500; frames++) now = await new Promise(requestAnimationFrame);
  document.getElementById("play").click();
  return 1000 * frames / (now - start);
}"""


@pytest.fixture(scope="module")
def page(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(playwright), args=chromium.ARGS)
        yield browser.new_page(viewport={"width": 1280, "height": 720}, base_url=address)
        browser.close()


PANELS = "norms,credit,schemes,cost,comparison"


def opened(page: Page, query: str, at: str = "") -> Page:
    """The page of such parameters, with those panels open that have a card."""
    page.goto(f"/en/?v=1&{query}#open={PANELS}{at and f'&at={at}'}")
    page.locator("#comparison table").wait_for()
    page.locator("#graph .main-svg").first.wait_for()  # plotly.js has taken the picture over
    return page


def test_slider_to_picture(page, report):
    query = "text=the quick brown fox jumps over the lazy dog&steps=50&hidden=16&k=10"
    k = opened(page, query).evaluate(SLIDER_TO_PICTURE, ["k", list(range(11, 31))])
    report("k slider -> picture, T=50, H=16, server included", f"{k:.0f} ms", "<= 60 ms")
    steps = opened(page, query).evaluate(SLIDER_TO_PICTURE, ["steps", list(range(41, 56))])
    report("length slider -> picture, T=41...55, H=16, server included", f"{steps:.0f} ms", "<= 60 ms")


def test_moving_a_cut_against_a_bare_relayout(page, report):
    opened(page, "text=the quick brown fox jumps over the lazy dog&steps=40&k=2")
    page.evaluate(SLIDER_TO_PICTURE, ["k", list(range(3, 23))])  # asked once: the page remembers
    again = page.evaluate(SLIDER_TO_PICTURE, ["k", list(range(3, 23))])
    bare = page.evaluate(BARE_RELAYOUT)
    report(
        "truncation slider at T=40, all panels / bare relayout of the graph", f"{again / bare:.1f}", "<= 2"
    )


@pytest.mark.parametrize("T", [4, 16, 40, 100])
def test_moving_the_scissors(page, report, T):
    took = opened(page, f"text=the quick brown fox jumps over the lazy dog&steps={T}&k=3").evaluate(SCISSORS)
    report(f"credit matrix, its shapes alone, T={T}", f"{took:.0f} ms", "<= 10 ms")


@pytest.mark.parametrize("T", [4, 40])
def test_a_moment_against_a_bare_relayout(page, report, T):
    text = "the quick brown fox jumps over the lazy dog"
    opened(page, f"text={text}&steps={T}&k=10", at=f"f{T - 1}.1")
    step, bare = page.evaluate(STEP_TO_PICTURE), page.evaluate(BARE_RELAYOUT)
    what = f"a moment of the player, T={T}, everything on the page / bare relayout of the graph"
    report(what, f"{step:.0f} / {bare:.0f} ms = {step / bare:.1f}", "<= 2")


@pytest.mark.parametrize("speed", ["1", "4"])
@pytest.mark.parametrize("T", [4, 20, 200])
def test_the_player_runs(page, report, T, speed):
    opened(page, f"steps={T}", at="f0.1").select_option("#speed", speed)
    rate = page.evaluate(RUNNING)
    report(f"player running by itself, T={T}, speed {speed}", f"{rate:.0f} frames/s", ">= 60 on a screen")


@pytest.mark.parametrize("T", [20, 200])
def test_the_playhead_keeps_up(page, report, T):
    rate = opened(page, f"steps={T}", at="f0.1").evaluate(FRAMES)
    report(f"one moment in every frame, T={T}", f"{rate:.0f} frames/s", "as many as can be drawn")


SCROLLING = """async ([by, frames]) => {
  const scroll = document.getElementById("scroll");
  const rate = async (move) => {
    const start = await new Promise(requestAnimationFrame);
    let now = start;
    for (let i = 0; i < frames; i++) {
      move();
      now = await new Promise(requestAnimationFrame);
    }
    return 1000 * frames / (now - start);
  };
  const still = await rate(() => {});
  return [await rate(() => { scroll.scrollLeft += by; }), still];
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_sequence_scrolls(page, report, width):
    """By a script, so that every redrawing counts; a hand scrolls in a thread that waits for none."""
    page.set_viewport_size({"width": width, "height": 720})
    opened(page, "text=the quick brown fox&steps=1000&k=10")
    page.wait_for_timeout(500)
    scrolling, still = page.evaluate(SCROLLING, [10, 240])
    page.set_viewport_size({"width": 1280, "height": 720})
    rates = f"{scrolling / still:.2f} ({scrolling:.0f}/{still:.0f})"
    report(f"scrolling T=1000 at 600 px/s, {width} px wide: frames / frames at rest", rates, ">= 0.98")

"""The player: forward, backward along the scheme's own walks, one update; by mouse, keys and finger."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import (
    column,
    drag_to,
    expect_hash,
    hash_of,
    open_explorer,
    still,
    until,
    wait_for_picture,
)
from tests.pairwise import only

SHAPES = "JSON.stringify(document.getElementById('graph').layout.shapes)"
MOMENTS = ["f0.1", "f2.3", "b3.1", "b1.4", "u"]
COUNT = """color => {
  const style = getComputedStyle(document.documentElement).getPropertyValue(`--${color}`);
  const hex = style.match(/#[0-9a-f]{6}/i)[0].toLowerCase();
  const marks = (found) => found.flatMap(({ path }) => path?.match(/Z/g) ?? []).length;
  const { shapes } = document.getElementById("graph").layout;
  return marks(shapes.filter(({ fillcolor, layer }) => fillcolor === hex && layer === "below"));
}"""
HEAR = """() => {
  window.heard = [];
  const watched = { scrubber: "aria-valuetext", readout: "aria-live" };
  for (const [id, name] of Object.entries(watched)) {
    const part = document.getElementById(id), tell = () => heard.push(part.getAttribute(name));
    new MutationObserver(tell).observe(part, { attributes: true, attributeFilter: [name] });
  }
  }"""  # an address or a picture that passes by may be missed on a busy machine
LIT = """() => {
  const style = getComputedStyle(document.documentElement).getPropertyValue("--select");
  const hex = style.match(/#[0-9a-f]{6}/i)[0].toLowerCase();
  const lit = document.getElementById("graph").layout.shapes.filter((one) => one.fillcolor === hex);
  return lit.map(({ path }) => path).join("");
}"""

BOXES = """async t => {
  const main = document.querySelector("script[type=module]").src;
  const { geometry } = await import(new URL("../js/plot/geometry.js", main));
  const graph = document.getElementById("graph"), { left, top } = graph.getBoundingClientRect();
  const { width, height } = graph.layout, g = geometry(4, { width, height, phone: false }), { rows } = g;
  const box = (middle, wide, tall) =>
    ({ x: left + g.cx(t) - wide / 2, y: top + middle - tall / 2, width: wide, height: tall });
  return [box(rows.hidden, g.cell - 6, rows.bottom - rows.top - 4), box(rows.output, g.output.width - 8, 30)];
}"""
COLOURS = """async shot => {
  const bytes = Uint8Array.from(atob(shot), (byte) => byte.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}"""


def press(page: Page, *keys: str) -> None:
    page.locator("#scroll").focus()
    for key in keys:
        page.keyboard.press(key)


@only("b1.4", moment=MOMENTS)
def test_a_link_opens_at_that_very_moment(page: Page, moment: str) -> None:
    open_explorer(page, f"/en/?v=1#at={moment}")
    values = page.locator("#scrubber").evaluate("slider => [Number(slider.value), Number(slider.max)]")
    assert values == [{"f0.1": 0, "f2.3": 2, "b3.1": 4, "b1.4": 6, "u": 8}[moment], 9]
    told = page.locator("#scrubber").get_attribute("aria-valuetext") or ""
    word = {"f": "forward, t = ", "b": "backward, t = ", "u": "update"}[moment[0]]
    assert told.startswith(word)
    assert told.endswith("weights" if moment == "u" else f"line {moment[-1]} of 4")
    still(page)
    before = page.evaluate(SHAPES)
    page.reload()
    wait_for_picture(page)
    assert hash_of(page) == f"at={moment}"
    assert until(page, lambda: page.evaluate(SHAPES), lambda now: now == before) == before


def test_keys_lead_through_the_computation_in_both_directions(page: Page) -> None:
    open_explorer(page)
    for key, moment in (
        *(("ArrowRight", "at=f0.1"), ("ArrowDown", "at=f0.2"), ("ArrowRight", "at=f1.2")),
        *(("ArrowUp", "at=f1.1"), ("ArrowUp", "at=f0.4"), ("Home", "at=f0.1"), ("ArrowLeft", "at=f0.1")),
        *(("End", ""), ("ArrowLeft", "at=u"), ("ArrowLeft", "at=b0.1"), ("ArrowUp", "at=b1.4")),
        *(("ArrowRight", "at=b0.4"), ("ArrowDown", "at=u"), ("ArrowRight", "")),
    ):
        press(page, key)
        expect_hash(page, moment)


@pytest.mark.exhaustive
def test_buttons_and_the_scrubber_lead_the_same_way(page: Page) -> None:
    open_explorer(page)
    for button, moment in (("start", "at=f0.1"), ("forth", "at=f1.1"), ("back", "at=f0.1"), ("end", "")):
        page.locator(f"#{button}").click()
        expect_hash(page, moment)
    drag_to(page, "scrubber", 5)
    expect_hash(page, "at=b2.1")
    drag_to(page, "scrubber", 1)
    expect_hash(page, "at=f1.1")
    box = page.locator("#track").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 18)
    page.mouse.down()
    expect_hash(page, "at=f0..")
    page.mouse.move(box["x"] + box["width"] - 40, box["y"] + 18, steps=3)
    expect_hash(page, "at=u")
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 18, steps=3)
    expect_hash(page, "at=b.+")
    page.mouse.up()
    expect(page.locator("#scrubber")).to_be_focused()


@pytest.mark.exhaustive
def test_play_starts_at_the_beginning_and_stops_when_everything_has_happened(page: Page) -> None:
    open_explorer(page, "/en/?v=1&steps=1")
    page.locator("#speed").select_option("4")
    page.evaluate(HEAR)
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false", timeout=40_000)
    expect_hash(page, "")
    expect(page.locator("#readout")).to_have_attribute("aria-live", "polite")
    heard = page.evaluate("heard")
    assert "off" in heard
    spoken = [said for said in heard if said not in {"off", "polite"}]
    assert spoken[0].startswith("forward, t = 0"), spoken
    assert any(said.startswith("backward, t = 0") for said in spoken), spoken


def test_play_pauses_where_it_is(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=f2.1")
    press(page, " ")
    page.wait_for_url(lambda url: "#at=" in url and not url.endswith("#at=f2.1"))
    press(page, " ")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
    stopped = page.locator("#scrubber").input_value()
    page.wait_for_timeout(800)  # by then it would have played on
    assert page.locator("#scrubber").input_value() == stopped


@pytest.mark.exhaustive
def test_nothing_is_drawn_before_it_happens(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=f0.1")
    forward, backward, losses = [], [], []
    for _ in range(8):
        forward.append(page.evaluate(COUNT, "forward"))
        backward.append(page.evaluate(COUNT, "backward"))
        losses.append(page.evaluate(COUNT, "loss"))
        told = page.locator("#readout").inner_text()
        press(page, "ArrowRight")
        expect(page.locator("#readout")).not_to_have_text(told)  # said when it is drawn
    assert forward[0] == 1 + 4, "an arrow, and a bar in each box that is covered"
    assert forward[:4] == sorted(set(forward[:4]))
    assert len(set(forward[3:])) == 1 or forward[4:] == [forward[4]] * 4
    assert losses == [0, 1, 2, 3, 4, 4, 4, 4], "those that are known"
    assert backward[:4] == [0, 0, 0, 0]
    assert backward[4:] == sorted(set(backward[4:]))


def test_what_has_not_happened_cannot_be_seen(page: Page) -> None:
    """In pixels: the last state's and the last prediction's boxes have one color until they are computed."""
    open_explorer(page, "/en/?v=1&theme=light#at=f3.1")
    boxes = page.evaluate(BOXES, 3)
    for seen in ((1, 1), (9, 1), (9, 3)):
        still(page)
        for clip, least in zip(boxes, seen, strict=True):
            shot = base64.b64encode(page.screenshot(clip=clip)).decode()
            colours = page.evaluate(COLOURS, shot)
            assert colours == 1 if least == 1 else colours >= least
        press(page, "ArrowDown")


def test_a_cut_is_lit_when_the_sweep_has_come_to_it(page: Page) -> None:
    open_explorer(page, "/en/?v=1&k=2#at=b2.3")
    assert page.locator("#pass-ends .cut").count() == 1
    before = page.evaluate(LIT)
    press(page, "ArrowDown")
    assert until(page, lambda: page.evaluate(LIT), lambda lit: lit != before) != before
    press(page, "ArrowDown")
    expect_hash(page, "at=b1.1")
    expect(page.locator("#readout")).to_contain_text("what comes from the future is cut off")


@pytest.mark.exhaustive
def test_a_window_is_walked_loss_by_loss_with_the_numbers_of_each_walk(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=banana&truncation=window&k=3#at=b4:4.1")
    expect(page.locator("#pass-ends .walk")).to_have_count(4)
    expect(page.locator("#readout")).to_contain_text("there is no future")
    for moment in ("b4:3.1", "b4:2.1", "b3:3.1", "b3:2.1", "b3:1.1", "b2:2.1"):
        press(page, "ArrowRight")
        expect_hash(page, f"at={moment}")
    walk = page.evaluate(
        "async () => (await fetch('/api/walk?v=1&text=banana&truncation=window&k=3&walk=2')).json()"
    )
    expect(page.locator("#readout")).to_contain_text(f"= {walk['dh_norm'][-1]:.2f}"[:5])


def test_a_tapped_node_is_the_step_that_is_played_next(page: Page) -> None:
    open_explorer(page, "/en/?v=1#at=b3.2")
    box = page.locator("#graph").bounding_box()
    assert box
    page.mouse.click(box["x"] + column(box["width"], 1), box["y"] + box["height"] - 19)
    expect_hash(page, "at=b1.2")
    press(page, "End")
    still(page)
    box = page.locator("#graph").bounding_box()
    assert box
    page.mouse.click(box["x"] + column(box["width"], 2), box["y"] + box["height"] - 22)
    expect_hash(page, "t=2")


@pytest.mark.exhaustive
def test_a_finger_plays_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_explorer(page, "/ko/?v=1")
    page.locator("#forth").tap()
    expect_hash(page, "at=f0.1")
    box = page.locator("#track").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 0.7 * box["width"], box["y"] + 18)
    expect_hash(page, "at=b.+")
    height = "document.getElementById('graph').layout.height"
    assert until(page, lambda: page.evaluate(height), lambda px: px == 252) == 252
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_exact_gradients_can_be_laid_over_the_truncated_ones(page: Page) -> None:
    open_explorer(page, "/en/?v=1&k=1")
    expect(page.locator("#legend")).not_to_contain_text("exact")
    count = "document.getElementById('graph').layout.shapes.length"
    page.locator("#more").click()
    before = page.evaluate(count)
    page.locator("#over").click()
    page.wait_for_url("**#over=1")
    expect(page.locator("#over")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#legend")).to_contain_text("exact")
    assert until(page, lambda: page.evaluate(count), lambda now: now == before + 2) == before + 2
    page.locator("#over").click()
    expect(page.locator("#over")).to_have_attribute("aria-pressed", "false")
    expect_hash(page, "")
    page.locator("#truncation").select_option("full")
    expect(page.locator("#over")).to_be_hidden()


def test_a_step_sends_shapes_alone(page: Page) -> None:
    open_explorer(page, "/en/?v=1&text=banana&steps=12#at=f0.1")
    page.evaluate(
        """() => {
          globalThis.calls = [];
          for (const name of ["react", "relayout"]) {
            const real = Plotly[name];
            Plotly[name] = (target, ...rest) => {
              calls.push(`${name} ${target.id} ${name === "relayout" ? Object.keys(rest[0]) : ""}`);
              return real(target, ...rest);
            };
          }
        }"""
    )
    press(page, *["ArrowDown"] * 3, *["ArrowRight"] * 20)
    still(page)
    calls = set(page.evaluate("calls"))
    assert "relayout graph shapes" in calls
    assert not [call for call in calls if call.startswith("react graph")]

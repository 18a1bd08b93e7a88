"""The presenter view: large, without controls, with the address, and led by a clicker."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.presets import PRESETS
from app.words import CATALOGUES
from tests.browser.axe import violations
from tests.browser.explorer import address_of, hash_of, open_explorer, query_of, until
from tests.pairwise import only

PROJECTORS = [(1024, 768), (1280, 720), (1920, 1080), (3840, 2160)]
PARTS = (
    *("#present-title", "#present-legend", ".shown", "#present-steps", "#readout"),
    *("#present-qr", "#present-address"),
)
CHROME = (".site", "#controls", "#player", "#panels", "#legend", "#switches", "#ledger")
FOX = "text=the+quick+brown+fox+jumps+over+the+lazy+dog"


def present(page: Page, path: str = "/en/?v=1#t=1&view=present", size: tuple[int, int] = (1280, 720)) -> None:
    """Open a link to the presenter view and wait for its picture."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    expect(page.locator("#graph .main-svg").first).to_be_attached()
    expect(page.locator("#present-title")).not_to_be_empty()


def test_the_key_enters_and_escape_leaves(page: Page) -> None:
    open_explorer(page)
    page.keyboard.press("f")
    expect(page.locator("#present-head")).to_be_visible()
    for part in CHROME:
        expect(page.locator(part).first).to_be_hidden()
    page.wait_for_url("**view=present**")
    page.keyboard.press("Escape")
    expect(page.locator("#present-head")).to_be_hidden()
    expect(page.locator("#player")).to_be_visible()
    page.wait_for_url(lambda url: "view" not in url)


@pytest.mark.exhaustive
def test_the_korean_keyboard_and_the_buttons_enter_too(page: Page) -> None:
    open_explorer(page, "/ko/")
    page.evaluate("""document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ㄹ', code: 'KeyF', bubbles: true }))""")
    expect(page.locator("#present-head")).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator("#present-head")).to_be_hidden()
    page.locator("header [data-present]").click()
    expect(page.locator("#present-head")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#keys").click()
    page.locator("#keys-dialog [data-present]").click()
    expect(page.locator("#keys-dialog")).to_be_hidden()
    expect(page.locator("#present-head")).to_be_visible()


@pytest.mark.exhaustive
def test_the_view_works_where_the_whole_screen_is_refused(page: Page) -> None:
    open_explorer(page)
    page.evaluate(
        "() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no')); }"
    )
    page.keyboard.press("f")
    expect(page.locator("#present-head")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#present-head")).to_be_hidden()


def test_a_link_opens_it_and_a_reload_keeps_it(page: Page) -> None:
    present(page)
    page.keyboard.press("]")
    page.wait_for_url("**k=3**")
    page.reload()
    expect(page.locator("#present-head")).to_be_visible()
    expect(page.locator("#player")).to_be_hidden()
    expect(page.locator("#present-title")).to_contain_text("blocks of 3")


@pytest.mark.exhaustive
def test_the_panels_are_drawn_when_it_is_left(page: Page) -> None:
    present(page, "/en/?v=1#open=comparison,norms&view=present")
    page.keyboard.press("]")
    page.wait_for_url("**k=3**")
    page.keyboard.press("Escape")
    expect(page.locator("#comparison table")).to_be_visible()
    expect(page.locator("#norms .main-svg").first).to_be_visible()
    expect(page.locator("#comparison-caption")).to_contain_text("7 of 10")


@only("ko", language=["ko", "en"])
def test_a_clicker_walks_through_the_presets_and_the_numbers_follow(page: Page, language: str) -> None:
    titles = [CATALOGUES[language]["presets"][name]["title"] for name in PRESETS]
    present(page, f"/{language}/?v=1#view=present&theme=dark")
    cut = CATALOGUES[language]["preview"]["blocks"].format(k=2)
    expect(page.locator("#present-title")).to_have_text(f"{titles[0]} · {cut}")
    left = {"en": "6 of 10 pairs of loss and step are kept", "ko": "쌍 10개 중 6개가 남습니다"}[language]
    expect(page.locator("#readout")).to_contain_text(left)
    expect(page.locator("#present-place")).to_have_text(f"1 / {len(PRESETS)}")
    expect(page.locator("#present-step")).to_have_text("9 / 9")  # four steps forward, four back, the update
    page.keyboard.press("PageUp")  # there is nothing before
    for i in (1, 2, 3, 4):
        page.keyboard.press("PageDown")
        expect(page.locator("#present-title b")).to_have_text(titles[i])
        expect(page.locator("#present-place")).to_have_text(f"{i + 1} / {len(PRESETS)}")
    expect(page.locator("#present-step")).to_have_text("23 / 23")  # of eleven steps
    cut = CATALOGUES[language]["preview"]["blocks"].format(k=4)
    expect(page.locator("#present-title span")).to_have_text(f" · {cut}")
    assert "theme=dark" in hash_of(page)
    page.keyboard.press("PageUp")
    expect(page.locator("#present-title b")).to_have_text(titles[3])
    page.go_back()
    expect(page.locator("#present-title b")).to_have_text(titles[4])


def test_a_clicker_steps_through_the_moments_and_at_the_last_one_to_the_next_stop(page: Page) -> None:
    present(page, "/en/?v=1#at=b0&view=present")
    expect(page.locator("#present-step")).to_have_text("8 / 9")
    expect(page.locator("#present-bars .now")).to_have_class("backward now")
    page.keyboard.press("PageUp")
    expect(page.locator("#present-step")).to_have_text("7 / 9")
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(page.locator("#present-step")).to_have_text("9 / 9")
    expect(page.locator("#readout")).to_contain_text("Update")
    page.keyboard.press("PageDown")
    expect(page.locator("#present-place")).to_have_text(f"2 / {len(PRESETS)}")
    assert "at=" not in hash_of(page)


def test_from_a_state_of_ones_own_the_talk_goes_on_where_it_was(page: Page) -> None:
    present(page)
    page.keyboard.press("PageDown")
    expect(page.locator("#present-place")).to_have_text(f"2 / {len(PRESETS)}")
    page.goto("/en/?v=1&text=banana&k=3#view=present")
    expect(page.locator("#present-title")).to_have_text("banana · blocks of 3")
    expect(page.locator("#present-place")).to_have_text(f"– / {len(PRESETS)}")
    page.keyboard.press("PageDown")
    expect(page.locator("#present-place")).to_have_text(f"1 / {len(PRESETS)}")
    page.keyboard.press("]")
    expect(page.locator("#present-place")).to_have_text(f"– / {len(PRESETS)}")
    page.keyboard.press("PageDown")
    expect(page.locator("#present-place")).to_have_text(f"2 / {len(PRESETS)}")


@pytest.mark.exhaustive
def test_page_keys_scroll_and_letters_do_nothing_outside(page: Page) -> None:
    open_explorer(page, "/en/?v=1#open=numbers,norms")
    for key in ("PageDown", "b", "."):
        page.keyboard.press(key)
    expect(page.locator("#blank")).to_be_hidden()
    assert query_of(page).get("truncation") is None
    assert until(page, lambda: page.evaluate("scrollY"), lambda y: y > 0) > 0


def test_the_screen_goes_dark_and_any_key_brings_it_back(page: Page) -> None:
    present(page)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator("#blank")).to_be_visible()
        before = address_of(page)
        page.keyboard.press("PageDown")
        expect(page.locator("#blank")).to_be_hidden()
        assert address_of(page) == before
        page.keyboard.press(key)
        expect(page.locator("#blank")).to_be_visible()
        page.mouse.click(300, 300)
        expect(page.locator("#blank")).to_be_hidden()
        expect(page.locator("#present-head")).to_be_visible()


def test_time_moves_by_arrows_and_the_address_follows_when_it_stands_still(page: Page, base_url: str) -> None:
    present(page)
    host = urlsplit(base_url).netloc
    expect(page.locator("#present-address")).to_have_text(f"{host}/en/?v=1#t=1")
    code = page.locator("#present-qr svg")
    expect(code).to_be_visible()
    before = code.inner_html()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#readout")).to_contain_text("Update")
    expect(page.locator("#present-address")).to_have_text(f"{host}/en/?v=1#at=u")
    after = until(page, code.inner_html, lambda drawn: drawn != before)  # once things stand still
    assert after != before


@pytest.mark.exhaustive
def test_space_plays_without_a_player_in_sight(page: Page) -> None:
    present(page)
    page.keyboard.press(" ")
    page.wait_for_url(re.compile("at=(f[1-9]|b|u)"))  # any of the next moments: one may pass unseen
    page.keyboard.press(" ")


@pytest.mark.exhaustive
def test_a_code_too_fine_to_be_read_is_left_away(page: Page) -> None:
    present(page, f"/en/?v=1&text={'long+' * 90}&steps=4#view=present")
    expect(page.locator("#present-address")).not_to_be_empty()
    expect(page.locator("#present-qr")).to_be_hidden()


def test_a_long_query_is_in_the_code_alone(page: Page, base_url: str) -> None:
    present(page, "/en/?v=1&text=backpropagation&k=5#view=present")
    expect(page.locator("#present-qr svg")).to_be_visible()
    expect(page.locator("#present-address")).to_have_text(urlsplit(base_url).netloc)


@only("present", view=["present", ""])
def test_the_graph_obeys_the_pointer_though_it_is_enlarged(page: Page, view: str) -> None:
    """A wall-sized window is enlarged by 1.25, the presenter view by 1.5; plotly.js knows of neither."""
    if view:
        present(page, size=(1920, 1080))
    else:
        page.set_viewport_size({"width": 1920, "height": 1080})
        open_explorer(page, "/en/?v=1#t=1")
    box = page.locator("#graph").bounding_box()
    assert box
    letters, states, scale = page.locator("#graph").evaluate(
        """graph => {
          const { xaxis: { range: [left, right] }, width } = graph.layout;
          const [states] = graph.data, letters = graph.data[1];
          return [letters.x.map((x, t) => [x, letters.y[t]]), states.y, width / (right - left)];
        }"""
    )
    assert scale == pytest.approx(1.5 if view else 1.25, abs=0.002)
    (x1, low), (x3, _) = letters[1], letters[3]
    for x, y, said in (
        (x1, (states[0] + states[1]) / 2, "h₁, unit"),
        (x1, low, "x₁ = "),
        (x3, low, "x₃ = "),
    ):
        page.mouse.move(box["x"] + scale * x, box["y"] + scale * y)
        expect(page.locator("#readout")).to_contain_text(said)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**t=3**")


@only(
    *("lstm-1024x768-ko", "tbptt-1280x720-en", "long-1920x1080-ko"),
    state={
        "hello": "v=1#t=1",
        "lstm": f"v=1&{FOX}&steps=40&cell=lstm#t=20",
        "tbptt": f"v=1&{FOX}&truncation=tbptt&k=8&k1=4#t=39",
        "long": f"v=1&{FOX}&steps=1000&k=10#t=500",
        "played": "v=1#at=b1.3",
    },
    size=PROJECTORS,
    language=["ko", "en"],
)
def test_nothing_is_clipped_and_nothing_lies_on_anything_else(
    page: Page, size: tuple[int, int], language: str, state: str
) -> None:
    present(page, f"/{language}/?{state}&view=present", size)
    expect(page.locator("#present-address")).not_to_be_empty()
    boxes = {}
    for part in PARTS:
        box = page.locator(part).bounding_box()
        assert box, part
        boxes[part] = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    for part, (left, top, right, bottom) in boxes.items():
        assert left >= -0.5, part
        assert top >= -0.5, part
        assert right <= size[0] + 0.5, part
        assert bottom <= size[1] + 0.5, part
        for other, (its_left, its_top, its_right, its_bottom) in boxes.items():
            apart = left >= its_right or its_left >= right or top >= its_bottom - 1 or its_top >= bottom - 1
            assert other == part or apart, (part, other)
    cut = "name => { const e = document.querySelector(name); return e.scrollHeight - e.clientHeight }"
    for part in ("#readout", "#present-title"):
        assert page.evaluate(cut, part) <= 3 * size[1] / 768, part  # but for the descenders of a last line
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    above = boxes["#readout"][1] + 1
    graph = until(
        page,
        lambda: page.locator("#graph .main-svg").first.bounding_box(),
        lambda box: (
            box is not None and box["y"] + box["height"] <= above
        ),  # the picture takes its room a frame later
    )
    assert graph
    assert graph["y"] + graph["height"] <= above
    assert graph["height"] > 0.5 * size[1]


SIZES_OF_LETTERS = {  # px of a screen of 720 lines: letters, losses, norms, row words
    "text=backprop&k=3": (28, 20, 21, 17),
    "text=backpropagation&k=5": (26, 17, 18.5, 17),
}


@pytest.mark.exhaustive
@only(
    *("text=backprop&k=3-1280x720", "text=backpropagation&k=5-1920x1080"),
    state=list(SIZES_OF_LETTERS),
    size=PROJECTORS[1:],
)
def test_letters_grow_with_the_height_of_the_screen(page: Page, size: tuple[int, int], state: str) -> None:
    present(page, f"/en/?v=1&{state}#view=present", size)
    expect(page.locator("#present-qr svg")).to_be_visible()
    unit = size[1] / 720
    letters, losses, norms, words = SIZES_OF_LETTERS[state]
    fonts = page.locator("#graph").evaluate(
        """graph => ({
          traces: graph.data.filter(({ mode }) => mode === "text").map((it) => [it.text, it.textfont.size]),
          labels: graph.layout.shapes.filter(({ label }) => label?.text)
            .map(({ label }) => [label.text, label.font.size]),
        })"""
    )
    sizes: dict[str, float] = {}
    for texts, size_or_sizes in fonts["traces"]:
        for text, letter in zip_sizes(texts, size_or_sizes):
            sizes.setdefault(text, letter)  # the inputs come before the predictions
    labels = dict(fonts["labels"])
    assert sizes["b"] == pytest.approx(letters * unit)
    loss = {"text=backprop&k=3": "2.75", "text=backpropagation&k=5": "2.63"}[state]
    assert sizes[loss] == pytest.approx(losses * unit)
    norm = {"text=backprop&k=3": "0.095", "text=backpropagation&k=5": "0.032"}[state]
    assert labels[norm] == pytest.approx(norms * unit, rel=0.02)
    css = {
        "#present-title": 34,
        "#readout": 26,
        "#present-address": 17.5,
        "#present-step": 17,
        ".gutter div:not(.reach)": words,
    }
    for part, most in css.items():
        size_of = "it => parseFloat(getComputedStyle(it).fontSize)"
        assert page.locator(part).first.evaluate(size_of) == pytest.approx(most * unit), part
    code = page.locator("#present-qr").bounding_box()
    assert code
    assert code["height"] == pytest.approx(92 * unit, abs=1)
    head, foot = page.locator("#present-head").bounding_box(), page.locator(".foot").bounding_box()
    assert head
    assert foot
    assert (head["height"], foot["height"]) == pytest.approx((70 * unit, 128 * unit), abs=1)


def zip_sizes(texts: list[str], sizes: float | list[float]) -> list[tuple[str, float]]:
    """Each text with its size; plotly.js keeps one size for all where they are equal."""
    return list(zip(texts, sizes if isinstance(sizes, list) else [sizes] * len(texts), strict=True))


@pytest.mark.exhaustive
def test_what_plays_has_pills_on_both_arrows_and_both_numbers(page: Page) -> None:
    present(page, "/en/?v=1&text=backprop&k=3#at=b5.1&view=present")
    expect(page.locator("#present-step")).to_have_text("9 / 15")
    expect(page.locator("#playhead")).to_be_hidden()
    labels, lit = page.locator("#graph").evaluate(
        """graph => [
          graph.layout.shapes.filter((it) => it.label?.text).map((it) => it.label.text),
          graph.layout.shapes.filter((it) => it.opacity === 0.42 && it.path?.length > 20)
            .map((it) => it.path.split("M").length - 1),
        ]"""
    )
    assert {"0.14", "0.058"} <= set(labels)  # of its own loss, and what the future would have brought
    assert lit == [3]  # loss → prediction → state, and the cut edge from the future
    assert "+0.71" in labels  # states that no gradient has reached keep their numbers


@only("True", touch=[True, False])
def test_on_a_phone_fingers_find_a_way_out_and_on(open_page: Callable[..., Page], touch: bool) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=touch, is_mobile=touch)
    page.goto("/ko/?v=1#t=1&view=present")
    expect(page.locator("#present-title")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("#present-leave", "#present-next"):
        box = page.locator(name).bounding_box()
        assert box
        assert (min(box["width"], box["height"]) >= 44) == touch
    if touch:
        page.locator("#present-next").click()
        expect(page.locator("#present-place")).to_have_text(f"2 / {len(PRESETS)}")
        page.locator("#present-leave").click()
    else:
        page.locator("#present-leave").focus()
        page.keyboard.press("Enter")
    expect(page.locator("#present-head")).to_be_hidden()


@pytest.mark.exhaustive
@only("390-ko-dark", width=[390, 1280], language=["ko", "en"], theme=["light", "dark"])
def test_axe_has_nothing_to_complain_about(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = open_page(viewport=size, color_scheme=theme)
    present(page, f"/{language}/?v=1#t=1&view=present", (width, 800))
    expect(page.locator("#present-qr svg")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#defaults").evaluate("() => document.querySelector('[data-presets]').click()")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("path", "title", "picture", "covered"),
    [
        (
            "/ko/training?v=1&text=banana&k=3#at=1.0.4",
            "banana · 3스텝씩 블록",
            "#film-strip svg",
            ("#views", "#film-player", "#film-caption"),
        ),
        (
            "/en/ab?v=1&text=backprop&k=3&b=text%3Dbackprop%26truncation%3Dfull",
            "A | B · Truncation",
            "#graph-b .main-svg",
            (".between", ".comparison-page > .panel"),
        ),
        (
            "/ko/graph?v=1#at=b1",
            "곱과 차 · 역전파 1번째 노드",
            "#node-svg svg",
            (".graph-foot", "#table"),
        ),
    ],
    ids=["training", "compare", "graph"],
)
def test_other_labs_and_two_links_are_shown_on_the_wall_too(
    page: Page, path: str, title: str, picture: str, covered: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{path}{'&' if '#' in path else '#'}view=present")
    expect(page.locator(picture).first).to_be_visible()
    expect(page.locator("#present-title")).to_contain_text(title)
    for part in ("header.site", "#controls", *covered):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("#present-qr svg")).to_be_visible()
    assert violations(page) == []
    last = page.locator("#film-said, #graph-b, #graph-finding").last

    def bottom() -> float:
        box = last.bounding_box()
        return box["y"] + box["height"] if box else 0

    assert (
        600 < until(page, bottom, lambda y: 600 < y <= 720) <= 720
    )  # both pictures, or the film and its sentence
    size = page.locator("#present-title").evaluate("it => getComputedStyle(it).fontSize")
    page.set_viewport_size({"width": 1920, "height": 1080})
    grown = page.locator("#present-title")
    assert (
        until(page, lambda: grown.evaluate("it => getComputedStyle(it).fontSize"), lambda it: it != size)
        == "51px"
    )
    if "training" in path:
        said = page.locator("#film-said").inner_text()
        page.keyboard.press("PageDown")  # a beat of the film
        expect(page.locator("#film-said")).not_to_have_text(said)
        page.wait_for_url("**at=1.0.5**")
        page.keyboard.press("PageUp")
        expect(page.locator("#film-said")).to_have_text(said)
    if "graph" in path:
        page.keyboard.press("PageDown")  # the next node
        page.wait_for_url("**at=b2**")
        page.keyboard.press("PageDown")  # the step downhill
        page.wait_for_url("**at=u1**")
        page.keyboard.press("PageDown")  # the next example
        page.wait_for_url("**preset=layers**view=present**")
        expect(page.locator("#present-title")).to_have_text("두 층")
        page.keyboard.press("PageUp")
    page.keyboard.press(".")
    expect(page.locator("#blank")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.locator("#present-head")).to_be_hidden()
    expect(page.locator(covered[0]).first).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator("#present-head")).to_be_visible()


def test_a_bundled_text_is_named_on_the_wall_by_its_title(page: Page) -> None:
    page.goto("/en/training?v=1&text=@river-en&k=10&lanes=2&hidden=4&budget=200&seeds=1#view=present")
    expect(page.locator("#present-title")).to_have_text("The river (English text) · blocks of 10")

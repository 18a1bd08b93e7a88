"""The first picture: how little it needs, what works before plotly.js is here, and the handover to it."""

import base64
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.explorer import column, hash_of, query_of, still, wait_for_picture
from tests.pairwise import first
from tests.server import serving

PLOTLY = "**/plotly.min.js"
EARLY = "#graph > .svg-figure"
PHONE, WIDE = (390, 844), (1280, 720)

DIFFERENT = """async ([before, after]) => {
  const pixels = async (png) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${png}` });
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(before), await pixels(after)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  const [one, other] = [a, b].map(({ data }) => new Uint32Array(data.buffer));
  return one.filter((pixel, i) => pixel !== other[i]).length / one.length;
}"""


@contextmanager
def without_plotly(page: Page) -> Iterator[Callable[[], None]]:
    """Hold plotly.js back until what is given is called."""
    held: list[Route] = []
    page.route(PLOTLY, lambda route: held.append(route))

    def let_come() -> None:
        while held:
            held.pop().continue_()
        page.unroute(PLOTLY)

    yield let_come
    let_come()


@pytest.mark.fresh_context
@first(1, ["path"], [["/en/?text=banana&k=3"], ["/en/training?k=3"], ["/en/ab?k=3"], ["/en/graph"]])
def test_a_page_that_has_not_read_its_link_shows_no_values(
    new_context: Callable[..., BrowserContext], path: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(path)
    for field in page.locator("#controls > .control :is(input, select, output)").all():
        expect(field).to_be_hidden()


@pytest.mark.fresh_context
def test_before_plotly_is_here_everything_that_a_reader_does_first_works(page: Page) -> None:
    with without_plotly(page) as let_come:
        page.goto("/en/?v=1&text=banana&k=3")
        picture = page.locator(EARLY)
        expect(picture).to_be_visible()
        expect(page.locator("#text")).to_have_value("banana")

        def letter(t: int, T: int = 5) -> tuple[float, float]:
            place = page.locator("#graph").bounding_box()
            assert place
            return place["x"] + column(place["width"], t, T), place["y"] + place["height"] - 22

        still(page)
        page.mouse.move(*letter(0))
        expect(page.locator("#readout")).to_contain_text("x₀")
        page.mouse.click(*letter(2))
        expect(page).to_have_url(re.compile("#t=2"))
        page.locator("#scroll").press("ArrowRight")
        expect(page).to_have_url(re.compile("#at=|#t="))
        page.keyboard.press("]")
        expect(page.locator("#note-k")).to_contain_text("2 blocks")
        assert query_of(page)["k"] == "4"
        page.locator("#text").fill("bandana")
        expect(page.locator(f"{EARLY} text", has_text=re.compile("^d$")).first).to_be_visible()
        page.locator("#play").click()
        before = hash_of(page)
        expect(page).not_to_have_url(re.compile(f"{re.escape(before)}$"))
        page.locator("#play").click()
        page.locator("#share").click()
        expect(page.locator("#share-link")).to_have_value(re.compile("text=bandana"))
        page.keyboard.press("Escape")
        expect(page.locator("#graph .main-svg")).to_have_count(0)
        let_come()
        expect(page.locator("#graph .main-svg").first).to_be_visible()
        expect(picture).to_have_count(0)
        page.mouse.move(*letter(0, T=6))
        expect(page.locator("#readout")).to_contain_text("x₀")


@pytest.mark.fresh_context
def test_a_comparison_is_drawn_and_read_before_plotly_is_here(page: Page) -> None:
    with without_plotly(page) as let_come:
        page.goto("/en/ab?v=1&text=banana&b=text%3Dbandana")
        for side in "ab":
            expect(page.locator(f"#graph-{side} > .svg-figure")).to_be_visible()
        expect(page.locator("#readout-a")).to_contain_text("t = 1")
        still(page)
        letters = page.locator("#graph-a > .svg-figure text", has_text=re.compile("^b$")).all()
        boxes = [box for letter in letters if (box := letter.bounding_box())]
        place = max(boxes, key=lambda box: box["y"])  # the input is the lowest
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        expect(page.locator("#readout-a")).to_contain_text("x₀")
        page.locator("#time").press("ArrowRight")
        expect(page).to_have_url(re.compile("#t=2"))
        let_come()
        for name in ("graph-a", "graph-b", "norms-a", "norms-b"):
            expect(page.locator(f"#{name} .main-svg").first).to_be_visible()
        expect(page.locator(".svg-figure")).to_have_count(0)


@pytest.mark.exhaustive
@pytest.mark.fresh_context
def test_the_film_is_drawn_before_plotly_is_here_and_the_curves_then(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with without_plotly(page) as let_come:
        page.goto("/en/training?text=banana&budget=300&seeds=1")
        expect(page.locator("#film-strip svg").first).to_be_visible()
        expect(page.locator("#film-said")).not_to_be_empty()
        expect(page.locator("#race .main-svg")).to_have_count(0)
        page.locator("#film-back").click()
        expect(page).to_have_url(re.compile("#at="))
        page.locator("#tab-race").click()
        expect(page.locator("#race-finding")).not_to_be_empty()
        let_come()
        expect(page.locator("#race .main-svg").first).to_be_visible()
    names = [url.rsplit("/", 1)[-1].partition("?")[0] for url in asked]
    assert names.index("film") < names.index("plotly.min.js")
    assert names.count("film") == 1  # the preload is used


@pytest.mark.exhaustive
@pytest.mark.fresh_context
def test_a_picture_that_plays_is_handed_over_once_it_rests(page: Page) -> None:
    with without_plotly(page) as let_come:
        page.goto("/en/?v=1&text=banana#open=norms")
        expect(page.locator(EARLY)).to_be_visible()
        page.locator("#play").click()
        with page.expect_response(PLOTLY):
            let_come()
        expect(page.locator("#norms .main-svg").first).to_be_visible()  # plotly.js is here
        expect(page.locator(EARLY)).to_be_visible()
        page.locator("#play").click()
        expect(page.locator("#graph .main-svg").first).to_be_visible()


@pytest.mark.fresh_context
def test_what_comes_later_is_asked_for_again_with_a_word(page: Page, tolerated: list[str]) -> None:
    tolerated.append("ERR_FAILED")
    asked: list[str] = []

    def lose_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/words/*.json", lose_once)
    page.goto("/en/?v=1")
    expect(page.locator("#notices")).to_contain_text("The server cannot be reached")
    expect(page.locator("#graph svg").first).to_be_visible()
    expect(page.locator("#card-comparison")).to_be_visible()
    expect(page.locator("#notices")).to_be_empty()
    assert len(asked) == 2


def states() -> Iterator[object]:
    """Sizes, themes and states; one of them in every run, the others with the exhaustive tests."""
    links = ["?v=1", "?v=1&text=banana+bandana&k=3", "?v=1&steps=40", "?v=1&steps=200#t=120", "?v=1#at=b2.2"]
    more = [
        "?v=1&unit=number#veil=y",
        "?v=1&steps=40#at=b20.2",
        "?v=1&truncation=window#only=back",
        "?v=1#s=3",
    ]
    for size, theme, link in itertools.product((WIDE, PHONE), ("light", "dark"), (*links, *more)):
        first = (size, theme, link) == (WIDE, "light", links[1])
        yield pytest.param(size, theme, link, marks=() if first else pytest.mark.exhaustive)


@pytest.mark.fresh_context
@pytest.mark.parametrize(("size", "theme", "link"), [*states()])
def test_nothing_moves_when_plotly_takes_the_picture_over(
    new_context: Callable[..., BrowserContext], size: tuple[int, int], theme: str, link: str
) -> None:
    context = new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    page, judge = context.new_page(), context.new_page()
    with without_plotly(page) as let_come:
        page.goto(f"/ko/{link}{'&' if '#' in link else '#'}open=comparison,norms")
        expect(page.locator(EARLY)).to_be_visible()
        expect(page.locator("#comparison table")).to_be_visible()
        wait_for_fonts(page)
        still(page)
        early, height = picture_of(page)
        let_come()
        wait_for_picture(page)
        expect(page.locator("#norms .main-svg").first).to_be_visible()
        still(page)
        late, height_then = picture_of(page)
    judge.goto("/healthz")
    assert judge.evaluate(DIFFERENT, [early, late]) <= 0.005
    assert height == height_then


FONTS = {"text.woff2": 29_000, "math.woff2": 7_500}  # bytes at most


def wait_for_fonts(page: Page) -> None:
    expect(page.locator("head > link[href$='/fonts.css']")).to_be_attached()
    fonts = ['1em "BPTT Text"', 'italic 1em "BPTT Math"']
    page.evaluate("(fonts) => Promise.all(fonts.map((font) => document.fonts.load(font)))", fonts)


LOADED_FONTS = """() => Object.fromEntries(performance.getEntriesByType("resource")
  .filter(({ name }) => name.endsWith(".woff2"))
  .map(({ name, encodedBodySize }) => [name.split("/").at(-1), encodedBodySize]))"""


@pytest.mark.fresh_context
def test_fonts_are_asked_for_after_the_first_picture_and_are_small(page: Page) -> None:
    with page.expect_request("**/fonts.css"):
        page.goto("/en/?v=1")
    assert page.locator("#graph svg").first.is_visible()
    wait_for_fonts(page)
    sizes = page.evaluate(LOADED_FONTS)
    assert sizes.keys() == FONTS.keys()
    assert all(0 < sizes[name] <= most for name, most in FONTS.items()), sizes


def picture_of(page: Page) -> tuple[str, int]:
    """The picture as a PNG, and the height of the page."""
    png = page.locator("#scroll").screenshot()
    return base64.b64encode(png).decode(), page.evaluate("document.documentElement.scrollHeight")


@pytest.mark.fresh_context
@pytest.mark.parametrize(("coding", "most"), [("br", 90_000), ("gzip", 100_000)])
def test_the_first_picture_needs_few_bytes_and_none_of_plotly(
    page: Page, packed: str, tolerated: list[str], coding: str, most: int
) -> None:
    tolerated.append(packed)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    sizes: dict[str, int] = {}

    def count(route: Route) -> None:
        response = route.fetch(headers={**route.request.headers, "accept-encoding": coding})
        sizes[route.request.url] = int(response.headers.get("content-length", 0))
        route.fulfill(response=response)

    def hold(route: Route) -> None:
        sizes[route.request.url] = 0  # asked for after the picture

    page.route("**/*", count)
    later = re.compile(
        r"/(later-\w+|plotly[\w.]*|fonts|share|dialogs|qr-code|formats|credit|ledger-charts|words/\w+)\.(js|css|json)"
    )
    page.route(later, hold)
    page.goto(f"{packed}/ko/?v=1&text=banana%20bandana&k=3")
    expect(page.locator(EARLY)).to_be_visible()
    expect(page.locator("#readout")).not_to_be_empty()
    assert sum(sizes.values()) <= most, sizes


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the bundle as `make run` serves it."""
    from tests import project

    copy = project.bundled(tmp_path_factory.mktemp("packed") / "copy", compressed=True)
    with serving(copy / "log", cwd=copy) as address:
        yield address

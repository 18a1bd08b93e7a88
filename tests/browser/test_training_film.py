"""The training lab's page and its film strip, as a lecturer drives them."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.explorer import drag_to, hash_of, query_of, shared_link, still
from tests.pairwise import first, only

LONG = {"text": "ab" * 100 + "a", "k": 2, "seeds": 1}  # a hundred blocks
SAID = {
    "en": {
        "forward": "Block 1 forward, t = 0",
        "cut": "Nothing leaves the block",
        "update": "update: W₂ = W₁",
    },
    "ko": {
        "forward": "블록 1 순전파, t = 0",
        "cut": "블록 밖으로는 나가지 않습니다",
        "update": "갱신: W₂ = W₁",
    },
}


def open_film(page: Page, language: str = "en", query: dict[str, object] | None = None, at: str = "") -> None:
    page.goto(f"/{language}/training?{urlencode({'v': 1, **(query or {})})}{at and f'#at={at}'}")
    expect(page.locator("#film-strip svg")).to_be_visible(timeout=20_000)


def is_at(page: Page, place: str) -> None:
    expect(page).to_have_url(re.compile(rf"#at={re.escape(place)}$"))


def faint(page: Page) -> int:
    """How many beats of the strip have not been played."""
    return page.locator("#film-beats .later").count()


@only("en", language=["ko", "en"])
def test_the_strip_is_played_forward_backward_and_through_the_update(page: Page, language: str) -> None:
    open_film(page, language)
    said = page.locator("#film-said")
    expect(said).to_contain_text("10/10")
    assert faint(page) == 0
    word, knob = page.locator("#film-beats .now").evaluate(
        """beat => {
            const word = document.createRange(), knob = getComputedStyle(beat, "::after");
            word.selectNodeContents(beat);
            const left = beat.getBoundingClientRect().right - parseFloat(knob.right) - parseFloat(knob.width);
            return [word.getBoundingClientRect().right, left];
        }"""
    )
    assert word < knob
    page.keyboard.press("Home")
    is_at(page, "1.0.0")
    expect(said).to_contain_text(f"1/10 {SAID[language]['forward']}")
    assert faint(page) == 9
    for beat in ("1.0.1", "1.0.2", "1.0.3", "1.0.4", "1.1.0", "1.1.1", "1.1.2", "1.1.3"):
        page.keyboard.press("ArrowRight")
        is_at(page, beat)
    expect(said).to_contain_text(SAID[language]["cut"])
    assert faint(page) == 1
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(SAID[language]["update"])
    page.keyboard.press("ArrowRight")  # there is no more
    is_at(page, "1.1.4")
    page.keyboard.press("ArrowLeft")
    is_at(page, "1.1.3")


def test_what_is_not_yet_computed_is_dotted_in_its_place(page: Page) -> None:
    open_film(page, at="1.0.1")
    box = page.locator("#film-strip svg").bounding_box()
    state = page.locator("#film-strip [data-from='5']:not(.pending)").first
    unknown = page.locator("#film-strip [data-from='5'].pending .unknown")
    expect(state).to_have_css("visibility", "hidden")
    expect(unknown).to_have_css("visibility", "visible")
    page.keyboard.press("End")
    expect(page.locator("#film-strip .later")).to_have_count(0)
    expect(state).to_have_css("visibility", "visible")
    expect(unknown).to_have_css("visibility", "hidden")
    assert page.locator("#film-strip svg").bounding_box() == box


def test_shift_moves_by_blocks_and_the_scrubber_by_beats(page: Page) -> None:
    open_film(page, at="1.0.2")
    page.keyboard.press("Shift+ArrowRight")
    is_at(page, "1.1.2")
    page.keyboard.press("Shift+ArrowLeft")
    is_at(page, "1.0.2")
    page.locator("#film-scrubber").focus()
    page.keyboard.press("ArrowRight")
    is_at(page, "1.0.3")
    page.keyboard.press("End")
    is_at(page, "1.1.4")


def test_a_link_opens_the_very_moment_and_back_returns(page: Page) -> None:
    open_film(page, "ko", at="3.1.2")
    said = page.locator("#film-said").inner_text()
    assert said.startswith("8/10")
    expect(page.locator("#film-pass")).to_have_value("3")
    expect(page.locator("#film-strip")).to_contain_text("W5")
    page.reload()
    expect(page.locator("#film-said")).to_have_text(said)
    drag_to(page, "k", 4)
    expect(page.locator("#film-said")).to_contain_text("9/9")
    assert query_of(page)["k"] == "4"
    page.go_back()
    expect(page.locator("#film-said")).to_have_text(said)


@pytest.mark.exhaustive
def test_it_plays_by_itself_and_stops_at_the_end(page: Page) -> None:
    open_film(page, query={"text": "ab", "k": 1})
    page.locator("#film-speed").select_option("4")
    page.locator("#film-speed").blur()
    page.keyboard.press("Space")
    expect(page.locator("#film-play")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#film-said")).to_contain_text("3/3")
    expect(page.locator("#film-play")).to_have_attribute("aria-pressed", "false")


def test_other_passes_are_picked(page: Page) -> None:
    open_film(page)
    expect(page.locator("#film-pass-back")).to_be_disabled()
    page.locator("#film-pass-forth").click()
    is_at(page, "2.1.4")
    expect(page.locator("#film-strip")).to_contain_text("W3")
    page.locator("#film-pass").fill("20")
    page.locator("#film-pass").press("Enter")
    expect(page.locator("#film-strip")).to_contain_text("W39")
    expect(page.locator("#film-pass-forth")).to_be_disabled()


@pytest.mark.exhaustive
def test_a_long_pass_is_shown_in_a_window_with_an_overview(page: Page) -> None:
    open_film(page, query=LONG)
    expect(page.locator("#film-overview")).to_be_visible()
    panels = page.locator("#film-strip .panel")
    expect(panels).to_have_count(5)
    page.keyboard.press("End")
    is_at(page, "1.99.4")
    expect(page.locator("#film-strip")).to_contain_text("block 100")
    expect(panels).to_have_count(5)
    blocks = page.locator("#film-blocks")
    expect(blocks).to_have_value("99")
    blocks.evaluate(
        "slider => { slider.value = 40; slider.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    expect(page.locator("#film-strip")).to_contain_text("block 41")
    page.keyboard.press("Shift+ArrowRight")
    is_at(page, "1.41.4")
    page.reload()
    expect(page.locator("#film-strip")).to_contain_text("block 42")


@pytest.mark.exhaustive
def test_learning_rate_0_drifts_nowhere(page: Page) -> None:
    open_film(page, query={"lr": 0})
    drift = page.locator("#film-strip .drift")
    assert set(drift.all_text_contents()) == {"drift 0"}
    expect(page.locator("#film-caption")).to_contain_text("exactly 0")


def test_the_numbers_are_there_as_a_table(page: Page) -> None:
    open_film(page)
    page.locator("#film-numbers summary").click()
    rows = page.locator("#film-table tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(2)).to_contain_text("the carried state")


def test_a_run_can_be_cancelled_and_run_again(page: Page) -> None:
    heavy = {"text": "@river-en", "k": 10, "hidden": 32, "budget": 15000, "seeds": 3, "contest": "1,10"}
    open_film(page, query=heavy)
    page.locator("#tab-race").click()
    expect(page.locator("#run-words")).to_contain_text("%", timeout=20_000)
    expect(page.locator("#race-finding")).to_have_text("No verdict before the end")
    page.locator("#run-cancel").click()
    expect(page.locator("#run-words")).to_contain_text("Stopped")
    page.locator("#run-again").click()
    expect(page.locator("#run-cancel")).to_be_visible()
    expect(page.locator("#race-finding")).to_have_text("No verdict before the end")
    page.goto("/en/training")
    expect(page.locator("#run-words")).to_have_text("Run finished", timeout=20_000)
    expect(page.locator("#contest")).to_have_attribute("placeholder", "1,2,full")


@pytest.mark.fresh_context
@pytest.mark.exhaustive
def test_a_busy_server_is_asked_again(page: Page, tolerated: list[str]) -> None:
    tolerated.append("503")
    asked = []

    def busy_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            return route.fulfill(status=503, headers={"Retry-After": "2"})
        return route.continue_()

    page.route("**/training/events*", busy_once)
    page.goto("/en/training?v=1")
    expect(page.locator("#notices")).to_contain_text("The server is busy")
    expect(page.locator("#run-words")).to_have_text("Run finished", timeout=20_000)
    expect(page.locator("#notices")).to_be_empty()
    assert len(asked) == 2


@pytest.mark.exhaustive
@pytest.mark.fresh_context
def test_a_lost_line_is_taken_up_where_it_broke(page: Page, tolerated: list[str]) -> None:
    tolerated += ["ERR_", "Failed to load"]
    asked: list[dict[str, str]] = []

    def cut_once(route: Route) -> None:
        asked.append(route.request.headers)
        if len(asked) > 1:
            return route.continue_()
        body = 'id: 7\nevent: progress\ndata: {"done": 0.5, "left": 1}\n\n'
        return route.fulfill(status=200, headers={"Content-Type": "text/event-stream"}, body=body)

    page.route("**/training/events*", cut_once)
    open_film(page)
    expect(page.locator("#run-words")).to_have_text("Run finished", timeout=20_000)
    assert [headers.get("last-event-id") for headers in asked] == [None, "7"]


def test_a_link_that_cannot_be_run_shows_the_default_and_says_so(page: Page, tolerated: list[str]) -> None:
    tolerated.append("422")
    page.goto("/en/training?v=1&contest=abc")
    expect(page.locator("#notices")).to_contain_text("abc")
    expect(page.locator("#film-strip svg")).to_be_visible()
    expect(page).not_to_have_url(re.compile("contest="))


@pytest.mark.parametrize(("task", "shown"), [("recall", False), ("text", True)])
def test_only_a_text_has_a_film(page: Page, task: str, shown: bool) -> None:
    page.goto(f"/en/training?v=1&task={task}&budget=20&k=5&contest=5&seeds=1")
    expect(page.locator("#run-words")).to_have_text("Run finished", timeout=20_000)
    expect(page.locator("#film")).to_be_visible(visible=shown)


@pytest.mark.exhaustive
def test_presets_open_runs_in_the_page(page: Page) -> None:
    open_film(page)
    page.locator("header [data-presets]").click()
    page.locator("[data-preset=video]").click()
    expect(page.locator("#film-strip .panel")).to_have_count(5)
    assert query_of(page)["k"] == "4"
    assert hash_of(page) == "minutes=1"


@only("ko", language=["ko", "en"])
def test_the_link_says_the_moment_and_hides_parts(page: Page, language: str) -> None:
    open_film(page, language, at="1.1.2")
    page.locator("#share").click()
    expect(page.locator("#share-place")).to_contain_text("8/10")
    assert shared_link(page).endswith(f"/{language}/training?v=1#at=1.1.2")
    page.locator("[name=share-parts][value=hide]").check()
    page.locator("[name=share-chip][value=race]").check()
    link = shared_link(page)
    page.goto(link)
    expect(page.locator("#film-strip svg")).to_be_visible(timeout=20_000)
    expect(page.locator("#race")).to_be_hidden()


@pytest.mark.exhaustive
def test_the_labs_lead_to_each_other_on_a_phone_too(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_film(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".labs-button").click()
    expect(page.locator("#labs [aria-current=page]")).to_have_text("Training")
    page.locator("#labs a").first.click()
    expect(page).to_have_url(re.compile(r"/en/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.exhaustive
@only("ko-1280-dark", language=["en", "ko"], width=[390, 1280], theme=["light", "dark"])
def test_axe_has_nothing_to_complain_about(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = open_page(viewport=size, color_scheme=theme)
    for query in ({}, LONG):
        open_film(page, language, query)
        expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=20_000)
        page.locator("#film-numbers summary").click()
        still(page)
        assert violations(page) == []


@pytest.mark.exhaustive
def test_the_lab_stands_in_a_frame_of_another_page_and_opens_in_full(page: Page, base_url: str) -> None:
    open_film(page, at="1.1.2")
    page.locator("#share").click()
    page.get_by_text("Embed in a page").click()
    source = re.search(r'src="(.*?)"', page.locator("#frame-code").input_value())
    assert source
    assert source[1] == f"{base_url}/embed/en/training?v=1#at=1.1.2"
    page.goto(source[1])
    expect(page.locator("#film-strip svg")).to_be_visible(timeout=20_000)
    expect(page.locator("#film-said")).to_contain_text("8/10")
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("#full")).to_have_attribute("href", "/en/training?v=1#at=1.1.2")


@pytest.mark.exhaustive
def test_a_moment_that_is_not_there_is_the_nearest_one(page: Page) -> None:
    open_film(page, at="999999.9999.9999")
    is_at(page, "20.1.4")


@pytest.mark.exhaustive
def test_the_weights_stand_above_the_player_whatever_came_meanwhile(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    for _ in range(2):  # computed, and from what is kept
        open_film(page, query={"text": "hello world", "k": 3}, at="2.1.3")
        expect(page.locator("#run")).to_have_attribute("data-state", "done", timeout=20_000)
        expect(page.locator("#film-said")).to_contain_text("11/24")
        still(page)
        player = page.locator("#film-player").bounding_box()
        weights = page.locator("#film-strip #weights").bounding_box()
        assert player
        assert weights
        assert weights["y"] + weights["height"] <= player["y"]


@first(
    3,
    ("link", "view"),
    [
        ("#at=1.0.1&it=0.1", "film"),
        ("#look=missed", "lanes-panel"),
        ("#at=1.0.1&open=race", "race"),
        ("", "film"),
        ("#at=1.0.1", "film"),
        ("#it=0.1", "lanes-panel"),
        ("#update=3", "race"),
        ("#panel=gradients", "race"),
        ("#panel=numbers", "film"),
        ("#hide=film", "lanes-panel"),
        ("#show=race", "race"),
        ("&task=recall&budget=20&k=5&contest=5&seeds=1#at=1.0.1", "race"),
    ],
)
def test_a_link_opens_the_view_that_it_is_about(page: Page, link: str, view: str) -> None:
    page.goto(f"/en/training?v=1{link}")
    expect(page.locator(f"#{view}")).to_be_visible(timeout=20_000)
    for other in {"film", "lanes-panel", "race"} - {view}:
        expect(page.locator(f"#{other}")).to_be_hidden()
    expect(page.locator("#views [aria-selected=true]")).to_have_attribute("aria-controls", view)


def test_tabs_lead_to_the_views_with_a_finding_each(page: Page) -> None:
    open_film(page)
    tabs = page.locator("#views [role=tab]")
    expect(page.locator("#finding-film")).to_have_text(re.compile(r"^h₁ passes, 0\.28 is cut$"))
    expect(page.locator("#finding-lanes")).to_have_text("1 lane")
    expect(page.locator("#finding-race")).not_to_be_empty(timeout=20_000)
    expect(page.locator("#film-strip")).to_contain_text("0.28")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#lanes-picture svg")).to_be_visible()
    page.wait_for_url(re.compile("#open=lanes$"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#race-curves .main-svg").first).to_be_visible(timeout=20_000)
    page.wait_for_url(re.compile("#open=race$"))
    page.reload()
    expect(page.locator("#race-curves .main-svg").first).to_be_visible(timeout=20_000)


@pytest.mark.exhaustive
def test_in_a_frame_the_views_stay_below_each_other(page: Page) -> None:
    page.goto("/embed/en/training?v=1")
    for view in ("film", "lanes-panel", "race"):
        expect(page.locator(f"#{view}")).to_be_visible(timeout=20_000)
    expect(page.locator("#views")).to_be_hidden()
    page.goto("/embed/en/training?v=1#open=lanes")
    expect(page.locator("#lanes-panel")).to_be_visible(timeout=20_000)
    expect(page.locator("#film")).to_be_hidden()


@pytest.mark.exhaustive
def test_every_view_fits_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    for view, foot in (("film", "#film-player"), ("lanes", ".lanes-foot"), ("race", "#race-foot")):
        page.goto("about:blank")
        page.goto(f"/en/training?v=1#open={view}")
        expect(page.locator(foot)).to_be_visible(timeout=20_000)
        expect(page.locator("#finding-race")).not_to_be_empty(timeout=20_000)
        still(page)
        box = page.locator(foot).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 721, view


def test_cuts_of_one_s_own_stand_in_the_bar_in_place_of_k(page: Page) -> None:
    open_film(page, query={"text": "time flows back", "cuts": "2,5,9"})
    expect(page.locator("#note-k")).to_have_text("cut at t = 2, 5, 9")
    expect(page.locator("#note-k")).to_be_visible()
    for gone in ("#k", "label[for=k]"):
        expect(page.locator(gone)).to_be_hidden()
    page.locator("#share").click()
    place = page.locator("#share-place [value=on] + span")
    expect(place).to_have_text(re.compile(r"^\d+/\d+ Block 4 update$"))

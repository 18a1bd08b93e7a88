"""Start page: what /ko/ and /en/ show a new visitor, and how the explorer replaces it."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import drag_to, query_of, wait_for_picture
from tests.pairwise import only

QUESTION = {"ko": "틀린 글자 하나의 기울기는", "en": "How far back does the gradient"}
START = {"ko": "강좌 시작 · 12과", "en": "Start the course · 12 lessons"}
GO_ON = {"ko": "이어서 8.2", "en": "Continue at 8.2"}

FIRST_PICTURE = """addEventListener("DOMContentLoaded", () => {
  const graph = document.querySelector("#graph");
  const see = () => globalThis.firstPicture ||= graph.textContent;
  if (graph) new MutationObserver(see).observe(graph, { childList: true, subtree: true });
})"""


def enter(page: Page, path: str = "/en/") -> None:
    page.goto(path)
    if "?" in path:
        wait_for_picture(page)
    else:
        wait_for_story(page)


def wait_for_story(page: Page) -> None:
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    expect(page.locator("[data-beat][aria-pressed=true]").first).to_be_visible()


@only("ko", language=["ko", "en"])
def test_a_newcomer_sees_what_it_is_and_the_whole_story_on_one_screen(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    enter(page, f"/{language}/")
    what = page.locator(".front-head p").first
    expect(what).to_contain_text(re.compile("backpropagation through time", re.IGNORECASE))
    expect(page.locator(".front-head h2")).to_contain_text(QUESTION[language])
    expect(page.locator("#front-course")).to_have_text(START[language])
    expect(page.locator("#front-course")).to_have_attribute("href", f"/{language}/lessons/order")
    parts = [".front-head", "#graph", "#beats", "#front-course", ".front-presets"]
    for there in (*parts, "#text", "[data-exact=k]", "#front-again", ".front-presets li:last-child"):
        expect(page.locator(there)).to_be_in_viewport(ratio=0.99)
    tops = [page.locator(part).bounding_box()["y"] for part in parts]  # type: ignore[index]
    assert tops == sorted(tops)
    assert page.locator("#graph").bounding_box()["height"] >= 330  # type: ignore[index]
    expect(page.locator("#player, #panels")).to_have_count(2)
    expect(page.locator("#player:visible, #panels:visible")).to_have_count(0)
    assert page.evaluate("scrollY") == 0


@only("en", language=["ko", "en"])
def test_the_headline_stands_before_any_script(open_page: Callable[..., Page], language: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"/{language}/")
    expect(page.locator(".front-head h2")).to_contain_text(QUESTION[language])
    expect(page.locator(".front-head h2")).to_be_in_viewport()
    expect(page.locator("#controls > .control:visible")).to_have_count(2)  # text and k
    expect(page.locator("#playhead")).to_be_hidden()
    page.goto(f"/{language}/?v=1")
    expect(page.locator(".front-head h2")).to_be_hidden()


def test_the_captions_tell_the_numbers_of_the_last_wrong_letter(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    enter(page)
    answer = page.request.get("/api/bptt").json()
    p, target = answer["forward"]["p"], [answer["vocabulary"].index(it) for it in answer["targets"]]
    wrong = [t for t, row in enumerate(p) if row.index(max(row)) != target[t]]
    assert wrong == [1, 2, 3]
    sizes = [f"{answer['credit'][3][t]:.2g}" for t in (3, 2, 1, 0)]
    beat = page.locator("[data-beat]")
    expect(beat.nth(0)).to_contain_text("It reads h, e, l, l and guesses each next letter: 3 are wrong.")
    expect(beat.nth(1)).to_contain_text(f"fades: {' → '.join(sizes)}.")
    expect(beat.nth(2)).to_contain_text(
        "Cut every 2 steps, and it stops at h₂. h and e never hear of the mistake."
    )
    expect(page.locator("#graph")).to_contain_text("It says “e”,")
    expect(page.locator("#graph")).to_contain_text("should be “o”.")


def test_with_reduced_motion_the_end_stands_at_once_and_each_beat_can_be_shown(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    enter(page)
    beat, shown = page.locator("[data-beat]"), page.locator("[data-beat][aria-pressed=true]")
    expect(shown).to_have_attribute("data-beat", "3")
    lost = page.locator("#graph").get_by_text("0.052")
    expect(lost).to_be_visible()
    beat.nth(0).click()
    expect(shown).to_have_attribute("data-beat", "1")
    expect(lost).to_have_count(0)
    beat.nth(1).click()
    expect(lost).to_be_visible()
    beat.nth(2).press("Enter")
    expect(shown).to_have_attribute("data-beat", "3")


@pytest.mark.fresh_context
def test_the_opening_plays_once_in_a_visit_and_stops_at_any_input(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    page.route("**/plotly.min.js", lambda route: None)  # the start page needs none of it
    page.add_init_script(FIRST_PICTURE)
    page.goto("/en/")
    expect(page.locator("#graph > .svg-figure")).to_be_visible()
    first = page.evaluate("firstPicture")
    assert "It says" in first
    assert "0.052" not in first, "how it ends is not given away"
    shown = page.locator("[data-beat][aria-pressed=true]")
    expect(shown).to_have_attribute("data-beat", "2", timeout=20_000)
    page.mouse.move(5, 300)
    page.mouse.down()
    page.mouse.up()
    expect(shown).to_have_attribute("data-beat", "3")
    page.unroute("**/plotly.min.js")
    page.reload()
    wait_for_story(page)
    expect(shown).to_have_attribute("data-beat", "3")
    page.locator("#front-again").click()
    expect(shown).to_have_attribute("data-beat", "1")
    expect(shown).to_have_attribute("data-beat", "3", timeout=30_000)


@only("en", language=["ko", "en"])
def test_the_presets_are_drawn_from_their_own_answers(page: Page, language: str) -> None:
    enter(page, f"/{language}/")
    links = page.locator("[data-front]")
    expect(links).to_have_count(6)
    expect(page.locator("[data-front=window] .kept").first).to_be_attached()
    paths = [
        page.locator(f"[data-front=hangul] .{kind}").evaluate_all(
            "all => all.map((it) => it.getAttribute('d'))"
        )
        for kind in ("kept", "cut")
    ]
    link = page.locator("[data-front=hangul]").get_attribute("href")
    answer = page.request.get(f"/api/bptt?{urlsplit(str(link)).query}").json()
    kept, total = answer["cells_kept"], answer["cells_total"]
    assert ["".join(drawn).count("Z") for drawn in paths] == [kept, total - kept]
    expect(page.locator("[data-front=vanishing] .curve")).to_be_attached()
    vanishing = page.request.get(
        f"/api/bptt?{urlsplit(str(page.locator('[data-front=vanishing]').get_attribute('href'))).query}"
    ).json()
    first = vanishing["credit"][-1][-1]
    expect(page.locator("[data-front=vanishing] [data-line]")).to_contain_text(f"{first:.3g}")


@pytest.mark.exhaustive
def test_the_first_change_moves_nothing_and_all_controls_open_when_asked_for(page: Page) -> None:
    enter(page)
    before = page.locator(".front-head").bounding_box()
    page.locator("#text").fill("banana")
    expect(page.locator("[data-beat='1']")).to_contain_text("It reads b, a, n, a, n")
    assert query_of(page)["text"] == "banana"
    expect(page.locator("#text")).to_be_focused()
    assert page.locator(".front-head").bounding_box() == before
    drag_to(page, "k", 3)
    expect(page.locator("[data-beat='3']")).to_contain_text("Cut every 3 steps")
    page.locator("#front-open").click()
    expect(page.locator(".front-head")).to_be_hidden()
    expect(page.locator("#player #track")).to_be_visible()
    expect(page.locator("#readout")).to_be_visible()
    assert (query_of(page)["text"], query_of(page)["k"]) == ("banana", "3")
    page.reload()
    wait_for_picture(page)
    expect(page.locator(".front-head")).to_be_hidden()


def test_a_preset_opens_in_the_same_page_and_back_leads_to_the_start(page: Page) -> None:
    enter(page)
    page.evaluate("window.stayed = true")
    page.locator("[data-front=vanishing]").click()
    expect(page.locator(".front-head")).to_be_hidden()
    assert query_of(page)["gain"] == "0.5"
    assert page.evaluate("window.stayed")
    expect(page.locator("#scroll")).to_be_focused()
    page.go_back()
    expect(page.locator(".front-head")).to_be_visible()


@only(
    *("/ko/?v=1&k=3#t=2", "/en/#view=present"),
    path=["/en/?v=1", "/ko/?v=1&k=3#t=2", "/en/#view=present", "/embed/en/"],
)
def test_a_link_never_shows_it(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    expect(page.locator(".front-head:visible")).to_have_count(0)


@only("ko", language=["ko", "en"])
def test_the_menu_leads_back_to_it(page: Page, language: str) -> None:
    word = {"ko": "처음 화면", "en": "Start page"}[language]
    enter(page, f"/{language}/?v=1&k=3")
    page.locator("#more").click()
    page.get_by_role("link", name=word).click()
    expect(page.locator(".front-head")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/{language}/$"))


@pytest.mark.exhaustive
@only("ko", language=["ko", "en"])
def test_who_was_in_the_course_goes_on_there(page: Page, language: str) -> None:
    enter(page, f"/{language}/")
    kept = json.dumps({"last": "8.2", "seen": ["1.1", "8.2"]})
    page.evaluate("kept => localStorage.setItem('bptt-explorer.lessons', kept)", kept)
    page.reload()
    expect(page.locator("#front-course")).to_have_text(GO_ON[language])
    expect(page.locator("#front-course")).to_have_attribute("href", f"/{language}/8.2")
    page.evaluate("localStorage.setItem('bptt-explorer.lessons', '{\"last\": \"//evil\"}')")
    page.reload()
    expect(page.locator("#front-course")).to_have_text(START[language])


def test_the_page_is_the_same_for_every_query(page: Page, base_url: str) -> None:
    served = [page.request.get(f"{base_url}{path}").text() for path in ("/en/", "/en/?v=1&k=3")]
    plain, asked = (text[text.index("<body") :] for text in served)  # the head has the preview of a link
    assert plain == asked


@pytest.mark.exhaustive
@only("320", width=[320, 390])
def test_on_a_phone_it_has_the_same_order_and_scrolls_sideways_in_itself(
    open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True)
    enter(page, "/ko/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tops = [
        page.locator(part).bounding_box()["y"]
        for part in ("#front h2", "#graph", "#beats", "#front-course", "#front ul")
    ]  # type: ignore[index]
    assert tops == sorted(tops)
    expect(page.locator("#front-course")).to_be_in_viewport(ratio=0.99)
    assert page.locator("#front ul").evaluate("list => list.scrollWidth > list.clientWidth")
    for target in page.locator("#front a").all():
        assert target.bounding_box()["height"] >= 44  # type: ignore[index]


@only("320", width=[320, 390])
def test_on_a_phone_the_letters_can_be_changed_at_once(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True)
    enter(page)
    for there in ("#text", "[data-exact=k]", "#more"):
        expect(page.locator(there)).to_be_in_viewport(ratio=0.99)
    assert page.locator("#text").bounding_box()["height"] >= 44  # type: ignore[index]
    page.locator("#text").fill("banana")
    page.locator("#text").press("Enter")
    expect(page.locator("#graph")).to_contain_text("b")
    assert query_of(page)["text"] == "banana"
    expect(page.locator("#text")).to_be_visible()


@pytest.mark.exhaustive
@only("390x844-ko-light", size=[(390, 844), (1280, 720)], language=["ko", "en"], theme=["light", "dark"])
def test_axe_has_nothing_to_say(page: Page, size: tuple[int, int], language: str, theme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    enter(page, f"/{language}/")
    assert violations(page) == []


@pytest.mark.exhaustive
@only("en", language=["ko", "en"])
def test_the_explorer_leads_to_the_lesson_that_explains_it(page: Page, language: str) -> None:
    enter(page, f"/{language}/?v=1&truncation=full")
    link = page.locator("#rest [data-explained]")
    said = {"ko": "{}과에서 설명 보기", "en": "Explained in lesson {}"}[language]
    page.locator("#more").click()
    expect(link).to_have_text(said.format(6))
    expect(link).to_have_attribute("href", re.compile(rf"^/{language}/6\.\d$"))
    page.locator("#truncation").select_option("blocks")
    expect(link).to_have_text(said.format(8))
    href = link.get_attribute("href")
    assert page.request.get(f"{href}").ok


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("part", "query", "n"),
    [("film", "", 9), ("lanes", "lanes=2#open=lanes", 10), ("race", "budget=20&seeds=1#open=race", 12)],
)
def test_each_part_of_the_training_lab_leads_to_its_lesson(page: Page, part: str, query: str, n: int) -> None:
    page.goto(f"/en/training?v=1&{query}")
    link = page.locator(f"a[data-explained={part}]")
    expect(link).to_be_visible()
    expect(link).to_have_text(f"Explained in lesson {n}")
    assert page.request.get(str(link.get_attribute("href"))).ok


@pytest.mark.exhaustive
def test_in_a_frame_nothing_leads_away(page: Page) -> None:
    for path in ("/embed/en/", "/embed/en/training"):
        page.goto(path)
        expect(page.locator("#loading")).to_be_hidden()
        expect(page.locator("[data-explained]:visible, a.explained:visible")).to_have_count(0)


@pytest.mark.exhaustive
def test_a_panel_s_caption_ends_with_the_moment_that_explains_it(page: Page) -> None:
    enter(page, "/en/?v=1")
    link = page.locator("#panel-credit .captioned a")
    expect(link).to_have_text("Explained in 8.1")
    expect(link).to_have_attribute("href", "/en/8.1")
    expect(page.locator("#panel-numbers .captioned a")).to_have_count(0)


@only("en", language=["ko", "en"])
def test_the_colors_of_cells_are_explained_and_no_word_but_gradient_is_said_of_what_goes_back(
    page: Page, language: str
) -> None:
    page.goto(f"/{language}/")
    key = page.locator(".cells-key")
    expect(key).to_be_in_viewport()
    expect(key).to_contain_text(re.compile(r"−1.*\+1"))
    colors = key.locator("i").evaluate("it => getComputedStyle(it).backgroundImage")
    assert colors.count("rgb") == 3
    expect(page.locator("#front-question")).to_contain_text({"ko": "기울기", "en": "gradient"}[language])
    words = page.locator("body").inner_text()
    assert "blame" not in words
    assert "책임" not in words

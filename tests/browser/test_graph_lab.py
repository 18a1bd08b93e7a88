"""The graph lab's page, as a lecturer drives it."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import query_of, shared_link
from tests.pairwise import only

SAID = {
    "en": {
        "f1": "p = x − y = 4 − 1 = 3",
        "b1": "∂f/∂p = 1 · z = 1 · 3 = 3",
        "next": "Next comes p.",
        "promise": "predicted",
    },
    "ko": {
        "f1": "p = x − y = 4 − 1 = 3",
        "b1": "∂f/∂p = 1 · z = 1 · 3 = 3",
        "next": "다음 차례는 p입니다.",
        "promise": "예측",
    },
}
WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}


def open_graph(page: Page, language: str = "en", at: str = "", **query: object) -> None:
    page.goto(f"/{language}/graph?{urlencode({'v': 1, **query})}{at and f'#{at}'}")
    expect(page.locator("#node-svg svg")).to_be_visible(timeout=20_000)


def is_at(page: Page, place: str) -> None:
    expect(page).to_have_url(re.compile(rf"#at={place}$"))


VALUE, GRADIENT, AFTER = range(3)


def row(page: Page, name: str) -> Locator:
    """What the table says of a node: value, gradient, after a step. The picture follows the address."""
    return page.locator("#table tbody tr", has=page.locator(f"th:text-is('{name}')")).locator("td")


@only("en", language=["ko", "en"])
def test_the_product_is_walked_forward_backward_downhill_and_undone(page: Page, language: str) -> None:
    open_graph(page, language, at="at=f0")
    said, card = SAID[language], page.locator("#ledger-cards")
    expect(row(page, "f")).to_have_text(["?", "?", "·"])
    forth = page.locator("#node-forth")
    forth.click()
    is_at(page, "f1")
    expect(card).to_contain_text(said["f1"])
    for place in ("f2", "b0", "b1"):
        forth.click()
        is_at(page, place)
    expect(card).to_contain_text(said["b1"])
    expect(card).to_contain_text(said["next"])
    expect(row(page, "z").nth(GRADIENT)).to_have_text("3")
    expect(row(page, "y").nth(GRADIENT)).to_have_text("?")
    expect(page.locator("#node-descend")).to_be_disabled()
    forth.click()
    is_at(page, "b2")
    for name, gradient in (("x", "3"), ("y", "−3"), ("z", "3")):
        expect(row(page, name).nth(GRADIENT)).to_have_text(gradient)
    page.locator("#node-descend").click()
    is_at(page, "u1")
    expect(forth).to_be_disabled()
    expect(card).to_contain_text("6.3")
    for name, after in (("x", "3.7"), ("y", "1.3"), ("z", "2.7")):
        expect(row(page, name).nth(AFTER)).to_have_text(after)
    expect(row(page, "f").nth(AFTER)).to_have_text(re.compile(f"^6.48.*{said['promise']}"))
    page.locator("#node-descend").click()
    expect(page).to_have_url(re.compile(r"steps=1#at=u1$"))
    expect(page.locator("#value-x")).to_have_value("3.7")
    undo = page.locator("#node-undo")
    undo.click()
    expect(page.locator("#value-x")).to_have_value("4")
    undo.click()
    expect(undo).to_be_disabled()
    assert "steps" not in query_of(page)


def test_everything_can_be_done_with_keys(page: Page) -> None:
    open_graph(page)
    page.keyboard.press("Home")
    is_at(page, "f0")
    for place in ("f1", "f2"):
        page.keyboard.press("Space")
        is_at(page, place)
    for place in ("b0", "b1"):
        page.keyboard.press("ArrowRight")
        is_at(page, place)
    page.keyboard.press("ArrowLeft")
    is_at(page, "b0")
    page.keyboard.press("d")
    is_at(page, "b0")  # nothing to step with yet
    page.keyboard.press("End")
    expect(page).not_to_have_url(re.compile("#at"))
    page.keyboard.press("d")
    is_at(page, "u1")
    page.keyboard.press("u")
    expect(page).not_to_have_url(re.compile("#at"))
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()


def test_a_value_is_set_at_its_node(page: Page) -> None:
    open_graph(page)
    field = page.locator("#value-y")
    field.fill("1.1")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"values=y%3A1\.1"))
    expect(row(page, "f").nth(VALUE)).to_have_text("8.7")
    field.press("ArrowUp")
    expect(page).to_have_url(re.compile(r"values=y%3A1\.2"))
    expect(field).to_be_focused()


@pytest.mark.exhaustive
@only(
    "ko-at the node",
    language=["ko", "en"],
    query={"at the node": {}, "in the table": {"preset": "latent", "n": 12}},
)
def test_what_is_no_value_is_said_and_left_behind(page: Page, language: str, query) -> None:
    said = {"ko": "−1,000,000에서 1,000,000 사이", "en": "between −1,000,000 and 1,000,000"}[language]
    open_graph(page, language, **query)
    name, usual = ("x", "4") if not query else ("w", "0.5")
    field, told = page.locator(f"#value-{name}"), page.locator("#notices [data-name=value]")
    last = row(page, "f" if not query else "x̂₁₂").nth(VALUE)
    before = last.inner_text()
    for text in ("abc", "1e9", "-", ""):
        field.fill(text)
        field.press("Enter")
        expect(told).to_contain_text(said)
        expect(told).to_contain_text(usual)
        expect(field).to_have_attribute("aria-invalid", "true")
        page.locator("#node-svg .node.op").first.hover()  # which draws anew what is under the cursor
        expect(field).to_have_value(text)
        expect(field).to_be_focused()
    expect(last).to_have_text(before)
    page.keyboard.press("Tab")
    expect(field).to_have_value(usual)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.fill("2")
    field.press("Enter")
    expect(told).to_have_count(0)
    expect(page).to_have_url(re.compile(f"values={name}%3A2"))


@pytest.mark.exhaustive
def test_what_is_no_number_has_no_gradient_on_the_page(page: Page) -> None:
    open_graph(page, formula="log(-x)")
    for name in ("x", "f"):
        expect(row(page, name).nth(GRADIENT)).to_have_text("–")
    expect(page.locator("#node-svg [data-label^=grad]")).to_have_text(["–"] * 3)
    expect(page.locator("#notices")).to_contain_text("every value and gradient")
    expect(page.locator("#node-descend")).to_be_disabled()


def test_an_own_formula_is_followed_as_it_is_typed(page: Page) -> None:
    open_graph(page)
    field = page.locator("#formula")
    field.click()
    expect(field).to_have_value("(x - y) * z")  # the preset's, to be changed
    field.fill("(x + y) * 2")  # at the values that were on the screen
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"values=x%3A4$"))  # and 1 is the usual one
    expect(row(page, "f").nth(VALUE)).to_have_text("10")
    field.fill("tanh(w * x) ** 2")
    field.press("Enter")
    expect(page.locator("#table tbody tr")).to_have_count(5)
    assert query_of(page)["formula"] == "tanh(w * x) ** 2"
    field.fill("")
    field.press("Enter")
    expect(page.locator("#node-svg [data-node=z]")).to_be_visible()
    assert "formula" not in query_of(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "7번째 글자: ')'\u2060가 없습니다"),
        pytest.param("en", "character 7: ')' is missing", marks=pytest.mark.exhaustive),
    ],
)
def test_a_mistake_is_shown_under_its_character(
    page: Page, tolerated: list[str], language: str, said: str
) -> None:
    tolerated.append("422")
    open_graph(page, language)
    field, error = page.locator("#formula"), page.locator("#formula-error")
    field.fill("(x - y")
    expect(error).to_contain_text(said)
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("(x + ^ y)")
    expect(error.locator("mark")).to_have_text("^")
    expect(page.locator("#node-svg [data-node=z]")).to_be_visible()  # the last picture stays
    assert "formula" not in query_of(page)
    field.fill("(x - y)")
    expect(error).to_be_hidden()
    expect(page).to_have_url(re.compile(r"formula=%28x\+-\+y%29"))


def test_a_shared_link_opens_the_very_moment(page: Page, open_page: Callable[..., Page]) -> None:
    open_graph(page, "ko", at="at=b2", formula="w*x*w", values="w:0.5,x:3")
    page.locator("#share").click()
    expect(page.locator("#share-dialog")).to_be_visible()
    link = shared_link(page)
    assert link.endswith("#at=b2")
    other = open_page(viewport=PHONE)
    other.goto(link)
    expect(other.locator("#node-svg svg")).to_be_visible()
    expect(row(page, "w").nth(GRADIENT)).to_have_text("3")
    expect(row(other, "w")).to_have_text(row(page, "w").all_inner_texts())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("ko", "기본값으로 보여", marks=pytest.mark.exhaustive),
        ("en", "The default is shown."),
    ],
)
def test_a_mistaken_formula_of_a_link_stays_to_be_mended(
    page: Page, tolerated: list[str], language: str, said: str
) -> None:
    tolerated.append("422")
    open_graph(page, language, formula="x+*y")
    field, error = page.locator("#formula"), page.locator("#formula-error")
    expect(error).to_contain_text(said)
    expect(error.locator("mark")).to_have_text("*")
    expect(row(page, "f").nth(VALUE)).to_have_text("9")
    page.locator("#node-back").click()  # whatever else is looked at meanwhile
    is_at(page, "b1")
    expect(field).to_have_value("x+*y")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("x+y")
    expect(error).to_be_hidden()
    expect(page).to_have_url(re.compile(r"formula=x%2By"))
    page.goto(f"/{language}/graph?formula=x%2B*y")
    page.locator(".graph-presets").click()
    page.locator("#presets-dialog [data-preset]").first.click()
    expect(error).to_be_hidden()
    expect(field).to_have_value("")


def test_a_link_that_cannot_be_shows_the_default_and_says_so(page: Page, tolerated: list[str]) -> None:
    tolerated.append("422")
    open_graph(page, at="show=player", formula="2x")  # where no field is to mend it in
    expect(page.locator("#notices")).to_contain_text("character 2")
    expect(row(page, "f").nth(VALUE)).to_have_text("9")
    page.goto("/en/graph?values=x:4;y:2")
    expect(page.locator("#notices")).to_contain_text("not “x:4;y:2”")
    open_graph(page, formula="x" + "+x" * 150)
    expect(page.locator("#formula-error")).to_contain_text("200")
    expect(page.locator("#formula")).to_have_value("x" + "+x" * 150)


def test_the_lesson_that_explains_a_graph_is_one_step_away(page: Page) -> None:
    for preset, moment in (("product", "2.1"), ("recursion", "2.6"), ("ar", "1.3")):
        open_graph(page, preset=preset)
        expect(page.locator("header [data-explained]")).to_have_attribute("href", f"/en/{moment}")
    page.locator("header [data-explained]").click()
    expect(page).to_have_url(re.compile("/en/lessons/order#m=3"))


def test_the_weights_are_tied_and_untied(page: Page) -> None:
    open_graph(page, preset="layers")
    tie = page.locator("#tie")
    expect(tie).to_have_attribute("aria-checked", "false")
    tie.click()
    expect(tie).to_have_attribute("aria-checked", "true")
    expect(page.locator("#ledger-cards")).to_contain_text("0.46212 + 0.39322 = 0.85534")
    tie.click()
    expect(page.locator("#node-svg [data-node=w2]")).to_be_visible()


@pytest.mark.exhaustive
def test_a_pair_of_the_recursion_is_chosen_and_lit(page: Page) -> None:
    open_graph(page, preset="recursion", n=5)
    page.locator("#pair-t").select_option("3")
    page.locator("#pair-i").select_option("1")
    expect(page).to_have_url(re.compile("#pair=1.3$"))
    expect(page.locator("#closed-lines")).to_contain_text("∂a₃/∂b₁ = c₂ · c₃")
    expect(page.locator("#node-svg .node:not(.dim)")).to_have_count(6)  # b1, a1, a2, a3, c2, c3


@pytest.mark.exhaustive
def test_the_window_slides_until_the_first_value_counts(page: Page) -> None:
    open_graph(page, preset="ar", n=3)
    expect(row(page, "x₀").nth(GRADIENT)).to_have_text("0")
    tau = page.locator("[data-exact=tau]")
    tau.fill("3")
    tau.press("Enter")
    expect(page.locator("#node-svg [data-node='s.3']")).to_be_visible()
    expect(row(page, "x₀").nth(GRADIENT)).not_to_have_text("0")


@pytest.mark.exhaustive
def test_the_gallery_opens_every_example(page: Page) -> None:
    open_graph(page)
    for index in range(page.locator("#presets-dialog [data-preset]").count()):
        page.locator(".graph-presets").click()
        link = page.locator("#presets-dialog [data-preset]").nth(index)
        told = link.locator("b").inner_text()
        own = "formula=" in (link.get_attribute("href") or "")
        link.click()
        expect(page.locator("#preset-name")).to_have_text("custom formula" if own else told)


def test_what_is_veiled_is_nowhere_on_the_page(page: Page) -> None:
    open_graph(page, at="veil=grad.y&only=p")
    expect(row(page, "y").nth(GRADIENT)).to_have_text("?")
    expect(page.locator("#node-svg [data-label='grad.1']")).to_have_text("?")
    assert "−3" not in page.locator("main").inner_text()
    expect(page.locator("#node-svg .arrow.dim")).to_have_count(4)
    page.goto(page.url.replace("veil=grad.y", "veil=ledger,table"))
    page.reload()
    expect(page.locator("#ledger .graph-covered")).to_be_visible()
    expect(page.locator("#table .graph-covered")).to_be_visible()


def test_a_frame_shows_the_graph_alone(page: Page) -> None:
    page.set_viewport_size({"width": 860, "height": 520})
    page.goto("/embed/en/graph?v=1&preset=ar&n=5#show=none")
    expect(page.locator("#node-svg svg")).to_be_visible()
    for part in ("#ledger", "#table", "#player", "#control-formula"):
        expect(page.locator(part)).to_be_hidden()
    box = page.locator("#picture").bounding_box()
    assert box
    assert box["height"] > 380


@pytest.mark.exhaustive
@only("320", width=[320, 390, 768, 1280])
def test_nothing_runs_over_the_page_sidewards(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    for query in (
        {},
        {"preset": "latent", "n": 12},
        {"preset": "layers"},
        {"formula": "(a+b)*(c+d)*(e+f)*(g+h)"},
    ):
        open_graph(page, "en", **query)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.exhaustive
@only(
    "/en/graph?preset=recursion&n=5#pair=0.4-phone-dark",
    path=["/ko/graph#at=b1", "/en/graph?preset=recursion&n=5#pair=0.4", "/ko/graph?preset=latent&n=12#at=u1"],
    size={"wide": WIDE, "phone": PHONE},
    theme=["light", "dark"],
)
def test_axe_has_nothing_to_complain_about_in_the_graph_lab(
    open_page: Callable[..., Page], path: str, size: dict[str, int], theme: str
) -> None:
    page = open_page(viewport=size, color_scheme=theme)
    page.goto(path)
    expect(page.locator("#node-svg svg")).to_be_visible(timeout=20_000)
    page.locator("#more").click()
    assert violations(page) == []


@pytest.mark.exhaustive
def test_on_a_phone_the_table_is_behind_a_pull_and_the_finding_in_sight(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 390, "height": 734}, has_touch=True)
    open_graph(page, at="at=b1")
    expect(page.locator(".graph-finding").first).to_be_in_viewport(ratio=1)
    expect(page.locator("#table table")).to_be_hidden()
    page.locator(".graph-pull summary").tap()
    expect(row(page, "f")).to_have_text(["9", "1", "·"])
    expect(page.locator("#table tr.present")).to_be_visible()


def test_one_step_is_lit_with_its_rule_and_its_row(page: Page) -> None:
    open_graph(page, at="at=b1")
    page.set_viewport_size(WIDE)
    expect(page.locator(".graph-finding").first).to_have_text(
        "A product multiplies each branch by the other value"
    )
    expect(page.locator("#node-svg .spotlight")).to_have_count(1)
    expect(page.locator("#node-svg .node.now")).to_have_attribute("data-node", "f")
    expect(page.locator("#table tr.present th")).to_have_text("f")
    expect(page.locator("#node-track .now")).to_have_text("f")
    expect(row(page, "z").nth(AFTER)).to_have_text("3 − 0.1 · 3 = 2.7")
    expect(page.locator("#graph-finding")).to_contain_text("from 9 to 6.48")
    page.keyboard.press("End")
    expect(page.locator("#node-svg .spotlight")).to_have_count(0)


@pytest.mark.exhaustive
def test_under_a_finger_everything_is_large_enough(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    open_graph(page, at="at=b1")
    for button in page.locator(
        "main :is(button, select, input), #player :is(button, input), .bar button"
    ).all():
        box = button.bounding_box() if button.is_visible() else None
        if box:
            assert box["height"] >= 44, button.get_attribute("id")

"""Marks that are lit, and numbers that are not yet to be known, in the explorer and in the training lab."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import complaints_of_plotly
from tests.pairwise import only

HIDDEN = {"en": "hidden until you answer", "ko": "답하면 숫자가 보입니다"}
MARKS = "h.*,y.*,L.*,out.*,back.*"
PANELS = "norms,credit,schemes,cost,comparison"
PARTS = f"readout,proof,badges,ledger,legend,kcurve,{PANELS}"
WRITTEN = """() => {
  const found = [];
  for (const part of document.querySelectorAll("#main, #player, #proof-dialog, #control-k .k-curve")) {
    found.push(part.textContent);
    for (const each of [part, ...part.querySelectorAll("*")]) {
      for (const name of ["title", "aria-label", "aria-valuetext"]) found.push(each.getAttribute(name) ?? "");
    }
  }
  return found.join("\\n").replace(/[0-9.]+×/g, "");
}"""  # what speed the player has is no secret


def written(page: Page) -> list[str]:
    """Every number with a point that the page says anywhere, to be seen or only to be heard."""
    return re.findall(r"\d\.\d+", page.evaluate(WRITTEN))


def settle(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("#loading")).to_be_hidden(timeout=20_000)
    expect(page.locator("#graph .main-svg").first).to_be_visible()


@only("ko-", "en-&at=b1.4", language=["ko", "en"], at=["", "&at=f2.2", "&at=b1.4"])
def test_nothing_of_a_veiled_number_is_in_the_page(page: Page, language: str, at: str) -> None:
    shown = f"?v=1#t=1{at}&panel=numbers"
    settle(page, f"/embed/{language}/{shown}")
    expect(page.locator("#numbers td").nth(5)).to_be_visible()
    assert len(written(page)) > 40
    settle(page, f"/embed/{language}/{shown.replace('panel=numbers', '')}&veil={MARKS},{PARTS},numbers")
    page.locator("#panel-numbers summary").click()
    expect(page.locator("#panel-credit .cover-mark")).to_be_visible()
    expect(page.locator("#readout")).to_have_text(HIDDEN[language])
    assert written(page) == []
    if at:
        expect(page.locator("#ledger")).to_contain_text(HIDDEN[language])
    for place in ("h", "y", "L", "forward"):
        page.locator("#graph").hover(
            position={"x": 300, "y": {"h": 200, "y": 110, "L": 50, "forward": 180}[place]},
            force=True,  # a button to cut with may be there
        )
        assert written(page) == []


def test_the_table_tells_what_is_not_veiled(page: Page) -> None:
    settle(page, "/embed/en/?v=1#panel=numbers&veil=L.2,fut.0")
    row = page.locator("#numbers tbody tr")
    expect(row.nth(3).locator("td").nth(3)).to_have_text("?")
    expect(row.nth(3).get_by_label("hidden until you answer")).to_have_count(1)
    expect(row.nth(2).locator("td").nth(3)).to_have_text(re.compile(r"\d\.\d"))
    expect(row.nth(1).get_by_label("hidden until you answer")).to_have_count(5)


def test_what_is_pointed_at_is_told_unless_it_is_veiled(page: Page) -> None:
    settle(page, "/embed/en/?v=1#t=2&veil=h.0")
    readout = page.locator("#readout")
    expect(readout).to_contain_text("t = 2")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(readout).to_have_text(HIDDEN["en"])


def test_a_covered_part_comes_back_with_the_answer(page: Page) -> None:
    settle(page, "/embed/en/?v=1#veil=credit,proof,legend,kcurve,readout")
    expect(page.locator("#panel-credit")).to_contain_text(HIDDEN["en"])
    expect(page.locator("#proof")).to_have_text(f"?{HIDDEN['en']}")
    expect(page.locator(".k-curve svg")).to_have_count(0)
    page.evaluate("location.hash = ''")
    expect(page.locator("#credit .main-svg").first).to_be_visible()
    expect(page.locator("#credit-caption")).not_to_be_empty()
    expect(page.locator("#proof")).to_contain_text("Checked")
    expect(page.locator("#legend svg").first).to_be_visible()
    expect(page.locator(".k-curve svg")).to_have_count(1)
    expect(page.locator(".cover-mark")).to_have_count(0)
    page.evaluate("location.hash = 'veil=credit'")
    expect(page.locator("#credit .main-svg")).to_have_count(0)


@only(
    *("film-ko", "race-en"),
    covers={
        "film": ("film", "text=hello", "#film"),
        "lanes": ("lanes", "text=hello&lanes=2", "#lanes-panel"),
        "race": ("race", "text=hello&budget=20&seeds=1&contest=1", "#race"),
    },
    language=["ko", "en"],
)
def test_a_part_of_the_training_lab_is_covered(
    page: Page, covers: tuple[str, str, str], language: str
) -> None:
    part, query, place = covers
    page.goto(f"/embed/{language}/training?v=1&{query}#show={part}&veil={part}")
    covered = page.locator(place)
    expect(covered.locator(":scope > .cover-mark")).to_be_visible()
    expect(covered).to_have_text(re.compile(HIDDEN[language]), use_inner_text=True)
    assert covered.inner_text().split() == f"? {HIDDEN[language]}".split()
    assert covered.locator(":scope > :not(.cover-mark)").evaluate_all(
        "all => all.every(({ inert }) => inert)"
    )
    page.evaluate("hash => location.hash = hash", f"show={part}")
    expect(covered.locator(":scope > .cover-mark")).to_have_count(0)
    expect(covered.locator("h2, h3").first).to_be_attached()


@pytest.mark.exhaustive
@only("&at=b1.4", at=["", "&at=b1.4"])
def test_plotly_finds_nothing_wrong_with_lit_and_veiled_figures(page: Page, at: str) -> None:
    settle(page, f"/embed/en/?v=1#only=out.1,fut.1,row.1&veil=h.0,back.1,L.*,y.2{at}")
    for figure in ("graph", "credit"):
        assert complaints_of_plotly(page, figure) == []


@pytest.mark.exhaustive
@only("ko", language=["ko", "en"])
def test_the_line_below_the_picture_says_what_is_lit(page: Page, language: str) -> None:
    settle(page, f"/embed/{language}/?v=1&truncation=full#only=out.2,fut.2&show=none&t=1")
    said = {"en": "dh₂ = from its output", "ko": "dh₂ = 출력에서"}
    expect(page.locator("#readout")).to_contain_text(said[language])
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#readout")).not_to_contain_text(said[language])


@pytest.mark.exhaustive
@only("ko-390x700", language=["ko", "en"], size=[(390, 700), (868, 616)])
def test_axe_has_nothing_to_say_of_lit_and_veiled_parts(
    page: Page, language: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for path in (
        f"/embed/{language}/?v=1#show=text,k,player,proof,panels&veil=credit,proof,h.*&only=fwd.*",
        f"/embed/{language}/?v=1#at=b2.3&show=k&look=ledger",
        f"/embed/{language}/?v=1#at=b2.3&show=k&look=ledger&veil=ledger",
    ):
        settle(page, path)
        assert violations(page) == []

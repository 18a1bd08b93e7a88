"""What a machine can check of access for everyone: nothing to complain about, in every look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.explorer import open_explorer, open_panels, still
from tests.pairwise import only


@only("360-ko-light", "1920-en-dark", width=[360, 768, 1920], language=["ko", "en"], theme=["light", "dark"])
def test_axe_has_nothing_to_complain_about(
    open_page: Callable[..., Page], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = open_page(viewport=size, color_scheme=theme)
    open_explorer(page, f"/{language}/?v=1#t=1")
    page.locator("#more").click()
    open_panels(page)
    still(page)
    assert violations(page) == []


@pytest.mark.exhaustive
@only(
    *("/ko/?cell=lstm#at=b2.3-dark", "/embed/ko/-light", "/ko/?steps=300-light"),
    path=[
        "/ko/?cell=lstm#at=b2.3",
        "/en/?truncation=window#at=b2:1.1&notation=uvw",
        "/embed/ko/",
        "/en/ab",
        "/ko/?steps=300",
    ],
    theme=["light", "dark"],
)
def test_axe_has_nothing_to_complain_about_in_other_states(
    open_page: Callable[..., Page], path: str, theme: str
) -> None:
    page = open_page(viewport={"width": 1280, "height": 720}, color_scheme=theme)
    page.goto(path)
    expect(page.locator(".main-svg").first).to_be_visible(timeout=20_000)
    still(page)
    assert violations(page) == []

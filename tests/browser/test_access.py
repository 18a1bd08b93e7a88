"""What a machine can check of access for everyone: nothing to complain about, in every look."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.explorer import open_explorer


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [360, 768, 1920])
def test_axe_has_nothing_to_complain_about(
    new_context: Callable[..., BrowserContext], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = new_context(viewport=size, color_scheme=theme, bypass_csp=True).new_page()  # axe is put in by hand
    open_explorer(page, f"/{language}/?v=1#t=1")
    page.locator("#more").click()
    page.evaluate(
        "() => document.querySelectorAll('#panels > details').forEach((panel) => panel.open = true)"
    )
    page.wait_for_timeout(1000)
    assert complaints_of(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/ko/?cell=lstm#at=b2.3",
        "/en/?truncation=window#at=b2:1.1&notation=uvw",
        "/embed/ko/",
        "/en/ab",
        "/ko/?steps=300",
    ],
)
def test_axe_has_nothing_to_complain_about_in_other_states(
    new_context: Callable[..., BrowserContext], path: str, theme: str
) -> None:
    page = new_context(
        viewport={"width": 1280, "height": 720}, color_scheme=theme, bypass_csp=True
    ).new_page()
    page.goto(path)
    expect(page.locator(".main-svg").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    assert complaints_of(page) == []


def complaints_of(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]

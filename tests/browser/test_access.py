"""What a machine can check of access for everyone: nothing to complain about, in every look."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.browser.explorer import open_explorer


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_has_nothing_to_complain_about(
    new_context: Callable[..., BrowserContext], width: int, language: str, theme: str
) -> None:
    size = {"width": width, "height": 800}
    page = new_context(viewport=size, color_scheme=theme, bypass_csp=True).new_page()  # axe is put in by hand
    open_explorer(page, f"/{language}/?v=1#t=1&panel=numbers")
    page.locator("#more").click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []

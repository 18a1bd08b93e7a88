"""Before the first picture: a page says nothing false while it loads."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect


@pytest.mark.fresh_context
@pytest.mark.parametrize("path", ["/en/?text=banana&k=3", "/en/training?k=3", "/en/ab?k=3", "/en/graph"])
def test_a_page_that_has_not_read_its_link_shows_no_values(
    new_context: Callable[..., BrowserContext], path: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(path)
    for field in page.locator("#controls > .control :is(input, select, output)").all():
        expect(field).to_be_hidden()

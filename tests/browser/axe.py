"""Accessibility rules of axe-core that a page breaks."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[tuple[str, list[list[str]]]]:
    """Return each broken rule with the selectors of the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]

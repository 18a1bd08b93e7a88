"""Accessibility rules of axe-core that a page breaks."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What is not broken is not described: selectors of every element of a page take longer than the rules.
OPTIONS = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[tuple[str, list[list[str]]]]:
    """Return each broken rule with the selectors of the elements that break it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]

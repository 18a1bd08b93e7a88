"""What a person does with the explorer, as short words for the tests."""

import json
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Page, expect

T = TypeVar("T")

EMPTY = "data:,"

# Logged where a machine is busy: the server refuses a further question, and the page asks it again.
BUSY = "the server responded with a status of 503"
FRONT = re.compile("/(ko|en)/")


def open_explorer(page: Page, path: str = "/en/") -> None:
    """Open a page and wait for its picture; the explorer itself, where a front door would stand."""
    page.goto(f"{path}?v=1" if FRONT.fullmatch(path) else path)
    wait_for_picture(page)


def wait_for_picture(page: Page | Frame) -> None:
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator("#graph .main-svg").first).to_be_visible()
    expect(page.locator("#tray .opens, #comparison table").first).to_be_visible()


def drag_to(page: Page, name: str, value: int) -> None:
    """Move a slider by hand: several values on the way, then let go."""
    slider = page.locator(f"#{name}")
    slider.evaluate(
        """(slider, value) => {
          const from = Number(slider.value), by = Math.sign(value - from);
          for (let v = from; v !== value; v += by) {
            slider.value = v + by;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        value,
    )


def address_of(page: Page) -> str:
    """The address with all that the page has written: up to PAUSE (page/address.js) after the picture."""
    address: str = page.evaluate("new Promise((done) => setTimeout(() => done(location.href), 150))")
    return address


def query_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address_of(page)).query).items()}


def hash_of(page: Page) -> str:
    return urlsplit(address_of(page)).fragment


def expect_hash(page: Page, pattern: str) -> None:
    """Wait until the address says so: it is written a few times a second."""
    expect(page).to_have_url(re.compile(f"#{pattern}$" if pattern else "^[^#]*#?$"))


def until(page: Page, read: Callable[[], T], wanted: Callable[[T], bool]) -> T:
    """What is read once it is as wanted, or as it is after 20 s: the picture follows the address."""
    for _ in range(400):
        if wanted(found := read()):
            break
        page.wait_for_timeout(50)
    return found


def shared_link(page: Page) -> str:
    """The link in the Share dialog, whose script is loaded when it is first opened."""
    field = page.locator("#share-link")
    expect(field).not_to_have_value("")
    return field.input_value()


def still(page: Page | Frame) -> None:
    """Wait until for some frames nothing is drawn, glides or scrolls; give up after five seconds."""
    page.evaluate(
        """async () => {
          let quiet = 0;
          const moved = () => { quiet = 0; };
          const observer = new MutationObserver(moved);
          const all = { attributes: true, characterData: true, childList: true, subtree: true };
          observer.observe(document, all);
          document.addEventListener("scroll", moved, true);
          for (let frame = 0; quiet < 6 && frame < 300; frame += 1) {
            await new Promise(requestAnimationFrame);
            quiet += 1;
            if (document.getAnimations().some(({ playState }) => playState === "running")) moved();
          }
          observer.disconnect();
          document.removeEventListener("scroll", moved, true);
        }"""
    )


def open_panels(page: Page) -> None:
    """Open every panel below the graph and wait until it is drawn."""
    for panel in page.locator("#panels > details:not([hidden], .is-hidden)").all():
        panel.evaluate("panel => { panel.open = true; panel.scrollIntoView(); }")
        expect(panel.locator(".main-svg, table, svg, input").first).to_be_attached()


def open_panel(page: Page, name: str) -> None:
    """Open a panel from the tray, from the menu at its end if it has no card, and wait until it is drawn."""
    if not page.locator(f"#card-{name}").is_visible():
        page.locator("#tray-more").click()
    page.locator(f"#tray [data-panel={name}]").click()
    expect(page.locator(f"#card-{name}")).to_have_attribute("aria-expanded", "true")
    page.locator(f"#panel-{name}").scroll_into_view_if_needed()
    expect(page.locator(f"#{name} > *").first).to_be_visible(timeout=20_000)


def numbers(page: Page) -> str:
    """Everything that is written on the page as a number: the table, the comparison, the read-out."""
    for panel in ("numbers", "comparison", "norms"):
        page.locator(f"#panel-{panel}").evaluate("details => { details.open = true }")
    expect(page.locator("#numbers tbody tr").first).to_be_visible()
    expect(page.locator("#comparison table")).to_be_visible()
    expect(page.locator("#norms-caption")).not_to_be_empty()
    found = [
        page.locator(part).inner_text() for part in ("#numbers", "#comparison", "#readout", "#norms-caption")
    ]
    return re.sub(r"\s+", " ", json.dumps(found))


def complaints_of_plotly(page: Page, figure: str) -> list[str]:
    """What Plotly.validate finds wrong with a figure that is drawn."""
    return page.evaluate(
        """id => {
          const { data, layout } = document.getElementById(id);
          return (Plotly.validate(data, layout) ?? []).map(({ msg }) => msg);
        }""",
        figure,
    )


def column(width: float, t: float, steps: int = 4) -> float:
    """Where the middle of a column is in a graph so many px wide: of columns of at most 250 px, centered."""
    c = min(250, (width - 4) / steps)
    return width / 2 + c * (t + 0.5 - steps / 2)

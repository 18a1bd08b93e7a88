"""A lab in a frame of this site, as a lesson page has it, as short words for the tests."""

from playwright.sync_api import Frame, Page, expect

from tests.browser.explorer import until

WIDE, PHONE = (868, 616), (390, 350)  # the lesson page's frames


def open_framed(page: Page, path: str, size: tuple[int, int] = WIDE) -> Frame:
    """The frame with a lab in a page of this site, which keeps the messages it receives in ``heard``."""
    page.goto("/healthz")
    page.evaluate(
        """([path, [width, height]]) => {
          window.heard = [];
          addEventListener("message", ({ origin, data }) => origin === window.origin && heard.push(data));
          const frame = document.createElement("iframe");
          Object.assign(frame, { src: path, width, height, title: "lab" });
          document.body.replaceChildren(frame);
        }""",
        [path, size],
    )
    frame = page.frames[-1]
    expect(frame.locator("#loading")).to_be_hidden()
    return frame


def wait_to_hear(page: Page, *messages: dict[str, str]) -> None:
    """The last messages that the page around the lab has heard, in order."""
    script = "n => window.heard.slice(-n)"
    heard = until(page, lambda: page.evaluate(script, len(messages)), lambda heard: heard == list(messages))
    assert heard == list(messages)


def ask(page: Page, search: str, hash_: str) -> None:
    page.evaluate(
        """([search, hash]) => frames[0].postMessage({ bptt: "visit", search, hash }, window.origin)""",
        [search, hash_],
    )

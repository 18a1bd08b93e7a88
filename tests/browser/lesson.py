"""What a reader does with a lesson, as short words for the tests."""

from playwright.sync_api import FrameLocator, Page, expect

SLOW = 40_000  # ms: a race may have to be run


def open_moment(page: Page, language: str, lesson: str, m: int = 1) -> None:
    page.goto(f"/{language}/lessons/{lesson}#m={m}")
    expect(moment(page, m)).to_be_visible()


def moment(page: Page, m: int):
    return page.locator(f"section.moment[data-m='{m}']")


def lab(page: Page) -> FrameLocator:
    return page.frame_locator("#frame")


def wait_for_lab(page: Page) -> None:
    """The lab in the frame has drawn where it was sent."""
    expect(page.locator("#frame[data-stands]")).to_be_attached(timeout=SLOW)
    expect(lab(page).locator("#loading")).to_be_hidden(timeout=SLOW)


def choices(page: Page, m: int):
    """The choices of a question, once they have been worked out."""
    box = moment(page, m).locator(".choices")
    expect(box).to_have_attribute("aria-busy", "false", timeout=SLOW)
    return box.locator(".choice")

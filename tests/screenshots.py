"""Take the pictures of the README, and a set to look at, from the real server: ``make screenshots``."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.server import ROOT, serving

README = ROOT / "static" / "images"
LOOK = ROOT / "test-results" / "screenshots"
WIDE, PHONE = (1280, 720), (390, 844)
KOREAN = "text=기울기는 시간을 거슬러 흐른다.&k=4#t=6"
FOX = "text=the quick brown fox jumps over the lazy d&k=10#t=15"
STATES = {
    "hello": "v=1",
    "korean": f"v=1&{KOREAN}",
    "fox": f"v=1&{FOX}",
    "window": "v=1&text=banana banana&truncation=window&k=3",
    "tbptt": "v=1&text=banana banana&truncation=tbptt&k1=2&k=5",
    "randomized": "v=1&text=banana banana&truncation=randomized",
    "last": "v=1&text=안녕하세요 여러분&loss_at=last&truncation=full#t=3",
    "squared": "v=1&loss=squared_error&truncation=full",
    "long": "v=1&steps=200&k=10#t=150",
    "wide-state": "v=1&hidden=64",
    "one-unit": "v=1&hidden=1&activation=identity",
    "overflow": "v=1&text=ab&steps=200&activation=relu&gain=3&hidden=64",
    "emoji": "v=1&text=👩‍👩‍👧‍👦👍🏽🇰🇷é שלום",
}


@dataclass(frozen=True)
class Shot:
    """One picture: where to, of which address, how wide, how light, and how much of the page."""

    path: Path
    address: str
    size: tuple[int, int]
    theme: str
    whole: bool


def shots() -> list[Shot]:
    """The README's two, then every state in both languages, themes and sizes."""
    found = [
        Shot(README / "explorer.png", "/en/?v=1#t=1", WIDE, "light", True),
        Shot(README / "phone.png", f"/ko/?v=1&{KOREAN}", PHONE, "dark", False),
    ]
    for name, query in STATES.items():
        for size, shape in ((WIDE, "wide"), (PHONE, "phone")):
            for theme, language in (("light", "ko"), ("dark", "en")):
                path = LOOK / f"{name}-{shape}-{theme}-{language}.png"
                found.append(Shot(path, f"/{language}/?{query}", size, theme, True))
    return found


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture when it is drawn."""
    phone = shot.size == PHONE
    context = browser.new_context(
        viewport={"width": shot.size[0], "height": shot.size[1]},
        device_scale_factor=2 if phone else 1,
        color_scheme=shot.theme,
        has_touch=phone,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + shot.address)
    page.locator("#comparison table").wait_for()
    page.wait_for_timeout(300)
    shot.path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shot.path, full_page=shot.whole)
    context.close()
    print(shot.path.relative_to(ROOT), flush=True)


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(playwright), args=chromium.ARGS)
        for shot in shots():
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main()

"""``make screenshots``: pictures for the documentation, link previews and review, from the real server."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from app.lessons import LESSONS
from app.pages.rendering import PREVIEW_IMAGES
from app.presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from tests import chromium
from tests.project import bundled
from tests.server import ROOT, serving

DOCS = ROOT / "docs" / "images"
LOOK = ROOT / "test-results" / "screenshots"
RUN = "#run[data-state=done]"
IN_LESSON = "#frame[data-stands]"
IN_GRAPH = "#node-svg svg"
LONGEST = 120_000  # ms
STATIC = ROOT / "static"
WIDE, PHONE, PREVIEW = (1280, 720), (390, 844), (1200, 630)
CONTROLS = "#controls, header .right"
OPEN = "open=norms,credit,schemes,cost,comparison"
FLOW = "text=time flows back&k=5"
KOREAN = "text=기울기는 시간을 거슬러 흐른다.&k=4"
STATES = {name: link.removeprefix("?") for name, link in PRESETS.items()} | {
    "korean": f"v=1&{KOREAN}#t=6",
    "forward": "v=1#at=f2.1",
    "backward": "v=1#at=b2.3",
    "cut": f"v=1&{KOREAN}#at=b4.4",
    "walk": "v=1&text=the quick brown fox&truncation=window&k=4#at=b9:7.1",
    "update": "v=1#at=u",
    "chosen": "v=1&text=the quick brown fox&k=4#s=13&t=6",
    "squared": "v=1&loss=squared_error&truncation=full",
    "wide-state": "v=1&hidden=64#at=b2.2",
    "overflow": "v=1&text=ab&steps=1000&activation=relu&gain=3&hidden=32",
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
    drawn: str = "#tray .opens >> nth=0"  # what is there when the picture is
    without: str = ""  # selector of what is not shown


def shots() -> list[Shot]:
    """Those of the documentation, then presets and more states in both languages, themes and sizes."""
    found = [
        Shot(DOCS / "overview.png", f"/en/?v=1&{FLOW}", WIDE, "light", False),
        Shot(DOCS / "explorer.png", f"/en/?v=1&{FLOW}#{OPEN}", WIDE, "light", True, "#comparison table"),
        Shot(DOCS / "ledger.png", "/en/?v=1#at=b2.3", WIDE, "light", False),
        Shot(DOCS / "phone.png", f"/ko/?v=1&{KOREAN}", PHONE, "dark", False),
        Shot(DOCS / "film.png", "/en/training?v=1#at=1.1.2", WIDE, "light", False, RUN),
        Shot(DOCS / "training.png", f"/en/training{TRAINING_PRESETS['stairs']}", WIDE, "light", True, RUN),
        Shot(DOCS / "graph.png", "/en/graph?v=1#at=b1", WIDE, "light", False, IN_GRAPH),
        *(
            Shot(
                STATIC / image,
                f"/{language}/?v=1#show=norms&open=norms",
                PREVIEW,
                "light",
                False,
                "#norms",
                CONTROLS,
            )
            for language, image in PREVIEW_IMAGES.items()
        ),
        Shot(DOCS / "lesson.png", "/en/lessons/bptt#m=2", WIDE, "light", False, IN_LESSON),
    ]
    for lesson in LESSONS:
        for m in range(1, len(lesson.moment) + 2):  # and the end
            for size, theme, language in ((WIDE, "light", "ko"), (PHONE, "dark", "en")):
                path = LOOK / f"lesson-{lesson.number:02}-{m}-{theme}-{language}.png"
                address = f"/{language}/lessons/{lesson.id}#m={m}"
                found.append(Shot(path, address, size, theme, False, IN_LESSON))
    for name, query in GRAPH_PRESETS.items():
        for size, theme, language in ((WIDE, "light", "ko"), (PHONE, "dark", "en")):
            path = LOOK / f"graph-{name}-{theme}-{language}.png"
            found.append(Shot(path, f"/{language}/graph{query}", size, theme, False, IN_GRAPH))
    for name, query in TRAINING_PRESETS.items():
        for size, shape in ((WIDE, "wide"), (PHONE, "phone")):
            for theme, language in (("light", "ko"), ("dark", "en")):
                path = LOOK / f"training-{name}-{shape}-{theme}-{language}.png"
                found.append(Shot(path, f"/{language}/training{query}", size, theme, True, RUN))
    for name, query in STATES.items():
        for size, shape in ((WIDE, "wide"), (PHONE, "phone")):
            for theme, language in (("light", "ko"), ("dark", "en")):
                path = LOOK / f"{name}-{shape}-{theme}-{language}.png"
                opened = f"/{language}/?{query}{'&' if '#' in query else '#'}{OPEN}"
                found.append(Shot(path, opened, size, theme, True, "#comparison table"))
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
    page.set_default_timeout(LONGEST)
    page.goto(address + shot.address)
    page.locator(shot.drawn).wait_for(
        state="attached" if shot.drawn == RUN else "visible"
    )  # the run is told where it is looked at
    page.wait_for_timeout(300)
    if shot.without:
        page.evaluate(
            "hidden => document.querySelectorAll(hidden).forEach((it) => it.remove())", shot.without
        )
        page.wait_for_timeout(1000)
    shot.path.parent.mkdir(parents=True, exist_ok=True)
    if shot.whole:  # a window as high as the page, while the scripts lay it out as in the usual one
        page.evaluate("Object.defineProperty(window, 'innerHeight', { value: innerHeight })")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": shot.size[0], "height": height})
        page.wait_for_timeout(1000)
    page.screenshot(path=shot.path, full_page=shot.whole)
    context.close()
    print(shot.path.relative_to(ROOT), flush=True)


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", cwd=bundled(Path(folder) / "site")) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(playwright), args=chromium.ARGS)
        for shot in shots():
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main()

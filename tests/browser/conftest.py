"""Browser tests: a real server of the bundled pages, a real browser, and pages that may not complain.

Tests get pages that are used again (pool.py); ``@pytest.mark.fresh_context`` gives one a context of its own.
"""

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Page,
    Playwright,
    Request,
    WebError,
    expect,
)

from tests import chromium, project
from tests.browser.explorer import BUSY
from tests.browser.framed import open_framed
from tests.browser.pool import Pool
from tests.server import ServerError, serving

HERE = Path(__file__).parent
RECORDED = ("--tracing", "--video", "--screenshot")  # of pytest-playwright, for contexts of one test alone

# A page lives for a second: to optimize its scripts, or to collect garbage often, costs a tenth of the
# processor time and brings nothing.
V8 = "--no-opt --no-maglev --no-sparkplug --single-threaded-gc --min-semi-space-size=32"
ARGS = [*chromium.ARGS, f"--js-flags={V8}"]

PATIENCE = 20_000  # ms until an expectation fails: only on a busy machine is it used up

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Browser tests come last, the longest files first, and one variant of each is enough for `make test`.

    Last, since Playwright's event loop, once running, forbids `asyncio.run` to the others; the longest first,
    so that all workers end at about the same time.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
        elif "browser" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} asks for a browser: is an argument called page?")
    leave_one_variant([item for item in items if item.get_closest_marker("browser")])
    yield  # pytest leaves out what `-m` does not ask for, and moves tests that share a fixture
    count = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (
            (1, -count[item.path], str(item.path)) if item.get_closest_marker("browser") else (0, 0, "")
        )
    )


def leave_one_variant(items: list[pytest.Item]) -> None:
    """Of the variants of each parametrized test, the others are `exhaustive`.

    Which one is left depends on the name of the test: so each language, size and page is left in many tests.
    """
    variants: dict[str, list[pytest.Item]] = {}
    for item in items:
        if not item.get_closest_marker("exhaustive"):
            variants.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, found in variants.items():
        left = crc32(name.encode()) % len(found)
        for item in found[:left] + found[left + 1 :]:
            item.add_marker(pytest.mark.exhaustive)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, playwright: Playwright) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium.find(playwright), "args": ARGS}


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its bundle, made by the first worker that comes to it."""
    temporary = tmp_path_factory.getbasetemp()
    folder = (temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary) / "bundled"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "static" / "lean" / "made.json").exists():
            project.bundled(folder)
    return folder


@pytest.fixture(scope="session")
def server(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server, each worker's own."""
    try:
        with serving(tmp_path_factory.mktemp("server") / "log", cwd=bundled) as address:
            yield address
    except ServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without the bundle."""
    with serving(tmp_path_factory.mktemp("as_written") / "log", BPTT_BUNDLE="0") as address:
        yield address


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    return server


@pytest.fixture
def tolerated() -> list[str]:
    """Pieces of the complaints a test brings about: `tolerated.append("ERR_INTERNET_DISCONNECTED")`."""
    return [BUSY]


class Listener:
    """Hears console errors, page errors and requests to other hosts, from every context."""

    def __init__(self, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.complaints: list[str] = []

    def listen(self, context: BrowserContext) -> BrowserContext:
        context.on("console", self.on_console)
        context.on("weberror", self.on_error)
        context.on("request", self.on_request)
        return context

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def on_error(self, error: WebError) -> None:
        self.complaints.append(f"error: {error.error}")

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"about", "blob", "data"} and parts.netloc != self.host:
            self.complaints.append(f"request: {request.url}")


@pytest.fixture(scope="session")
def listener(base_url: str) -> Listener:
    return Listener(base_url)


@pytest.fixture(autouse=True)
def complaints(listener: Listener, tolerated: list[str]) -> Iterator[None]:
    """Of what the pages of a test complained, nothing may be left."""
    listener.complaints.clear()
    yield
    left = [each for each in listener.complaints if not any(piece in each for piece in tolerated)]
    if left:
        pytest.fail("The page complained:\n" + "\n".join(left), pytrace=False)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], complaints: None, listener: Listener
) -> Callable[..., BrowserContext]:
    """A context for this test alone: pytest-playwright's, listened to."""
    return lambda **options: listener.listen(new_context(**options))


@pytest.fixture(scope="session")
def pool(browser: Browser, browser_context_args: dict, listener: Listener) -> Iterator[Pool]:
    pool = Pool(lambda **options: listener.listen(browser.new_context(**browser_context_args, **options)))
    yield pool
    pool.close()


@pytest.fixture
def open_page(request: pytest.FixtureRequest, pool: Pool, complaints: None) -> Iterator[Callable[..., Page]]:
    """Give a page in a context with such options: ``open_page(viewport=..., color_scheme="dark")``."""
    recorded = any(request.config.getoption(option) != "off" for option in RECORDED)
    if recorded or request.node.get_closest_marker("fresh_context"):
        new_context = request.getfixturevalue("new_context")
        yield lambda **options: new_context(**options).new_page()
    else:
        yield lambda **options: pool.lend(options)
        pool.take_back(spoiled=request.node.rep_call.failed)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def context(page: Page) -> BrowserContext:
    return page.context


@pytest.fixture
def in_lesson(page: Page) -> Callable[..., Frame]:
    """Open a lab in a frame of this site: ``in_lesson("/embed/en/", size)``."""
    return lambda *arguments: open_framed(page, *arguments)

"""A real server, a real browser, and a page that may not complain or call anyone else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Playwright, Request, WebError

from tests import chromium
from tests.server import ServerError, serving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop, once running, forbids `asyncio.run` to the others."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, playwright: Playwright) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium.find(playwright), "args": chromium.ARGS}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server."""
    try:
        with serving(tmp_path_factory.mktemp("server") / "log") as address:
            yield address
    except ServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    return server


@pytest.fixture
def tolerated() -> list[str]:
    """Pieces of the complaints a test brings about: `tolerated.append("ERR_INTERNET_DISCONNECTED")`."""
    return []


@pytest.fixture(autouse=True)
def complaints(tolerated: list[str]) -> Iterator[list[str]]:
    """Console errors, page errors and requests to other hosts, from all pages of a test: none may be left."""
    found: list[str] = []
    yield found
    left = [complaint for complaint in found if not any(piece in complaint for piece in tolerated)]
    if left:
        pytest.fail("The page complained:\n" + "\n".join(left), pytrace=False)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], complaints: list[str], base_url: str
) -> Callable[..., BrowserContext]:
    """pytest-playwright's, listened to; `context` and `page` are made with it."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location['url']})")

    def on_error(error: WebError) -> None:
        complaints.append(f"error: {error.error}")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"about", "blob", "data"} and parts.netloc != urlsplit(base_url).netloc:
            complaints.append(f"request: {request.url}")

    def listened(**options: object) -> BrowserContext:
        context = new_context(**options)
        context.on("console", on_console)
        context.on("weberror", on_error)
        context.on("request", on_request)
        return context

    return listened

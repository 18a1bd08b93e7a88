"""A real server, a real browser, and a page that may not complain or call anyone else."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Playwright, Request, WebError

from tests import chromium

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


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
    """The address, http://127.0.0.1:port, of the real server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT,
            env=os.environ | {"BPTT_HOST": "127.0.0.1", "BPTT_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            deadline = time.monotonic() + 60
            while not is_healthy(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"The server did not come up:\n{log.read_text()}", pytrace=False)
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
            if process.poll() is not None:
                pytest.fail(f"The server ended during the tests:\n{log.read_text()}", pytrace=False)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


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

"""The rooms over both stores: the application in this process, on each of them."""

import pytest

from app.rooms import rooms
from tests.redis_server import running

STORES = ["memory", "redis"]


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    with running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(params=STORES)
def store(request, monkeypatch) -> str:
    """The name of a store that is empty, and that new applications use."""
    if request.param == "redis":
        server = request.getfixturevalue("redis")
        assert server.ask("FLUSHALL") == b"+OK\r\n"
        monkeypatch.setenv("BPTT_ROOMS_URL", server.url)
    return request.param


@pytest.fixture
def at_once(monkeypatch) -> None:
    """Events as fast as they come, for tests that are not about how fast."""
    monkeypatch.setattr(rooms, "CHANGES", 0.001)
    monkeypatch.setattr(rooms, "COUNTS", 0.001)

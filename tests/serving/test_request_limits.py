"""Requests beyond their bounds are refused before any route sees them, each with its own status."""

import asyncio

import pytest

from app.serving.request_limits import RequestLimits
from tests.asgi import Client

PARAMETERS = b"&".join([b"a=1"] * 1000)


async def passed(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"passed"})


def answer(path, query=b""):
    async def scenario():
        client = Client(RequestLimits(passed), path, query)
        await client.task
        return client

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/", b"a" * 32767, 200),
        ("/", b"a" * 32768, 414),
        ("/" + "a" * 999, b"", 200),
        ("/" + "a" * 1000, b"", 404),
        ("/" + "a" * 32767, b"", 404),
        ("/" + "a" * 32768, b"", 414),
        ("/", PARAMETERS, 200),
        ("/", PARAMETERS + b"&", 400),
        ("/", "é".encode(), 400),
        ("/é", b"", 400),
    ],
)
def test_the_last_request_within_a_bound_passes_and_the_next_is_refused(path, query, status):
    client = answer(path, query)
    assert client.status == status
    if status == 200:
        assert client.body == b"passed"
    else:
        assert client.headers["cache-control"] == "no-store"
        assert client.body != b"passed"


def test_what_is_no_request_passes():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(RequestLimits(app)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]

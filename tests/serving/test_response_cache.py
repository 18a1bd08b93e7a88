"""The URLs that are known: as many as fit, each with the bytes that it keeps, by scheme and host too."""

import asyncio

from starlette.requests import Request

from app.serving.cache import Cache, Stored
from app.serving.response_cache import ResponseCache

MIB = 2**20


def request(number: int, scheme: str = "http", host: bytes = b"") -> Request:
    path = b"/%02d" % number
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": scheme,
            "path": path.decode(),
            "raw_path": path,
            "query_string": b"",
            "headers": [(b"host", host)] if host else [],
        }
    )


async def page(_: str) -> Stored:
    return Stored(b"page", "tag")


def known(responses: ResponseCache, asked: Request) -> bool:
    return asyncio.run(responses.answer_again(asked)) is not None


def test_sixteen_mebibytes_of_addresses_are_known_and_the_oldest_makes_room():
    responses = ResponseCache(Cache(1000))
    rest = MIB - 2000 - len("http") - len(b"/00")  # what is kept beside the address and its objects
    for number in range(16):
        assert not known(responses, request(number))
        asyncio.run(responses.answer_with(request(number), page, rest, "text/plain", {}))
    assert all(known(responses, request(number)) for number in range(16))
    asyncio.run(responses.answer_with(request(16), page, rest, "text/plain", {}))
    assert [number for number in range(17) if not known(responses, request(number))] == [0]


def test_an_address_of_another_scheme_or_host_is_another():
    responses = ResponseCache(Cache(1000))
    asyncio.run(responses.answer_with(request(1, "http", b"a"), page, 0, "text/plain", {}))
    assert known(responses, request(1, "http", b"a"))
    for scheme, host in (("https", b"a"), ("http", b"b"), ("http", b"")):
        assert not known(responses, request(1, scheme, host))

"""Response cache (LRU by bytes): each canonical query is computed and compressed once per Content-Encoding.

A URL that was answered before is known and is answered from the cache without parsing its query again:
decoding, validating every parameter and filling in defaults takes longer than sending the response.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .cache import Cache, Stored
from .compression import CODINGS, compress, decompress
from .departures import unless_gone
from .replies import reply
from .version import digest

STORED_CODING = next(iter(CODINGS))  # the coding in which a body is stored; others are made from it
MAX_URL_BYTES = 16 * 2**20  # bytes of all URLs that are known

Make = Callable[[], Awaitable[bytes]]
Key = tuple[str, ...]
"""What a body answers, in parts: joined to one string, two questions could have the same key."""
Url = tuple[str, bytes, bytes, bytes]
"""Scheme, Host, path and query as they were sent; decoded, different ones could be equal."""
FromCoding = Callable[[str], Awaitable[Stored]]
"""Returns a body in a coding."""


class KnownUrl(NamedTuple):
    """What a URL asks for, and how the response is sent; ``size`` is about how many bytes this takes."""

    stored: FromCoding
    is_kept: Callable[[], bool]
    media_type: str
    headers: Mapping[str, str]
    size: int


class ResponseCache:
    """Bodies by the key of what they answer, and keys by URL."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._urls: LRUCache[Url, KnownUrl] = LRUCache(MAX_URL_BYTES, getsizeof=lambda known: known.size)

    async def get(self, key: Key, coding: str, make: Make) -> Stored:
        """The body in a coding; ``make`` is called only if it is not in the cache."""
        if coding == STORED_CODING:
            return await self._cache.get((key, coding), lambda: _first(make))
        return await self._cache.get((key, coding), lambda: self._recoded(key, coding, make))

    def cached(self, key: Key) -> Callable[[], bytes] | None:
        """What unpacks the body under ``key``, if it is in the cache."""
        stored = self._cache.peek((key, STORED_CODING))
        if not isinstance(stored, Stored):
            return None
        return lambda: decompress(stored.body, STORED_CODING)

    async def store(self, key: Key, body: bytes) -> None:
        """Add a body that was made elsewhere."""
        self._cache.put((key, STORED_CODING), await asyncio.to_thread(lambda: _compressed(body)))

    async def _recoded(self, key: Key, coding: str, make: Make) -> Stored:
        body, tag = await self.get(key, STORED_CODING, make)
        recoded = await asyncio.to_thread(lambda: compress(decompress(body, STORED_CODING), coding))
        return Stored(recoded, tag)

    async def answer(
        self, request: Request, key: Key, make: Make, media_type: str, headers: Mapping[str, str]
    ) -> Response:
        """The response to a request whose URL alone decides its body, which is kept."""
        response = await reply(
            request,
            lambda coding: unless_gone(request, self.get(key, coding, make)),
            media_type,
            headers,
        )
        known = KnownUrl(
            lambda coding: self.get(key, coding, _evicted),
            lambda: self._cache.has((key, STORED_CODING)),
            media_type,
            headers,
            sum(map(len, key)) + 900,
        )
        self._remember(request, known)
        return response

    async def answer_with(
        self, request: Request, stored: FromCoding, size: int, media_type: str, headers: Mapping[str, str]
    ) -> Response:
        """The response to a request whose URL alone decides its body, which ``stored`` puts together quickly.

        ``size`` is about how many bytes ``stored`` keeps for this URL.
        """
        response = await reply(request, stored, media_type, headers)
        self._remember(request, KnownUrl(stored, lambda: True, media_type, headers, size + 2000))
        return response

    def _remember(self, request: Request, known: KnownUrl) -> None:
        url = _url(request.scope)
        self._urls[url] = known._replace(size=known.size + sum(map(len, url)))

    async def answer_again(self, request: Request) -> Response | None:
        """The response to a URL that is known, if its body is still there."""
        known = self._urls.get(_url(request.scope))
        if known is None or not known.is_kept():
            return None
        return await reply(request, known.stored, known.media_type, known.headers)


class CachedResponses:
    """ASGI middleware that answers known URLs before their query is parsed."""

    def __init__(self, app: ASGIApp, responses: ResponseCache) -> None:
        self.app = app
        self._responses = responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = None
        if scope["type"] == "http" and scope["method"] == "GET":
            response = await self._responses.answer_again(Request(scope))
        await (response or self.app)(scope, receive, send)


def _url(scope: Scope) -> Url:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return scope["scheme"], host, scope["raw_path"], scope["query_string"]


async def _first(make: Make) -> Stored:
    body = await make()
    return await asyncio.to_thread(lambda: _compressed(body))


def _compressed(body: bytes) -> Stored:
    return Stored(compress(body, STORED_CODING), digest([body]))


async def _evicted() -> bytes:
    raise LookupError("the body was in the cache a moment ago")

"""What is asked again and again: computed once, packed once a coding, kept as long as there is room.

An address that was answered once is known: it is answered again without being read again, since reading a
question (decoding, checking every parameter, filling in defaults) takes longer than sending its answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .cache import Cache, Stored
from .coding import CODINGS, pack, unpack
from .replies import reply
from .version import digest

FIRST = next(iter(CODINGS))  # the coding in which a body is kept; other codings are made from it
ADDRESSES = 16 * 2**20  # bytes of addresses that are known

Make = Callable[[], Awaitable[bytes]]


class Known(NamedTuple):
    """What an address asks, and how its answer goes out."""

    address: bytes
    question: str
    media_type: str
    headers: Mapping[str, str]


class Answers:
    """Bodies by the question they answer, and questions by address."""

    def __init__(self, most_bytes: int) -> None:
        self._cache = Cache(most_bytes)
        self._known: LRUCache[bytes, Known] = LRUCache(ADDRESSES, getsizeof=_size)

    async def get(self, question: str, coding: str, make: Make) -> Stored:
        """The answer in a coding; ``make`` is called only if nobody has asked before."""
        if coding == FIRST:
            return await self._cache.get((question, coding), lambda: _first(make))
        return await self._cache.get((question, coding), lambda: self._recoded(question, coding, make))

    def known(self, question: str) -> bytes | None:
        """The body of an answer that is at hand."""
        kept = self._cache.peek((question, FIRST))
        return kept and unpack(kept.body, FIRST)

    async def keep(self, question: str, body: bytes) -> None:
        """Have an answer at hand that was made elsewhere."""
        self._cache.put((question, FIRST), await asyncio.to_thread(lambda: _packed(body)))

    async def _recoded(self, question: str, coding: str, make: Make) -> Stored:
        body, tag = await self.get(question, FIRST, make)
        return Stored(await asyncio.to_thread(lambda: pack(unpack(body, FIRST), coding)), tag)

    async def answer(
        self, request: Request, question: str, make: Make, media_type: str, headers: Mapping[str, str]
    ) -> Response:
        """The response to a request whose address alone says what it asks."""
        response = await reply(request, lambda coding: self.get(question, coding, make), media_type, headers)
        known = Known(_address(request.scope), question, media_type, headers)
        self._known[known.address] = known
        return response

    async def again(self, request: Request) -> Response | None:
        """The response to an address that is known, if its answer is still there."""
        known = self._known.get(_address(request.scope))
        if known is None or not self._cache.has((known.question, FIRST)):
            return None
        _, question, media_type, headers = known
        return await reply(request, lambda coding: self.get(question, coding, _gone), media_type, headers)


class Shortcut:
    """ASGI middleware in front of all that reads questions."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self.app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = None
        if scope["type"] == "http" and scope["method"] == "GET":
            response = await self._answers.again(Request(scope))
        await (response or self.app)(scope, receive, send)


def _address(scope: Scope) -> bytes:
    path: str = scope["path"]
    query: bytes = scope["query_string"]
    return path.encode("utf-8", "surrogateescape") + b"?" + query


def _size(known: Known) -> int:
    return 2 * len(known.address) + len(known.question) + 700


async def _first(make: Make) -> Stored:
    body = await make()
    return await asyncio.to_thread(lambda: _packed(body))


def _packed(body: bytes) -> Stored:
    return Stored(pack(body, FIRST), digest([body]))


async def _gone() -> bytes:
    raise LookupError("the answer was kept a moment ago")

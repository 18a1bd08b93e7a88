"""What is asked again and again: computed once, packed once a coding, kept as long as there is room."""

import asyncio
from collections.abc import Awaitable, Callable

from .cache import Cache, Stored
from .coding import CODINGS, pack, unpack
from .version import digest

FIRST = next(iter(CODINGS))  # the coding in which a body is kept; other codings are made from it


class Answers:
    """Bodies by the question they answer."""

    def __init__(self, most_bytes: int) -> None:
        self._cache = Cache(most_bytes)

    async def get(self, question: str, coding: str, make: Callable[[], Awaitable[bytes]]) -> Stored:
        """The answer in a coding; ``make`` is called only if nobody has asked before."""
        if coding == FIRST:
            return await self._cache.get((question, coding), lambda: _first(make))
        return await self._cache.get((question, coding), lambda: self._recoded(question, coding, make))

    async def _recoded(self, question: str, coding: str, make: Callable[[], Awaitable[bytes]]) -> Stored:
        body, tag = await self.get(question, FIRST, make)
        return Stored(await asyncio.to_thread(lambda: pack(unpack(body, FIRST), coding)), tag)


async def _first(make: Callable[[], Awaitable[bytes]]) -> Stored:
    body = await make()
    return await asyncio.to_thread(lambda: Stored(pack(body, FIRST), digest([body])))

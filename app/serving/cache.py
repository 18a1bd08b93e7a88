"""What was made and is wanted again: bounded in bytes, and made once however many ask at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import NamedTuple

from cachetools import LRUCache

OVERHEAD = 400  # bytes of Python around an entry, about


class Stored(NamedTuple):
    """A body as it goes out, and the tag of what it stands for, in whichever coding."""

    body: bytes
    tag: str


class Cache:
    """The entries used last, by key; for one event loop."""

    def __init__(self, most_bytes: int) -> None:
        self._kept: LRUCache[Hashable, Stored] = LRUCache(most_bytes, getsizeof=_size)
        self._under_way: dict[Hashable, asyncio.Task[Stored]] = {}
        self.made = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Stored]]) -> Stored:
        """The entry under ``key``, made if there is none.

        Everybody who asks meanwhile waits for the same making, which goes on when any of them leaves.
        What fails is told to all of them and not kept.
        """
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        if key not in self._under_way:
            task = asyncio.ensure_future(self._fill(key, make))
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        return await asyncio.shield(self._under_way[key])

    def has(self, key: Hashable) -> bool:
        """Whether it is made, and used just now."""
        return self._kept.get(key) is not None

    def peek(self, key: Hashable) -> Stored | None:
        """The entry under ``key``, if it is made."""
        return self._kept.get(key)

    def put(self, key: Hashable, stored: Stored) -> None:
        """Keep what was made elsewhere."""
        if _size(stored) <= self._kept.maxsize:
            self._kept[key] = stored

    async def _fill(self, key: Hashable, make: Callable[[], Awaitable[Stored]]) -> Stored:
        stored = await make()
        self.made += 1
        self.put(key, stored)
        return stored

    def _finished(self, key: Hashable, task: asyncio.Task[Stored]) -> None:
        del self._under_way[key]
        if not task.cancelled():
            task.exception()  # so that one nobody waits for any more is not reported as lost


def _size(stored: Stored) -> int:
    return len(stored.body) + OVERHEAD

"""LRU cache bounded in bytes; concurrent requests for the same key share one computation."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import NamedTuple

from cachetools import LRUCache

OVERHEAD = 400  # approximate bytes of Python objects per entry


class Stored(NamedTuple):
    """A body in some coding, and the tag of its uncompressed content."""

    body: bytes
    tag: str


class Cache:
    """The most recently used entries, by key; for one event loop."""

    def __init__(self, max_bytes: int) -> None:
        self._entries: LRUCache[Hashable, Stored] = LRUCache(max_bytes, getsizeof=_size)
        self._running: dict[Hashable, asyncio.Task[Stored]] = {}
        self.made = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Stored]]) -> Stored:
        """The entry under ``key``, made if there is none.

        Concurrent callers wait for the same task, which continues when any of them is canceled.
        An exception is raised in all of them and is not stored.
        """
        entry = self._entries.get(key)
        if entry is not None:
            return entry
        if key not in self._running:
            task = asyncio.ensure_future(self._fill(key, make))
            self._running[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        return await asyncio.shield(self._running[key])

    def has(self, key: Hashable) -> bool:
        """Whether there is an entry; marks it as recently used."""
        return self._entries.get(key) is not None

    def peek(self, key: Hashable) -> Stored | None:
        """The entry under ``key``, if there is one."""
        return self._entries.get(key)

    def put(self, key: Hashable, stored: Stored) -> None:
        """Add an entry that was made elsewhere; one larger than the cache is dropped."""
        if _size(stored) <= self._entries.maxsize:
            self._entries[key] = stored

    async def _fill(self, key: Hashable, make: Callable[[], Awaitable[Stored]]) -> Stored:
        stored = await make()
        self.made += 1
        self.put(key, stored)
        return stored

    def _finished(self, key: Hashable, task: asyncio.Task[Stored]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # marks it as retrieved: asyncio logs an exception that nobody retrieves


def _size(stored: Stored) -> int:
    return len(stored.body) + OVERHEAD

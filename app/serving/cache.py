"""LRU cache bounded in bytes; concurrent requests for the same key share one computation."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from cachetools import LRUCache

OVERHEAD = 400  # approximate bytes of Python objects per entry


class Stored(NamedTuple):
    """A body in some coding, and the tag of its uncompressed content."""

    body: bytes
    tag: str

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.body)


class Sized(Protocol):
    """Anything that says how many bytes it keeps."""

    @property
    def size(self) -> int:
        """Its bytes."""


Entry = TypeVar("Entry", bound=Sized)


class Cache:
    """The most recently used entries, by key; for one event loop."""

    def __init__(self, max_bytes: int) -> None:
        self._entries: LRUCache[Hashable, Sized] = LRUCache(max_bytes, getsizeof=_size)
        self._running: dict[Hashable, asyncio.Task[Any]] = {}
        self.made = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Entry]]) -> Entry:
        """The entry under ``key``, made if there is none.

        Concurrent callers wait for the same task, which continues when any of them is canceled.
        An exception is raised in all of them and is not stored.
        """
        entry = self._entries.get(key)
        if entry is not None:
            return cast(Entry, entry)
        if key not in self._running:
            task = asyncio.ensure_future(self._fill(key, make))
            self._running[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        return cast(Entry, await asyncio.shield(self._running[key]))

    def has(self, key: Hashable) -> bool:
        """Whether there is an entry; marks it as recently used."""
        return self._entries.get(key) is not None

    def peek(self, key: Hashable) -> Sized | None:
        """The entry under ``key``, if there is one."""
        return self._entries.get(key)

    def put(self, key: Hashable, entry: Sized) -> None:
        """Add an entry that was made elsewhere; one larger than the cache is dropped."""
        if _size(entry) <= self._entries.maxsize:
            self._entries[key] = entry

    async def _fill(self, key: Hashable, make: Callable[[], Awaitable[Entry]]) -> Entry:
        entry = await make()
        self.made += 1
        self.put(key, entry)
        return entry

    def _finished(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # marks it as retrieved: asyncio logs an exception that nobody retrieves


def _size(entry: Sized) -> int:
    return entry.size + OVERHEAD

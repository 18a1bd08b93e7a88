"""LRU cache bounded in bytes; concurrent requests for the same key share one computation."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
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
        self._running: dict[Hashable, _Making] = {}
        self.made = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Entry]]) -> Entry:
        """The entry under ``key``, made if there is none.

        Concurrent callers wait for the same task, which is canceled with the last of them. An exception is
        raised in all of them and is not stored.
        """
        while True:
            entry = self._entries.get(key)
            if entry is not None:
                return cast(Entry, entry)
            making = self._running.get(key)
            if making is None or making.task.done():
                making = self._begin(key, make)
            making.waiting += 1
            try:
                return cast(Entry, await asyncio.shield(making.task))
            except asyncio.CancelledError:
                current = asyncio.current_task()
                if not making.task.cancelled() or (current and current.cancelling()):
                    raise  # and not because all who had waited before have left, a moment ago
            finally:
                making.waiting -= 1
                if not making.waiting:
                    making.task.cancel()

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

    def _begin(self, key: Hashable, make: Callable[[], Awaitable[Entry]]) -> "_Making":
        making = _Making(asyncio.ensure_future(self._fill(key, make)))
        self._running[key] = making
        making.task.add_done_callback(lambda _: self._finished(key, making))
        return making

    async def _fill(self, key: Hashable, make: Callable[[], Awaitable[Entry]]) -> Entry:
        entry = await make()
        self.made += 1
        self.put(key, entry)
        return entry

    def _finished(self, key: Hashable, making: "_Making") -> None:
        if self._running.get(key) is making:
            del self._running[key]
        if not making.task.cancelled():
            making.task.exception()  # marks it as retrieved: asyncio logs one that nobody retrieves


@dataclass
class _Making:
    """The making of an entry, and how many callers wait for it."""

    task: asyncio.Task[Any]
    waiting: int = 0


def _size(entry: Sized) -> int:
    return entry.size + OVERHEAD

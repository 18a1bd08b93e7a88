"""The streams of one room in this process: the same bytes for all, and for each listener only the latest."""

import asyncio
from collections.abc import AsyncIterator, Callable

import orjson

from ..serving.direct_writing import Write
from .refusals import EndedRoom
from .room import seen_by_all
from .store import Snapshot

ALIVE = b":\n\n"  # a comment, which keeps the connection open


class Channel:
    """What the listeners of a room are sent; ``body`` is the whole value, for those who ask for it.

    ``crowd`` is called when a listener comes or goes. ``lost`` says that the store has no such room any more,
    which a restart of the store may have taken; its lecturer opens it again.
    """

    def __init__(self, crowd: Callable[[], None] = lambda: None) -> None:
        self.listeners = 0
        self.lost = False
        self.body = b""
        self._crowd = crowd
        self._waiting: list[_Listener] = []
        self._turn = 0
        self._sent: tuple[object, object] = (None, None)
        self._room = self._count = self._last = b""
        self._rooms = self._counts = 0  # events so far
        self._stopped = False

    def update(self, snapshot: Snapshot, now: int, *, counts_only: bool = False) -> None:
        """Send what is new at ``now`` (ms since 1970); with ``counts_only`` nothing but new counts."""
        room = seen_by_all(snapshot.record, snapshot.rounds, snapshot.listeners, now)
        counts = {
            "revision": room.revision,
            "listeners": room.listeners,
            "count": room.vote.count if room.vote else 0,
        }
        value, latest = (room.revision, room.away), tuple(counts.values())
        sent_value, sent_counts = self._sent
        if (value, latest) == self._sent or (counts_only and value != sent_value):
            return
        self._sent = (value, latest)
        self.body = room.model_dump_json().encode()
        if value != sent_value:
            self._room, self._count = event("room", self.body), b""
            self._rooms += 1
        elif latest != sent_counts:
            self._count = event("count", orjson.dumps(counts))
            self._counts += 1
        self.wake()

    def end(self, ended: EndedRoom) -> None:
        """Tell all that the lecture has ended."""
        address = ended.address.model_dump() if ended.address else None
        self._last = event("ended", orjson.dumps({"address": address}))
        self.stop()

    def stop(self) -> None:
        """End all streams."""
        self._stopped = True
        self.wake()

    def wake(self) -> None:
        """Send every listener what is new, or a comment; one that reads slowly looks for it by itself."""
        self._turn += 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if one.wakes.done():  # it has left
                continue
            if not self._stopped and one.write(self._new(one)):
                one.rooms, one.counts = self._rooms, self._counts
                self._waiting.append(one)
            else:
                one.wakes.set_result(None)

    async def listen(self, write: Write = lambda part: False) -> AsyncIterator[bytes]:
        """The present value, and then, whenever the listener has taken what it was sent, what is newer.

        What ``write`` sends it at once is not repeated; it says whether it could.
        """
        one = _Listener(write)
        self.listeners += 1
        self._crowd()
        try:
            while not self._stopped:
                turn, part = self._turn, self._new(one)
                one.rooms, one.counts = self._rooms, self._counts
                yield part
                if turn == self._turn:  # nothing has happened while the listener took its time
                    one.wakes = asyncio.get_running_loop().create_future()
                    self._waiting.append(one)
                    await one.wakes
            if self._last:
                yield self._last
        finally:
            self.listeners -= 1
            self._crowd()

    def _new(self, one: "_Listener") -> bytes:
        """What the listener has not been sent."""
        part = b"" if one.rooms == self._rooms else self._room
        return (part if one.counts == self._counts else part + self._count) or ALIVE


class _Listener:
    """How many events of a kind a listener has had, and what wakes it where it cannot be written to."""

    __slots__ = ("counts", "rooms", "wakes", "write")

    wakes: asyncio.Future[None]

    def __init__(self, write: Write) -> None:
        self.write = write
        self.rooms = self.counts = 0


def event(name: str, data: bytes) -> bytes:
    """A server-sent event."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)

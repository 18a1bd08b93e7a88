"""The rooms of this process: who listens to what, and the requests of lecturers and voters."""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from . import steering
from .address import Address
from .channel import Channel
from .refusals import EndedRoom, Refused, UnknownRoom, Unreachable
from .room import Ballot, Change, changed, opened
from .store import CHANGED, Store, milliseconds
from .throttle import Throttle

LOG = logging.getLogger("uvicorn.error")
MAX_LISTENERS = 2_000  # of a room in this process
MAX_VOTES = 1_000  # of a room in a second and this process
BEAT = 15.0  # s between two comments on an idle stream
CHANGES, COUNTS = 0.2, 0.25  # s between two events of a kind at least
FAREWELL = 1.0  # s that the end may take
UNUSED = 4  # beats after which a room that nobody asks for is no longer followed
NUMBERS = 20  # that are tried before it is said that there is none


class _Followed:
    """A room that is followed here: its channel, and when it is read, reported, and forgotten."""

    def __init__(self, rooms: "Rooms", number: str) -> None:
        self.channel = Channel(self._crowd)
        self.changes = Throttle(CHANGES, lambda: rooms.run(rooms.refresh(number)))
        self.counts = Throttle(COUNTS, lambda: rooms.run(rooms.refresh(number, counts_only=True)))
        self.reports = Throttle(COUNTS, lambda: rooms.run(rooms.report(number)))
        self.reading = asyncio.Lock()
        self.found: asyncio.Task[None] | None = None
        self.unused = 0

    def _crowd(self) -> None:
        self.reports.ask()

    def forget(self) -> None:
        for throttle in (self.changes, self.counts, self.reports):
            throttle.cancel()


class Rooms:
    """For one event loop; ``max_listeners`` is of all rooms together."""

    def __init__(self, store: Store, max_listeners: int) -> None:
        self.store = store
        self.max_listeners = max_listeners
        self._followed: dict[str, _Followed] = {}
        self._votes: Counter[str] = Counter()
        self._votes_second = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = self._closed = False
        store.told = self._told

    async def start(self) -> None:
        """Begin to follow rooms."""
        self._stopped = self._closed = False
        await self.store.start(self._resumed)
        self.run(self._keep_alive())

    def stop_streams(self) -> None:
        """End all streams, for their listeners to come back to the next process; refuse new ones."""
        self._stopped = True
        for followed in self._followed.values():
            followed.channel.stop()

    async def stop(self) -> None:
        """End everything."""
        self.stop_streams()
        for followed in self._followed.values():
            followed.forget()
        with suppress(TimeoutError):  # others shall know that nobody listens here any more, if they can
            await asyncio.wait_for(asyncio.gather(*map(self.report, self._followed)), FAREWELL)
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.store.stop()

    def listeners(self) -> int:
        """How many pages listen in this process."""
        return sum(followed.channel.listeners for followed in self._followed.values())

    def followed(self) -> int:
        """How many rooms this process follows."""
        return len(self._followed)

    async def open(self) -> tuple[str, str]:
        """The number of a new room, and the token that steers it.

        Raises:
            Refused: there are too many.

        """
        token = steering.new_token()
        for _ in range(NUMBERS):
            number = steering.new_number()
            if await self.store.open(number, opened(steering.digest(token), milliseconds())):
                return number, token
        raise Refused("too_many_rooms", limit=NUMBERS, retry_after=60)

    async def value(self, number: str) -> bytes:
        """What everybody may see of a room, as JSON.

        Raises:
            Refused: there is no such room.

        """
        return (await self._follow(number)).body

    async def join(self, number: str) -> Channel:
        """The channel of a room, to listen to.

        Raises:
            Refused: there is no such room, it is full, or this process is.

        """
        if self._stopped:
            raise Refused("stopping", retry_after=1)
        channel = await self._follow(number)
        if channel.listeners >= MAX_LISTENERS:
            raise Refused("room_full", limit=MAX_LISTENERS, retry_after=30)
        if self.listeners() >= self.max_listeners:
            raise Refused("room_full", limit=self.max_listeners, retry_after=30)
        return channel

    async def steer(self, number: str, token: str, change: Change) -> bool:
        """Change a room; whether it is new, opened again under a number that nobody has.

        Raises:
            Refused: the token is another room's, or the lecture has ended.

        """
        steer = steering.digest(token)
        return await self.store.change(number, lambda before: changed(before, change, steer, milliseconds()))

    async def vote(self, number: str, ballot: Ballot) -> None:
        """Count a ballot.

        Raises:
            Refused: it does not count, or too many come at once.

        """
        second = milliseconds() // 1000
        if second != self._votes_second:
            self._votes_second = second
            self._votes.clear()
        self._votes[number] += 1
        if self._votes[number] > MAX_VOTES:
            raise Refused("too_many_votes", limit=MAX_VOTES, retry_after=1)
        await self.store.vote(number, ballot)

    async def end(self, number: str, token: str, address: Address | None) -> None:
        """End a lecture, and leave its audience an address or nothing.

        Raises:
            Refused: the token is another room's, or there is no such room.

        """
        await self.store.end(number, steering.digest(token), address)

    async def refresh(self, number: str, *, counts_only: bool = False) -> None:
        """Read a room that is followed, and send its listeners what is new."""
        followed = self._followed.get(number)
        if followed is None:
            return
        async with followed.reading:  # of two answers the later one counts
            try:
                snapshot = await self.store.read(number)
            except UnknownRoom:
                followed.channel.lost = True
            except EndedRoom as ended:
                followed.channel.end(ended)
                self._forget(number)
            except Unreachable:
                pass  # it is read again when the store is there
            else:
                followed.channel.lost = False
                followed.channel.update(snapshot, milliseconds(), counts_only=counts_only)

    async def report(self, number: str) -> None:
        """Tell the store how many listen here."""
        followed = self._followed.get(number)
        if followed is not None:
            with suppress(Refused):  # it is said again with the next beat
                await self.store.report(number, followed.channel.listeners)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task, and log how it fails."""
        if self._closed:  # a listener has left since
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            LOG.error("rooms: a task failed", exc_info=failure)

    async def _follow(self, number: str) -> Channel:
        """The channel of a room. However many ask for it, it is read once."""
        followed = self._followed.get(number)
        if followed is None:
            followed = self._followed[number] = _Followed(self, number)
            followed.found = asyncio.ensure_future(self._find(number, followed))
            followed.found.add_done_callback(_retrieved)
        followed.unused = 0
        if followed.found is not None:
            await asyncio.shield(followed.found)
        if followed.channel.lost:
            raise UnknownRoom(number)
        return followed.channel

    async def _find(self, number: str, followed: _Followed) -> None:
        try:
            async with followed.reading:
                followed.channel.update(await self.store.read(number), milliseconds())
        except BaseException:
            self._forget(number)
            raise
        finally:
            followed.found = None

    def _told(self, number: str, what: str) -> None:
        followed = self._followed.get(number)
        if followed is not None:
            (followed.changes if what == CHANGED else followed.counts).ask()

    def _resumed(self) -> None:
        """Messages may have been missed."""
        for followed in self._followed.values():
            followed.changes.ask()
            followed.reports.ask()

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self.store.sweep()
            self.beat()

    def beat(self) -> None:
        """Send a comment to all, look whether lecturers are away, and forget rooms that nobody asks for."""
        for number, followed in list(self._followed.items()):
            followed.unused = 0 if followed.channel.listeners else followed.unused + 1
            if followed.unused > UNUSED:
                self._forget(number)
                continue
            followed.changes.ask()
            followed.reports.ask()
            followed.channel.wake()

    def _forget(self, number: str) -> None:
        followed = self._followed.pop(number, None)
        if followed is not None:
            followed.forget()


def _retrieved(found: asyncio.Task[None]) -> None:
    """Mark its exception as retrieved, also where nobody has waited for it."""
    if not found.cancelled():
        found.exception()

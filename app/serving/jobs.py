"""Long work told as it goes on: done once however many listen, stopped when nobody does any more."""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from .pool import Busy, Pool

LOG = logging.getLogger("uvicorn.error")
LINGER = 2.0  # s that work goes on without listeners: one may only have lost its connection
KEEPALIVE = 10.0  # s without news after which a listener hears that the line stands

Tell = Callable[[bytes], None]
Work = Callable[[Tell, Callable[[], bool]], bytes]
"""Tells events, asks now and then whether it is to stop (then it raises Stopped), returns the whole."""
Keep = Callable[[bytes], Awaitable[object]]


class Stopped(Exception):
    """Nobody listens any more, or the server stops."""


@dataclass
class Job:
    """Work under way. ``told`` are its events so far; the task ends with the whole.

    Done again, the same work tells its progress at other moments: a number of an event belongs to ``name``.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    stop: threading.Event = field(default_factory=threading.Event)
    told: list[bytes] = field(default_factory=list)
    listeners: int = 0
    left_at: float = 0.0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[bytes] | None = None

    def tell(self, event: bytes) -> None:
        """On the loop's own thread."""
        self.told.append(event)
        self.news.set()
        self.news = asyncio.Event()


class Jobs:
    """The jobs under way, by key; for one event loop."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._under_way: dict[str, Job] = {}

    async def join(self, key: str, work: Work, seconds: float, keep: Keep) -> Job:
        """The job of that key, begun if there is none; ``keep`` is given the whole when it is done.

        Raises:
            Busy: too much is under way already.

        """
        known = self._under_way.get(key)
        if known and not known.stop.is_set():
            return known
        job = Job(left_at=time.monotonic())
        job.task = asyncio.ensure_future(self._run(key, job, work, seconds, keep))
        job.task.add_done_callback(_told)
        self._under_way[key] = job
        await asyncio.sleep(0)  # so far that a pool which is full has said so
        if job.task.done() and isinstance(job.task.exception(), Busy):
            await job.task
        return job

    async def whole(self, job: Job) -> bytes:
        """What the work returns; who waits for it listens.

        Raises:
            Stopped: the server stops.

        """
        assert job.task is not None
        job.listeners += 1
        try:
            return await asyncio.shield(job.task)
        finally:
            self._left(job)

    async def listen(self, job: Job, after: int) -> AsyncIterator[bytes]:
        """Every event from number ``after`` on, until the work is over; empty ones keep the line open."""
        assert job.task is not None
        job.listeners += 1
        try:
            while True:
                news = job.news
                for event in job.told[after:]:
                    yield event
                    after += 1
                if after < len(job.told):
                    continue
                if job.task.done():
                    return
                waiting = asyncio.ensure_future(news.wait())
                try:
                    await asyncio.wait({waiting, job.task}, timeout=KEEPALIVE, return_when="FIRST_COMPLETED")
                finally:
                    waiting.cancel()
                if not news.is_set() and not job.task.done():
                    yield b""
        finally:
            self._left(job)

    def stop(self) -> None:
        """End all work."""
        for job in self._under_way.values():
            job.stop.set()

    def under_way(self) -> int:
        """How many jobs there are."""
        return len(self._under_way)

    async def _run(self, key: str, job: Job, work: Work, seconds: float, keep: Keep) -> bytes:
        loop = asyncio.get_running_loop()
        watching = asyncio.ensure_future(self._watch(job))
        try:
            whole = await self._pool.run(
                lambda: work(lambda event: _call(loop, job, event), job.stop.is_set), seconds
            )
            await keep(whole)
            return whole
        finally:
            watching.cancel()
            if self._under_way.get(key) is job:
                del self._under_way[key]

    async def _watch(self, job: Job) -> None:
        """Stop the work when it has been without listeners for a while."""
        while True:
            await asyncio.sleep(LINGER / 8)
            if not job.listeners and time.monotonic() - job.left_at > LINGER:
                job.stop.set()

    def _left(self, job: Job) -> None:
        job.listeners -= 1
        job.left_at = time.monotonic()


def _call(loop: asyncio.AbstractEventLoop, job: Job, event: bytes) -> None:
    loop.call_soon_threadsafe(job.tell, event)


def _told(task: asyncio.Task[bytes]) -> None:
    """Report what nobody may be waiting for any more: a failure, but not that work was stopped or refused."""
    failure = None if task.cancelled() else task.exception()
    if failure and not isinstance(failure, (Stopped, Busy)):
        LOG.error("work failed", exc_info=failure)

"""Shared background jobs with a replayable event log for server-sent events (SSE).

Requests with the same key share one job; it is canceled LINGER seconds after its last listener leaves.
"""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from .pool import Busy, Pool

LOG = logging.getLogger("uvicorn.error")
LINGER = 2.0  # s that a job continues without listeners, in case one reconnects
KEEPALIVE = 10.0  # s without events after which a listener gets an empty one


class Finished(NamedTuple):
    """The result of a job, and the event that says so, which all listeners are sent, as it is or packed."""

    body: bytes
    event: bytes
    packed: bytes


Emit = Callable[[bytes], None]
Work = Callable[[Emit, Callable[[], bool]], Finished]
"""Emits events, regularly checks whether it should stop (then it raises Stopped), and returns the result."""
Store = Callable[[bytes], Awaitable[object]]


class Stopped(Exception):
    """The job has no listeners, or the server is shutting down."""


@dataclass
class Job:
    """A running job: its ``events`` so far, and the task that returns its result.

    The same work emits other events when it is run again, so the number of an event belongs to ``name``.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    stop: threading.Event = field(default_factory=threading.Event)
    events: list[bytes] = field(default_factory=list)
    listeners: int = 0
    left_at: float = 0.0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[Finished] | None = None

    def add(self, event: bytes) -> None:
        """Append an event; only from the event loop's thread."""
        self.events.append(event)
        self.changed.set()
        self.changed = asyncio.Event()


class Jobs:
    """The running jobs, by key; for one event loop."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._running: dict[Hashable, Job] = {}

    async def join(self, key: Hashable, work: Work, seconds: float, store: Store) -> Job:
        """The job of that key, started if there is none; ``store`` is called with the result.

        Raises:
            Busy: too much work is queued.

        """
        running = self._running.get(key)
        if running and not running.stop.is_set():
            return running
        job = Job(left_at=time.monotonic())
        job.task = asyncio.ensure_future(self._run(key, job, work, seconds, store))
        job.task.add_done_callback(_log_failure)
        self._running[key] = job
        await asyncio.sleep(0)  # lets the task run until a full pool has refused it
        if job.task.done() and isinstance(job.task.exception(), Busy):
            await job.task
        return job

    async def result(self, job: Job) -> Finished:
        """The result of the work; the caller counts as a listener while it waits.

        Raises:
            Stopped: the server is shutting down.

        """
        assert job.task is not None
        job.listeners += 1
        try:
            return await asyncio.shield(job.task)
        finally:
            self._leave(job)

    async def listen(self, job: Job, first: int) -> AsyncIterator[bytes]:
        """Every event from number ``first`` on, until the work ends; empty ones keep the connection open."""
        assert job.task is not None
        job.listeners += 1
        try:
            while True:
                changed = job.changed
                for event in job.events[first:]:
                    yield event
                    first += 1
                if first < len(job.events):
                    continue
                if job.task.done():
                    return
                waiting = asyncio.ensure_future(changed.wait())
                try:
                    await asyncio.wait({waiting, job.task}, timeout=KEEPALIVE, return_when="FIRST_COMPLETED")
                finally:
                    waiting.cancel()
                if not changed.is_set() and not job.task.done():
                    yield b""
        finally:
            self._leave(job)

    def stop(self) -> None:
        """Tell all jobs to stop."""
        for job in self._running.values():
            job.stop.set()

    def running(self) -> int:
        """The number of running jobs."""
        return len(self._running)

    async def _run(self, key: Hashable, job: Job, work: Work, seconds: float, store: Store) -> Finished:
        loop = asyncio.get_running_loop()
        watcher = asyncio.ensure_future(self._watch(job))
        try:
            result = await self._pool.run(
                lambda: work(lambda event: _add(loop, job, event), job.stop.is_set), seconds
            )
            await store(result.body)
            return result
        finally:
            watcher.cancel()
            if self._running.get(key) is job:
                del self._running[key]

    async def _watch(self, job: Job) -> None:
        """Stop the work when it has had no listeners for a while."""
        while True:
            await asyncio.sleep(LINGER / 8)
            if not job.listeners and time.monotonic() - job.left_at > LINGER:
                job.stop.set()
                if job.task:
                    job.task.cancel()  # if it is still queued

    def _leave(self, job: Job) -> None:
        job.listeners -= 1
        job.left_at = time.monotonic()


def _add(loop: asyncio.AbstractEventLoop, job: Job, event: bytes) -> None:
    loop.call_soon_threadsafe(job.add, event)


def _log_failure(task: asyncio.Task[Finished]) -> None:
    """Log an exception that no request may be waiting for, except that work was stopped or refused."""
    failure = None if task.cancelled() else task.exception()
    if failure and not isinstance(failure, (Stopped, Busy)):
        LOG.error("job failed", exc_info=failure)

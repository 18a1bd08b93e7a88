"""Thread pool with one computation per core and a queue bounded by its estimated seconds of work."""

import asyncio
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MAX_WAITING = 2.0  # estimated seconds of queued work per thread
MIN_RETRY_AFTER = 1  # s
DECAY = 0.9  # of the running sums, with every run

Result = TypeVar("Result")


class Busy(Exception):
    """Too much work is queued to accept more; ``retry_after`` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"busy for {retry_after} s")
        self.retry_after = retry_after


class Pool:
    """Runs a bounded number of computations at once, with a bounded amount of queued work."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="bptt")
        self._free = asyncio.Semaphore(threads)
        self._waiting = 0.0  # estimated seconds of work that has not begun
        self._estimated = self._measured = 1.0  # seconds of recent runs, decaying sums

    async def run(self, work: Callable[[], Result], seconds: float) -> Result:
        """The result of ``work``, which is estimated to take so many seconds.

        Estimates are scaled by what recent runs took on this machine. While a thread is free, any work is
        accepted. Canceled while it is queued, it is not done; once begun, it is done to its end, because a
        thread cannot be stopped.

        Raises:
            Busy: too much work is queued.

        """
        pace = self._measured / self._estimated / self._threads
        if self._free.locked() and (self._waiting + seconds) * pace > MAX_WAITING:
            raise Busy(MIN_RETRY_AFTER + math.ceil(self._waiting * pace))
        self._waiting += seconds
        try:
            await self._free.acquire()
        finally:
            self._waiting -= seconds
        begun = time.monotonic()
        try:
            running = asyncio.get_running_loop().run_in_executor(self._executor, work)
            try:
                return await asyncio.shield(running)
            except asyncio.CancelledError:
                return await running
        finally:
            self._measured = DECAY * self._measured + time.monotonic() - begun
            self._estimated = DECAY * self._estimated + seconds
            self._free.release()


def cores() -> int:
    """How many computations may run at once."""
    return max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)

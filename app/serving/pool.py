"""The threads that compute, one a core, and how much work may wait for them."""

import asyncio
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MOST_WAITING = 2.0  # seconds of work by estimate, for each thread
LEAST_RETRY = 1  # s
FADING = 0.9  # of what was learned, with every further run

Answer = TypeVar("Answer")


class Busy(Exception):
    """More is waiting already than can be done soon."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"busy for {retry_after} s")
        self.retry_after = retry_after


class Pool:
    """A bounded number of computations at once, and a bounded amount of work in the queue before them."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="bptt")
        self._free = asyncio.Semaphore(threads)
        self._waiting = 0.0  # seconds of work that has not begun, by estimate
        self._guessed = self._took = 1.0  # seconds of late, by estimate and by the clock

    async def run(self, work: Callable[[], Answer], seconds: float) -> Answer:
        """The result of ``work``, which takes about so many seconds; ``Busy`` when too much waits already.

        How long work takes on this machine is learned from what has been done of late. A thread that is
        free is never refused: whatever a request may ask, alone it is answered.
        """
        pace = self._took / self._guessed / self._threads
        if self._free.locked() and (self._waiting + seconds) * pace > MOST_WAITING:
            raise Busy(LEAST_RETRY + math.ceil(self._waiting * pace))
        self._waiting += seconds
        try:
            await self._free.acquire()
        finally:
            self._waiting -= seconds
        begun = time.monotonic()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._took = FADING * self._took + time.monotonic() - begun
            self._guessed = FADING * self._guessed + seconds
            self._free.release()


def cores() -> int:
    """How many computations run at once."""
    return max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)

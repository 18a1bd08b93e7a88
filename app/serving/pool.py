"""The threads that compute, one a core, so that answering never waits for arithmetic."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_threads = ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2), thread_name_prefix="bptt")

Answer = TypeVar("Answer")


async def compute(work: Callable[[], Answer]) -> Answer:
    """The result of ``work``, computed beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work)

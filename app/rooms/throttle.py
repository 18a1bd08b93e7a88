"""Calls that come too fast: at once where there was none for a while, otherwise once when it is time."""

import asyncio
from collections.abc import Callable


class Throttle:
    """Calls ``call`` at most every so many seconds, and after the last ``ask`` for certain."""

    def __init__(self, seconds: float, call: Callable[[], object]) -> None:
        self._seconds, self._call = seconds, call
        self._called = -seconds
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Call now or soon."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            wait = self._called + self._seconds - loop.time()
            if wait <= 0:
                self._now()
            else:
                self._timer = loop.call_later(wait, self._now)

    def cancel(self) -> None:
        """Forget a call that is due."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _now(self) -> None:
        self._timer = None
        self._called = asyncio.get_running_loop().time()
        self._call()

"""Graceful stop: a request that arrived before SIGTERM is accepted, read and answered.

uvicorn closes its listening socket as soon as it notices the signal, and with it the connections that the
kernel has accepted and the server has not; it also closes connections that it has not yet read from. Both
reset a client whose request had arrived. The server therefore keeps accepting and reading for a moment
before uvicorn learns of the signal.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
TURNS = 20  # turns of the event loop: one accepts, the next reads; the rest is for a long queue
TURN = 0.01  # s that a turn takes at least

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def delayed_signals(at_once: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Call the handlers of SIGINT and SIGTERM ``TURNS`` turns of the running loop later than usual.

    ``at_once`` is called by the loop in its next turn: it ends what would go on for ever.
    """
    if threading.current_thread() is not threading.main_thread():  # where signals never arrive
        yield
        return
    current = ((number, signal.getsignal(number)) for number in SIGNALS)
    handlers = {number: handler for number, handler in current if callable(handler)}
    for number, handler in handlers.items():
        signal.signal(number, _delayed(handler, at_once, asyncio.get_running_loop()))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _delayed(handler: Handler, at_once: Callable[[], None], loop: asyncio.AbstractEventLoop) -> Handler:
    def wait(turns: int, number: int) -> None:
        if turns:
            loop.call_later(TURN, wait, turns - 1, number)
        else:
            handler(number, None)

    def begin(number: int) -> None:
        at_once()
        wait(TURNS, number)

    return lambda number, frame: loop.call_soon_threadsafe(begin, number)

"""The signals that stop the server: they are told to it a moment later, so that what has arrived is read."""

import asyncio
import signal
import threading

import pytest

from app.serving import stopping
from app.serving.stopping import delayed_signals

BOTH = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture
def told():
    """The signals that were handled, by a handler that is taken away at the end."""
    numbers = []

    def handle(number, frame):
        numbers.append(number)

    before = {number: signal.signal(number, handle) for number in BOTH}
    yield numbers
    assert [signal.getsignal(number) for number in BOTH] == [handle] * 2  # as it was before the server
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_is_handled_after_some_turns_of_the_loop_and_not_before(told, monkeypatch):
    turns, times = [], 5
    monkeypatch.setattr(stopping, "TURNS", times)

    async def scenario():
        loop = asyncio.get_running_loop()
        call_later = loop.call_later

        def counted(delay, callback, left, *rest):
            turns.append(left)
            return call_later(delay, callback, left, *rest)

        monkeypatch.setattr(loop, "call_later", counted)
        with delayed_signals():
            for number in BOTH:
                signal.raise_signal(number)
            assert told == []
            while len(told) < 2:
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), 20))
    assert told == BOTH
    assert sorted(turns) == sorted([4, 3, 2, 1, 0] * 2)


def test_what_would_go_on_for_ever_is_ended_before_the_signal_is_handled(told, monkeypatch):
    monkeypatch.setattr(stopping, "TURNS", 3)

    async def scenario():
        with delayed_signals(lambda: told.append("at once")):
            signal.raise_signal(signal.SIGTERM)
            assert told == []  # but not in the middle of anything
            while len(told) < 2:
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), 20))
    assert told == ["at once", signal.SIGTERM]


def test_outside_of_the_main_thread_nothing_is_changed(told):
    found = []

    def elsewhere():
        with delayed_signals():
            found.extend(signal.getsignal(number) for number in BOTH)

    handlers = [signal.getsignal(number) for number in BOTH]
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == handlers

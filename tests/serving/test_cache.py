"""The cache: made once however many ask, bounded in bytes, and what fails is not kept."""

import asyncio
import threading

import pytest

from app.serving.cache import OVERHEAD, Cache, Stored
from app.serving.pool import Pool


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario, 10))


class Making:
    """Makes something when it is told to, and counts."""

    def __init__(self, size: int = 10) -> None:
        self.begun, self.go, self.size = 0, asyncio.Event(), size

    async def __call__(self) -> Stored:
        self.begun += 1
        await self.go.wait()
        return Stored(b"x" * self.size, "tag")


def test_three_hundred_who_ask_at_once_wait_for_one_making():
    async def scenario():
        cache, make = Cache(10_000), Making()
        waiting = [asyncio.create_task(cache.get("key", make)) for _ in range(300)]
        await asyncio.sleep(0.01)
        make.go.set()
        found = await asyncio.gather(*waiting)
        assert make.begun == cache.made == 1
        assert all(one is found[0] for one in found)

    run(scenario())


def test_the_first_who_asked_may_leave_and_cancels_nobody():
    async def scenario():
        cache, make = Cache(10_000), Making()
        first, second = (asyncio.create_task(cache.get("key", make)) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.sleep(0)
        make.go.set()
        assert (await second).tag == "tag"
        assert first.cancelled()
        assert (await cache.get("key", make)).tag == "tag"
        assert make.begun == 1

    run(scenario())


def test_what_everybody_left_is_not_made_any_more():
    async def scenario():
        cache, make = Cache(10_000), Making()
        waiting = [asyncio.create_task(cache.get("key", make)) for _ in range(3)]
        await asyncio.sleep(0.01)
        for one in waiting:
            one.cancel()
        await asyncio.sleep(0.01)
        make.go.set()
        await asyncio.sleep(0.01)
        assert cache.made == 0
        assert (await cache.get("key", make)).tag == "tag"
        assert (make.begun, cache.made) == (2, 1)

    run(scenario())


def test_who_comes_while_the_last_one_leaves_is_answered():
    async def scenario():
        cache, make = Cache(10_000), Making()
        leaving = asyncio.create_task(cache.get("key", make))
        await asyncio.sleep(0.01)
        leaving.cancel()
        await asyncio.sleep(0)  # the making is being canceled now
        coming = [asyncio.create_task(cache.get("key", make)) for _ in range(2)]
        await asyncio.sleep(0.01)
        make.go.set()
        assert [(await one).tag for one in coming] == ["tag"] * 2
        assert (make.begun, cache.made) == (2, 1)

    run(scenario())


def test_what_cannot_be_stopped_any_more_is_kept():
    async def scenario():
        cache, pool, go, begun = Cache(10_000), Pool(1), threading.Event(), []

        def work():
            begun.append(1)
            go.wait(10)  # a test that fails must not wait for its thread forever
            return Stored(b"x", "tag")

        only = asyncio.create_task(cache.get("key", lambda: pool.run(work, 1)))
        await asyncio.sleep(0.01)
        only.cancel()
        await asyncio.sleep(0.01)
        again = asyncio.create_task(cache.get("key", lambda: pool.run(work, 1)))
        await asyncio.sleep(0.01)
        go.set()
        assert (await again).tag == "tag"
        assert begun == [1]

    run(scenario())


def test_a_failure_is_told_to_all_who_wait_and_not_kept():
    async def scenario():
        cache, times = Cache(10_000), 0

        async def fail() -> Stored:
            nonlocal times
            times += 1
            await asyncio.sleep(0.01)
            raise ArithmeticError(times)

        told = await asyncio.gather(*(cache.get("key", fail) for _ in range(5)), return_exceptions=True)
        assert [str(one) for one in told] == ["1"] * 5
        with pytest.raises(ArithmeticError, match="2"):
            await cache.get("key", fail)
        assert cache.made == 0

    run(scenario())


def test_what_was_used_longest_ago_makes_room():
    async def scenario():
        cache = Cache(3 * (OVERHEAD + 100))

        async def make() -> Stored:
            return Stored(b"x" * 100, "tag")

        for key in "abc":
            await cache.get(key, make)
        await cache.get("a", make)
        await cache.get("d", make)  # in the place of b
        assert cache.made == 4
        for key in "acd":
            await cache.get(key, make)
        assert cache.made == 4
        await cache.get("b", make)
        assert cache.made == 5

    run(scenario())


def test_what_is_larger_than_all_room_is_answered_and_not_kept():
    async def scenario():
        cache, make = Cache(1000), Making(size=2000)
        make.go.set()
        assert len((await cache.get("key", make)).body) == 2000
        await cache.get("key", make)
        assert make.begun == 2

    run(scenario())

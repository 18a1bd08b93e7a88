"""Admission: a bounded number at once, a bounded amount in the queue, and never a free core refused."""

import asyncio
import os
import threading
from types import SimpleNamespace

import pytest

from app.serving import pool as pool_module
from app.serving.pool import MAX_WAITING, Busy, Pool, cores


class Gate(threading.Event):
    """Opens by itself in the end: a test that fails must not wait for its threads forever."""

    def wait(self, timeout: float | None = 15) -> bool:
        return super().wait(timeout)


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario, 20))


def test_no_more_run_at_once_than_there_are_threads():
    async def scenario():
        pool, most, now, lock = Pool(2), 0, 0, threading.Lock()

        def work() -> None:
            nonlocal most, now
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.005)
            with lock:
                now -= 1

        await asyncio.gather(*(pool.run(work, 0.01) for _ in range(40)))
        assert most == 2

    run(scenario())


def test_beyond_the_queue_it_is_busy_and_says_for_how_long_and_recovers():
    async def scenario():
        pool, go, done = Pool(2), Gate(), []
        seconds = MAX_WAITING / 2  # so four of them fill the queue of two threads

        def work() -> None:
            go.wait()
            done.append(1)

        admitted = [asyncio.create_task(pool.run(work, seconds)) for _ in range(6)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy) as refused:
            await pool.run(work, seconds)
        assert refused.value.retry_after >= MAX_WAITING
        go.set()
        await asyncio.gather(*admitted)
        assert len(done) == 6
        assert await pool.run(lambda: "again", seconds) == "again"

    run(scenario())


def test_a_free_thread_takes_whatever_is_asked():
    async def scenario():
        assert await Pool(2).run(lambda: 1, 1000 * MAX_WAITING) == 1

    run(scenario())


def test_small_work_waits_behind_two_large_ones_and_is_not_refused():
    async def scenario():
        pool, go = Pool(2), Gate()
        large = [asyncio.create_task(pool.run(go.wait, 50 * MAX_WAITING)) for _ in range(2)]
        await asyncio.sleep(0.01)
        small = [asyncio.create_task(pool.run(lambda: "small", 0.02)) for _ in range(100)]
        await asyncio.sleep(0.01)
        go.set()
        assert set(await asyncio.gather(*small)) == {"small"}
        await asyncio.gather(*large)

    run(scenario())


def test_who_leaves_the_queue_leaves_no_work_behind():
    async def scenario():
        pool, go = Pool(1), Gate()
        running = asyncio.create_task(pool.run(go.wait, 0.1))
        await asyncio.sleep(0.01)
        left = [asyncio.create_task(pool.run(lambda: None, MAX_WAITING)) for _ in range(1)]
        await asyncio.sleep(0.01)
        for one in left:
            one.cancel()
        await asyncio.sleep(0.01)
        fits = asyncio.create_task(pool.run(lambda: "fits", MAX_WAITING))
        await asyncio.sleep(0.01)
        go.set()
        assert await fits == "fits"
        await running

    run(scenario())


def test_on_a_slow_machine_less_may_wait():
    async def scenario():
        pool, go = Pool(1), Gate()
        for _ in range(30):
            await pool.run(lambda: threading.Event().wait(0.02), 0.001)  # twenty times as long as was thought
        running = asyncio.create_task(pool.run(go.wait, 0.001))
        await asyncio.sleep(0.01)
        with pytest.raises(Busy):
            await pool.run(lambda: None, MAX_WAITING / 4)
        go.set()
        await running

    run(scenario())


def test_two_seconds_of_work_per_thread_may_wait():
    assert MAX_WAITING == 2


def test_an_estimated_second_is_as_long_as_recent_runs_say(monkeypatch):
    """After 2 s for an estimated 1, it takes (0.9 + 2) / (0.9 + 1) s, so that 1.31 of them fit into 2 s."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(pool_module, "time", SimpleNamespace(monotonic=lambda: clock.now))

    async def scenario():
        pool, go = Pool(1), Gate()

        def slow() -> None:
            clock.now += 2

        async def refused(seconds: float) -> int:
            with pytest.raises(Busy) as busy:
                await pool.run(slow, seconds)
            return busy.value.retry_after

        await pool.run(slow, 1)
        running = asyncio.create_task(pool.run(go.wait, 0.1))
        await asyncio.sleep(0.01)
        assert await refused(1.32) == 1  # nothing waits
        queued = asyncio.create_task(pool.run(lambda: "fits", 1.31))
        await asyncio.sleep(0.01)
        assert await refused(0.01) == 1 + 2
        go.set()
        assert await queued == "fits"
        await running

    run(scenario())


@pytest.mark.parametrize(("cpus", "threads"), [({0}, 2), ({0, 1}, 2), ({1, 2, 5}, 3)])
def test_a_thread_runs_on_every_core_that_the_process_may_use_and_two_at_least(monkeypatch, cpus, threads):
    monkeypatch.setattr(os, "sched_getaffinity", {0: cpus}.get, raising=False)  # 0: this process
    assert cores() == threads


@pytest.mark.parametrize(("count", "threads"), [(7, 7), (1, 2), (None, 2)])
def test_where_affinity_is_unknown_all_cores_count(monkeypatch, count, threads):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: count)
    assert cores() == threads

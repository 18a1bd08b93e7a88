"""Jobs: done once however many listen, told from any point on, stopped when the last listener has left."""

import asyncio
import threading
import time

import pytest

from app.serving import jobs as serving_jobs
from app.serving.jobs import KEEPALIVE, LINGER, Finished, Jobs, Stopped
from app.serving.pool import Busy, Pool


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario, 20))


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(serving_jobs, "LINGER", 0.2)
    monkeypatch.setattr(serving_jobs, "KEEPALIVE", 0.1)


class Work:
    """Tells a number whenever it is let go on, ``steps`` times, unless it is stopped."""

    def __init__(self, steps, fails=False):
        self.steps, self.fails, self.begun, self.stopped = steps, fails, 0, False
        self.let = threading.Semaphore(0)

    def __call__(self, tell, stopped):
        self.begun += 1
        end = time.monotonic() + 15  # a test that fails must not wait for its thread forever
        for i in range(self.steps):
            while not self.let.acquire(timeout=0.01):
                if stopped() or time.monotonic() > end:
                    self.stopped = True
                    raise Stopped
            tell(b"%d" % i)
        if self.fails:
            raise ValueError("no")
        return Finished(b"whole", b"end", b"packed")

    def go_on(self, steps=1):
        for _ in range(steps):
            self.let.release()


async def keep(whole):
    pass


async def heard(jobs, job, after=0, most=None):
    found = []
    events = jobs.listen(job, after)
    async for event in events:
        if event:
            found.append(event)
            if len(found) == most:
                break
    await events.aclose()
    return found


def test_two_who_ask_the_same_hear_the_same_work_and_it_is_done_once():
    async def scenario():
        jobs, work, kept, before = Jobs(Pool(1)), Work(4), [], asyncio.all_tasks()

        async def keep(whole):
            kept.append(whole)

        first = await jobs.join("a", work, 1, keep)
        hearing = asyncio.create_task(heard(jobs, first))
        work.go_on(2)
        await asyncio.sleep(0.05)
        second = await jobs.join("a", work, 1, keep)
        late = asyncio.create_task(heard(jobs, second))
        whole = asyncio.create_task(jobs.result(second))
        work.go_on(2)
        assert second is first
        assert await hearing == await late == [b"0", b"1", b"2", b"3"]
        assert (await whole).body == b"whole"
        assert kept == [b"whole"]
        assert work.begun == 1
        assert jobs.running() == 0
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before  # nothing watches or waits any more

    run(scenario())


def test_who_comes_back_goes_on_where_it_was():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(5)
        job = await jobs.join("a", work, 1, keep)
        work.go_on(3)
        assert await heard(jobs, job, most=2) == [b"0", b"1"]
        work.go_on(2)
        assert await heard(jobs, await jobs.join("a", work, 1, keep), after=2) == [b"2", b"3", b"4"]
        assert await heard(jobs, job, after=99) == []
        assert work.begun == 1

    run(scenario())


def test_when_the_last_has_left_the_work_stops_and_the_thread_is_free():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(100)
        job = await jobs.join("a", work, 1, keep)
        work.go_on(2)
        both = [asyncio.create_task(heard(jobs, job)) for _ in range(2)]
        await asyncio.sleep(0.05)
        both[0].cancel()
        await asyncio.sleep(0.4)  # longer than it lingers, but one is still listening
        assert not work.stopped
        both[1].cancel()
        left = time.monotonic()
        other = Work(0)
        assert (await jobs.result(await jobs.join("b", other, 1, keep))).body == b"whole"
        assert work.stopped
        assert time.monotonic() - left < 10  # on a busy machine too
        assert jobs.running() == 0

    run(scenario())


def test_who_is_back_while_it_lingers_finds_it_still_there():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(3)
        job = await jobs.join("a", work, 1, keep)
        work.go_on(1)
        assert await heard(jobs, job, most=1) == [b"0"]
        await asyncio.sleep(0.1)
        again = asyncio.create_task(heard(jobs, job, after=1))
        await asyncio.sleep(0.3)
        work.go_on(2)
        assert await again == [b"1", b"2"]
        assert not work.stopped

    run(scenario())


def test_what_was_stopped_is_begun_anew_under_another_name():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(3)
        job = await jobs.join("a", work, 1, keep)
        await asyncio.sleep(0.5)
        assert work.stopped
        other = await jobs.join("a", work, 1, keep)
        assert other.name != job.name
        work.go_on(3)
        assert await heard(jobs, other) == [b"0", b"1", b"2"]
        assert work.begun == 2

    run(scenario())


def test_a_failure_reaches_all_who_wait_and_is_not_kept():
    async def scenario():
        jobs, work, kept = Jobs(Pool(1)), Work(1, fails=True), []

        async def keep(whole):
            kept.append(whole)

        job = await jobs.join("a", work, 1, keep)
        hearing = asyncio.create_task(heard(jobs, job))
        work.go_on(1)
        assert await hearing == [b"0"]
        with pytest.raises(ValueError, match="no"):
            await jobs.result(job)
        assert kept == []
        assert jobs.running() == 0

    run(scenario())


@pytest.mark.parametrize(
    ("failure", "logged"),
    [(ValueError("no"), ["job failed"]), (Stopped(), []), (Busy(3), [])],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_is_logged_but_not_that_work_was_stopped_or_refused(caplog, failure, logged):
    async def fail(*_):
        raise failure

    async def scenario():
        jobs = Jobs(Pool(1))
        jobs._pool.run = fail
        try:
            job = await jobs.join("a", Work(1), 1, keep)
            await asyncio.wait([job.task])
        except Busy:
            assert isinstance(failure, Busy)
        await asyncio.sleep(0)
        assert jobs.running() == 0

    run(scenario())
    assert [record.message for record in caplog.records] == logged
    assert [record.exc_info[1] for record in caplog.records] == [failure] * len(logged)


def test_where_nothing_is_new_the_line_is_kept_open():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(1)
        job = await jobs.join("a", work, 1, keep)
        events = jobs.listen(job, 0)
        assert await anext(events) == b""
        await asyncio.sleep(0)
        before = asyncio.all_tasks()
        assert await anext(events) == b""
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before  # no more of them wait than before
        work.go_on(1)
        assert [event async for event in events if event] == [b"0"]

    run(scenario())


def test_what_is_too_much_is_refused_and_leaves_nothing_behind():
    async def scenario():
        jobs, long = Jobs(Pool(1)), Work(1)
        first = await jobs.join("a", long, 10, keep)
        hearing = asyncio.create_task(jobs.result(first))
        with pytest.raises(Busy):
            await jobs.join("b", Work(0), 10, keep)
        assert jobs.running() == 1
        long.go_on(1)
        assert (await hearing).body == b"whole"

    run(scenario())


def test_when_the_server_stops_so_does_the_work():
    async def scenario():
        jobs, work = Jobs(Pool(1)), Work(3)
        waiting = asyncio.create_task(jobs.result(await jobs.join("a", work, 1, keep)))
        await asyncio.sleep(0.05)
        jobs.stop()
        with pytest.raises(Stopped):
            await waiting
        assert work.stopped

    run(scenario())


def test_two_seconds_are_left_to_come_back_and_every_ten_the_line_is_used():
    """A page that is loaded again takes less than two; proxies close what is silent for half a minute."""
    assert (LINGER, KEEPALIVE) == (2, 10)


def test_a_job_that_everybody_left_leaves_the_queue_too():
    async def scenario():
        jobs, long, queued = Jobs(Pool(1)), Work(1), Work(1)
        first = await jobs.join("a", long, 1, keep)
        hearing = asyncio.create_task(jobs.result(first))
        second = await jobs.join("b", queued, 1, keep)
        waiting = asyncio.create_task(jobs.result(second))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.sleep(0.5)
        assert jobs.running() == 1
        long.go_on()
        assert (await hearing).body == b"whole"
        await asyncio.sleep(0.05)
        assert queued.begun == 0

    run(scenario())

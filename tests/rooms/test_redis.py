"""Rooms that several processes share: what one does the others show, and what happens while Redis is away."""

import asyncio
import logging
import os
import signal

import pytest

from app.rooms import redis_store
from app.rooms.refusals import Unreachable
from app.rooms.store import milliseconds
from tests.live import all_see, code, open_lecture, running, until
from tests.redis_server import RedisServer
from tests.redis_server import running as redis_running

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def shared(redis, monkeypatch):
    """A Redis that is empty, and that new applications use."""
    assert redis.ask("FLUSHALL") == b"+OK\r\n"
    monkeypatch.setenv("BPTT_ROOMS_URL", redis.url)
    return redis


@pytest.fixture
def own(tmp_path, monkeypatch):
    """One that may be stopped."""
    with redis_running(tmp_path) as server:
        monkeypatch.setenv("BPTT_ROOMS_URL", server.url)
        yield server


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario(), 40))


def test_two_processes_show_one_room(shared):
    async def scenario():
        async with running(2) as [first, second]:
            it = await open_lecture(first)
            halls = [it.listen(first) for _ in range(20)], [it.listen(second) for _ in range(280)]
            everybody = [*halls[0], *halls[1]]
            await until(lambda: all(one.rooms for one in everybody))
            await it.show("#t=1")
            await all_see(everybody, "#t=1")
            it.app = second  # the proxy sends the lecturer elsewhere
            await it.show("#t=2")
            await all_see(everybody, "#t=2")
            await everybody[0].until(lambda one: one.events[-1][1]["listeners"] == 300)
            await it.pose()
            answers = await asyncio.gather(
                *(it.vote(n, "hL"[n % 2], app=(first, second)[n % 3 == 0]) for n in range(60)),
                *(it.vote(n, "hL"[n % 2], app=(first, second)[n % 3 == 1]) for n in range(60)),
            )
            assert {answer.status for answer in answers} == {204}
            it.app = first
            await it.pose("closed")
            for one in everybody:
                await one.until(lambda one: one.latest["phase"] == "closed")
                assert one.latest["vote"]["tally"] == {"h": 30, "L": 30, "dWy": 0}
            await it.end()
            for one in everybody:
                await until(one.client.task.done)
                assert one.events[-1][0] == "ended"

    run(scenario)


def test_a_restart_of_redis_is_survived(own: RedisServer, caplog):
    """It comes back empty. Refused meanwhile is what cannot be kept; afterwards all see the latest."""

    async def scenario():
        async with running(2) as [first, second]:
            it = await open_lecture(first)
            await it.show("#t=1")
            hall = [it.listen(app) for app in (first, second) for _ in range(50)]
            await all_see(hall, "#t=1")
            own.stop()
            await until(lambda: not first.state.rooms.store.is_reachable())
            away = await it.show("#t=2")
            assert code(away) == (503, "rooms_unreachable")
            assert away.headers["retry-after"] == "1"
            assert code(await it.vote(1, "h")) == (503, "rooms_unreachable")
            assert all(not one.client.task.done() for one in hall)  # they follow on
            late = it.listen(second)
            await all_see([late], "#t=1")  # what this process knows
            own.start()
            begun = asyncio.get_running_loop().time()
            it.revision = it_revision = hall[0].latest["revision"]
            assert (await it.show("#t=3")).status == 201
            await all_see([*hall, late], "#t=3")
            assert asyncio.get_running_loop().time() - begun < 2
            assert hall[0].latest["revision"] > it_revision
            await hall[0].until(lambda one: one.events[-1][1]["listeners"] == 101)
            for it.app in (first, second):  # which both know that it is there again
                assert (await it.value()).status == 200

    with caplog.at_level(logging.WARNING, "uvicorn.error"):
        run(scenario)
    said = [record.getMessage() for record in caplog.records]
    assert sum("cannot be reached" in line for line in said) <= 4
    assert any("go on" in line for line in said)
    assert not [record for record in caplog.records if record.exc_info]


def test_what_was_published_while_nobody_was_subscribed_is_shown_after_all(own: RedisServer):
    """The connection for messages breaks; a change comes before the next one is there."""

    async def scenario():
        async with running(2) as [first, second]:
            it = await open_lecture(first)
            one = it.listen(second)
            await it.show("#t=1")
            await all_see([one], "#t=1")
            own.ask("CLIENT KILL TYPE pubsub")
            await it.show("#t=2")
            await it.show("#t=3")
            await all_see([one], "#t=3")

    run(scenario)


def test_a_silent_redis_is_asked_whether_it_is_there_and_left_only_if_it_does_not_answer(own, monkeypatch):
    monkeypatch.setattr(redis_store, "SILENCE", 0.05)
    monkeypatch.setattr(redis_store, "PATIENCE", 0.25)

    async def scenario():
        store = redis_store.RedisStore(own.url)
        begun = []
        await store.start(lambda: begun.append(1))
        try:
            await until(lambda: begun)
            await asyncio.sleep(0.7)  # long enough for two that do not answer
            assert store.is_reachable()
            assert len(begun) == 1
            os.kill(own._process.pid, signal.SIGSTOP)
            await until(lambda: not store.is_reachable())
            os.kill(own._process.pid, signal.SIGCONT)
            await until(store.is_reachable)
            await until(lambda: len(begun) == 2)
            heard = []
            store.told = lambda *of: heard.append(of)
            await store.report("482913", 1)
            await until(lambda: heard)
            assert heard[-1] == ("482913", "counted")
        finally:
            await store.stop()

    run(scenario)


def test_without_redis_the_server_starts_and_says_that_rooms_are_away(monkeypatch, unused_tcp_port):
    monkeypatch.setenv("BPTT_ROOMS_URL", f"redis://127.0.0.1:{unused_tcp_port}/0")

    async def scenario():
        async with running() as [app]:
            with pytest.raises(Unreachable):
                await app.state.rooms.open()
            assert not app.state.rooms.store.is_reachable()

    run(scenario)


@pytest.fixture
def unused_tcp_port(tmp_path) -> int:
    return RedisServer(tmp_path).port


def test_many_who_ask_for_an_unknown_room_take_one_connection(shared, monkeypatch):
    monkeypatch.setattr(redis_store, "CONNECTIONS", 2)

    async def scenario():
        async with running(2) as [first, second]:
            it = await open_lecture(first)
            await it.show("#t=1")
            hall = [it.listen(second) for _ in range(300)]
            await all_see(hall, "#t=1")
            answers = await asyncio.gather(*(it.value() for _ in range(300)))
            assert {answer.status for answer in answers} == {200}

    run(scenario)


def test_two_changes_at_once_are_both_made(shared):
    async def scenario():
        async with running(2) as [first, second]:
            it = await open_lecture(first)
            other = await open_lecture(second)
            other.room, other.token = it.room, it.token
            one = it.listen()
            await one.until(lambda one: one.rooms)
            for n in range(10):
                answers = await asyncio.gather(it.show(f"#t=1{n}"), other.show(f"#t=2{n}"))
                assert {answer.status for answer in answers} == {204}
            snapshot = await first.state.rooms.store.read(it.room)
            await one.until(lambda one: one.latest["revision"] == snapshot.record.revision)

    run(scenario)


def test_all_that_is_kept_expires_and_says_nothing_of_the_token(shared):
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            one = it.listen()
            await it.pose()
            await it.vote(1, "h")
            await one.until(
                lambda one: ("count", 1) in [pair for _, data in one.events for pair in data.items()]
            )
            client = app.state.rooms.store._client
            keys = [key.decode() for key in await client.keys("*")]
            assert {key.split(":")[0] for key in keys} == {"bptt"}
            lives = {key: await client.ttl(key) for key in keys if key != "bptt:index"}
            assert all(0 < life <= 4 * 3600 for life in lives.values()), lives
            kept = await client.hgetall(f"bptt:room:{it.room}")
            assert it.token.encode() not in b"".join(kept.values())
            await it.end()
            left = [key.decode() for key in await client.keys("*")]
            assert left == [f"bptt:ended:{it.room}"]
            assert 0 < await client.ttl(left[0]) <= 2 * 3600

    run(scenario)


def test_a_room_whose_time_is_over_has_ended(shared):
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            one = it.listen()
            await one.until(lambda one: one.rooms)
            await app.state.rooms.store._client.delete(f"bptt:room:{it.room}")  # as when it expires
            app.state.rooms.beat()
            await until(one.client.task.done)
            assert one.events[-1] == ("ended", {"address": None})
            assert code(await it.show("#t=1")) == (410, "room_ended")

    run(scenario)


def test_listeners_of_a_process_that_was_killed_count_no_longer(shared):
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            store = app.state.rooms.store
            await store.report(it.room, 5)
            stale = f"7 {milliseconds() - redis_store.FRESH - 1}"
            await store._client.hset(f"bptt:room:{it.room}:listeners", "killed", stale)
            assert (await store.read(it.room)).listeners == 5

    run(scenario)

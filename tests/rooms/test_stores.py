"""Both stores by themselves, with a clock of the test: what they keep, tell, refuse and forget, and when."""

import asyncio
import json

import pytest

from app.rooms import memory_store, redis_store, rooms, steering
from app.rooms import store as stores
from app.rooms.address import Address
from app.rooms.memory_store import MemoryStore
from app.rooms.redis_store import RedisStore
from app.rooms.refusals import EndedRoom, Refused, UnknownRoom, Unreachable
from app.rooms.room import AWAY_AFTER, Ballot, Change, Question, changed, opened
from app.rooms.store import CHANGED, COUNTED, GIVES_WAY, LIFETIME
from tests.server import ROOT

NOW = 1_800_000_000_000
MINE, THEIRS = (steering.digest(steering.new_token()) for _ in range(2))
START = Address(path="/ko/", query="?v=1", fragment="")
VOTE = Question(question="8.2", choices=["h", "L", "dWy"], several=True)


class Clock:
    now = NOW


@pytest.fixture
def kept(request, store):
    """Run a scenario with the store of this name and its clock; ``store.happened`` is what it has told."""

    def run(scenario):
        async def whole():
            clock = Clock()
            if store == "redis":
                made = RedisStore(request.getfixturevalue("redis").url, lambda: clock.now)
            else:
                made = MemoryStore(lambda: clock.now)
            made.happened = []
            made.told = lambda number, what: made.happened.append((number, what))
            resumed = asyncio.Event()
            await made.start(resumed.set)
            if store == "redis":
                await asyncio.wait_for(resumed.wait(), 10)
            try:
                await scenario(made, clock)
            finally:
                await made.stop()

        asyncio.run(asyncio.wait_for(whole(), 30))

    return run


async def told(store, count: int) -> list[tuple[str, str]]:
    """What has happened since the last time: so many things, and no more."""
    for _ in range(2000):
        if len(store.happened) >= count:
            break
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.005)
    happened = [*store.happened]
    store.happened.clear()
    return happened


def ballot(voter: int, *choices: str, round_: int = 1, question: str = "8.2") -> Ballot:
    return Ballot(question=question, round=round_, choices=list(choices), voter=f"voter-{voter:012d}")


def asking(vote: Question = VOTE, phase: str = "vote", round_: int = 1):
    """What makes the next record, with a question."""
    change = Change(address=START, phase=phase, vote=vote.model_copy(update={"round": round_}))
    return lambda before: changed(before, change, MINE, NOW)


async def refusal(waiting) -> Refused:
    with pytest.raises(Refused) as refused:
        await waiting
    return refused.value


def test_a_room_is_added_once_and_read_as_it_was_opened(kept):
    async def scenario(store, clock):
        record = opened(MINE, clock.now)
        assert await store.open("482913", record) is True
        assert await store.open("482913", opened(THEIRS, clock.now)) is False
        found = await store.read("482913")
        assert (found.record, found.listeners) == (record, 0)
        assert [(votes.count, votes.tally) for votes in found.rounds] == [(0, {}), (0, {})]
        unknown = await refusal(store.read("100000"))
        assert isinstance(unknown, UnknownRoom)
        assert (unknown.code, unknown.parameter, unknown.given) == ("no_room", "room", "100000")
        assert store.is_reachable()

    kept(scenario)


def test_a_change_says_whether_the_room_is_new_and_is_told(kept):
    async def scenario(store, clock):
        assert await store.change("482913", asking()) is True
        assert await told(store, 1) == [("482913", CHANGED)]
        assert await store.change("482913", asking(phase="closed")) is False
        assert await told(store, 1) == [("482913", CHANGED)]
        assert (await store.read("482913")).record.phase == "closed"
        before = (await store.read("482913")).record

        def refusing(record):
            assert record == before
            raise Refused("wrong_token")

        assert (await refusal(store.change("482913", refusing))).code == "wrong_token"
        assert (await store.read("482913")).record == before
        assert await told(store, 0) == []

    kept(scenario)


def test_votes_are_counted_by_round_and_kept_while_the_question_is_the_same(kept):
    async def scenario(store, clock):
        await store.change("482913", asking())
        await store.vote("482913", ballot(1, "L", "h"))
        await store.vote("482913", ballot(2, "h"))
        assert await told(store, 3) == [("482913", CHANGED), *[("482913", COUNTED)] * 2]
        await store.vote("482913", ballot(1, "h", "L"))  # the same again
        assert await told(store, 0) == []
        await store.vote("482913", ballot(1, "dWy"))
        assert await told(store, 1) == [("482913", COUNTED)]
        first, second = (await store.read("482913")).rounds
        assert (first.count, {k: v for k, v in first.tally.items() if v}) == (2, {"h": 1, "dWy": 1})
        assert (second.count, second.tally) == (0, {})
        await store.change("482913", asking(round_=2))
        assert (await refusal(store.vote("482913", ballot(3, "h")))).code == "other_question"
        await store.vote("482913", ballot(1, "L", round_=2))
        first, second = (await store.read("482913")).rounds
        assert (first.count, second.count, second.tally) == (2, 1, {"L": 1})
        await store.change("482913", lambda record: record.model_copy(update={"phase": "closed"}))
        assert (await refusal(store.vote("482913", ballot(3, "h", round_=2)))).code == "vote_closed"
        assert [votes.count for votes in (await store.read("482913")).rounds] == [2, 1]
        other = Question(question="8.3", choices=["h", "L"])
        await store.change("482913", asking(other))
        assert [(votes.count, votes.tally) for votes in (await store.read("482913")).rounds] == [(0, {})] * 2
        await store.vote("482913", ballot(1, "h", question="8.3"))
        nothing = Change(address=START)
        await store.change("482913", lambda before: changed(before, nothing, MINE, NOW))
        assert [votes.count for votes in (await store.read("482913")).rounds] == [0, 0]
        assert (await refusal(store.vote("100000", ballot(1, "h")))).code == "no_room"

    kept(scenario)


def test_only_so_many_vote_and_those_may_vote_again(kept, monkeypatch):
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MAX_VOTERS", 3)

    async def scenario(store, clock):
        await store.change("482913", asking())
        for voter in range(3):
            await store.vote("482913", ballot(voter, "h"))
        full = await refusal(store.vote("482913", ballot(3, "h")))
        assert (full.code, full.limit, full.retry_after) == ("too_many_voters", 3, 60)
        await store.vote("482913", ballot(2, "L"))
        assert (await store.read("482913")).rounds[0].tally == {"h": 2, "L": 1}

    kept(scenario)


def test_the_end_needs_the_token_is_told_and_leaves_an_address(kept):
    async def scenario(store, clock):
        await store.open("482913", opened(MINE, clock.now))
        await store.open("482914", opened(MINE, clock.now))
        assert (await refusal(store.end("482913", THEIRS, None))).code == "wrong_token"
        assert isinstance(await refusal(store.end("100000", MINE, None)), UnknownRoom)
        assert await told(store, 0) == []
        await store.end("482913", MINE, START)
        await store.end("482914", MINE, None)
        assert await told(store, 2) == [("482913", CHANGED), ("482914", CHANGED)]
        for number, address in (("482913", START), ("482914", None)):
            for waiting in (
                store.read(number),
                store.change(number, asking()),
                store.vote(number, ballot(1, "h")),
                store.end(number, MINE, None),
            ):
                ended = await refusal(waiting)
                assert isinstance(ended, EndedRoom)
                assert (ended.code, ended.given, ended.address) == ("room_ended", number, address)
            assert await store.open(number, opened(MINE, clock.now)) is False

    kept(scenario)


def test_listeners_are_reported_and_told(kept):
    async def scenario(store, clock):
        await store.report("100000", 5)  # whose room is gone
        await store.open("482913", opened(MINE, clock.now))
        store.happened.clear()
        await store.report("482913", 5)
        assert ("482913", COUNTED) in await told(store, 1)
        assert (await store.read("482913")).listeners == 5
        await store.report("482913", 0)
        assert (await store.read("482913")).listeners == 0

    kept(scenario)


@pytest.mark.parametrize("late", [False, True])
def test_a_room_gives_way_to_a_new_one_when_its_lecturer_has_been_away_for_long(kept, late, monkeypatch):
    for module in (memory_store, redis_store):
        monkeypatch.setattr(module, "MAX_ROOMS", 3)

    async def scenario(store, clock):
        seen = {"100002": NOW + 2, "100001": NOW, "100003": NOW + 1}
        for number, at in seen.items():
            await store.open(number, opened(MINE, at))
        clock.now = NOW + 1000 * GIVES_WAY - (0 if late else 1)
        if not late:
            full = await refusal(store.open("100004", opened(MINE, clock.now)))
            assert (full.code, full.limit, full.retry_after) == ("too_many_rooms", 3, 60)
            assert (await refusal(store.change("100004", asking()))).code == "too_many_rooms"
            assert (await store.read("100001")).record.seen == NOW
            return
        store.happened.clear()
        assert await store.open("100004", opened(MINE, clock.now)) is True
        assert await told(store, 1) == [("100001", CHANGED)]
        assert (await refusal(store.read("100001"))).code == "room_ended"
        assert (await refusal(store.open("100005", opened(MINE, clock.now)))).code == "too_many_rooms"

    kept(scenario)


@pytest.mark.parametrize("store", ["memory"], indirect=True)  # of Redis the keys expire by its own clock
def test_a_room_lives_two_hours_without_its_lecturer_and_its_number_two_more(kept):
    async def scenario(store, clock):
        await store.open("482913", opened(MINE, NOW))
        await store.open("482914", opened(MINE, NOW + 1))
        await store.end("482914", MINE, START)
        clock.now = NOW + 1000 * LIFETIME - 1
        await store.sweep()
        assert (await store.read("482913")).record.seen == NOW
        assert (await refusal(store.read("482914"))).code == "room_ended"
        clock.now += 1
        await store.sweep()
        assert (await refusal(store.read("482914"))).code == "no_room"
        assert await store.open("482914", opened(MINE, clock.now)) is True
        ended = await refusal(store.read("482913"))
        assert (ended.code, ended.address) == ("room_ended", None)
        assert len(store._ended) == 1
        clock.now += 1000 * LIFETIME
        assert (await refusal(store.read("482913"))).code == "no_room"
        await store.sweep()
        assert len(store._ended) == 1  # of the other room
        assert [*store._rooms] == []

    kept(scenario)


def test_in_memory_only_so_many_ended_numbers_are_remembered(monkeypatch):
    monkeypatch.setattr(memory_store, "MAX_ENDED", 2)

    async def scenario():
        store = MemoryStore(lambda: NOW)
        for number in ("100001", "100002", "100003"):
            await store.open(number, opened(MINE, NOW))
            await store.end(number, MINE, None)
        assert [*store._ended] == ["100002", "100003"]
        assert (await refusal(store.read("100001"))).code == "no_room"
        quiet = []
        store.told = lambda *of: quiet.append(of)
        await store.open("100004", opened(MINE, NOW))
        await store.report("100004", 0)
        assert not quiet

    asyncio.run(scenario())


def of_redis(redis, scenario, *nows: int):
    """A scenario with stores that are several processes, each with its own clock."""

    async def whole():
        made = [RedisStore(redis.url, lambda now=now: now) for now in nows]
        try:
            await scenario(*made)
        finally:
            for store in made:
                await store.stop()

    assert redis.ask("FLUSHALL") == b"+OK\r\n"
    asyncio.run(asyncio.wait_for(whole(), 30))


def test_in_redis_every_key_lives_as_long_as_its_room(redis):
    async def scenario(store):
        await store.change("482913", asking())
        await store.vote("482913", ballot(1, "h"))
        await store.report("482913", 3)
        client = store._client
        lives = {key.decode(): await client.ttl(key) for key in await client.keys("*")}
        room = "bptt:room:482913"
        expected = {
            room: LIFETIME,
            f"{room}:listeners": LIFETIME,
            f"{room}:ballots:1": LIFETIME,
            f"{room}:tally:1": LIFETIME,
            "bptt:ended:482913": 2 * LIFETIME,
            "bptt:index": -1,
        }
        assert lives.keys() == expected.keys()
        assert all(expected[key] - 5 <= life <= expected[key] for key, life in lives.items()), lives
        assert await client.zrange("bptt:index", 0, -1, withscores=True) == [(b"482913", float(NOW))]
        assert await client.hget(room, "open") == VOTE.model_dump_json().encode()
        await store.change("482913", asking(phase="closed"))
        assert await client.hget(room, "open") == b""
        await store.change("482914", lambda _: opened(MINE, NOW))
        assert await client.hget("bptt:room:482914", "open") == b""
        await store.end("482914", MINE, START)
        assert LIFETIME - 5 <= await client.ttl("bptt:ended:482914") <= LIFETIME
        assert json.loads(await client.get("bptt:ended:482914")) == START.model_dump()
        assert await client.zrange("bptt:index", 0, -1) == [b"482913"]

    of_redis(redis, scenario, NOW)


def test_in_redis_the_listeners_of_all_processes_count_for_a_minute(redis):
    async def scenario(early, late, reader, after):
        await early.open("482913", opened(MINE, NOW))
        await early.report("482913", 5)
        await late.report("482913", 7)
        assert (await reader.read("482913")).listeners == 12
        assert (await after.read("482913")).listeners == 7
        await late.report("482913", 8)
        assert (await reader.read("482913")).listeners == 13

    minute = redis_store.FRESH
    of_redis(redis, scenario, NOW, NOW + 1, NOW + minute, NOW + minute + 1)


def test_in_redis_a_room_that_is_over_leaves_its_place_to_another(redis, monkeypatch):
    monkeypatch.setattr(redis_store, "MAX_ROOMS", 1)

    async def scenario(early, over):
        await early.open("482913", opened(MINE, NOW))
        assert await over.change("482914", lambda _: opened(MINE, NOW + 1000 * LIFETIME)) is True
        assert await over._client.zrange("bptt:index", 0, -1) == [b"482914"]
        assert await over._client.exists("bptt:room:482913")  # which expires by itself, and has not given way

    of_redis(redis, scenario, NOW, NOW + 1000 * LIFETIME)


def test_in_redis_a_change_that_others_always_forestall_says_that_it_cannot_be_made(redis):
    async def scenario(store, other):
        await store.change("482913", asking())
        tries = []

        def slow(record):
            tries.append(record.revision)
            redis.ask(f"HSET bptt:room:482913 open {len(tries)}")
            return record

        assert isinstance(await refusal(store.change("482913", slow)), Unreachable)
        assert len(tries) == redis_store.TRIES
        assert await other.change("482913", lambda record: record) is False

    of_redis(redis, scenario, NOW, NOW)


def test_the_bounds_are_those_that_the_documentation_states():
    text = " ".join((ROOT / "docs" / "deploying.md").read_text().split())
    for words in (
        f"{stores.MAX_ROOMS} rooms, of which those without their lecturer for ten minutes give way",
        f"{rooms.MAX_LISTENERS:,} listeners of a room in each process",
        f"{stores.MAX_VOTERS:,} voters of a question",
        f"{rooms.MAX_VOTES:,} votes of a room a second",
    ):
        assert words in text
    assert (GIVES_WAY, LIFETIME) == (10 * 60, 2 * 60 * 60)
    text = " ".join((ROOT / "docs" / "api.md").read_text().split())
    for words in (
        f"A comment every {rooms.BEAT:.0f} seconds keeps the connection open",
        f"after {AWAY_AFTER / 1000:.0f} seconds of silence",
        "after every change, five times a second at most",
        "of votes, four times a second at most",
    ):
        assert words in text
    assert (1 / rooms.CHANGES, 1 / rooms.COUNTS) == (5, 4)

"""A live lecture over HTTP, on both stores: following, votes, the end, and what is refused."""

import asyncio

import pytest

from app.rooms import rooms
from app.rooms import store as stores
from app.rooms.memory_store import MemoryStore
from tests.live import START, all_see, ask, code, open_lecture, running, until

pytestmark = pytest.mark.usefixtures("store", "at_once")


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario(), 30))


def lecture(scenario):
    """A test of one room that is open."""

    def test():
        async def body():
            async with running() as [app]:
                await scenario(await open_lecture(app))

        run(body)

    test.__name__ = scenario.__name__
    return test


@lecture
async def test_a_new_room_has_a_number_and_nothing_to_show(it):
    assert it.room.isdecimal()
    assert len(it.room) == 6
    assert len(it.token) == 22  # 128 bits in base64
    value = (await it.value()).data
    assert (value["address"], value["phase"], value["vote"]) == (None, "show", None)


@lecture
async def test_who_joins_late_sees_the_present_moment_and_then_whatever_comes(it):
    for step in range(3):
        assert (await it.show(f"#t={step}")).status == 204
    late = it.listen()
    await late.until(lambda one: one.rooms)
    assert late.rooms[0]["address"] == START | {"fragment": "#t=2"}
    assert len(late.rooms) == 1
    await it.show("#t=7")
    await all_see([late], "#t=7")
    late.leave()
    await until(late.client.task.done)


@lecture
async def test_three_hundred_from_one_address_follow_and_are_counted(it):
    hall = [it.listen() for _ in range(300)]
    await until(lambda: all(one.client.sent for one in hall))
    assert {one.client.status for one in hall} == {200}
    await it.show("#t=4")
    await all_see(hall, "#t=4")
    await hall[0].until(lambda one: ("listeners", 300) in one.events[-1][1].items())
    for one in hall[:200]:
        one.leave()
    await hall[-1].until(lambda one: one.events[-1][1]["listeners"] == 100)


@lecture
async def test_a_hall_that_was_asleep_wakes_to_the_present_moment_alone(it):
    hall = [it.listen() for _ in range(300)]
    await until(lambda: all(one.rooms for one in hall))
    for one in hall:
        one.client.sleep()
    awake = it.listen()
    for step in range(40):
        await it.show(f"#t={step}")
        await all_see([awake], f"#t={step}")  # nobody waits for those who sleep
    for one in hall:
        one.client.wake()
    await all_see(hall, "#t=39")
    assert max(len(one.rooms) for one in hall) <= 3  # before, one on its way, and the present
    assert len(awake.rooms) >= 40


@lecture
async def test_revisions_grow_and_only_what_is_new_is_sent(it):
    one = it.listen()
    await one.until(lambda one: one.rooms)
    for _ in range(3):
        await it.show("#t=1")  # which is how the lecturer's page says that it is there
    await it.show("#t=2")
    await all_see([one], "#t=2")
    revisions = [value["revision"] for value in one.rooms]
    assert revisions == sorted(set(revisions))
    assert [value["address"] and value["address"]["fragment"] for value in one.rooms] == [
        None,
        "#t=1",
        "#t=2",
    ]


@lecture
async def test_polling_gives_the_same_value_and_nothing_where_it_is_known(it):
    await it.show("#t=1")
    await until(lambda: True)
    first = await it.value()
    assert first.headers["cache-control"] == "private, no-cache"
    again = await it.value(if_none_match=f"W/{first.headers['etag']}")
    assert (again.status, again.data) == (304, None)
    await it.show("#t=2")
    await asyncio.sleep(0.05)
    changed = await it.value(if_none_match=first.headers["etag"])
    assert changed.data["address"]["fragment"] == "#t=2"
    one = it.listen()
    await one.until(lambda one: one.rooms)
    assert one.rooms[0] == changed.data | {"listeners": one.rooms[0]["listeners"]}


@lecture
async def test_a_question_is_counted_and_its_distribution_is_sent_only_when_it_is_closed(it):
    wall, phone = it.listen(), it.listen()
    await it.pose()
    for voter in range(30):
        assert (await it.vote(voter, "h" if voter % 3 else "L")).status == 204
    await wall.until(lambda one: one.events[-1][1].get("count") == 30)
    polled = (await it.value()).data["vote"]
    assert (polled["count"], polled["tally"]) == (30, None)
    for one in (wall, phone):  # what has come over the wire says nothing of who chose what
        assert b'"tally":{' not in one.client.body
        assert all(value["vote"] is None or value["vote"]["tally"] is None for value in one.rooms)
        assert {frozenset(data) for name, data in one.events if name == "count"} <= {
            frozenset({"revision", "listeners", "count"})
        }
    await it.pose("closed")
    for one in (wall, phone):
        await one.until(lambda one: one.latest["phase"] == "closed")
        assert one.latest["vote"]["tally"] == {"h": 20, "L": 10, "dWy": 0}
        assert one.latest["vote"]["count"] == 30


@lecture
async def test_a_voter_counts_once_and_the_last_choice_before_closing_counts(it):
    await it.pose(several=True)
    await asyncio.gather(*(it.vote(1, "h") for _ in range(20)))
    await it.vote(1, "L", "dWy")
    await it.vote(2, "dWy")
    await it.vote(2, "dWy")
    await it.pose("closed", several=True)
    assert code(await it.vote(3, "h")) == (409, "vote_closed")
    await asyncio.sleep(0.05)
    vote = (await it.value()).data["vote"]
    assert (vote["count"], vote["tally"]) == (2, {"h": 0, "L": 1, "dWy": 2})


@lecture
async def test_the_second_round_stands_beside_the_first(it):
    await it.pose()
    for voter in range(4):
        await it.vote(voter, "h")
    await it.pose("closed")
    await it.pose(round=2)
    await it.vote(0, "L", round=2)
    assert code(await it.vote(1, "L")) == (409, "other_question")  # the first is over
    await asyncio.sleep(0.05)
    open_again = (await it.value()).data["vote"]
    assert (open_again["count"], open_again["tally"]) == (1, None)
    assert open_again["first"] == {"count": 4, "tally": {"h": 4, "L": 0, "dWy": 0}}
    await it.pose("reveal", round=2)
    await asyncio.sleep(0.05)
    revealed = (await it.value()).data["vote"]
    assert revealed["tally"] == {"h": 0, "L": 1, "dWy": 0}
    assert revealed["first"]["count"] == 4


@lecture
async def test_another_question_begins_without_votes(it):
    own = {"question": "own-1", "choices": ["Yes, of course", "아니요"], "text": "Does it learn?"}
    await it.pose()
    await it.vote(1, "h")
    await it.put(phase="vote", vote=own)
    assert (await it.vote(1, "아니요", question="own-1")).status == 204
    assert code(await it.vote(1, "h")) == (409, "other_question")
    await it.put(phase="closed", vote=own)
    await asyncio.sleep(0.05)
    vote = (await it.value()).data["vote"]
    assert (vote["text"], vote["tally"]) == ("Does it learn?", {"Yes, of course": 0, "아니요": 1})
    await it.pose()  # the first one again, which was left
    await asyncio.sleep(0.05)
    assert (await it.value()).data["vote"]["count"] == 0


@lecture
async def test_a_question_that_is_asked_anew_after_its_end_says_so_and_one_that_goes_on_does_not(it):
    async def begun() -> tuple[int, int]:
        await asyncio.sleep(0.05)
        vote = (await it.value()).data["vote"]
        return vote["begun"], vote["count"]

    await it.pose()
    await it.vote(1, "h")
    first, count = await begun()
    assert count == 1
    await it.pose("closed")
    await it.pose(round=2)
    assert (await begun())[0] == first
    await it.show("#t=1")
    await it.pose()
    second, count = await begun()
    assert second > first
    assert count == 0


@lecture
async def test_what_does_not_count_is_refused_by_name(it):
    assert code(await it.vote(1, "h")) == (409, "vote_closed")
    await it.pose()
    assert code(await it.vote(1, "h", question="8.3")) == (409, "other_question")
    assert code(await it.vote(1, "H")) == (422, "not_a_choice")
    assert code(await it.vote(1, "h", "L")) == (422, "too_many_choices")
    assert code(await it.vote(1, "h", "h")) == (422, "not_different")
    assert code(await it.vote(1)) == (422, "too_few_choices")
    assert code(await it.vote(1, "h", voter="me")) == (422, "not_a_name")
    assert code(await it.vote(1, "h" * 3000)) == (413, "body_too_large")
    await asyncio.sleep(0.02)
    assert (await it.value()).data["vote"]["count"] == 0


@lecture
async def test_nobody_steers_without_the_token(it):
    await it.show("#t=1")
    right, other = it.token, await open_lecture(it.app)
    for wrong in (other.token, "x", right[:-1] + ("A" if right[-1] != "A" else "B"), right.lower() + "a"):
        it.token = wrong
        assert code(await it.show("#t=9")) == (403, "wrong_token")
        assert code(await it.end()) == (403, "wrong_token")
    path = f"/api/rooms/{it.room}"
    for method in ("PUT", "DELETE"):
        for headers in ({}, {"authorization": right}, {"authorization": f"Basic {right}"}):
            answer = await ask(it.app, method, path, {"address": START}, **headers)
            assert code(answer) == (401, "no_token")
            assert answer.headers["www-authenticate"] == "Bearer"
    it.token = right
    assert (await it.value()).data["address"]["fragment"] == "#t=1"


@lecture
async def test_when_it_ends_all_are_told_and_later_ones_too(it):
    farewell = {"path": "/en/talk", "query": "", "fragment": "#stops=8.2"}
    hall = [it.listen() for _ in range(5)]
    await until(lambda: all(one.rooms for one in hall))
    assert (await it.end(farewell)).status == 204
    for one in hall:
        await until(one.client.task.done)  # the stream has ended too
        assert one.events[-1] == ("ended", {"address": farewell})
    late = await it.value()
    assert code(late) == (410, "room_ended")
    assert late.data["address"] == farewell
    assert late.headers["cache-control"] == "no-store"
    for answer in (await it.vote(1, "h"), await it.show("#t=1"), await it.end()):
        assert code(answer) == (410, "room_ended")
    again = it.listen()
    await until(again.client.task.done)
    assert again.client.status == 410


@lecture
async def test_the_lecturers_silence_is_told(it):
    one = it.listen()
    await one.until(lambda one: one.rooms)
    assert one.latest["away"] is False
    later = stores.milliseconds() + 50_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms, "milliseconds", lambda: later)
        await it.app.state.rooms.refresh(it.room)
        await one.until(lambda one: one.latest["away"])
        await it.put(address=START)
        await one.until(lambda one: not one.latest["away"])


@lecture
async def test_an_idle_stream_is_kept_open_by_comments(it):
    one = it.listen()
    await one.until(lambda one: one.rooms)
    await until(lambda: b'"listeners":1' in one.client.body)
    before = one.client.body
    it.app.state.rooms.beat()
    await until(lambda: one.client.body.endswith(b":\n\n"))
    assert one.client.body == before + b":\n\n"


@lecture
async def test_two_pages_that_steer_know_of_each_other(it):
    one = it.listen()
    await it.put(sender="laptop")
    await it.put(sender="tablet")
    await one.until(lambda one: one.latest.get("sender") == "tablet")


def test_a_room_that_nobody_opened_is_unknown_until_its_lecturer_comes_back():
    """As after a restart of a server that keeps its rooms itself."""

    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            await it.show("#t=1")
            held = (await it.value()).data["revision"]
        async with running() as [app]:
            if isinstance(app.state.rooms.store, MemoryStore):
                it.app = app
                waiting = it.listen()
                await until(waiting.client.task.done)
                assert waiting.client.status == 404
                it.revision = held + 10_000_000  # of a clock that was ahead
                assert (await it.show("#t=2")).status == 201
                assert (await it.value()).data["revision"] > held + 10_000_000
                thief = await open_lecture(app)
                thief.room = it.room
                assert code(await thief.show("#t=3")) == (403, "wrong_token")
            else:  # another process has kept it
                it.app = app
                assert (await it.value()).data["revision"] == held
            back = it.listen()
            assert (await it.show("#t=5")).status == 204
            await all_see([back], "#t=5")

    run(scenario)


def test_only_so_many_rooms_and_those_without_a_lecturer_give_way(monkeypatch):
    monkeypatch.setattr("app.rooms.memory_store.MAX_ROOMS", 3)
    monkeypatch.setattr("app.rooms.redis_store.MAX_ROOMS", 3)

    async def scenario():
        async with running() as [app]:
            first, second, third = [await open_lecture(app) for _ in range(3)]
            full = await ask(app, "POST", "/api/rooms")
            assert code(full) == (503, "too_many_rooms")
            assert int(full.headers["retry-after"]) > 0
            assert full.data["errors"][0]["limit"] == 3
            later = stores.milliseconds() + 1000 * stores.GIVES_WAY + 1
            for module in ("rooms", "memory_store", "redis_store"):
                monkeypatch.setattr(f"app.rooms.{module}.milliseconds", lambda: later)
            app.state.rooms.store._now = lambda: later
            await second.show("#t=1")
            await third.show("#t=1")
            await open_lecture(app)
            assert code(await first.value()) == (410, "room_ended")
            assert (await second.value()).status == 200
            assert code(await ask(app, "POST", "/api/rooms")) == (503, "too_many_rooms")

    run(scenario)


def test_only_so_many_voters_votes_and_listeners(monkeypatch):
    for module in ("memory_store", "redis_store"):
        monkeypatch.setattr(f"app.rooms.{module}.MAX_VOTERS", 5)
    monkeypatch.setattr(rooms, "MAX_VOTES", 8)
    monkeypatch.setattr(rooms, "MAX_LISTENERS", 2)

    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            await it.pose()
            seconds = iter([*[1_000_000] * 8, *[2_000_000] * 20])
            with monkeypatch.context() as patch:
                patch.setattr(rooms, "milliseconds", lambda: next(seconds))
                codes = [await it.vote(voter, "h") for voter in range(8)]
                assert [answer.status for answer in codes] == [204] * 5 + [503] * 3
                assert code(codes[-1]) == (503, "too_many_voters")
                assert (await it.vote(1, "L")).status == 204  # who has voted may vote again
                answers = [await it.vote(1, "h") for _ in range(9)]
                assert code(answers[-1]) == (503, "too_many_votes")
            hall = [it.listen() for _ in range(2)]
            await until(lambda: all(one.rooms for one in hall))
            late = it.listen()
            await until(late.client.task.done)
            assert late.client.status == 503
            assert b"room_full" in late.client.body
            assert (await it.value()).status == 200  # whoever finds it full may ask from time to time
            other = (await open_lecture(app)).listen()
            app.state.rooms.max_listeners = 2
            await until(other.client.task.done)
            assert other.client.status == 503

    run(scenario)


def test_at_most_five_changes_and_four_counts_a_second_and_the_last_one_always(monkeypatch):
    monkeypatch.setattr(rooms, "CHANGES", 0.2)
    monkeypatch.setattr(rooms, "COUNTS", 0.25)

    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            one = it.listen()
            await one.until(lambda one: one.rooms)
            loop = asyncio.get_running_loop()
            begun = loop.time()
            await it.pose()
            n = 0
            while loop.time() < begun + 0.9:
                n += 1
                await asyncio.gather(it.show(f"#t={n}") if n % 2 else it.pose(), it.vote(n, "h"))
                await asyncio.sleep(0.01)
            await it.pose("closed")
            await one.until(lambda one: one.latest["phase"] == "closed")
            took = loop.time() - begun
            assert len(one.rooms) - 1 <= took / 0.2 + 2
            assert sum(name == "count" for name, _ in one.events) <= took / 0.25 + 2
            assert n > 5

    run(scenario)

"""The stream of a room by itself: what a change sends, what sends nothing, and what a slow listener gets."""

import asyncio
import json

from app.rooms.address import Address
from app.rooms.channel import ALIVE, Channel, event
from app.rooms.refusals import EndedRoom
from app.rooms.room import AWAY_AFTER, Question, Record, Round
from app.rooms.store import Snapshot

NOW = 1_800_000_000_000
VOTE = Question(question="8.2", choices=["h", "L"])


def snapshot(revision: int = 1, listeners: int = 0, votes: int | None = None) -> Snapshot:
    """A room at NOW, with a vote that is open if there is a number of votes."""
    asked = {} if votes is None else {"phase": "vote", "vote": VOTE}
    record = Record(steer="x" * 64, revision=revision, seen=NOW, **asked)
    return Snapshot(record, [Round(count=votes or 0, tally={}), Round(count=9, tally={})], listeners)


class Phone:
    """A listener that takes one part after the other."""

    def __init__(self, channel: Channel) -> None:
        self.stream = channel.listen()
        self.task: asyncio.Task[bytes] | None = None

    async def has(self) -> bytes | None:
        """What it is sent next; None if it waits."""
        self.task = self.task or asyncio.ensure_future(anext(self.stream))
        for _ in range(5):
            await asyncio.sleep(0)
        if not self.task.done():
            return None
        part, self.task = self.task.result(), None
        return part

    async def events(self) -> list[tuple[str, dict]]:
        part = await self.has()
        assert part is not None
        blocks = [block.removeprefix("event: ").split("\ndata: ") for block in part.decode().split("\n\n")]
        return [(name, json.loads(data)) for name, data in blocks[:-1]]


def on_a_channel(scenario):
    asyncio.run(asyncio.wait_for(scenario(Channel()), 10))


def test_a_change_of_the_value_is_an_event_and_of_the_numbers_another_and_of_nothing_none():
    async def scenario(channel):
        channel.update(snapshot(), NOW)
        phone = Phone(channel)
        [(name, room)] = await phone.events()
        assert name == "room"
        assert (room["revision"], room["listeners"], room["vote"]) == (1, 0, None)
        assert channel.body == json.dumps(room, separators=(",", ":")).encode()
        channel.update(snapshot(), NOW)
        assert await phone.has() is None
        channel.update(snapshot(listeners=2), NOW)
        assert await phone.events() == [("count", {"revision": 1, "listeners": 2, "count": 0})]
        assert json.loads(channel.body)["listeners"] == 2
        channel.update(snapshot(listeners=2), NOW)
        assert await phone.has() is None
        channel.update(snapshot(2, listeners=2, votes=0), NOW)
        [(name, room)] = await phone.events()
        assert (name, room["revision"], room["vote"]["count"]) == ("room", 2, 0)
        channel.update(snapshot(2, listeners=2, votes=7), NOW)
        assert await phone.events() == [("count", {"revision": 2, "listeners": 2, "count": 7})]
        channel.update(snapshot(2, listeners=2, votes=7), NOW + AWAY_AFTER + 1)
        [(name, room)] = await phone.events()
        assert (name, room["away"], room["vote"]["count"]) == ("room", True, 7)

    on_a_channel(scenario)


def test_when_only_numbers_are_read_a_new_value_waits_for_its_own_turn():
    async def scenario(channel):
        channel.update(snapshot(), NOW)
        phone = Phone(channel)
        await phone.events()
        body = channel.body
        channel.update(snapshot(2, listeners=5), NOW, counts_only=True)
        assert await phone.has() is None
        assert channel.body == body
        channel.update(snapshot(1, listeners=5), NOW, counts_only=True)
        assert [name for name, _ in await phone.events()] == ["count"]
        channel.update(snapshot(2, listeners=5), NOW)
        assert [name for name, _ in await phone.events()] == ["room"]

    on_a_channel(scenario)


def test_who_reads_slowly_or_comes_late_is_sent_the_latest_value_and_the_numbers_since():
    async def scenario(channel):
        channel.update(snapshot(), NOW)
        slow = Phone(channel)
        await slow.events()
        for revision in (2, 3):
            channel.update(snapshot(revision), NOW)
            channel.update(snapshot(revision, listeners=revision), NOW)
            channel.update(snapshot(revision, listeners=10 * revision), NOW)
        for phone in (slow, Phone(channel)):
            (first, room), (second, counts) = await phone.events()
            assert (first, room["revision"], room["listeners"]) == ("room", 3, 0)
            assert (second, counts) == ("count", {"revision": 3, "listeners": 30, "count": 0})
            assert await phone.has() is None
        channel.update(snapshot(4, listeners=30), NOW)  # the numbers of before are in it
        for phone in (slow, Phone(channel)):
            assert [name for name, _ in await phone.events()] == ["room"]

    on_a_channel(scenario)


def test_a_channel_without_a_value_and_one_that_is_woken_send_a_comment():
    async def scenario(channel):
        phone = Phone(channel)
        assert await phone.has() == ALIVE
        assert await phone.has() is None
        channel.wake()
        assert await phone.has() == ALIVE
        channel.wake()  # while nobody waits
        assert await phone.has() == ALIVE
        assert await phone.has() is None

    on_a_channel(scenario)


def test_one_who_has_left_does_not_keep_others_from_what_is_new():
    async def scenario(channel):
        channel.update(snapshot(), NOW)
        phones = [Phone(channel) for _ in range(3)]
        for phone in phones:
            await phone.events()
            assert await phone.has() is None
        phones[0].task.cancel()
        channel.update(snapshot(2), NOW)
        for phone in phones[1:]:
            assert [name for name, _ in await phone.events()] == ["room"]

    on_a_channel(scenario)


def test_the_end_is_the_last_event_and_a_stop_is_none():
    async def scenario(channel):
        for farewell in (None, Address(path="/en/talk", query="", fragment="#stops=8.2")):
            of_one = Channel()
            phone = Phone(of_one)
            await phone.has()
            assert await phone.has() is None
            of_one.end(EndedRoom("482913", farewell))
            expected = {"address": farewell and farewell.model_dump()}
            assert await phone.events() == [("ended", expected)]
            assert [part async for part in phone.stream] == []
        stopped = Phone(channel)
        await stopped.has()
        channel.stop()
        assert [part async for part in stopped.stream] == []
        assert [part async for part in channel.listen()] == []

    on_a_channel(scenario)


def test_who_listens_is_counted_when_it_comes_and_when_it_goes():
    async def scenario(_):
        crowd: list[int] = []
        channel = Channel(lambda: crowd.append(channel.listeners))
        phones = [Phone(channel) for _ in range(2)]
        for phone in phones:
            await phone.has()
        await phones[0].stream.aclose()
        await phones[1].stream.aclose()
        assert crowd == [1, 2, 1, 0]

    on_a_channel(scenario)


def test_an_event_is_written_as_the_standard_says():
    assert event("room", b"{}") == b"event: room\ndata: {}\n\n"
    assert ALIVE == b":\n\n"

"""The streams of one room: what is written at once, what waits for a slow listener, and how they end."""

import asyncio

from app.rooms import steering
from app.rooms.channel import ALIVE, Channel
from app.rooms.room import Change, changed, opened
from app.rooms.store import Snapshot
from app.serving.direct_writing import EXTENSION
from tests.asgi import Client
from tests.live import open_lecture, running, until

NOW = 1_800_000_000_000
STEER = steering.digest(steering.new_token())


class Connection:
    """Keeps what is written; refuses while it is full."""

    def __init__(self) -> None:
        self.parts, self.full = [], False

    def write(self, part: bytes) -> bool:
        if not self.full:
            self.parts.append(part)
        return not self.full


class Hall:
    """A channel, the record behind it, and what the responses of its listeners were given."""

    def __init__(self) -> None:
        self.channel, self.record, self.taken = Channel(), opened(STEER, NOW), []
        self.show("#t=0")

    def show(self, fragment: str) -> None:
        address = {"path": "/ko/", "query": "", "fragment": fragment}
        self.record = changed(self.record, Change(address=address), STEER, NOW)
        self.count(0)

    def count(self, listeners: int) -> None:
        self.channel.update(Snapshot(self.record, [], listeners), NOW)

    async def follow(self, connection: Connection) -> asyncio.Task[None]:
        """Begin to listen, as a response does; returns when the present value has been taken."""

        async def respond() -> None:
            async for part in self.channel.listen(connection.write):
                self.taken.append(part)

        task = asyncio.ensure_future(respond())
        await asyncio.sleep(0)
        return task


def run(scenario):
    asyncio.run(asyncio.wait_for(scenario(), 10))


def test_a_change_is_written_at_once_and_no_task_wakes_for_it():
    async def scenario():
        hall, connection = Hall(), Connection()
        await hall.follow(connection)
        assert b"#t=0" in hall.taken[0]
        hall.show("#t=1")
        assert b"#t=1" in connection.parts[0]
        hall.count(7)
        assert connection.parts[1].startswith(b"event: count\n")
        hall.channel.wake()
        await asyncio.sleep(0.01)
        assert connection.parts[2:] == [ALIVE]
        assert len(hall.taken) == 1

    run(scenario)


def test_all_are_written_the_same_bytes():
    async def scenario():
        hall, connections = Hall(), [Connection() for _ in range(20)]
        for connection in connections:
            await hall.follow(connection)
        hall.show("#t=1")
        hall.count(20)
        first = connections[0].parts
        assert len(first) == 2
        for connection in connections:
            assert all(one is same for one, same in zip(connection.parts, first, strict=True))

    run(scenario)


def test_who_cannot_be_written_to_is_sent_the_latest_the_slow_way_and_then_written_to_again():
    async def scenario():
        hall, connection = Hall(), Connection()
        await hall.follow(connection)
        connection.full = True
        for t in range(1, 9):
            hall.show(f"#t={t}")
        assert not connection.parts
        await asyncio.sleep(0.01)
        assert len(hall.taken) == 2
        assert b"#t=8" in hall.taken[1]
        connection.full = False
        hall.show("#t=9")
        assert b"#t=9" in connection.parts[0]
        assert len(hall.taken) == 2

    run(scenario)


def test_who_has_left_is_not_written_to():
    async def scenario():
        hall, connection = Hall(), Connection()
        task = await hall.follow(connection)
        task.cancel()
        hall.show("#t=1")  # before the loop has told the stream
        await asyncio.sleep(0.01)
        hall.show("#t=2")
        assert not any(b"#t=2" in part for part in connection.parts)
        assert hall.channel.listeners == 0

    run(scenario)


def test_streams_end_when_the_channel_stops_and_nothing_is_written_to_them():
    async def scenario():
        hall, connection = Hall(), Connection()
        task = await hall.follow(connection)
        hall.channel.stop()
        hall.show("#t=1")
        await task
        assert not connection.parts
        assert len(hall.taken) == 1

    run(scenario)


def test_a_phone_is_written_to_directly_by_a_server_that_offers_it():
    async def scenario():
        async with running() as [app]:
            it, connection = await open_lecture(app), Connection()
            offered = {EXTENSION: {"write": connection.write}}
            phone = Client(app, f"/api/rooms/{it.room}/events", extensions=offered)
            await until(lambda: phone.sent and phone.body)
            await it.show("#t=1")
            await until(lambda: any(b"#t=1" in part for part in connection.parts))
            assert b"#t=1" not in phone.body
            phone.leave()
            await phone.task

    run(scenario)

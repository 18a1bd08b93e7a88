"""Rooms in Redis or Valkey, which several processes and machines share.

A message on the one channel names a room and says what happened to it; its value is read, never sent. A lost
message therefore costs nothing but time, and after every interruption all rooms are read once.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, WatchError

from . import steering
from .address import Address
from .refusals import EndedRoom, Refused, UnknownRoom, Unreachable
from .room import ROUNDS, Ballot, Record, Round, check_ballot
from .store import (
    CHANGED,
    COUNTED,
    GIVES_WAY,
    LIFETIME,
    MAX_ROOMS,
    MAX_VOTERS,
    Make,
    Snapshot,
    Store,
    milliseconds,
)

LOG = logging.getLogger("uvicorn.error")
PATIENCE = 2.0  # s for a connection or an answer
CONNECTIONS = 16  # at once; requests beyond wait
SILENCE = 20.0  # s without a message after which the server is asked whether it is there
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0  # s before the connection for messages is opened again
TRIES = 10  # to change a room that others change at the same time
FRESH = 60_000  # ms for which a process's number of listeners counts without being said again

CHANNEL, INDEX = "bptt:rooms", "bptt:index"
"""The channel of the messages, and the numbers of all rooms by when their lecturer was last seen."""

# KEYS: the room, the round's ballots, its tally. ARGV: the question that was checked, the voter, the choices,
# the most voters, the seconds that the keys live, channel and message.
_CAST = """
if redis.call('HGET', KEYS[1], 'open') ~= ARGV[1] then return 'closed' end
local before = redis.call('HGET', KEYS[2], ARGV[2])
if before == ARGV[3] then return 'same' end
if not before and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[4]) then return 'full' end
for _, name in ipairs(cjson.decode(before or '[]')) do redis.call('HINCRBY', KEYS[3], name, -1) end
for _, name in ipairs(cjson.decode(ARGV[3])) do redis.call('HINCRBY', KEYS[3], name, 1) end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
for key = 2, 3 do redis.call('EXPIRE', KEYS[key], ARGV[5]) end
redis.call('PUBLISH', ARGV[6], ARGV[7])
return 'cast'
"""


Result = TypeVar("Result")


class RedisStore(Store):
    """The keys of a room are ``bptt:room:{number}`` with its parts; all of them expire."""

    kind = "redis"

    def __init__(self, url: str, now: Callable[[], int] = milliseconds) -> None:
        super().__init__()
        self._now = now
        self._name = secrets.token_hex(4)  # of this process
        self._client: Any = _client(url, retries=1)  # whose types depend on its options
        self._listening: Any = _client(url, retries=0)
        self._cast = self._client.register_script(_CAST)
        self._following: asyncio.Task[None] | None = None
        self._reachable = True

    async def start(self, resumed: Callable[[], None]) -> None:
        self._following = asyncio.create_task(self._follow(resumed))

    async def stop(self) -> None:
        if self._following:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        for client in (self._client, self._listening):
            await client.aclose()

    def is_reachable(self) -> bool:
        return self._reachable

    async def open(self, number: str, record: Record) -> bool:
        async def attempt() -> bool:
            if await self._client.exists(_key(number), _ended(number)):
                return False
            await self._make_room()
            return await self._create(number, record)

        return await self._ask(attempt())

    async def read(self, number: str) -> Snapshot:
        async def attempt() -> Snapshot:
            pipe = self._client.pipeline(transaction=True)
            pipe.hget(_key(number), "record")
            pipe.get(_ended(number))
            pipe.hgetall(_key(number, "listeners"))
            for round_ in range(1, ROUNDS + 1):
                pipe.hlen(_key(number, f"ballots:{round_}"))
                pipe.hgetall(_key(number, f"tally:{round_}"))
            stored, left, listeners, *votes = await pipe.execute()
            if stored is None:
                raise _reason(number, left)
            rounds = [
                Round(count=count, tally={name.decode(): int(value) for name, value in tally.items()})
                for count, tally in zip(votes[::2], votes[1::2], strict=True)
            ]
            return Snapshot(Record.model_validate_json(stored), rounds, _sum(listeners, self._now() - FRESH))

        return await self._ask(attempt())

    async def change(self, number: str, make: Make) -> bool:
        async def attempt() -> bool:
            for _ in range(TRIES):
                with suppress(WatchError):
                    return await self._change(number, make)
            raise Unreachable

        return await self._ask(attempt())

    async def vote(self, number: str, ballot: Ballot) -> None:
        async def attempt() -> None:
            for _ in range(TRIES):
                record, asked = await self._client.hmget(_key(number), ["record", "open"])
                if record is None:
                    await self._missing(number)
                    continue
                check_ballot(Record.model_validate_json(record), ballot)
                parts = ("", f"ballots:{ballot.round}", f"tally:{ballot.round}")
                done: bytes = await self._cast(
                    keys=[_key(number, part) for part in parts],
                    args=[
                        *(asked, ballot.voter, json.dumps(sorted(ballot.choices)), MAX_VOTERS, LIFETIME),
                        *(CHANNEL, f"{number} {COUNTED}"),
                    ],
                )
                if done == b"full":
                    raise Refused("too_many_voters", limit=MAX_VOTERS, retry_after=60)
                if done != b"closed":  # by a change since it was read
                    return
            raise Unreachable

        await self._ask(attempt())

    async def end(self, number: str, steer: str, address: Address | None) -> None:
        async def attempt() -> None:
            stored = await self._client.hget(_key(number), "record")
            if stored is None:
                await self._missing(number)
                raise Unreachable
            steering.check(Record.model_validate_json(stored).steer, steer)
            await self._end(number, address)

        await self._ask(attempt())

    async def report(self, number: str, listeners: int) -> None:
        async def attempt() -> None:
            pipe = self._client.pipeline(transaction=True)
            pipe.hset(_key(number, "listeners"), self._name, f"{listeners} {self._now()}")
            pipe.expire(_key(number, "listeners"), LIFETIME)
            pipe.publish(CHANNEL, f"{number} {COUNTED}")
            await pipe.execute()

        await self._ask(attempt())

    async def _ask(self, asking: Awaitable[Result]) -> Result:
        try:
            result = await asking
        except (RedisError, OSError) as error:
            self._lost(error)
            raise Unreachable from None
        self._found()
        return result

    async def _create(self, number: str, record: Record) -> bool:
        if not await self._client.hsetnx(_key(number), "record", record.model_dump_json()):
            return False
        pipe = self._client.pipeline(transaction=True)
        _write(pipe, number, record)
        await pipe.execute()
        return True

    async def _change(self, number: str, make: Make) -> bool:
        async with self._client.pipeline(transaction=True) as pipe:
            await pipe.watch(_key(number))
            stored = await pipe.hget(_key(number), "record")
            before = Record.model_validate_json(stored) if stored else None
            if before is None and await pipe.exists(_ended(number)):
                await self._missing(number)
                raise WatchError
            record = make(before)
            if before is None:
                await self._make_room()
            pipe.multi()
            _write(pipe, number, record)
            if before and before.vote and not before.vote.same_as(record.vote):
                pipe.delete(*_votes(number))
            pipe.publish(CHANNEL, f"{number} {CHANGED}")
            await pipe.execute()
        return before is None

    async def _make_room(self) -> None:
        """Let the room whose lecturer has been away longest give way if there are too many.

        Raises:
            Refused: none has been away for long.

        """
        now = self._now()
        await self._client.zremrangebyscore(INDEX, 0, now - 1000 * LIFETIME)
        if await self._client.zcard(INDEX) < MAX_ROOMS:
            return
        [(longest, seen)] = await self._client.zrange(INDEX, 0, 0, withscores=True)
        if seen > now - 1000 * GIVES_WAY:
            raise Refused("too_many_rooms", limit=MAX_ROOMS, retry_after=60)
        await self._end(longest.decode(), None)

    async def _end(self, number: str, address: Address | None) -> None:
        pipe = self._client.pipeline(transaction=True)
        pipe.set(_ended(number), address.model_dump_json() if address else "", ex=LIFETIME)
        pipe.delete(_key(number), _key(number, "listeners"), *_votes(number))
        pipe.zrem(INDEX, number)
        pipe.publish(CHANNEL, f"{number} {CHANGED}")
        await pipe.execute()

    async def _missing(self, number: str) -> None:
        """Raise the reason why there is no such room, unless it has been opened again just now."""
        pipe = self._client.pipeline(transaction=True)
        pipe.exists(_key(number))
        pipe.get(_ended(number))
        is_there, left = await pipe.execute()
        if not is_there:
            raise _reason(number, left)

    async def _follow(self, resumed: Callable[[], None]) -> None:
        """Pass on all messages, over a new connection whenever one breaks.

        redis-py's own loop (``listen``) ends with the first connection, in a task that nobody awaits.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._listening.pubsub() as messages:
                    await messages.subscribe(CHANNEL)
                    while True:
                        message = await _next(messages)
                        if message["type"] == "subscribe":  # from here on nothing is missed
                            pause = FIRST_PAUSE
                            self._found()
                            resumed()
                        elif message["type"] == "message":
                            number, _, what = message["data"].decode(errors="replace").partition(" ")
                            self.told(number, what)
            except (RedisError, OSError) as error:
                self._lost(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _lost(self, error: Exception) -> None:
        if self._reachable:
            LOG.warning("live lectures pause: the server of BPTT_ROOMS_URL cannot be reached (%s)", error)
        self._reachable = False

    def _found(self) -> None:
        if not self._reachable:
            LOG.warning("live lectures go on: the server of BPTT_ROOMS_URL is there again")
        self._reachable = True


def _client(url: str, retries: int) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=PATIENCE,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), retries),
        protocol=2,
    )
    return Redis.from_pool(pool)


async def _next(messages: Any) -> dict[str, Any]:
    """The next message; of a server that has been silent, the answer to the question whether it is there.

    Raises:
        OSError: it is not.

    """
    message = await messages.get_message(timeout=SILENCE)
    if message is None:
        await messages.ping()
        message = await messages.get_message(timeout=PATIENCE)
    if message is None:
        raise TimeoutError("no answer")
    return dict(message)


def _reason(number: str, left: bytes | None) -> UnknownRoom | EndedRoom:
    """Why there is no such room; ``left`` is kept beside it, and for a while after its end."""
    if left is None:
        return UnknownRoom(number)
    return EndedRoom(number, Address.model_validate_json(left) if left else None)


def _write(pipe: Any, number: str, record: Record) -> None:
    """Write a record and all that depends on it."""
    asked = record.vote.model_dump_json() if record.vote and record.phase == "vote" else ""
    pipe.hset(_key(number), mapping={"record": record.model_dump_json(), "open": asked})
    pipe.expire(_key(number), LIFETIME)
    pipe.set(_ended(number), "", ex=2 * LIFETIME)  # without its room it says that there was one
    pipe.zadd(INDEX, {number: record.seen})


def _key(number: str, part: str = "") -> str:
    return f"bptt:room:{number}:{part}".rstrip(":")


def _votes(number: str) -> list[str]:
    parts = ("ballots", "tally")
    return [_key(number, f"{part}:{round_}") for part in parts for round_ in range(1, ROUNDS + 1)]


def _ended(number: str) -> str:
    return f"bptt:ended:{number}"


def _sum(listeners: dict[bytes, bytes], since: int) -> int:
    """The listeners of all processes that have reported lately."""
    reports = [report.split() for report in listeners.values()]
    return sum(int(count) for count, at in reports if int(at) >= since)

"""Rooms in the memory of this process, for a server of one process."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from . import steering
from .address import Address
from .refusals import EndedRoom, Refused, UnknownRoom
from .room import ROUNDS, Ballot, Record, Round, Tally, check_ballot
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

MAX_ENDED = 500  # numbers that are remembered, each with an address of up to 32 KiB


@dataclass
class _Votes:
    """The ballots of one round by voter, and their tally."""

    ballots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tally: Tally = field(default_factory=dict)

    def cast(self, voter: str, choices: tuple[str, ...]) -> bool:
        """Count them in place of the voter's earlier ones; whether anything is other than before."""
        before = self.ballots.get(voter, ())
        if before == choices:
            return False
        if not before and len(self.ballots) >= MAX_VOTERS:
            raise Refused("too_many_voters", limit=MAX_VOTERS, retry_after=60)
        for names, by in ((before, -1), (choices, 1)):
            for name in names:
                self.tally[name] = self.tally.get(name, 0) + by
        self.ballots[voter] = choices
        return True


@dataclass
class _Kept:
    record: Record
    votes: list[_Votes] = field(default_factory=lambda: [_Votes() for _ in range(ROUNDS)])
    listeners: int = 0


class MemoryStore(Store):
    """For one event loop, on which each method runs without a pause."""

    kind = "memory"

    def __init__(self, now: Callable[[], int] = milliseconds) -> None:
        super().__init__()
        self._now = now
        self._rooms: dict[str, _Kept] = {}
        self._ended: OrderedDict[str, tuple[int, Address | None]] = OrderedDict()

    async def open(self, number: str, record: Record) -> bool:
        if number in self._rooms or self._has_ended(number):
            return False
        self._add(number, record)
        return True

    async def read(self, number: str) -> Snapshot:
        kept = self._room(number)
        rounds = [Round(count=len(votes.ballots), tally=dict(votes.tally)) for votes in kept.votes]
        return Snapshot(kept.record, rounds, kept.listeners)

    async def change(self, number: str, make: Make) -> bool:
        kept = self._rooms.get(number)
        if kept is None:
            if self._has_ended(number):
                raise self._end_of(number)
            self._add(number, make(None))
        else:
            before, kept.record = kept.record, make(kept.record)
            if before.vote and not before.vote.same_as(kept.record.vote):
                kept.votes = [_Votes() for _ in range(ROUNDS)]
        self.told(number, CHANGED)
        return kept is None

    async def vote(self, number: str, ballot: Ballot) -> None:
        kept = self._room(number)
        check_ballot(kept.record, ballot)
        if kept.votes[ballot.round - 1].cast(ballot.voter, tuple(sorted(ballot.choices))):
            self.told(number, COUNTED)

    async def end(self, number: str, steer: str, address: Address | None) -> None:
        steering.check(self._room(number).record.steer, steer)
        self._end(number, address)

    async def report(self, number: str, listeners: int) -> None:
        kept = self._rooms.get(number)
        if kept is not None and kept.listeners != listeners:
            kept.listeners = listeners
            self.told(number, COUNTED)

    async def sweep(self) -> None:
        latest = self._now() - 1000 * LIFETIME
        for number in [number for number, kept in self._rooms.items() if kept.record.seen <= latest]:
            self._end(number, None)
        for number in [number for number, (until, _) in self._ended.items() if until <= self._now()]:
            del self._ended[number]

    def _room(self, number: str) -> _Kept:
        kept = self._rooms.get(number)
        if kept is None:
            raise self._end_of(number) if self._has_ended(number) else UnknownRoom(number)
        return kept

    def _add(self, number: str, record: Record) -> None:
        if len(self._rooms) >= MAX_ROOMS:
            longest = min(self._rooms, key=lambda other: self._rooms[other].record.seen)
            if self._rooms[longest].record.seen > self._now() - 1000 * GIVES_WAY:
                raise Refused("too_many_rooms", limit=MAX_ROOMS, retry_after=60)
            self._end(longest, None)
        self._rooms[number] = _Kept(record)

    def _end(self, number: str, address: Address | None) -> None:
        del self._rooms[number]
        self._ended[number] = (self._now() + 1000 * LIFETIME, address)
        if len(self._ended) > MAX_ENDED:
            self._ended.popitem(last=False)
        self.told(number, CHANGED)

    def _has_ended(self, number: str) -> bool:
        return number in self._ended and self._ended[number][0] > self._now()

    def _end_of(self, number: str) -> EndedRoom:
        return EndedRoom(number, self._ended[number][1])

"""Where rooms are kept: what every store can do, and what all of them bound."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Literal, NamedTuple

from .address import Address
from .room import Ballot, Record, Round

MAX_ROOMS = 200
MAX_VOTERS = 10_000  # of a round
LIFETIME = 2 * 3600  # s that a room lives without its lecturer, and that its number is remembered as ended
GIVES_WAY = 600  # s without its lecturer, after which a room gives way to a new one where there are too many

CHANGED, COUNTED = "changed", "counted"
"""What happened to a room: it has another value, or only its votes and listeners have another number."""

Told = Callable[[str, str], None]
"""Is called with the number of a room and what happened to it."""
Make = Callable[[Record | None], Record]
"""Makes the next record from the present one; raises ``Refused`` to leave it as it is."""


class Snapshot(NamedTuple):
    """A room at one moment: its record, the votes of its rounds, and how many pages listen."""

    record: Record
    rounds: list[Round]
    listeners: int


class Store(ABC):
    """Rooms by number. Methods raise ``UnknownRoom`` and ``EndedRoom``, and ``Unreachable`` if it can be."""

    kind: Literal["memory", "redis", "off"]

    def __init__(self) -> None:
        self.told: Told = lambda number, what: None

    async def start(self, resumed: Callable[[], None]) -> None:  # noqa: B027
        """Begin to tell what happens; ``resumed`` is called whenever something may have been missed."""

    async def stop(self) -> None:  # noqa: B027
        """Release what the store holds."""

    async def sweep(self) -> None:  # noqa: B027
        """End the rooms whose time is over; is called every few seconds."""

    def is_reachable(self) -> bool:
        """Whether the last request to the store was answered."""
        return True

    @abstractmethod
    async def open(self, number: str, record: Record) -> bool:
        """Add a room, unless its number is or was in use.

        Raises:
            Refused: there are too many.

        """

    @abstractmethod
    async def read(self, number: str) -> Snapshot:
        """The room as it is now."""

    @abstractmethod
    async def change(self, number: str, make: Make) -> bool:
        """Replace the record by what ``make`` returns; whether the room is new.

        ``make`` is called with None for a number that is free, and may be called again. Votes on any other
        question than the new record's are deleted.
        """

    @abstractmethod
    async def vote(self, number: str, ballot: Ballot) -> None:
        """Count a ballot, in place of the same voter's earlier one.

        Raises:
            Refused: it does not count, or there are too many voters.

        """

    @abstractmethod
    async def end(self, number: str, steer: str, address: Address | None) -> None:
        """Delete the room with its votes, and remember that it has ended."""

    @abstractmethod
    async def report(self, number: str, listeners: int) -> None:
        """Say how many pages listen to the room in this process."""


def milliseconds() -> int:
    """The time since 1970 in ms, which revisions are compared with."""
    return time.time_ns() // 1_000_000

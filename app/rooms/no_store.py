"""No rooms: a server of several processes that share nothing would lose every other phone."""

from typing import NoReturn

from .address import Address
from .refusals import Refused
from .room import Ballot, Record
from .store import Make, Snapshot, Store


class NoStore(Store):
    """Refuses everything with a sentence that names the setting."""

    kind = "off"

    def __init__(self, workers: int) -> None:
        super().__init__()
        self._workers = workers

    async def open(self, number: str, record: Record) -> bool:
        self._refuse()

    async def read(self, number: str) -> Snapshot:
        self._refuse()

    async def change(self, number: str, make: Make) -> bool:
        self._refuse()

    async def vote(self, number: str, ballot: Ballot) -> None:
        self._refuse()

    async def end(self, number: str, steer: str, address: Address | None) -> None:
        self._refuse()

    async def report(self, number: str, listeners: int) -> None:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Refused("rooms_off", limit=self._workers)

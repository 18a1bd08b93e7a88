"""Who tries many numbers that are no room's is told to wait; a class that waits for its room is not.

A class has one address, and all of it asks for one number while the server comes back. Different numbers are
counted therefore, each address only for a minute.
"""

import ipaddress
import time
from collections.abc import Callable

from .refusals import Refused

MAX_WRONG = 60  # numbers a minute
MINUTE = 60.0  # s
MAX_ADDRESSES = 10_000  # that are counted at once; with more all begin anew


class WrongNumbers:
    """The wrong numbers of the present minute by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self._wrong: dict[str, set[str]] = {}

    def count(self, address: str, number: str) -> None:
        """Note that this address has asked for a number that is no room's.

        Raises:
            Refused: it has asked for too many others.

        """
        now = self._clock()
        if now >= self._until or len(self._wrong) >= MAX_ADDRESSES:
            self._wrong.clear()
            self._until = now + MINUTE
        wrong = self._wrong.setdefault(_network(address), set())
        if number not in wrong and len(wrong) >= MAX_WRONG:
            seconds = max(1, round(self._until - now))
            raise Refused("wrong_numbers", limit=seconds, given=number, retry_after=seconds)
        wrong.add(number)


def _network(address: str) -> str:
    """The address, or of IPv6 the network, whose every address one household or class may use."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))

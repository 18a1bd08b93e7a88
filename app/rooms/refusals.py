"""What a room refuses, and why."""

from .address import Address


class Refused(Exception):
    """A request that cannot be served, with a code of the message catalogues.

    ``limit`` is the bound that was reached; another try may succeed after ``retry_after`` seconds.
    """

    def __init__(
        self,
        code: str,
        parameter: str = "room",
        *,
        limit: int | str | None = None,
        given: object = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.parameter, self.limit, self.given = code, parameter, limit, given
        self.retry_after = retry_after


class UnknownRoom(Refused):
    """There is no such room: nobody opened it, or the server that had it was restarted."""

    def __init__(self, number: str) -> None:
        super().__init__("no_room", given=number)


class EndedRoom(Refused):
    """The lecture has ended; ``address`` is what it leaves to its audience, if anything."""

    def __init__(self, number: str, address: Address | None) -> None:
        super().__init__("room_ended", given=number)
        self.address = address


class Unreachable(Refused):
    """The server that keeps the rooms cannot be reached."""

    def __init__(self) -> None:
        super().__init__("rooms_unreachable", retry_after=1)

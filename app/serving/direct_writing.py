"""ASGI extension: a stream that many share is written to their connections without waking a task for each."""

import asyncio
from collections.abc import Callable
from functools import lru_cache

from starlette.types import Scope
from uvicorn._types import HTTPScope
from uvicorn.protocols.http.flow_control import FlowControl

EXTENSION = "bptt.direct"

Write = Callable[[bytes], bool]
"""Sends a part of a body whose length was not said; False if the client has left or reads slowly."""


def direct_write(scope: Scope) -> Write:
    """What writes to the connection of a request once its response has begun, where the server offers it.

    Whoever is refused sends the usual way, which waits until the client reads.
    """
    write: Write = scope.get("extensions", {}).get(EXTENSION, {}).get("write", _refuse)
    return write


def offer(scope: HTTPScope, transport: asyncio.Transport, flow: FlowControl) -> None:
    """Let whoever answers this request write to its connection."""

    def write(part: bytes) -> bool:
        if flow.write_paused or transport.is_closing():
            return False
        transport.write(_chunk(part))
        return True

    scope["extensions"] = {EXTENSION: {"write": write}}


def _refuse(part: bytes) -> bool:
    return False


@lru_cache(maxsize=8)
def _chunk(part: bytes) -> bytes:
    """As HTTP/1.1 sends it; the same for all."""
    return b"%x\r\n%b\r\n" % (len(part), part)

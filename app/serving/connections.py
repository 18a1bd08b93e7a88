"""HTTP connections with bounds: size and time of a header, readers that stall, idle ones, and their number.

uvicorn has no settings for these, except for the number, which it refuses without our headers.
"""

import asyncio
import socket
from http import HTTPStatus
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .direct_writing import offer
from .headers import HEADERS, NOT_FRAMED
from .replies import NO_STORE
from .request_limits import MAX_URL

MAX_HEADER = MAX_URL + 16 * 1024  # bytes of a request line and its headers
HEADER_SECONDS = 10.0  # from the start of a connection, or the end of the last response, to a whole header
STALL_SECONDS = 30.0  # in which a client must read what is buffered for it
CLOSE_SECONDS = 5.0  # for the last bytes of a connection that is closed
BUFFERED, REFILLED = 16 * 1024, 4 * 1024  # bytes for a slow reader: writing pauses above, goes on below
MAX_PIPELINED = 16  # requests that are sent before the first is answered

_TEXTS = {
    400: "This is not an HTTP request.",
    408: "The request took too long to arrive.",
    431: "The header of the request is too large.",
    503: "Too many connections.",
}
_EXTRA = {503: {"Retry-After": "5"}}


class Connection(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 protocol, which ends a connection that is beyond its bounds."""

    _header_bytes = 0
    _in_header = True
    _refused = False
    _status = 400
    _header_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._max_connections, self.limit_concurrency = self.limit_concurrency, None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=BUFFERED, low=REFILLED)
        _bound_the_kernel(transport.get_extra_info("socket"))
        self._await_header(HEADER_SECONDS)
        most = self._max_connections
        if most is not None and len(self.connections) > most:
            # Closed at once: to wait would be one more connection.
            transport.write(_response(503, self.server_state.default_headers))
            self._close()

    def connection_lost(self, exc: Exception | None) -> None:
        _cancel(self._header_timer)
        _cancel(self._stall_timer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._unset_keepalive_if_required()
        if self._in_header:
            self._header_bytes += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # to no other protocol: the request is answered as it is
        except httptools.HttpParserError:
            self._refuse(self._status)
            return
        if self._in_header and self._header_bytes > MAX_HEADER:
            self._refuse(431)

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MAX_HEADER:
            self._stop_parsing(431)
        if len(self.pipeline) >= MAX_PIPELINED:
            self._stop_parsing(503)
        _cancel(self._header_timer)
        self._in_header = False
        offer(self.scope, self.transport, self.flow)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_header, self._header_bytes = True, 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._await_header(self.timeout_keep_alive + HEADER_SECONDS)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall_timer = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        _cancel(self._stall_timer)

    def timeout_keep_alive_handler(self) -> None:
        self._close()

    def _await_header(self, seconds: float) -> None:
        """A timer that no byte restarts, so that nobody can send a request byte by byte."""
        _cancel(self._header_timer)
        self._header_timer = self.loop.call_later(seconds, self._is_late)

    def _is_late(self) -> None:
        if self._in_header and self._header_bytes:
            self._refuse(408)
        else:
            self._close()

    def _stop_parsing(self, status: int) -> None:
        self._status = status
        raise ValueError("beyond the bounds")  # the parser stops and reports it as its own error

    def _refuse(self, status: int) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr]
        if answering:  # it would be read as part of the response
            self._close()
            return
        self._refused = True
        self.transport.write(_response(status, self.server_state.default_headers))
        self.transport.write_eof()  # closed while bytes arrive, the connection would be reset, and this lost
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def _close(self) -> None:
        self.transport.close()  # sends what is buffered, if the client reads it
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)


def _bound_the_kernel(connected: socket.socket | None) -> None:
    """Let the kernel buffer no megabytes either that the client has no room for, nor wait long for it.

    Without the second a phone that has lost its network stays connected for a quarter of an hour.
    """
    if connected is None or connected.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    options = {"TCP_NOTSENT_LOWAT": BUFFERED, "TCP_USER_TIMEOUT": int(1000 * STALL_SECONDS)}
    for name, value in options.items():
        if hasattr(socket, name):
            connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _response(status: int, default_headers: list[tuple[bytes, bytes]]) -> bytes:
    text = _TEXTS[status]
    ours: dict[str, Any] = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": len(text),
        "Connection": "close",
        **HEADERS,
        **NOT_FRAMED,
        **NO_STORE,
        **_EXTRA.get(status, {}),
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name.decode()}: {value.decode()}" for name, value in default_headers]
    lines += [f"{name}: {value}" for name, value in ours.items()]
    return "\r\n".join([*lines, "", text]).encode()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()

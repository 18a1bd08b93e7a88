"""A proxy that holds event streams back, as some networks do: all of a stream, or all but its first event."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

FIRST = b"\n\n"  # ends an event


@contextmanager
def holding(address: str, *, first: bool = False) -> Iterator[str]:
    """The address of a proxy in front of a server; with ``first`` the first event passes."""
    place = urlsplit(address)
    served: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await asyncio.open_connection(place.hostname, place.port)
        connection = _Connection(first)
        await asyncio.gather(
            _pass(reader, back_writer, connection.asked), _pass(back_reader, writer, connection.answered)
        )

    async def serve() -> None:
        stop = asyncio.Event()
        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        served.set_result((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), stop))
        await stop.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    port, loop, stop = served.result(10)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


class _Connection:
    """What passes of one connection; once it has a stream, it has nothing else."""

    def __init__(self, first: bool) -> None:
        self._first = first
        self._is_stream = self._is_held = False

    def asked(self, data: bytes) -> bytes:
        if b"/events HTTP/1.1\r\n" in data:
            self._is_stream = True
        return data

    def answered(self, data: bytes) -> bytes:
        if not self._is_stream:
            return data
        if self._is_held or not self._first:
            return b""
        self._is_held = FIRST in data.partition(b"\r\n\r\n")[2] or not data.startswith(b"HTTP/1.1 200")
        return data


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, through: Callable[[bytes], bytes]
) -> None:
    try:
        with suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(2**16):
                writer.write(through(data))
                await writer.drain()
    finally:
        writer.close()

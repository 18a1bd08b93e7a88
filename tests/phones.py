"""Phones that follow a room over real connections, as raw as can be: what comes, and when."""

import asyncio
import json
import random
import socket
import time
from collections.abc import Callable, Iterable
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

from tests.load import Client

PATIENCE = 60  # s


class Phone(asyncio.Protocol):
    """One stream of events: how often it was told which revision, and when it first was."""

    def __init__(self, room: str, host: str) -> None:
        self.room, self.host = room, host
        self.seen: dict[int, float] = {}
        self.revision, self.counts, self.votes, self.backwards, self.status = 0, 0, 0, 0, 0
        self.ended = asyncio.Event()
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(f"GET /api/rooms/{self.room}/events HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b'data: {"revision":'):
                revision = int(line[18:].split(b",", 1)[0])
                self.backwards += revision < self.revision
                self.revision = revision
                self.seen.setdefault(revision, now)
                if b'"address"' not in line:
                    self.counts += 1
                    self.votes = int(line.rsplit(b":", 1)[1].rstrip(b"}"))
            elif line.startswith(b"HTTP/1.1 "):
                self.status = int(line[9:12])

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()

    def leave(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def join(
    address: str, room: str, number: int, spread: float = 0.0, ssl: SSLContext | None = None
) -> list[Phone]:
    """So many phones, which have the present value; they come within ``spread`` seconds."""
    place = urlsplit(address)

    async def one() -> Phone:
        await asyncio.sleep(spread * random.random())
        loop = asyncio.get_running_loop()
        _, phone = await loop.create_connection(
            lambda: Phone(room, place.netloc), place.hostname, place.port, ssl=ssl
        )
        return phone

    phones = await asyncio.gather(*(one() for _ in range(number)))
    await until(lambda: all(phone.revision or phone.ended.is_set() for phone in phones))
    return phones


async def until(done: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not done():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def until_all_see(phones: Iterable[Phone], revision: int) -> None:
    await until(lambda: all(phone.revision >= revision for phone in phones))


class Lecturer:
    """Who opens a room and steers it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.room = self.token = ""
        self.revision = 0

    async def ask(self, method: str, path: str, data: Any = None) -> tuple[int, Any]:
        """Status and JSON of the response."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        client = Client(self.address)  # an idle one would be closed meanwhile
        try:
            reply = await client.send(method, path, data, headers)
        finally:
            client.close()
        return reply.status, json.loads(reply.body) if reply.body else None

    async def open(self) -> None:
        status, opened = await self.ask("POST", "/api/rooms")
        assert status == 201, opened
        self.room, self.token = opened["room"], opened["steer"]

    async def show(self, fragment: str, **change: Any) -> int:
        """Move everybody; the status."""
        address = {"path": "/ko/", "query": "?v=1&text=hello", "fragment": fragment}
        body = {"address": address, "revision": self.revision} | change
        status, _ = await self.ask("PUT", f"/api/rooms/{self.room}", body)
        return status

    async def latest(self) -> int:
        """The revision that the server has."""
        _, value = await self.ask("GET", f"/api/rooms/{self.room}")
        self.revision = max(self.revision, value["revision"])
        return int(value["revision"])


def sleeping(address: str, room: str, received: int = 4096) -> socket.socket:
    """A phone that asks and then reads nothing."""
    place = urlsplit(address)
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, received)
    one.connect((place.hostname, place.port))
    one.sendall(f"GET /api/rooms/{room}/events HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
    return one

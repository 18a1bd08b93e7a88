"""Many clients at once against a server on this machine, with nothing between them and the wire."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE = 60  # s


@dataclass
class Reply:
    """What came back, and how long it took in seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float


class Client:
    """One connection that stays open, as a browser's does."""

    def __init__(self, address: str) -> None:
        self._place = urlsplit(address)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._asked_at = 0.0

    async def get(self, path: str, coding: str = "gzip") -> Reply:
        """One request on it."""
        await self.ask(path, coding)
        return await self.reply()

    async def ask(self, path: str, coding: str = "gzip") -> None:
        """Send a request; its reply is waited for by ``reply``."""
        self._asked_at = time.perf_counter()
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._place.hostname, self._place.port)
        asked = f"GET {path} HTTP/1.1\r\nHost: {self._place.netloc}\r\nAccept-Encoding: {coding}\r\n\r\n"
        self._streams[1].write(asked.encode())

    async def send(self, method: str, path: str, data: object, headers: dict[str, str]) -> Reply:
        """One request with a body of JSON, unless there are no data."""
        self._asked_at = time.perf_counter()
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._place.hostname, self._place.port)
        body = b"" if data is None else json.dumps(data).encode()
        headers = {"Host": self._place.netloc, "Content-Length": str(len(body))} | headers
        headers |= {} if data is None else {"Content-Type": "application/json"}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        self._streams[1].write("\r\n".join([*lines, "", ""]).encode() + body)
        return await self.reply()

    async def reply(self) -> Reply:
        """The reply to the request sent last."""
        assert self._streams is not None
        reader, _ = self._streams
        status, headers = await asyncio.wait_for(_head(reader), PATIENCE)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return Reply(status, headers, body, time.perf_counter() - self._asked_at)

    def close(self) -> None:
        """Leave, whatever is under way."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if line)
    return int(first.split(" ")[1]), {name.lower(): value for name, value in pairs}


async def each(address: str, paths: Iterable[str], coding: str = "gzip") -> list[Reply]:
    """One client's requests, one after another."""
    client = Client(address)
    try:
        return [await client.get(path, coding) for path in paths]
    finally:
        client.close()


def quantile(values: Iterable[float], part: float) -> float:
    """The value that so large a part of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

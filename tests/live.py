"""Live lectures over HTTP, without a server between: who steers, who listens, who votes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from fastapi import FastAPI

from app.main import create_app
from tests.asgi import Client

PATIENCE = 10  # s
START = {"path": "/ko/", "query": "?v=1", "fragment": ""}


class Answer(NamedTuple):
    """A response; ``data`` is its JSON."""

    status: int
    headers: dict[str, str]
    data: Any


class Listener:
    """A page that follows a room by its events, or asks for it."""

    def __init__(self, app: FastAPI, room: str) -> None:
        self.client = Client(app, f"/api/rooms/{room}/events")

    @property
    def events(self) -> list[tuple[str, Any]]:
        """The events so far: name and data."""
        blocks = self.client.body.decode().split("\n\n")
        pairs = [block.removeprefix("event: ").split("\ndata: ") for block in blocks if "data: " in block]
        return [(name, json.loads(data)) for name, data in pairs]

    @property
    def rooms(self) -> list[dict[str, Any]]:
        """The values so far."""
        return [data for name, data in self.events if name == "room"]

    @property
    def latest(self) -> dict[str, Any]:
        """What the page shows: the value with the largest revision, as a page takes it."""
        shown: dict[str, Any] = {"revision": -1}
        for value in self.rooms:
            shown = value if value["revision"] >= shown["revision"] else shown
        return shown

    def fragment(self) -> str | None:
        address = self.latest.get("address")
        return address and address["fragment"]

    async def until(self, done: Callable[["Listener"], object]) -> None:
        await until(lambda: done(self), lambda: self.events[-3:])

    def leave(self) -> None:
        self.client.leave()


class Lecture:
    """A room and the token that steers it."""

    def __init__(self, app: FastAPI, room: str, token: str) -> None:
        self.app, self.room, self.token = app, room, token
        self.revision = 0

    async def put(self, **change: Any) -> Answer:
        """Send a change; without an address that of the start page."""
        change = {"address": START, "revision": self.revision} | change
        return await ask(self.app, "PUT", f"/api/rooms/{self.room}", change, self.token)

    async def show(self, fragment: str) -> Answer:
        """Move the class to a place of the start page."""
        return await self.put(address=START | {"fragment": fragment})

    async def pose(self, phase: str = "vote", **vote: Any) -> Answer:
        """Ask question 8.2, or go on with it."""
        return await self.put(phase=phase, vote={"question": "8.2", "choices": ["h", "L", "dWy"]} | vote)

    async def end(self, address: dict[str, str] | None = None) -> Answer:
        return await ask(self.app, "DELETE", f"/api/rooms/{self.room}", {"address": address}, self.token)

    async def value(self, **headers: str) -> Answer:
        return await ask(self.app, "GET", f"/api/rooms/{self.room}", **headers)

    async def vote(self, number: int, *choices: str, app: FastAPI | None = None, **ballot: Any) -> Answer:
        ballot = {"question": "8.2", "choices": choices, "voter": f"voter-{number:012d}"} | ballot
        return await ask(app or self.app, "POST", f"/api/rooms/{self.room}/votes", ballot)

    def listen(self, app: FastAPI | None = None) -> Listener:
        return Listener(app or self.app, self.room)


async def ask(
    app: FastAPI, method: str, path: str, data: Any = None, token: str | None = None, **headers: str
) -> Answer:
    """One request; ``data`` is sent as JSON, unless it is bytes."""
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    if data is not None:
        headers.setdefault("content_type", "application/json")
    body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
    client = Client(app, path, method=method, body=body, **headers)
    await asyncio.wait_for(client.task, PATIENCE)
    is_json = client.headers.get("content-type") == "application/json"
    return Answer(client.status, client.headers, json.loads(client.body) if is_json else None)


def code(answer: Answer) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status, answer.data["errors"][0]["code"]


async def open_lecture(app: FastAPI) -> Lecture:
    answer = await ask(app, "POST", "/api/rooms")
    assert answer.status == 201, answer
    return Lecture(app, answer.data["room"], answer.data["steer"])


@asynccontextmanager
async def running(number: int = 1) -> AsyncIterator[list[FastAPI]]:
    """So many processes, here as applications of one event loop."""
    apps = [create_app() for _ in range(number)]
    for app in apps:
        await app.state.rooms.start()
    try:
        yield apps
    finally:
        for app in apps:
            await app.state.rooms.stop()
        await asyncio.sleep(0)


async def until(done: Callable[[], object], seen: Callable[[], object] = lambda: None) -> None:
    """Wait until it is true.

    Raises:
        AssertionError: it is not in time; says what was seen.

    """
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, seen()
        await asyncio.sleep(0.002)


async def all_see(listeners: Iterable[Listener], fragment: str) -> None:
    for listener in listeners:
        await listener.until(lambda one: one.fragment() == fragment)

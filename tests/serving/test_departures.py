"""Clients that leave, in front of the whole application: their work is not begun, and nobody else notices."""

import asyncio

import pytest

from app.api import qr
from app.labs.explorer import run as lab
from app.main import create_app
from tests.asgi import Client

WIDE = b"steps=200&hidden=32&seed=%d"


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario(), 20))


@pytest.mark.parametrize("path", ["/api/bptt", "/api/walk", "/api/script"])
def test_what_was_asked_by_clients_that_left_is_not_computed(path, monkeypatch):
    computed = []
    for name in ("lab", "walk_lab", "script_lab"):
        monkeypatch.setattr(f"app.api.explorer.{name}.run", lambda params, *_: computed.append(params.seed))

    async def scenario():
        app = create_app()
        pool = app.state.pool
        for _ in range(pool._threads):
            await pool._free.acquire()  # all threads are taken
        clients = [Client(app, path, WIDE % seed) for seed in range(6)]
        await asyncio.sleep(0.05)
        for client in clients:
            client.leave()
        await asyncio.gather(*(client.task for client in clients))
        await asyncio.sleep(0.05)
        assert pool._waiting == pytest.approx(0)
        for _ in range(pool._threads):
            pool._free.release()
        await asyncio.sleep(0.1)

    run(scenario)
    assert computed == []


def test_one_of_two_who_ask_the_same_may_leave(monkeypatch):
    computed = []
    real = lab.run
    monkeypatch.setattr("app.api.explorer.lab.run", lambda *given: computed.append(1) or real(*given))

    async def scenario():
        app = create_app()
        pool = app.state.pool
        for _ in range(pool._threads):
            await pool._free.acquire()
        first, second = (Client(app, "/api/bptt", b"text=banana") for _ in range(2))
        await asyncio.sleep(0.05)
        first.leave()
        await first.task
        for _ in range(pool._threads):
            pool._free.release()
        await second.task
        assert second.status == 200

    run(scenario)
    assert computed == [1]


def test_a_code_for_nobody_is_not_drawn(monkeypatch):
    drawn = []
    monkeypatch.setattr(qr, "drawn", lambda address: drawn.append(address) or b"")

    async def scenario():
        app = create_app()
        pool = app.state.pool
        for _ in range(pool._threads):
            await pool._free.acquire()
        client = Client(app, "/api/qr.svg", b"path=/ko/")
        await asyncio.sleep(0.05)
        client.leave()
        await client.task
        for _ in range(pool._threads):
            pool._free.release()
        await asyncio.sleep(0.05)

    run(scenario)
    assert drawn == []

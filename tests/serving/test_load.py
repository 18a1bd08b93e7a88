"""The server under many clients: its responses, and its state afterwards."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.load import Client, each
from tests.server import ROOT, is_healthy, serving

WORST = "/api/bptt?text=abcdefghijklmnopqrstuvwxyz&steps=500&hidden=64&cell=lstm&seed={seed}"
LIGHT = "/api/bptt?seed={seed}&text=hello"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.mark.exhaustive
def test_a_hall_on_one_link_is_answered_without_an_error_and_alike(address):
    async def hall():
        page = (await each(address, ["/ko/?text=banana&k=3"]))[0]
        engine = re.search(r'"engine":"(\w+)"', (await each(address, ["/ko/"], "identity"))[0].body.decode())[
            1
        ]
        paths = ["/ko/?text=banana&k=3", f"/api/{engine}/bptt?v=1&text=banana&k=3"]
        assert page.status == 200
        return await asyncio.gather(*(each(address, paths) for _ in range(300)))

    answered = asyncio.run(hall())
    assert Counter(reply.status for replies in answered for reply in replies) == {200: 600}
    assert len({replies[1].body for replies in answered}) == 1


@pytest.mark.exhaustive
def test_a_flood_of_work_meets_answers_and_refusals_alone_and_passes(address):
    async def flood():
        asked = (each(address, [WORST.format(seed=seed)]) for seed in range(1, 41))
        replies = [replies[0] for replies in await asyncio.gather(*asked)]
        codes = Counter(reply.status for reply in replies)
        assert set(codes) == {200, 503}, codes
        for reply in replies:
            if reply.status == 503:
                assert int(reply.headers["retry-after"]) >= 1
                assert reply.headers["cache-control"] == "no-store"
        return (await each(address, [LIGHT.format(seed=4711)]))[0].status

    assert asyncio.run(flood()) == 200


def test_who_leaves_does_no_harm(address):
    async def leave():
        clients = [Client(address) for _ in range(50)]
        asking = [
            asyncio.create_task(client.get(LIGHT.format(seed=i), "br")) for i, client in enumerate(clients)
        ]
        await asyncio.sleep(0.02)
        for task, client in zip(asking, clients, strict=True):
            task.cancel()
            client.close()
        await asyncio.gather(*asking, return_exceptions=True)
        return [reply.status for reply in await each(address, ["/readyz", LIGHT.format(seed=1)])]

    assert asyncio.run(leave()) == [200, 200]


@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_stop_it_answers_what_had_arrived(tmp_path, workers):
    """The processes sleep while requests and signal arrive: none of the requests is accepted by then."""
    log = tmp_path / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port), "--workers", str(workers)],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if not name.startswith("BPTT_")},
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 60
        while not is_healthy(port):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)

        async def asked_while_stopping():
            os.killpg(server.pid, signal.SIGSTOP)
            clients = [Client(f"http://127.0.0.1:{port}") for _ in range(8)]
            for seed, client in enumerate(clients):
                await client.ask(f"/api/bptt?text=secret&seed={seed}")
            os.killpg(server.pid, signal.SIGTERM)
            os.killpg(server.pid, signal.SIGCONT)
            codes = [(await client.reply()).status for client in clients]
            for client in clients:
                client.close()
            return codes

        assert asyncio.run(asked_while_stopping()) == [200] * 8
        assert server.wait(10) in {0, -signal.SIGTERM}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    said = log.read_text()
    assert "Traceback" not in said
    assert "secret" not in said  # nobody's text is written down
    assert said.count("GET /api/bptt") == 8
    assert not is_healthy(port)


def test_both_processes_answer_with_the_same_bytes(tmp_path: Path):
    async def both(address: str):
        clients = [Client(address) for _ in range(40)]
        replies = [await client.get(LIGHT.format(seed=99), "br") for client in clients]
        for client in clients:
            client.close()
        return {(reply.body, reply.headers["etag"]) for reply in replies}

    with serving(tmp_path / "log", "--workers", "2") as address:
        assert len(asyncio.run(both(address))) == 1

"""Live lectures on a real server: it stops at once, comes back, drops who does not read, and logs nobody."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.serving import connections
from tests.phones import Lecturer, join, sleeping, until_all_see
from tests.server import ROOT, is_healthy


@contextmanager
def server(port: int, log: Path, **settings: str):
    """A server at this port, which may have had one before."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", "app", "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 60
        while not is_healthy(port):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_server_that_stops_ends_all_streams_at_once_and_its_room_is_opened_again(port, tmp_path):
    log, address = tmp_path / "log", f"http://127.0.0.1:{port}"

    async def before(process) -> Lecturer:
        it = Lecturer(address)
        await it.open()
        assert await it.show("#t=1") == 204
        hall = await join(address, it.room, 60)
        await until_all_see(hall, await it.latest())
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        await asyncio.gather(*(phone.ended.wait() for phone in hall))
        assert time.monotonic() - told < 3  # and not after the four seconds that other responses have
        return it

    async def after(it: Lecturer) -> None:
        [early] = await join(address, it.room, 1)
        assert early.status == 404
        early.leave()
        known = it.revision
        again = Lecturer(address)
        again.room, again.token, again.revision = it.room, it.token, known
        assert await again.show("#t=2") == 201
        hall = await join(address, it.room, 60)
        assert all(phone.revision > known for phone in hall)
        assert await again.show("#t=3") == 204
        await until_all_see(hall, await again.latest())
        for phone in hall:
            phone.leave()

    with server(port, log) as process:
        it = asyncio.run(before(process))
        begun = time.monotonic()
        assert process.wait(10) in {0, -signal.SIGTERM}
        assert time.monotonic() - begun < 3.5
    with server(port, log):
        asyncio.run(after(it))
    said = log.read_text()
    assert "Traceback" not in said
    assert " ERROR " not in said
    assert "/api/rooms" not in said  # from where somebody has voted is nobody's business
    assert '"GET /healthz' in said


@pytest.mark.exhaustive
def test_a_phone_that_does_not_read_is_dropped_and_harms_nobody(port, tmp_path):
    async def scenario():
        address = f"http://127.0.0.1:{port}"
        it = Lecturer(address)
        await it.open()
        hall = await join(address, it.room, 5)
        asleep = [sleeping(address, it.room) for _ in range(5)]
        n, listening, dropped_by = 0, 10, time.monotonic() + connections.STALL_SECONDS + 30
        long = {"path": "/ko/", "query": "?x=" + "a" * 20_000, "fragment": ""}
        while listening > len(hall):
            assert time.monotonic() < dropped_by
            n += 1
            await it.show("", address=long | {"fragment": f"#t={n}"})
            await asyncio.sleep(0.2)
            _, ready = await it.ask("GET", "/readyz")
            listening = ready["rooms"]["listeners"] if n > 10 else 10
        await until_all_see(hall, await it.latest())
        for one in asleep:
            one.close()
        for phone in hall:
            phone.leave()

    with server(port, tmp_path / "log"):
        asyncio.run(scenario())


@pytest.mark.skipif(sys.platform != "linux", reason="the options of Linux")
def test_the_kernel_does_not_wait_long_for_a_phone_that_has_lost_its_network():
    """By an option of every connection: the network cannot be cut here."""
    with socket.socket() as connected:
        connections._bound_the_kernel(connected)
        wait = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
        assert wait == 1000 * connections.STALL_SECONDS
        unsent = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT)
        assert unsent == connections.BUFFERED

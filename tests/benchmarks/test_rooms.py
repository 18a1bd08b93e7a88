"""Live lectures: how soon a hall sees a change, what it costs, and what happens when things go away.

Phones are real connections of this process; the server is another one. Times of a change are compared with
those of writing the same bytes to the same number of idle connections by hand, in one run.
"""

import asyncio
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.processes import open_files, process_of, processor_seconds, resident, settled
from tests.load import each, quantile
from tests.nginx import Proxy, proxying
from tests.phones import Lecturer, Phone, join, sleeping, until, until_all_see
from tests.redis_server import RedisServer, running
from tests.server import ROOT, is_healthy, serving

CHANGES = 20
BY_HAND = """
import asyncio, resource, sys

async def main():
    writers = []
    async def keep(reader, writer):
        writers.append(writer)
        await reader.readuntil(b"\\r\\n\\r\\n")
        writer.write(b"HTTP/1.1 200 OK\\r\\ncontent-type: text/event-stream\\r\\n\\r\\n")
        writer.write(b'data: {"revision":1,"address":1}\\n\\n')
    server = await asyncio.start_server(keep, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    print("ready", flush=True)
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        for writer in writers:
            writer.write(line + b"\\n")
        print("sent", flush=True)

limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
asyncio.run(main())
"""


@pytest.fixture(scope="module", autouse=True)
def many_files():
    """As many connections as the system allows."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def open_room(address: str) -> Lecturer:
    it = Lecturer(address)
    await it.open()
    await it.show("#t=0")
    return it


def leave(phones: list[Phone]) -> None:
    for phone in phones:
        phone.leave()


async def latencies(it: Lecturer, hall: list[Phone]) -> list[float]:
    """From the request of a change to each phone, in s."""
    took = []
    for n in range(CHANGES):
        begun = time.perf_counter()
        assert await it.show(f"#t={n + 1}") == 204
        revision = await it.latest()
        await until_all_see(hall, revision)
        took += [phone.seen[revision] - begun for phone in hall]
        await asyncio.sleep(0.25)
    return took


@contextmanager
def by_hand():
    """The address of a server that writes what it is told to all, and what tells it."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-c", BY_HAND, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"

        def write(line: str) -> None:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            process.stdout.readline()

        yield f"http://127.0.0.1:{port}", write, process.pid
        process.kill()


def event_of(revision: int) -> str:
    """As many bytes as an event of the room."""
    return f'data: {{"revision":{revision},"address":"{"a" * 190}"}}'


@pytest.mark.parametrize("phones", [300, 1000])
def test_a_change_reaches_the_hall(report, tmp_path, phones):
    async def room(address: str) -> tuple[list[float], float, int, int]:
        pid, it = process_of(address), await open_room(address)
        await settled(pid)
        hall = await join(address, it.room, phones, spread=phones / 300)
        await asyncio.sleep(1)
        took = await latencies(it, hall)
        begun = processor_seconds(pid)
        for n in range(50):
            await it.show(f"#t={n}")
            await asyncio.sleep(0.2)
        await until_all_see(hall, await it.latest())
        used = (processor_seconds(pid) - begun) / 50
        lost = sum(phone.revision < it.revision for phone in hall)
        backwards = sum(phone.backwards for phone in hall)
        leave(hall)
        return took, used, lost, backwards

    async def alone(address: str, write, pid: int) -> tuple[list[float], float]:
        hall, took = await join(address, "", phones), []
        for n in range(2, CHANGES + 2):
            begun = time.perf_counter()
            await asyncio.to_thread(write, event_of(n))
            await until_all_see(hall, n)
            took += [phone.seen[n] - begun for phone in hall]
            await asyncio.sleep(0.25)
        begun = processor_seconds(pid)
        for n in range(100, 150):
            await asyncio.to_thread(write, event_of(n))
            await asyncio.sleep(0.2)
        used = (processor_seconds(pid) - begun) / 50
        leave(hall)
        return took, used

    with serving(tmp_path / "log") as address:
        took, used, lost, backwards = asyncio.run(room(address))
    with by_hand() as (address, write, pid):
        hand, hand_used = asyncio.run(alone(address, write, pid))
    found = [quantile(times, 0.99) for times in (took, hand)]
    report(
        f"{phones} phones: change to phone, p99",
        f"{1000 * found[0]:.0f} ms ({found[0] / found[1]:.1f} x by hand)",
        "< 500 ms, <= 4 x",
    )
    report("  final states lost, steps backwards", f"{lost}, {backwards}", "0, 0")
    report(
        "  CPU of a change against writing by hand",
        f"{used / hand_used:.1f} ({1000 * used:.1f} of {1000 * hand_used:.1f} ms)",
        "<= 2.5",
    )


def test_memory_of_a_listener(report, tmp_path):
    async def measured(address: str) -> float:
        pid, it = process_of(address), await open_room(address)
        leave(await join(address, it.room, 50))
        await asyncio.sleep(10)
        await settled(pid)
        before = resident(pid)
        hall = await join(address, it.room, 1000, spread=4)
        await asyncio.sleep(2)
        grown = resident(pid) - before
        assert open_files(pid) > len(hall)
        assert {phone.status for phone in hall} == {200}
        leave(hall)
        return 1000 * grown / len(hall)

    with serving(tmp_path / "log") as address:
        report("memory of a listener", f"{asyncio.run(measured(address)):.1f} kB", "<= 40 kB")


def test_three_hundred_join(report, tmp_path):
    async def scenario(address: str) -> tuple[Counter[int], list[float]]:
        it, statuses, took = await open_room(address), Counter(), []
        page = (await each(address, ["/ko/?v=1&text=hello"], "identity"))[0].body.decode()
        engine = re.search(r'"engine":"(\w+)"', page)[1]
        paths = ["/ko/?v=1&text=hello", f"/api/{engine}/bptt?v=1&text=hello"]
        await each(address, paths)

        async def one(n: int) -> None:
            await asyncio.sleep(5 * n / 300)
            begun = time.perf_counter()
            replies = await each(address, paths)
            phones = await join(address, it.room, 1)
            took.append(time.perf_counter() - begun)
            statuses.update([*(reply.status for reply in replies), phones[0].status])
            hall.extend(phones)

        hall: list[Phone] = []
        await asyncio.gather(*(one(n) for n in range(300)))
        leave(hall)
        return statuses, took

    with serving(tmp_path / "log") as address:
        statuses, took = asyncio.run(scenario(address))
    report(
        "300 join in 5 s: page, answer, stream", f"{dict(statuses)}, worst {max(took):.2f} s", "200s, < 3 s"
    )


def test_votes_of_a_hall(report, tmp_path):
    async def scenario(address: str) -> tuple[int, float, bool]:
        it = await open_room(address)
        hall = await join(address, it.room, 300, spread=1)
        vote = {"question": "8.2", "choices": ["a", "b", "c"]}
        await it.show("#t=1", phase="vote", vote=vote)
        await asyncio.sleep(1)
        before = [phone.counts for phone in hall]

        async def one(n: int) -> int:
            await asyncio.sleep(2 * n / 360)
            ballot = {"question": "8.2", "choices": ["abc"[n % 3]], "voter": f"voter-{n % 300:012d}"}
            return (await it.ask("POST", f"/api/rooms/{it.room}/votes", ballot))[0]

        begun = time.perf_counter()
        codes = await asyncio.gather(*(one(n) for n in range(360)))
        assert set(codes) == {204}
        await until(lambda: all(phone.votes == 300 for phone in hall))
        took = time.perf_counter() - begun
        most = max(phone.counts - first for phone, first in zip(hall, before, strict=True))
        await it.show("#t=1", phase="closed", vote=vote)
        await asyncio.sleep(0.5)
        _, value = await it.ask("GET", f"/api/rooms/{it.room}")
        leave(hall)
        return value["vote"]["count"], most / took, sum(value["vote"]["tally"].values()) == 300

    with serving(tmp_path / "log") as address:
        count, rate, whole = asyncio.run(scenario(address))
    report(
        "360 votes of 300 within 2 s",
        f"{count} counted, once each: {whole}, {rate:.1f} events/s",
        "300, <= 4",
    )


def test_a_slow_listener(report, tmp_path):
    """It sleeps while the lecturer moves a control for 20 s, which fills what the kernel keeps for it."""

    async def scenario(address: str) -> tuple[float, int, float, float]:
        pid, it = process_of(address), await open_room(address)
        hall = await join(address, it.room, 100)
        await settled(pid)
        usual = quantile(await latencies(it, hall), 0.99)
        before = open_files(pid)
        reader, never = sleeping(address, it.room), sleeping(address, it.room)
        await until(lambda: open_files(pid) >= before + 2)
        begun, n, gone, states = time.perf_counter(), 0, 0.0, 0
        long = {"path": "/ko/", "query": "?x=" + "a" * 2000}
        while time.perf_counter() < begun + 70 and not gone:
            n += 1
            await it.show("", address=long | {"fragment": f"#t={n}"})
            await asyncio.sleep(0.2)
            if not states and time.perf_counter() > begun + 20:
                states = (await asyncio.to_thread(drain, reader)).count(b"event: room")
                reader.close()
            elif states and open_files(pid) <= before:
                gone = time.perf_counter() - begun
        with_them = quantile(await latencies(it, hall), 0.99)
        never.close()
        leave(hall)
        return usual, states, gone, with_them

    with serving(tmp_path / "log") as address:
        usual, states, gone, with_them = asyncio.run(scenario(address))
    report("a listener that sleeps for 20 s: old states when it wakes", str(states), "<= 300")
    report("  one that never reads is gone after", f"{gone:.0f} s" if gone else "not in 70 s", "<= 45 s")
    report("  p99 of the others", f"{with_them / usual:.1f} x", "<= 1.5 x")


def drain(reader: socket.socket) -> bytes:
    """All that has come by now."""
    reader.settimeout(1)
    parts = []
    try:
        while part := reader.recv(2**20):
            parts.append(part)
    except OSError:
        pass
    return b"".join(parts)


@contextmanager
def server_at(port: int, log: Path):
    with log.open("ab") as output:
        command = [sys.executable, "-m", "app", "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    try:
        while not is_healthy(port):
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_restart_with_three_hundred_phones(report, tmp_path):
    """The phones come back as their page does: after 1 s and up to 3 s more, doubling to 15 s."""
    port, log = free_port(), tmp_path / "log"
    address = f"http://127.0.0.1:{port}"

    async def stopped(process) -> tuple[Lecturer, float]:
        it = await open_room(address)
        hall = await join(address, it.room, 300, spread=1)
        await it.latest()
        begun = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        await asyncio.gather(*(phone.ended.wait() for phone in hall))
        await asyncio.to_thread(process.wait)
        return it, time.perf_counter() - begun

    async def back(it: Lecturer, starting: asyncio.Future) -> tuple[list[float], int]:
        import random

        came, hall = [], []

        async def one() -> None:
            wait = 1.0
            while True:
                await asyncio.sleep(wait + 3 * random.random())
                wait = min(2 * wait, 15.0)
                try:
                    [phone] = await join(address, it.room, 1)
                except OSError:
                    continue
                if phone.status == 200:
                    came.append(time.perf_counter())
                    hall.append(phone)
                    return
                phone.leave()

        async def lecturer() -> None:
            while True:
                await asyncio.sleep(1)
                try:
                    if await it.show("#t=1") in {201, 204}:
                        return
                except OSError:
                    continue

        waiting = asyncio.gather(lecturer(), *(one() for _ in range(300)))
        answering = await starting
        await waiting
        await it.show("#t=2")
        await until_all_see(hall, await it.latest())
        missed = sum(phone.revision < it.revision for phone in hall)
        leave(hall)
        return [at - answering for at in came], missed

    with server_at(port, log) as process:
        it, stopping = asyncio.run(stopped(process))
    errors = log.read_text().count(" ERROR ")

    async def again() -> tuple[list[float], int]:
        loop = asyncio.get_running_loop()
        starting: asyncio.Future[float] = loop.create_future()

        def start() -> None:
            context = server_at(port, log)
            contexts.append(context)
            context.__enter__()
            loop.call_soon_threadsafe(starting.set_result, time.perf_counter())

        loop.run_in_executor(None, start)
        return await back(it, starting)

    contexts: list = []
    try:
        came, missed = asyncio.run(again())
    finally:
        for context in contexts:
            context.__exit__(None, None, None)
    fullest = max(Counter(int(at) for at in came).values())
    report(
        "SIGTERM with 300 streams: the process ends after", f"{stopping:.1f} s, {errors} errors", "< 3 s, 0"
    )
    report(
        "a restart with 300 phones: all are back after",
        f"{max(came):.1f} s, {fullest / 3:.0f} % in one second, {missed} deaf",
        "<= 20 s, <= 40 %, 0",
    )


def test_redis_away_for_two_seconds(report, tmp_path):
    async def scenario(addresses: list[str], redis: RedisServer) -> tuple[Counter[int], int, float, float]:
        first, second = addresses
        it = await open_room(first)
        hall = [*await join(first, it.room, 150), *await join(second, it.room, 150)]
        took = await latencies(it, hall)
        refused: Counter[int] = Counter()
        await asyncio.to_thread(redis.stop)
        end = time.perf_counter() + 2
        while time.perf_counter() < end:
            refused[await it.show("#t=99")] += 1
            await asyncio.sleep(0.2)
        await asyncio.to_thread(redis.start)
        begun = time.perf_counter()
        while await it.show("#t=100") not in {201, 204}:
            await asyncio.sleep(0.1)
        revision = await it.latest()
        await until_all_see(hall, revision)
        back = time.perf_counter() - begun
        deaf = sum(phone.revision < revision for phone in hall)
        leave(hall)
        return refused, deaf, back, quantile(took, 0.5)

    with (
        running(tmp_path) as redis,
        serving(tmp_path / "log1", BPTT_ROOMS_URL=redis.url) as first,
        serving(tmp_path / "log2", BPTT_ROOMS_URL=redis.url) as second,
    ):
        refused, deaf, back, usual = asyncio.run(scenario([first, second], redis))
    report("two processes and Redis, 300 phones: change to phone, p50", f"{1000 * usual:.0f} ms", "")
    report(
        "  Redis away for 2 s: refused, last value everywhere after",
        f"{dict(refused)}, {back:.2f} s, {deaf} deaf",
        "503 alone, < 2 s, 0",
    )


def test_a_hall_behind_nginx(report, tmp_path):
    """All phones come in through the proxy of docs/deploying.md, and those that ask instead do not wait."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    async def scenario(proxy: Proxy) -> tuple[Counter[int], float, int, float]:
        it = await open_room(proxy.server)
        hall = await join(f"https://127.0.0.1:{proxy.port}", it.room, 1000, spread=10, ssl=context)
        statuses = Counter(phone.status for phone in hall)
        took = await latencies(it, hall)
        lost = sum(phone.revision < it.revision for phone in hall)
        asking = [await asyncio.open_connection("127.0.0.1", proxy.port, ssl=context) for _ in range(60)]

        async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(
                f"GET /api/rooms/{it.room} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
            )
            assert b" 200 " in (await reader.read())[:20]
            writer.close()

        begun = time.perf_counter()
        await asyncio.gather(*(ask(*streams) for streams in asking))
        polled = time.perf_counter() - begun
        leave(hall)
        return statuses, quantile(took, 0.99), lost, polled

    with proxying(tmp_path) as proxy:
        statuses, slowest, lost, polled = asyncio.run(scenario(proxy))
    report("1000 phones through nginx", f"{dict(statuses)}, {lost} lost", "all 200, 0")
    report("  change to phone, p99", f"{1000 * slowest:.0f} ms", "")
    report("  60 that ask at once", f"{polled:.2f} s", "< 1 s")

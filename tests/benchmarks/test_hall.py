"""A hall of students with different links: work on the event loop, connections, and a flood of everything.

``BPTT_FLOOD_SECONDS=600`` makes the flood ten minutes long.
"""

import asyncio
import os
import random
import socket
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from urllib.parse import parse_qsl, quote

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from app.labs.explorer.params import BpttParams
from app.main import create_app
from app.pages.assets import files
from tests.benchmarks.processes import open_files, process_of, processor_seconds, resident, serving_before
from tests.load import Client, each, quantile
from tests.routes import examples_of_routes, pages_of_the_site
from tests.texts import longest_texts

FLOOD = float(os.environ.get("BPTT_FLOOD_SECONDS", "20"))
CACHED = "/ko/?v=1"
LONG_PATH = "/ko/?v=1&text=" + "abcdefghijklmnopqrstuvwxyz" * 72
NO_OP = "/healthz"
IDLE_EVERY = 20  # routes
RUN = "text=hello&budget=4000&contest=1,2,4,8,full&seeds=5"


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Iterator[str]:
    with serving_before(tmp_path_factory.mktemp("before")) as address:
        yield address


async def ask_all(address: str, paths: list[str], connections: int, coding: str = "br") -> Counter[int]:
    """All paths, shared by so many connections."""
    waiting, statuses = iter(paths), Counter()

    async def ask() -> None:
        client = Client(address)
        for path in waiting:
            if "events" in path:
                await whole_stream(address, path, coding)
            else:
                statuses[(await client.get(path, coding)).status] += 1
        client.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    return statuses


def seconds_each(address: str, paths: list[str]) -> float:
    """Processor seconds of the server for each path."""
    pid = process_of(address)
    begun = processor_seconds(pid)
    assert asyncio.run(ask_all(address, paths, 8)) == {200: len(paths)}
    return (processor_seconds(pid) - begun) / len(paths)


def compare(report, what: str, bar: str, paths: Callable[[int], list[str]], *addresses: str) -> None:
    for address in addresses:
        asyncio.run(ask_all(address, paths(999)[:1], 1))
    took = [[seconds_each(address, paths(n)) for address in addresses] for n in range(3)]
    now, then = (sorted(column)[1] for column in zip(*took, strict=True))
    report(what, f"{now / then:.3f} ({1000 * now:.2f} of {1000 * then:.2f} ms)", bar)


def test_pages_with_texts_of_their_own(address, before, report):
    def paths(n: int) -> list[str]:
        return [f"/ko/?text=hello{n}{i:04d}" for i in range(300)]

    compare(report, "a page with its own text, CPU against before", "<= 0.1", paths, address, before)


@pytest.mark.parametrize("length", [60, 300, 1900])
def test_codes(address, before, report, length):
    def paths(n: int) -> list[str]:
        return ["/api/qr.svg?path=" + quote(f"{LONG_PATH[: length - 8]}{n:03d}{i:05d}") for i in range(50)]

    compare(report, f"a QR code of {length} characters, CPU against before", "<= 0.1", paths, address, before)


def worst_queries() -> dict[str, str]:
    """Of all legal ones with the longest texts there are, those that take longest to read in this process."""
    forms = ("text={}", "text={0}&targets={0}", "text={}&unit=word")
    took = {}
    for name, text in longest_texts().items():
        for form in forms:
            query = form.format(quote(text))
            begun = time.thread_time()
            try:
                BpttParams.model_validate(dict(parse_qsl(query)))
            except ValidationError:
                continue
            took[query] = (time.thread_time() - begun, name)
    worst = sorted(took, key=took.__getitem__, reverse=True)[:30]
    others = {"2600 x f73": "text=" + quote("\u0f73" * 2600), "2600 x fb2c": "text=" + quote("\ufb2c" * 2600)}
    return {f"{took[query][1]} {form_of(query)}": query for query in worst} | others


def form_of(query: str) -> str:
    return "&".join(part.partition("=")[0] for part in query.split("&"))


def test_reading_the_worst_texts(address, before, report):
    """The slowest answer that is not computed: refused by ``x``, after the text has been read."""
    queries = worst_queries()

    async def slowest(where: str) -> tuple[float, str]:
        client, found = Client(where), []
        for name, query in queries.items():
            path = f"/api/bptt?{query}&x=1"
            found.append((min([(await client.get(path)).took for _ in range(5)]), name))
        client.close()
        return max(found)

    (now, which), (then, other) = asyncio.run(slowest(address)), asyncio.run(slowest(before))
    report(
        "the worst text, read and refused",
        f"{1000 * now:.1f} ms ({which}); {1000 * then:.1f} ms ({other}) before",
        "<= 5 ms",
    )


async def watched(address: str, load: Callable[[], Awaitable[object]]) -> list[float]:
    """How long /healthz and a cached page take while the load lasts."""
    client, took = Client(address), []
    loading = asyncio.ensure_future(load())
    while not loading.done():
        for path in ("/healthz", CACHED):
            took.append((await client.get(path, "br")).took)
        await asyncio.sleep(0.005)
    client.close()
    await loading
    return took


def p99(address: str, load: Callable[[], Awaitable[object]]) -> float:
    return quantile(asyncio.run(watched(address, load)), 0.99)


@pytest.mark.parametrize("connections", [200])
def test_others_while_a_hall_opens_texts_codes_and_a_known_run(address, before, report, connections):
    numbers = count()
    loads = {
        "texts of their own": lambda: [f"/ko/?text=hello{next(numbers):07d}" for _ in range(600)],
        "codes": lambda: [f"/api/qr.svg?path={quote(LONG_PATH[:300])}{next(numbers)}" for _ in range(200)],
        "a known run": lambda: [f"/api/training/events?{RUN}"] * 600,
    }
    for where in (address, before):
        asyncio.run(each(where, [f"/api/training?{RUN}", CACHED]))
    for name, paths in loads.items():
        found = []
        for where in (address, before):
            wanted = paths()

            async def load(where: str = where, asked: list[str] = wanted) -> None:
                await ask_all(where, asked, connections)

            idle = p99(where, lambda: asyncio.sleep(1))
            found.append((p99(where, load), idle))
        (now, idle), (then, _) = found
        report(
            f"/healthz and a page while {connections} open {name}, p99",
            f"{1000 * now:.0f} ms, idle {1000 * idle:.1f} ms; {1000 * then:.0f} ms before",
            "<= 5 x idle",
        )


def varied(path: str, parameters: set[str], n: int) -> str:
    """A request of the same kind that nobody has made yet."""
    joint = "&" if "?" in path else "?"
    if "seed" in parameters:
        return f"{path}{joint}seed={n % 10_000}"
    if "values" in parameters:
        return f"{path.partition('&values')[0]}&values=x:{n}"
    return f"{path}?text={n}" if "path" in parameters or path.endswith("/") else path


def test_others_while_any_route_is_asked(address, report):
    """Every operation of /openapi.json and every page, found by walking."""
    app = create_app()
    document = app.openapi()["paths"]
    routes = {
        path: {
            given["name"]
            for given in document.get(path.partition("?")[0], {}).get("get", {}).get("parameters", [])
        }
        for path in examples_of_routes(app)
    }
    routes |= {page: set() for page in pages_of_the_site(TestClient(app))}
    routes |= {NO_OP: set()}
    numbers, took, idle = count(), {}, []
    for n, (path, parameters) in enumerate(routes.items()):
        if n % IDLE_EVERY == 0:
            idle.append(p99(address, lambda: asyncio.sleep(3)))

        async def load(path: str = path, parameters: set[str] = parameters) -> None:
            end = time.perf_counter() + 2  # s, for some hundred answers: of fewer, p99 would be the slowest

            async def ask() -> None:
                client = Client(address)
                while time.perf_counter() < end:
                    wanted = varied(path, parameters, next(numbers))
                    if "events" in wanted:
                        await whole_stream(address, wanted)
                    else:
                        await client.get(wanted, "br")
                client.close()

            await asyncio.gather(*(ask() for _ in range(8)))

        took[path] = p99(address, load)
    usual = statistics.median(idle)
    report("/healthz and a page, idle, p99", f"{1000 * usual:.1f} ms", "")
    for path in [*sorted(took, key=took.__getitem__, reverse=True)[:6], NO_OP]:
        report(
            f"  while 8 clients ask {path[:60]}",
            f"{1000 * took[path]:.1f} ms ({took[path] / usual:.1f} x idle)",
            "<= 5 x idle",
        )


async def whole_stream(address: str, path: str, coding: str = "br") -> None:
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n".encode())
    writer.write(f"Accept-Encoding: {coding}\r\nConnection: close\r\n\r\n".encode())
    await reader.read()
    writer.close()


@pytest.mark.parametrize("kind", ["half-sent requests", "stalled readers"])
def test_connections_that_hang(address, before, report, kind):
    plotly = f"/static/{files.version}/lean/plotly.min.js"
    number, part = {
        "half-sent requests": (1000, b"GET /ko/ HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000),
        "stalled readers": (500, f"GET {plotly} HTTP/1.1\r\nHost: x\r\n\r\n".encode()),
    }[kind]

    async def hang(where: str, patience: float) -> tuple[float, float, int]:
        host, port = where.removeprefix("http://").split(":")
        pid = process_of(where)
        await each(where, [CACHED, plotly])
        memory, files_before = resident(pid), open_files(pid)
        hanging = [socket.socket() for _ in range(number)]
        for one in hanging:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect((host, int(port)))
            one.sendall(part)
        await asyncio.sleep(1)  # all have come
        took = await watched(where, lambda: asyncio.sleep(3))
        memory = resident(pid) - memory
        await asyncio.sleep(patience)
        left = open_files(pid) - files_before
        for one in hanging:
            one.close()
        return memory, quantile(took, 0.99), left

    limit = socket_limit(number + 500)
    (memory, page, left), (old_memory, old_page, old_left) = (
        asyncio.run(hang(where, 35)) for where in (address, before)
    )
    limit()
    now = f"{memory:.0f} MB, {1000 * page:.0f} ms, {left}"
    then = f"{old_memory:.0f} MB, {1000 * old_page:.0f} ms, {old_left} before"
    report(f"{number} {kind}: memory, p99 of others, left after 40 s", f"{now}; {then}", "<= 100 MB, gone")


def socket_limit(wanted: int) -> Callable[[], None]:
    """Allow this process so many connections; returns what undoes it."""
    import resource

    was = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(was[0], wanted), was[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, was)


def any_request(rng: random.Random) -> str:
    """A legal request of any kind, small or large."""
    text = quote("".join(rng.choices("abc 가나다👍", k=rng.randint(2, rng.choice([8, 60, 400])))) + "ab")
    seed, k = rng.randint(0, 9999), rng.randint(1, 12)
    language = rng.choice(["ko", "en"])
    state = f"text={text}&k={k}&seed={seed}"
    return rng.choice(
        [
            lambda: f"/{language}/?{state}",
            lambda: (
                f"/{language}/{rng.choice(['training', 'graph', 'ab', 'lessons/', 'lessons/blocks'])}?{state}"
            ),
            lambda: f"/embed/{language}/?{state}",
            lambda: f"/api/bptt?{state}&hidden={rng.choice([1, 8, 32])}",
            lambda: (
                f"/api/bptt?{state}&steps={rng.choice([50, 300, 1000])}&cell={rng.choice(['rnn', 'lstm'])}"
            ),
            lambda: f"/api/bptt?{state}&steps=500&hidden=64&cell=lstm",
            lambda: f"/api/walk?{state}&truncation=window",
            lambda: f"/api/pair?{state}&s=1&t=0",
            lambda: f"/api/script?{state}",
            lambda: f"/api/graph?formula=tanh(w*x)&values=x:{seed}",
            lambda: f"/api/training?text={text}&seed={seed}&budget={rng.choice([5, 300])}&seeds=2",
            lambda: f"/api/training/film?text={text}&seed={seed}",
            lambda: f"/api/qr.svg?path={quote(f'/{language}/?{state}')}",
            lambda: f"/static/{files.version}/css/site.css",
            lambda: "/healthz",
            lambda: "/readyz",
            lambda: "/openapi.json",
            lambda: f"/{language}/nowhere{seed}",
            lambda: f"/api/bptt?k=0&seed={seed}",
        ]
    )()


def test_a_flood_of_everything(address, report):
    pid = process_of(address)
    statuses: Counter[str] = Counter()
    levels: list[float] = []

    async def flood() -> list[float]:
        end = time.perf_counter() + FLOOD
        rng = random.Random(0)

        async def pour() -> None:
            client = Client(address)
            while time.perf_counter() < end:
                reply = await client.get(any_request(rng), rng.choice(["br", "gzip"]))
                told = " with Retry-After" if "retry-after" in reply.headers else ""
                statuses[f"{reply.status}{told}"] += 1
                if reply.status == 503:
                    await asyncio.sleep(1)
            client.close()

        async def watch_memory() -> None:
            while time.perf_counter() < end:
                levels.append(resident(pid))
                await asyncio.sleep(FLOOD / 10)

        return await watched(address, lambda: asyncio.gather(watch_memory(), *(pour() for _ in range(200))))

    asyncio.run(each(address, [CACHED]))
    took = asyncio.run(flood())
    report(
        f"a flood of everything from 200 connections, {FLOOD:.0f} s",
        str(dict(statuses)),
        "200, 304, 4xx, 503 with Retry-After",
    )
    report("  memory, every tenth of it", " ".join(f"{level:.0f}" for level in levels) + " MB", "level")
    report(
        "  /healthz and a cached page meanwhile, p99",
        f"{1000 * quantile(took, 0.99):.0f} ms of {len(took)}",
        "< 250 ms",
    )

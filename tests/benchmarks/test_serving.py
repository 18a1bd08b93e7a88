"""The server full of clients on the same machine: figures are of server and clients together."""

import asyncio
import os
import re
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from tests.load import Client, Reply, each, quantile
from tests.serving.test_load import LIGHT, WORST

HALL, FLOOD = 300, 200
CLIENTS = 16
SECONDS = 5
SOAK = float(os.environ.get("BPTT_SOAK_SECONDS", "30"))  # 600 for the ten minutes
EDITS = "/api/bptt?text=hello&steps={steps}&seed={seed}"


def paths_of(page: str) -> list[str]:
    """What a phone asks for after the page: its styles and scripts, then the answer."""
    engine = re.search(r'"engine":"(\w+)"', page)[1]
    named = re.findall(
        r'(?:<link rel="(?:stylesheet|modulepreload)"[^>]*href|<script[^>]*src)="([^"]+)"', page
    )
    return [*dict.fromkeys(named), f"/api/{engine}/bptt?v=1"]


def test_a_hall_opens_one_link(address, report):
    async def hall() -> tuple[list[list[Reply]], float]:
        page = (await each(address, ["/ko/?v=1"], "identity"))[0].body.decode()
        paths = ["/ko/?v=1", *paths_of(page)]
        await each(address, paths)
        begun = time.perf_counter()
        found = await asyncio.gather(*(each(address, paths) for _ in range(HALL)))
        return found, time.perf_counter() - begun

    found, took = asyncio.run(hall())
    statuses = Counter(reply.status for replies in found for reply in replies)
    worst = max(sum(reply.took for reply in replies) for replies in found)
    size = sum(len(reply.body) for reply in found[0]) / 1000
    what = f"{HALL} clients, one link, {len(found[0])} requests and {size:.0f} kB each"
    report(what, f"{dict(statuses)}, worst {worst:.2f} s, all {took:.2f} s", "0 errors, worst < 2 s")


def test_cached_answers_against_doing_nothing(address, report):
    async def rate(path: str) -> float:
        end, done = time.perf_counter() + SECONDS, 0

        async def ask() -> None:
            nonlocal done
            client = Client(address)
            while time.perf_counter() < end:
                assert (await client.get(path, "br")).status == 200
                done += 1
            client.close()

        await asyncio.gather(*(ask() for _ in range(CLIENTS)))
        return done / SECONDS

    async def both() -> tuple[float, float]:
        return await rate("/api/bptt?v=1"), await rate("/healthz")

    cached, nothing = asyncio.run(both())
    rates = f"{cached / nothing:.2f} ({cached:.0f}/{nothing:.0f} a second)"
    report("a cached answer against the no-op route", rates, ">= 0.4")


def test_a_flood_of_the_worst_questions(address, report):
    async def flood() -> tuple[Counter[int], list[float], int, float]:
        statuses: Counter[int] = Counter()
        missing, seeds, end = 0, count(1), time.perf_counter() + 3 * SECONDS

        async def pour() -> None:
            nonlocal missing
            client = Client(address)
            while time.perf_counter() < end:
                reply = await client.get(WORST.format(seed=next(seeds) % 10_000))
                statuses[reply.status] += 1
                missing += reply.status == 503 and "retry-after" not in reply.headers
                if reply.status == 503:
                    await asyncio.sleep(0.2)
            client.close()

        async def watch() -> list[float]:
            client, took = Client(address), []
            while time.perf_counter() < end:
                took.append((await client.get("/api/bptt?v=1")).took)
                await asyncio.sleep(0.02)
            client.close()
            return took

        took, *_ = await asyncio.gather(watch(), *(pour() for _ in range(FLOOD)))
        begun = time.perf_counter()
        while (await each(address, [LIGHT.format(seed=next(seeds))]))[0].status != 200:
            await asyncio.sleep(0.05)
        return statuses, took, missing, time.perf_counter() - begun

    statuses, took, missing, recovered = asyncio.run(flood())
    report(f"flood from {FLOOD} connections", str(dict(statuses)), "200 and 503 alone")
    report("  503 without Retry-After", str(missing), "0")
    report("  cached link meanwhile, p99", f"{1000 * quantile(took, 0.99):.0f} ms of {len(took)}", "< 500 ms")
    report("  next new answer after it", f"{recovered:.2f} s", "< 2 s")


def test_memory_under_a_long_soak(address, report):
    """Distinct small questions and one cached one, after the cache has been filled."""

    def resident() -> float:
        """MiB of this process's own children: the server alone."""
        of_all = [(path / "status").read_text() for path in Path("/proc").glob("[0-9]*")]
        mine = [status for status in of_all if f"PPid:\t{os.getpid()}\n" in status]
        return sum(int(size) for status in mine for size in re.findall(r"VmRSS:\s+(\d+)", status)) / 1024

    async def soak(seconds: float, numbers: count) -> int:
        end, done = time.perf_counter() + seconds, 0

        async def ask() -> None:
            nonlocal done
            client = Client(address)
            while time.perf_counter() < end:
                n = next(numbers)
                reply = await client.get(EDITS.format(steps=2 + n % 30, seed=n % 5000))
                assert reply.status in {200, 503}
                done += 1
                await client.get("/ko/?v=1")
            client.close()

        await asyncio.gather(*(ask() for _ in range(4)))
        return done

    numbers = count()
    asyncio.run(soak(SOAK, numbers))
    before = resident()
    done = asyncio.run(soak(SOAK, numbers))
    grown = f"{resident() - before:+.1f} MB of {before:.0f} MB over {SOAK:.0f} s, {done} questions"
    report("resident memory", grown, "< 20 MB more in ten minutes")


@pytest.fixture(scope="session", autouse=True)
def small_cache():
    """So small that a soak fills it before it is measured."""
    os.environ["BPTT_CACHE_MB"] = "16"
    yield
    del os.environ["BPTT_CACHE_MB"]

"""Random bytes as queries, over the wire: answered or refused, and nothing of them is sent back."""

import asyncio
import random
from collections import Counter
from urllib.parse import quote_from_bytes

import pytest

from tests.load import Client
from tests.server import serving

CLIENTS = 8
NAMES = [b"text", b"k", b"steps", b"truncation", b"targets", b"weights", b"hide", b"v", b""]
TOKEN = "q9" * 60  # of more than a hundred characters, none of which may come back


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


def random_query(dice: random.Random) -> str:
    """Bytes of every kind under known and unknown names, written carefully and carelessly."""
    pieces = []
    for _ in range(dice.randint(1, 3)):
        value = dice.randbytes(dice.randint(0, 40)) + dice.choice([b"", TOKEN.encode()])
        name = dice.choice(NAMES) or dice.randbytes(3)
        bare = bytes(byte for byte in value if 33 <= byte < 127 and byte not in b"#")
        written = quote_from_bytes(value) if dice.random() < 0.7 else bare.decode()
        pieces.append(f"{quote_from_bytes(name)}={written}")
    return "&".join(pieces)


@pytest.mark.parametrize("queries", [800, pytest.param(10_000, marks=pytest.mark.exhaustive)])
def test_random_bytes_never_fail_the_server(address, queries):
    async def pour(seed: int) -> Counter[int]:
        dice, client, statuses = random.Random(seed), Client(address), Counter()
        for _ in range(queries // CLIENTS):
            path = dice.choice(["/api/bptt", "/api/pair", "/ko/", "/api/qr.svg", "/api/script"])
            reply = await client.get(f"{path}?{random_query(dice)}", "identity")
            statuses[reply.status] += 1
            if path != "/ko/":  # a page's title shows its text, which the page itself does
                assert reply.status != 200 or TOKEN[:101].encode() not in reply.body or path == "/api/bptt"
                assert reply.status == 200 or TOKEN[:101].encode() not in reply.body
        client.close()
        return statuses

    async def all_of_them() -> Counter[int]:
        return sum(await asyncio.gather(*(pour(seed) for seed in range(CLIENTS))), Counter())

    statuses = asyncio.run(all_of_them())
    assert sum(statuses.values()) == queries
    assert set(statuses) <= {200, 400, 404, 422, 503}, statuses
    assert statuses[422] > queries / 4

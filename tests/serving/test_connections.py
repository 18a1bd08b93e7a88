"""The bounds of a connection, on real sockets and with deadlines of fractions of a second."""

import asyncio
import logging
import re
import socket
from contextlib import asynccontextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from app.serving import connections
from app.serving.connections import BUFFERED, MAX_HEADER, MAX_PIPELINED, Connection
from app.serving.headers import HEADERS, NOT_FRAMED
from app.serving.pieces import PIECE, Pieces

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LONG = 20 * 2**20


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(connections, "STALL_SECONDS", 0.5)
    monkeypatch.setattr(connections, "CLOSE_SECONDS", 0.2)


async def hello(scope, receive, send):
    """Answers with as many bytes as the path says; 5 by default."""
    body = b"hello" if scope["path"] == "/" else bytes(int(scope["path"][1:]))
    length = str(len(body)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def served(app=hello, **settings):
    """The port, and the connections that are open."""
    config = uvicorn.Config(
        Pieces(app),
        http=Connection,
        ws="none",
        log_config=None,
        lifespan="off",
        **{"timeout_keep_alive": 1, **settings},
    )
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(config, state, {}), "127.0.0.1", 0
    )
    try:
        yield server.sockets[0].getsockname()[1], state.connections
    finally:
        server.close()
        for one in list(state.connections):
            one.transport.abort()
        await asyncio.sleep(0)


def run(scenario):
    return asyncio.run(asyncio.wait_for(scenario(), 20))


async def answer(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """All that comes back until the server closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    reading = asyncio.ensure_future(reader.read())
    for part in parts:
        if reading.done():
            break
        writer.write(part)
        await asyncio.sleep(pause)
    try:
        return await reading
    except ConnectionError:
        return b""
    finally:
        writer.close()


def status(sent: bytes) -> int:
    return int(sent.split(b" ", 2)[1])


def refusal(sent: bytes) -> int:
    """The status of an error of our own, which has our headers."""
    head, _, text = sent.partition(b"\r\n\r\n")
    lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    for name, value in (HEADERS | NOT_FRAMED).items():
        assert lines[name] == value
    assert lines["Cache-Control"] == "no-store"
    assert lines["Connection"] == "close"
    assert int(lines["Content-Length"]) == len(text)
    return status(sent)


@pytest.mark.parametrize(
    "parts",
    [
        [WHOLE[:-2] + b"X: " + b"a" * MAX_HEADER + b"\r\n\r\n"],
        [WHOLE[:-2] + b"X: " + b"a" * MAX_HEADER],
        [WHOLE[:-2] + b"X: ", *[b"a" * 4096] * (MAX_HEADER // 4096 + 1)],
        [b"GET /" + b"a" * MAX_HEADER],
        [b"".join([WHOLE[:-2], *[b"A: b\r\n"] * (MAX_HEADER // 2), b"\r\n"])],
    ],
)
def test_a_header_larger_than_allowed_is_refused_and_no_more_is_read(parts):
    async def scenario():
        async with served() as (port, open_ones):
            assert refusal(await answer(port, *parts)) == 431
            await asyncio.sleep(0.05)
            assert not open_ones

    run(scenario)


def test_a_header_as_large_as_allowed_is_read():
    async def scenario():
        async with served() as (port, _):
            sent = await answer(port, WHOLE[:-2] + b"X: " + b"a" * (MAX_HEADER - 100) + b"\r\n\r\n")
            assert status(sent) == 200

    run(scenario)


@pytest.mark.parametrize(("more", "expected"), [(0, 200), (1, 431)])
@pytest.mark.parametrize("rest", [b"", b"\r\n\r\n"], ids=["at once", "in two parts"])
@pytest.mark.parametrize("before", [[], [WHOLE]], ids=["first", "second"])
def test_a_header_of_one_more_byte_is_too_large(more, expected, rest, before):
    """What is read counts as it is sent until it is whole, and then as the names and values that are kept."""
    frame = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: "
    kept = len(frame) if rest else len(b"/HostxConnectioncloseX")
    long = frame + b"a" * (MAX_HEADER - kept + more)

    async def scenario():
        async with served() as (port, _):
            parts = (long, rest) if rest else (long + b"\r\n\r\n",)
            sent = await answer(port, *before, *parts, pause=0.05)
            found = [int(number) for number in re.findall(rb"HTTP/1\.1 (\d+)", sent)]
            assert found == [200] * len(before) + [expected]

    run(scenario)


@pytest.mark.parametrize(
    "data",
    [b"nothing like it\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n", b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n"],
)
def test_what_is_no_request_is_answered_with_our_headers_and_not_logged(data, caplog):
    async def scenario():
        async with served() as (port, _):
            assert refusal(await answer(port, data)) == 400

    with caplog.at_level(logging.INFO):
        run(scenario)
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


def test_a_header_has_a_deadline_that_no_byte_puts_off():
    async def scenario():
        async with served() as (port, open_ones):
            letters = [bytes([letter]) for letter in WHOLE[:-2] + b"X: " + b"a" * 200]
            assert refusal(await answer(port, *letters, pause=0.02)) == 408
            assert await answer(port) == b""  # nothing was asked, so nothing is answered
            await answer(port, *[b"\r\n"] * 100, pause=0.02)  # llhttp skips empty lines
            await asyncio.sleep(0.05)
            assert not open_ones

    run(scenario)


def test_after_an_answer_the_next_header_has_a_deadline_too():
    async def scenario():
        async with served() as (port, open_ones):
            sent = await answer(port, WHOLE, WHOLE, *[b"G", b"E", b"T"] * 50, pause=0.05)
            assert sent.count(b"200 OK") == 2
            sent = await answer(port, WHOLE[:-2] + b"Content-Length: 1000\r\n\r\n", *[b"a"] * 60, pause=0.05)
            assert sent.count(b"200 OK") == 1  # the body that trickles in is nobody's
            await asyncio.sleep(0.05)
            assert not open_ones

    run(scenario)


def test_who_asks_again_in_time_is_answered_however_long_that_takes():
    async def slow(scope, receive, send):
        await asyncio.sleep(0.0 if scope["path"] == "/" else 1.0)
        await hello(scope, receive, send)

    async def scenario():
        async with served(slow, timeout_keep_alive=0.7) as (port, _):
            sent = await answer(port, WHOLE, WHOLE.replace(b"/ ", b"/5 "), pause=0.05)
            assert sent.count(b"200 OK") == 2

    run(scenario)


def test_a_reader_that_stalls_costs_little_and_is_dropped():
    async def scenario():
        async with served() as (port, open_ones):
            with socket.create_connection(("127.0.0.1", port)) as reader:
                reader.sendall(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % LONG)
                await asyncio.sleep(0.2)
                assert len(open_ones) == 1
                assert (
                    next(iter(open_ones)).transport.get_write_buffer_size() <= BUFFERED + PIECE <= 64 * 1024
                )
                await asyncio.sleep(0.6)
                assert not open_ones

    run(scenario)


def test_a_slow_reader_gets_everything():
    async def scenario():
        async with served() as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**14)
            writer.write(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % LONG)
            got = len(await reader.readuntil(b"\r\n\r\n")) * 0
            while got < LONG:
                got += len(await reader.read(LONG // 8))
                await asyncio.sleep(0.001)
            writer.close()

    run(scenario)


def test_further_connections_are_refused_and_told_when_to_return():
    async def scenario():
        async with served(limit_concurrency=3) as (port, _):
            idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
            await asyncio.sleep(0.05)
            sent = await answer(port)
            assert refusal(sent) == 503
            assert b"\r\nRetry-After: 5\r\n" in sent
            for _, writer in idle:
                writer.close()
            await asyncio.sleep(0.05)
            assert status(await answer(port, WHOLE)) == 200

    run(scenario)


def test_only_some_requests_may_be_sent_ahead():
    answered = []

    async def slow(scope, receive, send):
        await asyncio.sleep(0.01)
        answered.append(1)
        await hello(scope, receive, send)

    async def scenario():
        async with served(slow) as (port, _):
            assert (await answer(port, WHOLE * MAX_PIPELINED)).count(b"200 OK") == MAX_PIPELINED
            answered.clear()
            await answer(port, WHOLE * 5000)
            assert len(answered) <= 1

    run(scenario)


@pytest.mark.parametrize(
    ("size", "sizes"),
    [(0, [0]), (32768, [32768]), (32769, [32768, 1]), (65536, [32768, 32768]), (65537, [32768, 32768, 1])],
)
def test_a_long_body_is_sent_in_views_of_itself(size, sizes):
    sent = []
    body = bytes(range(256)) * (size // 256) + bytes(size % 256)

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async def keep(message):
        sent.append(message)

    asyncio.run(Pieces(app)({"type": "http"}, None, keep))
    pieces = [message["body"] for message in sent[1:]]
    assert b"".join(pieces) == body
    assert [len(piece) for piece in pieces] == sizes
    assert all(piece is body if len(sizes) == 1 else piece.obj is body for piece in pieces)
    assert {message["type"] for message in sent[1:]} == {"http.response.body"}
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * (len(pieces) - 1) + [False]

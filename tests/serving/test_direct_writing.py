"""Streams that are written to their connections directly: what comes, and when writing is refused."""

import asyncio
import socket

from app.serving.direct_writing import direct_write
from tests.asgi import Client
from tests.serving.test_connections import WHOLE, run, served

TYPE = (b"content-type", b"text/event-stream")


def stream(writers: list):
    """An application that begins a stream, appends what writes to it, and ends when the client leaves."""

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [TYPE]})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        writers.append(direct_write(scope))
        while (await receive())["type"] != "http.disconnect":
            pass

    return app


async def found(writers: list):
    while not writers:
        await asyncio.sleep(0.005)
    return writers[0]


def test_what_is_written_follows_what_was_sent_in_chunks():
    async def scenario():
        writers = []
        async with served(stream(writers)) as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(WHOLE)
            write = await found(writers)
            assert write(b"second, which is longer")
            assert write(b"third")
            assert b"transfer-encoding: chunked" in await reader.readuntil(b"\r\n\r\n")
            for part in (b"first", b"second, which is longer", b"third"):
                assert await reader.readuntil(b"\r\n") == b"%x\r\n" % len(part)
                assert await reader.readuntil(b"\r\n") == part + b"\r\n"
            writer.close()

    run(scenario)


def test_writing_is_refused_while_the_client_does_not_read_and_after_it_has_left():
    part = b"x" * 4000

    async def scenario():
        writers = []
        async with served(stream(writers)) as (port, open_ones):
            with socket.create_connection(("127.0.0.1", port)) as reader:
                reader.setblocking(False)
                loop = asyncio.get_running_loop()
                await loop.sock_sendall(reader, WHOLE)
                write = await found(writers)
                taken = 0
                while write(part):
                    taken += 1
                assert taken > 3
                assert not write(part)
                got = b""
                while got.count(part) < taken:
                    got += await loop.sock_recv(reader, 2**20)
                await asyncio.sleep(0.05)
                assert write(b"again")
            while open_ones:
                await asyncio.sleep(0.005)
            assert not write(b"gone")

    run(scenario)


def test_where_no_server_offers_it_writing_is_refused():
    async def scenario():
        writers = []
        client = Client(stream(writers), "/")
        write = await found(writers)
        assert not write(b"second")
        client.leave()
        await client.task
        assert client.body == b"first"

    run(scenario)

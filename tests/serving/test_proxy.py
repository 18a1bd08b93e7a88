"""The nginx configuration of docs/deploying.md, in front of the real server."""

import asyncio
import gzip
import http.client
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from app.api import qr
from app.serving.version import ENGINE
from tests.nginx import proxying
from tests.phones import Lecturer, join, until_all_see

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    with proxying(tmp_path_factory.mktemp("nginx")) as found:
        yield found


def test_what_never_changes_is_answered_by_the_proxy_the_second_time(proxy):
    path = f"/api/{ENGINE}/bptt?v=1&text=banana&k=3"
    first, second, plain, again = map(proxy.get, [path, path, "/api/bptt?k=3", "/api/bptt?k=3"])
    assert [reply.status for reply in (first, second, plain, again)] == [200] * 4
    assert [reply.headers["x-cache"] for reply in (first, second)] == ["MISS", "HIT"]
    assert "HIT" not in {plain.headers["x-cache"], again.headers["x-cache"]}
    assert first.body == second.body
    assert first.headers["content-encoding"] == second.headers["content-encoding"] == "gzip"


def test_a_long_korean_link_is_answered_by_the_proxy_the_second_time_too(proxy):
    text = quote("나랏말싸미" * 180)  # 900 characters, 8,100 bytes
    path = f"/api/{ENGINE}/bptt?v=1&text={text}&hidden=2"
    first, second = proxy.get(path), proxy.get(path)
    assert (first.status, second.status) == (200, 200)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("MISS", "HIT")
    assert first.body == second.body
    assert proxy.get(f"/ko/?text={text}").status == 200


def test_the_headers_come_through_and_a_browser_keeps_to_tls(proxy):
    for path in ("/ko/", "/api/bptt?k=0", "/nowhere", f"/api/{ENGINE}/bptt"):
        reply = proxy.get(path)
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" in reply.headers
        assert reply.headers["strict-transport-security"] == "max-age=31536000"
        if ENGINE not in path:
            assert reply.headers["cache-control"] in {"public, no-cache", "no-store"}


def test_without_tls_one_is_sent_to_the_same_link_with_it(proxy):
    reply = proxy.get_without_tls("/ko/?text=moved&k=3")
    assert reply.status == 301
    assert reply.headers["location"] == "https://127.0.0.1/ko/?text=moved&k=3"


def test_scheme_host_and_port_of_the_request_are_in_codes_and_previews(proxy):
    address = f"https://127.0.0.1:{proxy.port}"
    assert (
        f'content="{address}/ko/?text=banana"' in gzip.decompress(proxy.get("/ko/?text=banana").body).decode()
    )
    drawn = gzip.decompress(proxy.get("/api/qr.svg?path=/ko/").body)
    assert drawn == qr.drawn(f"{address}/ko/")


def test_forwarded_headers_of_a_client_are_ignored(proxy):
    forged = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "evil.example",
        "Forwarded": "for=203.0.113.9;host=evil.example;proto=http",
    }
    honest, forging = proxy.get("/api/qr.svg?path=/en/"), proxy.get("/api/qr.svg?path=/en/", **forged)
    assert honest.body == forging.body
    page = gzip.decompress(proxy.get("/en/?text=forged", **forged).body).decode()
    assert f"https://127.0.0.1:{proxy.port}/preview.png" in page
    assert "evil" not in page
    assert "203.0.113.9" not in proxy.logs()


def test_a_link_as_long_as_allowed_comes_through_and_a_longer_one_is_refused(proxy):
    allowed = "/ko/?x=" + "a" * (32 * 1024 - 20)
    assert proxy.get(allowed).status == 200
    assert proxy.get(allowed + "a" * 100).status == 414
    assert proxy.get(allowed + "a" * 20_000).status == 414


def test_no_log_has_the_text_of_a_link(proxy):
    """Whatever becomes of it: answered, cached, refused, too long, or sent without TLS."""
    secret = "secret" * 2000
    for path in ("/ko/", f"/api/{ENGINE}/bptt", "/api/bptt", "/nowhere", "/api/training/events"):
        for text in (secret[:30], secret):
            proxy.get(f"{path}?text={text}")
    proxy.get(f"/ko/?text={secret * 4}")
    proxy.get_without_tls(f"/ko/?text={secret}")
    with socket.create_connection(("127.0.0.1", proxy.port)) as leaving:
        leaving.sendall(b"GET /ko/?text=secret HTTP/1.1\r\n\r\n")  # no TLS
    assert '"GET /ko/" 200' in proxy.logs()
    assert "secret" not in proxy.logs()


def test_a_run_comes_through_while_it_is_computed_and_nobody_waits_for_the_other(proxy):
    path = "/api/training/events?budget=20000&hidden=16&contest=1"

    def listen() -> list[tuple[float, bytes]]:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", proxy.port, timeout=60, context=context)
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.status == 200
        came = [(time.monotonic(), line) for line in response if line.startswith(b"event: ")]
        connection.close()
        return came

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(listen) for _ in range(2)]
    for came in (one.result() for one in both):
        events = [line.split()[1].decode() for _, line in came]
        assert (events[0], events[-1]) == ("start", "done")
        assert came[0][0] < came[-1][0] - 0.2, "all of it came at once"


def test_phones_follow_a_lecture_through_the_proxy_and_are_not_logged(proxy):
    """At once, not when a buffer is full; those that ask again do not wait for one another."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    async def scenario():
        it = Lecturer(proxy.server)  # whose requests are few
        await it.open()
        assert await it.show("#t=1") == 204
        hall = await join(f"https://127.0.0.1:{proxy.port}", it.room, 60, ssl=context)
        for n in range(2, 6):
            assert await it.show(f"#t={n}") == 204
            await until_all_see(hall, await it.latest())  # while the streams are open
        path = f"/api/rooms/{it.room}"
        answers = await asyncio.gather(*(asyncio.to_thread(proxy.get, path) for _ in range(10)))
        for answer in answers:
            assert answer.status == 200
            assert answer.headers["cache-control"] == "private, no-cache"
            assert "x-cache" not in answer.headers  # where there is a cache, equal requests wait 5 s
        for phone in hall:
            phone.leave()
        return it.room

    room = asyncio.run(scenario())
    assert proxy.get("/api/rooms/999999").status == 404
    assert room not in proxy.logs()
    assert "999999" not in proxy.logs()

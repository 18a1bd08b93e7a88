"""Compression, ETag, caching and framing headers of results, pages and files."""

import asyncio
import gzip
import re
import threading

import brotli
import pytest
import segno
from starlette.testclient import TestClient

from app.api import health, qr
from app.main import create_app
from app.pages.assets import files
from app.qr_code import MASK
from app.serving.headers import SecurityHeaders
from app.serving.pool import Busy
from app.serving.request_limits import MAX_URL
from app.serving.version import ENGINE
from tests.asgi import Client

UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
SCRIPT = f"/static/{files.version}/js/explorer.js"
KEPT = ["/ko/", "/embed/en/?k=3", "/api/bptt?k=3", f"/api/{ENGINE}/bptt?k=3", SCRIPT]


def raw(client, path, coding="identity", **headers):
    """The response as it went over the wire."""
    with client.stream("GET", path, headers={"accept-encoding": coding, **headers}) as response:
        return response, b"".join(response.iter_raw())


@pytest.mark.parametrize("path", KEPT)
def test_every_coding_holds_the_same_bytes_under_a_tag_of_its_own(client, path):
    _, plain = raw(client, path)
    tags = set()
    for coding, unpack in UNPACK.items():
        response, packed = raw(client, path, coding)
        assert response.headers["content-encoding"] == coding
        assert response.headers["vary"] == "Accept-Encoding"
        assert unpack(packed) == plain
        assert len(packed) < len(plain)
        tags.add(response.headers["etag"])
    assert len(tags) == len(UNPACK)


@pytest.mark.parametrize("path", KEPT)
@pytest.mark.parametrize("form", ["{}", 'W/{}, "other"', '"other", {}', "*"])
def test_who_has_it_is_not_sent_it_again(client, path, form):
    tag = client.get(path).headers["etag"]
    response = client.get(path, headers={"if-none-match": form.format(tag)})
    assert response.status_code == 304
    assert not response.content
    assert response.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"another"'}).status_code == 200


def test_only_what_is_asked_for_by_version_is_kept_for_ever(client):
    immutable = "public, max-age=31536000, immutable"
    for path in (f"/api/{ENGINE}/bptt?k=3", f"/api/{ENGINE}/script?library=numpy", SCRIPT):
        assert client.get(path).headers["cache-control"] == immutable
    for path in ("/ko/", "/en/ab", "/api/bptt?k=3"):
        assert client.get(path).headers["cache-control"] == "public, no-cache"
    for path in (
        "/api/000000000000/bptt?k=3",
        "/static/000000000000/js/explorer.js",
        "/api/bptt?k=0",
        "/",
        "/ko",
        "/nowhere",
        "/healthz",
    ):
        assert client.get(path, follow_redirects=False).headers["cache-control"] == "no-store", path


@pytest.mark.parametrize("path", ["bptt?k=3", "walk?k=0", "training?text=ab", "training/events", "graph"])
def test_the_engine_of_another_version_is_refused_before_its_question_is_read(client, path):
    response = client.get(f"/api/{'0' * 12}/{path}")
    assert response.status_code == 409
    assert response.headers["cache-control"] == "no-store"
    (error,) = response.json()["errors"]
    assert (error["code"], error["parameter"]) == ("updated", "")
    assert "Reload" in error["message"]


@pytest.mark.parametrize("engine", ["older", "0" * 11, "0" * 13, "A" * 12, "%00", "0" * 12 + "%0A"])
def test_an_engine_is_twelve_hexadecimal_digits(client, engine):
    assert client.get(f"/api/{engine}/bptt").status_code == 404


def test_the_files_of_another_version_are_gone(client):
    for version in ("0" * 12, "older", files.version[:-1], files.version.upper()):
        assert client.get(f"/static/{version}/js/explorer.js").status_code == 404
    assert client.get("/preview.png").status_code == 200


def test_the_page_asks_for_its_files_and_answers_by_version(client):
    page = client.get("/ko/").text
    assert f'"engine":"{ENGINE}"' in page
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert SCRIPT in named or f"/static/{files.version}/lean/explorer.js" in named
    for path in named:
        assert path.startswith(f"/static/{files.version}/")
        assert client.get(path).status_code == 200, path


def test_an_equal_question_is_computed_once_however_it_is_written():
    app = create_app()
    client = TestClient(app)
    for query in ("", "?v=1", "?text=hello", "?k=2&text=hello", "?steps=4&digits=5"):
        assert client.get(f"/api/bptt{query}").status_code == 200
    made = [client.get("/api/bptt", headers={"accept-encoding": coding}).headers["etag"] for coding in UNPACK]
    assert len(set(made)) == len(UNPACK)
    first = [key for key in app.state.responses._cache._entries if key[0][0] == "bptt"]
    assert {key[0] for key in first} == {first[0][0]}


def test_two_servers_answer_with_the_same_bytes():
    path = "/api/bptt?text=banana&cell=lstm&steps=30&truncation=randomized"
    (one, first), (other, second) = (raw(TestClient(create_app()), path, "br") for _ in range(2))
    assert first == second
    assert one.headers["etag"] == other.headers["etag"]


LONG = "/api/bptt?text=" + "a" * (MAX_URL - len("/api/bptttext="))


def test_an_address_of_32_kb_is_read_and_a_longer_one_is_not(client):
    assert client.get(LONG).status_code == 422
    response = client.get(LONG + "a")
    assert response.status_code == 414
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/ko/", "/api/bptt", "/nowhere"])
def test_bytes_that_no_address_holds_are_refused(path):
    sent = []

    async def asked(scope_query: bytes) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": scope_query,
            "headers": [],
            "http_version": "1.1",
            "scheme": "http",
            "server": ("h", 80),
            "root_path": "",
        }

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        await create_app()(scope, receive, send)

    import asyncio

    asyncio.run(asked(b"text=\xff\x80"))
    assert sent[0]["status"] == 400
    assert b"content-security-policy" in dict(sent[0]["headers"])


def test_a_body_is_ignored(client):
    with_body = client.request("GET", "/api/bptt?k=3", content=b"k=1" * 10_000)
    assert with_body.content == client.get("/api/bptt?k=3").content


@pytest.mark.parametrize(
    "path", ["/", "/ko", "/ko/", "/ko/?text=banana", "/en/ab", "/embed/ko/", "/api/bptt?k=3", "/nowhere"]
)
def test_the_host_of_a_request_reaches_nothing_that_is_kept(client, path):
    evil = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        "forwarded": "host=evil.example",
    }
    response = client.get(path, headers=evil, follow_redirects=False)
    if (
        response.headers.get("cache-control") != "public, no-cache"
    ):  # a page says where it is, where asked for
        assert "evil" not in response.text
    assert "gopher" not in response.text
    assert "evil" not in str(response.headers)
    assert response.headers.get("location", "/").startswith("/")


def test_with_a_public_address_no_host_reaches_a_page(monkeypatch):
    monkeypatch.setenv("BPTT_PUBLIC_URL", "https://bptt.example")
    client = TestClient(create_app())
    assert "evil" not in client.get("/ko/?text=banana", headers={"host": "evil.example"}).text


def test_a_page_for_one_host_is_not_sent_to_another(client):
    pages = {
        host: client.get("/ko/?text=banana", headers={"host": host}) for host in ("a.example", "b.example")
    }
    assert "b.example" not in pages["a.example"].text
    assert len({page.headers["etag"] for page in pages.values()}) == 2
    tag = pages["a.example"].headers["etag"]
    again = client.get("/ko/?text=banana", headers={"host": "b.example", "if-none-match": tag})
    assert again.status_code == 200


def test_a_page_for_one_scheme_is_not_sent_for_another():
    app = create_app()
    for scheme, other in (("http", "https"), ("https", "http"), ("http", "https")):
        text = TestClient(app, base_url=f"{scheme}://a.example").get("/ko/?text=banana").text
        assert f"{scheme}://a.example/" in text
        assert f"{other}://a.example" not in text


def test_other_sites_may_frame_what_is_meant_for_it_and_nothing_else(client):
    for path in ("/embed/ko/", "/embed/en/?k=1"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors * vscode-webview: file:")
        assert "x-frame-options" not in headers
    for path in ("/ko/", "/en/ab", "/ko/?/embed/"):  # in the page of a live lecture
        headers = client.get(path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors 'self'")
        assert headers["x-frame-options"] == "SAMEORIGIN"
    for path in ("/ko/live/", "/ko/live/482913", "/482913", "/api/bptt", "/nowhere", "/embed"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
        assert headers["x-frame-options"] == "DENY"


def test_a_failure_of_our_own_carries_the_headers_and_tells_nothing(monkeypatch):
    app = create_app()
    monkeypatch.setattr("app.api.explorer.lab.run", lambda *_: 1 / 0)
    client = TestClient(app, raise_server_exceptions=False)
    response = client.get("/api/bptt?text=secret")
    assert response.status_code == 500
    assert "content-security-policy" in response.headers
    assert "secret" not in response.text
    assert "Zero" not in response.text
    monkeypatch.undo()
    assert client.get("/api/bptt?text=secret").status_code == 200  # the failure was not kept


def test_too_much_work_is_said_with_a_time_to_ask_again(monkeypatch):
    app = create_app()

    async def full(*_):
        raise Busy(7)

    monkeypatch.setattr(app.state.pool, "run", full)
    client = TestClient(app)
    response = client.get("/api/bptt?k=3")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "7"
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["errors"][0]["code"] == "busy"
    assert client.get("/readyz").status_code == 200  # that waits for nobody
    assert client.get("/healthz").status_code == 200
    assert client.get("/ko/").status_code == 200
    monkeypatch.undo()
    assert client.get("/api/bptt?k=3").status_code == 200


def test_ready_means_that_it_computes_right(client, monkeypatch):
    assert client.get("/readyz").json()["status"] == "ok"
    monkeypatch.setattr(health, "SLOPE", health.SLOPE * 1.000001)
    monkeypatch.setattr(health.ReadinessCheck, "FRESH", 0.0)
    assert client.get("/readyz").status_code == 503


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawing: a line of moves and strokes one module wide."""
    dark = re.search(r'<path[^>]*\bd="(M[^"]+)"[^>]*stroke="#000"|stroke="#000"[^>]*\bd="(M[^"]+)"', svg)
    line, x, y, found = next(filter(None, dark.groups())), 0.0, 0.0, set()
    for letter, numbers in re.findall(r"([Mmhv])([^Mmhv]*)", line):
        given = [float(number) for number in re.findall(r"-?[0-9.]+", numbers)]
        if letter == "M":
            x, y = given
        elif letter == "m":
            x, y = x + given[0], y + given[1]
        elif letter == "h":
            found |= {(int(y), int(x) + i) for i in range(int(given[0]))}
            x += given[0]
    return found


def test_the_code_on_the_wall_is_that_of_the_very_page(client):
    path = "/ko/?v=1&text=%EA%B0%80%EB%82%98#t=1"
    response = client.get("/api/qr.svg", params={"path": path}, headers={"host": "bptt.example"})
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert response.headers["cache-control"] == "no-store"  # the address is the request's own
    matrix = segno.make(f"http://bptt.example{path}", error="m", micro=False, mask=MASK).matrix
    dark = {(i + 4, j + 4) for i, row in enumerate(matrix) for j, cell in enumerate(row) if cell}
    assert modules(response.text) == dark


def test_with_a_public_address_the_code_is_the_same_for_every_host(monkeypatch):
    monkeypatch.setenv("BPTT_PUBLIC_URL", "https://bptt.example")
    client = TestClient(create_app())
    drawn = {
        client.get("/api/qr.svg?path=/ko/", headers={"host": host}).text
        for host in ("a.example", "b.example")
    }
    matrix = segno.make("https://bptt.example/ko/", error="m", micro=False, mask=MASK).matrix
    dark = {(i + 4, j + 4) for i, row in enumerate(matrix) for j, cell in enumerate(row) if cell}
    assert modules(drawn.pop()) == dark
    assert not drawn


@pytest.mark.parametrize(
    "path",
    [
        "",
        "ko/",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/ko/ x",
        "/ko/\n",
        "/\x00",
        "/..//evil.example/",
        "/" * 1 + "a" * 2000,
    ],
)
def test_no_other_site_is_ever_drawn(client, path):
    response = client.get("/api/qr.svg", params={"path": path})
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "path"


def test_a_code_is_drawn_in_the_pool_and_once(new_client, monkeypatch):
    drawn_in = []
    draw = qr.drawn
    monkeypatch.setattr(
        qr, "drawn", lambda address: drawn_in.append(threading.current_thread()) or draw(address)
    )
    client = new_client()
    for _ in range(3):
        assert client.get("/api/qr.svg?path=/ko/?text=banana").status_code == 200
    assert [thread.name.startswith("bptt") for thread in drawn_in] == [True]


def test_a_code_is_refused_like_other_work_while_the_pool_is_full(new_client, monkeypatch):
    client = new_client()

    async def full(*_):
        raise Busy(3)

    monkeypatch.setattr(client.app.state.pool, "run", full)
    response = client.get("/api/qr.svg?path=/ko/")
    assert (response.status_code, response.headers["retry-after"]) == (503, "3")


@pytest.mark.parametrize(("host", "status"), [("a" * 63 + ".example", 200), ("a" * 2400, 422)])
def test_an_address_that_no_code_can_hold_is_refused(client, host, status):
    path = "/" + "a" * 1999
    response = client.get("/api/qr.svg", params={"path": path}, headers={"host": host})
    assert response.status_code == status
    if status != 200:
        error = response.json()["errors"][0]
        assert (error["parameter"], error["code"], error["limit"]) == ("path", "too_long", 2000)


PROBES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</script><script>",
    "{{7*7}}",
    "javascript:alert(1)",
]
NAMES = [
    "text",
    "targets",
    "steps",
    "unit",
    "cell",
    "hidden",
    "weights",
    "loss",
    "truncation",
    "k",
    "v",
    "hide",
    "x",
]


@pytest.mark.parametrize("probe", PROBES)
def test_no_parameter_carries_a_script_into_a_page(client, probe):
    plain = client.get("/en/").text
    for name in NAMES:
        page = client.get("/en/", params={name: probe}).text
        assert page.count("<script") == plain.count("<script")
        assert page.count("<img") == 0
        assert "49" not in re.findall(r"<title>.*</title>", page)[0]
        answer = client.get("/api/bptt", params={name: probe})
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_who_must_be_left_unanswered_at_a_stop_is_told_so():
    import asyncio

    async def never(scope, receive, send):
        await asyncio.sleep(60)

    async def stopped():
        sent = []

        async def send(message):
            sent.append(message)

        asked = asyncio.create_task(SecurityHeaders(never)({"type": "http", "path": "/ko/"}, None, send))
        await asyncio.sleep(0.01)
        asked.cancel()
        await asked
        return sent

    start, _ = asyncio.run(stopped())
    headers = dict(start["headers"])
    assert start["status"] == 503
    assert headers[b"cache-control"] == b"no-store"
    assert b"retry-after" in headers
    assert b"content-security-policy" in headers


def test_the_openapi_document_is_written_once(new_client, monkeypatch):
    client = new_client()
    written = []
    openapi = client.app.openapi
    monkeypatch.setattr(client.app, "openapi", lambda: written.append(1) or openapi())
    first, second = (client.get("/openapi.json") for _ in range(2))
    assert first.content == second.content
    assert first.json()["paths"]
    assert first.headers["content-type"] == "application/json"
    assert len(written) == 1


def test_those_who_ask_at_once_whether_it_is_ready_share_one_computation(monkeypatch):
    computed = []
    is_right = health._is_right
    monkeypatch.setattr(health, "_is_right", lambda: computed.append(1) or is_right())

    async def scenario():
        app = create_app()
        clients = [Client(app, "/readyz") for _ in range(50)]
        await asyncio.gather(*(client.task for client in clients))
        assert {client.status for client in clients} == {200}

    asyncio.run(scenario())
    assert len(computed) == 1


def test_whether_it_is_ready_is_computed_at_most_once_a_second(monkeypatch):
    answers, times = iter([True, False, True]), [100.0, 100.999, 101.0, 101.5, 102.0, 102.9]
    now = 0.0
    monkeypatch.setattr(health, "_is_right", lambda: next(answers))

    async def scenario():
        nonlocal now
        check, seen = health.ReadinessCheck(lambda: now), []
        for each in times:
            now = each
            seen.append(await check.result())
        return seen

    assert asyncio.run(scenario()) == [True, True, False, False, True, True]

"""Requests to rooms: every address of this site, bodies that are none, and what responses say."""

import asyncio
import json
import re
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app.lesson_links import LESSON_LINKS
from app.main import create_app
from app.presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from app.rooms.address import MAX_ADDRESS
from app.rooms.room import Room
from tests.live import START, Lecture, ask, code, open_lecture, running, until
from tests.routes import pages_of_the_site

STEER = {"Authorization": "Bearer " + "a" * 22}
ROOM = "/api/rooms/482913"


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def put(client, **change):
    return client.put(ROOM, headers=STEER, json={"address": START} | change)


def parts(link: str) -> dict[str, str]:
    split = urlsplit(link)
    return {
        "path": split.path,
        "query": f"?{split.query}" if split.query else "",
        "fragment": f"#{split.fragment}" if split.fragment else "",
    }


def can_be_shown(client, links: list[str]) -> None:
    for link in links:
        answer = put(client, address=parts(link))
        assert answer.status_code in {201, 204}, (link, answer.text)
        kept = client.app.state.rooms.store._rooms["482913"].record.address
        assert "".join(kept.model_dump().values()) == link


@pytest.mark.exhaustive
def test_every_page_of_this_site_can_be_shown(client):
    pages = pages_of_the_site(client)
    assert len(pages) > 50
    can_be_shown(client, pages)


def test_every_link_of_the_course_and_the_examples_can_be_shown(client):
    presets = [*PRESETS.values(), *GRAPH_PRESETS.values(), *TRAINING_PRESETS.values()]
    links = [f"/en/{link}" for link in [*presets, *LESSON_LINKS]]
    assert len(links) > 50
    others = [
        "/ko/lessons/truncated#m=2&s=b&answered=1",
        "/en/lessons/hello#m=2&lab=%3Fv%3D1%26text%3Dbanana%23t%3D3%26only%3Dfwd.2",
        "/ko/?v=1&text=%EA%B0%80%EB%82%98&k=3#t=9&pair=7,2&from=12",
        "/ko/graph?v=1&formula=tanh(w*x)**2&values=x:-.5,w:2#at=1",
        "/en/talk#stops=8.2%0A/en/?v=1#t=1",
        "/en/ab?a=%3Fv%3D1&b=%3Fv%3D1%26k%3D2",
    ]
    can_be_shown(client, [*links, *others])


@pytest.mark.parametrize(
    "address",
    [
        *(
            {"path": path}
            for path in ("", "ko/", "//evil.example/", "https://evil.example/", "/ko//x", "/\\evil")
        ),
        *(
            {"path": path}
            for path in ("/../x", "/ko/./", "/%2e%2e/x", "/ko/\n", "/ko/ x", "/가", "/ko/\u200b")
        ),
        *({"path": "/ko/?v=1"}, {"path": "/ko/#t=1"}, {"path": "/ko/", "query": "v=1"}),
        *({"path": "/ko/", "query": "?a#b"}, {"path": "/ko/", "fragment": "t=1"}),
        *(
            {"path": "/ko/", "fragment": "?a"},
            {"path": "javascript:alert(1)"},
            {"path": "/ko/", "query": "?\\"},
        ),
    ],
)
def test_an_address_elsewhere_or_none_is_refused(client, address):
    answer = put(client, address=address)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["parameter"], error["code"]) == ("address", "not_a_path")
    farewell = client.request("DELETE", ROOM, headers=STEER, json={"address": address})
    assert farewell.status_code == 422


def test_an_address_may_be_as_long_as_a_link_and_no_longer(client):
    whole = {"path": "/ko/", "query": "?x=" + "a" * (MAX_ADDRESS - 12), "fragment": "#t=12"}
    assert len("".join(whole.values())) == MAX_ADDRESS
    assert put(client, address=whole).status_code in {201, 204}
    answer = put(client, address=whole | {"fragment": "#t=123"})
    [error] = answer.json()["errors"]
    assert (error["parameter"], error["code"], error["limit"]) == ("address", "too_long", MAX_ADDRESS)


@pytest.mark.parametrize(
    ("body", "parameter", "found"),
    [
        (b"", "body", "missing"),
        (b"{", "body", "not_json"),
        (b'{"x": "\xff"}', "body", "unreadable"),
        (b"[" * 20_000, "body", "unreadable"),
        (b'{"address": ' + b"9" * 5000 + b"}", "body", "unreadable"),
        (b"[]", "body", "unreadable"),
        (b"{}", "address", "missing"),
        (b'{"address": {}}', "address.path", "missing"),
        (b'{"address": {"path": 1}}', "address.path", "unreadable"),
        (b'{"address": {"path": "/ko/", "host": "x"}}', "address.host", "unknown"),
        (b'{"address": {"path": "/ko/"}, "phase": "end"}', "phase", "not_a_choice"),
        (b'{"address": {"path": "/ko/"}, "phase": "vote"}', "body", "phase_and_vote"),
        (b'{"address": {"path": "/ko/"}, "paused": 1}', "paused", "unreadable"),
        (b'{"address": {"path": "/ko/"}, "revision": -1}', "revision", "too_small"),
        (b'{"address": {"path": "/ko/"}, "revision": 1e99}', "revision", "unreadable"),
        (b'{"address": {"path": "/ko/"}, "revision": NaN}', "revision", "unreadable"),
        (b'{"address": {"path": "/ko/\\ud800"}}', "address", "not_a_path"),
        (b'{"address": {"path": "/ko/"}, "\\ud800": 1}', "body", "unreadable"),
        (b'{"address": {"path": "/ko/"}, "vote": {"question": "1", "choices": ["a"]}}', "vote.choices", None),
        (b'{"x": "' + b"a" * 41_000 + b'"}', "body", "body_too_large"),
    ],
)
def test_a_body_that_is_none_is_refused_by_name(client, body, parameter, found):
    answer = client.put(ROOM, headers=STEER | {"Content-Type": "application/json"}, content=body)
    assert answer.status_code == (413 if found == "body_too_large" else 422), answer.text
    error = answer.json()["errors"][0]
    assert (error["parameter"], error["code"]) == (parameter, found or "too_few_choices")
    assert error["message"].startswith(parameter)
    assert len(error["given"]) <= 100
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_of_another_type_is_not_read(client):
    """A form of another site could send one without asking first."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        body = json.dumps({"address": START})
        assert client.put(ROOM, headers=STEER | {"Content-Type": kind}, content=body).status_code == 422


def test_a_number_that_is_none_is_refused_and_one_that_is_no_rooms_is_unknown(client):
    for number in ("12345", "1234567", "a12345", "１２３４５６"):
        answer = client.get(f"/api/rooms/{number}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "room"
    for path in ("/api/rooms/999999", "/api/rooms/999999/events"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["code"] == "no_room"
    ballot = {"question": "1", "choices": ["a"], "voter": "a" * 16}
    assert client.post("/api/rooms/999999/votes", json=ballot).status_code == 404
    assert client.delete("/api/rooms/999999", headers=STEER).status_code == 404


def test_too_many_wrong_numbers_are_told_to_wait_but_the_right_one_is_not():
    with TestClient(create_app()) as client:
        assert put(client).status_code == 201
        codes = [client.get(f"/api/rooms/{number}").status_code for number in range(100_000, 100_061)]
        assert codes == [404] * 60 + [429]
        late = client.get("/api/rooms/100099")
        assert 1 <= int(late.headers["retry-after"]) <= 60
        assert late.json()["errors"][0]["code"] == "wrong_numbers"
        assert client.get("/api/rooms/100000").status_code == 404  # waits for its lecturer
        assert client.get(ROOM).status_code == 200


def test_the_examples_of_all_operations_work(client):
    document = client.get("/openapi.json").json()
    put(client, phase="vote", vote={"question": "8.2", "choices": ["a", "b"]})
    bodies = {
        ("put", "/api/rooms/{room}"): {"address": START},
        ("post", "/api/rooms/{room}/votes"): {"question": "8.2", "choices": ["a"], "voter": "a" * 16},
    }
    answered = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items() if path.startswith("/api/rooms") else ():
            example = re.search(r"Example: `(.*)`", operation["description"])[1]
            if path.endswith("/events"):
                continue  # it does not end
            body = bodies.get((method, path))
            order = {"get": 0, "post": 1, "put": 2, "delete": 3}[method]
            answered[order, example] = (method, body)
    statuses = [
        client.request(method, example, headers=STEER, json=body).status_code
        for (_, example), (method, body) in sorted(answered.items(), key=lambda item: item[0])
    ]
    assert statuses == [200, 201, 204, 204, 204]


def test_the_stream_and_the_value_are_what_the_document_says():
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            await it.pose(text="Why?", several=True)
            await it.vote(1, "h")
            await it.pose("closed", text="Why?", several=True)
            one = it.listen()
            await one.until(lambda one: one.rooms)
            value = (await it.value()).data
            for sent in (value, one.rooms[0]):
                assert Room.model_validate(sent).model_dump() == sent
            assert one.client.headers["content-type"].startswith("text/event-stream")
            assert one.client.headers["cache-control"] == "no-store"
            assert one.client.headers["x-accel-buffering"] == "no"
            for path in (f"/api/rooms/{it.room}", f"/api/rooms/{it.room}/events"):
                head = await ask(app, "HEAD", path)
                assert head.status == 200
            assert (await ask(app, "HEAD", "/api/rooms/999999/events")).status == 404

    asyncio.run(scenario())


def test_without_the_setting_several_processes_open_no_room_and_say_why(monkeypatch):
    monkeypatch.setenv("BPTT_WORKERS", "3")
    with TestClient(create_app()) as client:
        for answer in (client.post("/api/rooms"), put(client), client.get(ROOM)):
            assert answer.status_code == 503
            [error] = answer.json()["errors"]
            assert (error["code"], error["limit"]) == ("rooms_off", 3)
            assert "BPTT_ROOMS_URL" in error["message"]
            assert "retry-after" not in answer.headers  # it would not help
        assert client.get("/readyz").json()["rooms"]["store"] == "off"
        assert client.get("/api/bptt").status_code == 200


def test_readiness_says_how_many_listen_and_how_many_may(monkeypatch):
    monkeypatch.setenv("BPTT_CONNECTIONS", "100")
    monkeypatch.setattr("app.main.most_files", lambda: 1024)

    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            hall = [it.listen() for _ in range(3)]
            await until(lambda: all(one.rooms for one in hall))
            found = (await ask(app, "GET", "/readyz")).data
            assert found["rooms"] == {
                "store": "memory",
                "reachable": True,
                "followed": 1,
                "listeners": 3,
                "max_listeners": 90,
            }

    asyncio.run(scenario())
    monkeypatch.setenv("BPTT_CONNECTIONS", "20000")
    assert create_app().state.rooms.max_listeners == (1024 - 200) * 9 // 10
    monkeypatch.setattr("app.main.most_files", lambda: None)
    assert create_app().state.rooms.max_listeners == 5000


def test_when_the_process_stops_its_streams_end_and_new_ones_are_sent_elsewhere():
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            hall = [it.listen() for _ in range(20)]
            await until(lambda: all(one.rooms for one in hall))
            app.state.rooms.stop_streams()
            for one in hall:
                await until(one.client.task.done)
                assert one.client.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
                assert "ended" not in dict(one.events)
            late = it.listen()
            await until(late.client.task.done)
            assert late.client.status == 503
            assert b'"stopping"' in late.client.body
            assert int(late.client.headers["retry-after"]) > 0

    asyncio.run(scenario())


def test_a_task_that_fails_is_logged_with_its_traceback_and_one_that_is_cancelled_is_not(caplog):
    async def fails():
        raise ZeroDivisionError

    async def scenario():
        async with running() as [app]:
            app.state.rooms.run(fails())
            app.state.rooms.run(asyncio.sleep(60))
            await until(lambda: caplog.records)

    asyncio.run(scenario())
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert record.exc_info[0] is ZeroDivisionError


def test_a_room_that_was_lost_is_there_again_once_its_lecturer_has_come_back():
    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            one = it.listen()
            await one.until(lambda one: one.rooms)
            del app.state.rooms.store._rooms[it.room]
            await app.state.rooms.refresh(it.room)
            assert code(await it.value()) == (404, "no_room")
            it.revision = one.latest["revision"]
            assert (await it.show("#t=2")).status == 201
            await one.until(lambda one: one.fragment() == "#t=2")
            assert (await it.value()).status == 200

    asyncio.run(scenario())


def test_no_part_of_a_change_takes_long_on_the_event_loop(monkeypatch):
    """Also for the longest address and three hundred listeners, of which each has its own turn."""
    from tests.serving.test_event_loop import MOST, calls_counted

    async def scenario():
        async with running() as [app]:
            it = await open_lecture(app)
            hall = [it.listen() for _ in range(300)]
            await until(lambda: all(one.rooms for one in hall))
            long = {"path": "/ko/", "query": "?x=" + "a" * (MAX_ADDRESS - 20), "fragment": ""}
            with calls_counted(monkeypatch) as turns:
                await it.put(address=long)
                await it.pose()
                await it.vote(1, "h")
                await it.pose("closed")
                await asyncio.sleep(0.3)
                return max(turns)

    assert asyncio.run(scenario()) < MOST


def test_a_listener_that_leaves_is_forgotten_and_a_room_that_nobody_follows_too():
    async def scenario():
        async with running() as [app]:
            rooms = app.state.rooms
            it = await open_lecture(app)
            hall = [it.listen() for _ in range(10)]
            await until(lambda: rooms.listeners() == 10)
            for one in hall:
                one.leave()
            await until(lambda: rooms.listeners() == 0)
            assert rooms.followed() == 1
            for _ in range(5):
                rooms.beat()
            assert rooms.followed() == 0
            assert (await it.value()).status == 200
            other = Lecture(app, "999999", it.token)
            assert code(await other.value()) == (404, "no_room")
            assert rooms.followed() == 1

    asyncio.run(scenario())

"""Server-sent events of the training lab: order, resuming, canceling."""

import asyncio
import http.client
import json
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import numpy as np
import pytest
from starlette import responses
from starlette.testclient import TestClient

from app.api import training as training_api
from app.main import create_app
from app.serving.jobs import LINGER
from tests.asgi import Client
from tests.server import serving

SHORT = "text=hello&contest=1,2,lstm.full&seeds=2"
RECALL = "task=recall&contest=1,5&budget=300&lag=3&lanes=4&seeds=2&hidden=4"
SMALL_MAP = "task=recall&budget=40"
LONG = "text=%40river-en&lanes=2&hidden=32&budget=70000&contest=1&seeds=5&optimizer=adam&lr=0.01"


def told(body: bytes) -> list[tuple[str, str, str]]:
    """Events as (name, id, data)."""
    found = []
    for block in body.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], lines.get("id", ""), lines["data"]))
    return found


def fresh():
    return TestClient(create_app())


def of(events, name):
    return [json.loads(data) for found, _, data in events if found == name]


@pytest.mark.parametrize("query", [SHORT, RECALL])
def test_what_is_told_ends_with_the_very_answer_and_adds_up_to_it(query):
    response = fresh().get(f"/api/training/events?{query}&digits=17")
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    events = told(response.content)
    assert [events[0][0], events[-1][0]] == ["start", "done"]
    assert events[-1][2].encode() == fresh().get(f"/api/training?{query}&digits=17").content
    whole = json.loads(events[-1][2])["race"]
    start = of(events, "start")[0]["race"]
    assert [one["entry"] for one in start["contestants"]] == [one["entry"] for one in whole["contestants"]]
    assert all(one["points"]["u"] == [] for one in start["contestants"])
    for i, one in enumerate(whole["contestants"]):
        mine = [point for point in of(events, "point") if point["contestant"] == i]
        for name, column in one["points"].items():
            assert [point[name] for point in mine] == column
        assert [point["sample"] for point in mine if "sample" in point] == one["samples"]
        seconds = [point["seconds"] for point in mine]
        assert seconds == sorted(seconds)
    done = [progress["done"] for progress in of(events, "progress")]
    assert done == sorted(done)
    assert all(0 <= share <= 1 for share in done)


def test_a_run_that_goes_on_is_sent_compressed_to_who_accepts_gzip_event_by_event():
    """All listen to one job; the compressed events are those of the plain ones, each there at once."""

    async def scenario():
        app = create_app()
        codings = ("identity", "gzip", "br, gzip;q=0.5", "gzip;q=0, *")
        clients = [
            Client(app, "/api/training/events", SHORT.encode(), accept_encoding=coding) for coding in codings
        ]
        await asyncio.gather(*(client.task for client in clients))
        return clients

    plain, *packed, refused = asyncio.run(scenario())
    events = parts_of(plain)
    assert parts_of(refused) == events
    for client in packed:
        assert (b"content-encoding", b"gzip") in client.sent[0]["headers"]
        unpacker, parts = zlib.decompressobj(16 + zlib.MAX_WBITS), parts_of(client)
        assert [unpacker.decompress(part) for part in parts] == events
        assert unpacker.eof
        assert sum(map(len, parts)) < 0.3 * sum(map(len, events))


def parts_of(client: Client) -> list[bytes]:
    return [message["body"] for message in client.sent[1:] if message["body"]]


def test_contestants_take_turns_so_that_all_curves_grow_together():
    events = told(fresh().get(f"/api/training/events?{SHORT}").content)
    order = [point["contestant"] for point in of(events, "point")]
    assert order[:6] == [0, 1, 2, 0, 1, 2]


def test_what_is_known_already_is_told_at_once():
    client = fresh()
    whole = client.get(f"/api/training?{SHORT}").content
    events = told(client.get(f"/api/training/events?{SHORT}").content)
    assert events == [("done", "", whole.decode())]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_what_is_known_is_packed_once_and_the_same_bytes_are_sent_to_all(coding, monkeypatch):
    client = fresh()
    plain = client.get(f"/api/training?{SHORT}", headers={"accept-encoding": coding})
    sent = []
    send = responses.Response.__call__

    async def seen(self, scope, receive, deliver):
        sent.append(self.body)
        await send(self, scope, receive, deliver)

    monkeypatch.setattr(responses.Response, "__call__", seen)
    for _ in range(3):
        events = client.get(f"/api/training/events?{SHORT}", headers={"accept-encoding": coding})
        assert events.headers["content-encoding"] == coding
        assert events.headers["content-type"].startswith("text/event-stream")
        assert events.headers["cache-control"] == "no-store"
        assert int(events.headers["content-length"]) < 1.05 * int(plain.headers["content-length"]) + 100
    assert sent[0] is sent[1] is sent[2]


def test_all_who_listen_to_the_end_are_sent_the_same_event(monkeypatch):
    made = []
    event = training_api._event
    monkeypatch.setattr(training_api, "_event", lambda name, data: made.append(name) or event(name, data))

    async def scenario():
        app = create_app()
        clients = [Client(app, "/api/training/events", SHORT.encode()) for _ in range(3)]
        await asyncio.gather(*(client.task for client in clients))
        last = [client.sent[-2]["body"] for client in clients]
        assert last[0].startswith(b"event: done\n")
        assert last[0] is last[1] is last[2]

    asyncio.run(scenario())
    assert made.count("done") == 1


def test_what_was_told_to_the_end_is_answered_without_work():
    client = fresh()
    whole = told(client.get(f"/api/training/events?{SHORT}").content)[-1][2]
    client.app.state.jobs = None
    assert client.get(f"/api/training?{SHORT}").text == whole


def test_the_map_is_told_cell_by_cell_nearest_lag_first():
    events = told(fresh().get(f"/api/training/map/events?{SMALL_MAP}").content)
    assert [events[0][0], events[-1][0]] == ["start", "done"]
    empty, whole = of(events, "start")[0]["map"], json.loads(events[-1][2])
    assert (whole["hidden"], whole["lanes"], whole["seeds"]) == (16, 8, 5)
    at = [(lag, k) for lag in (4, 6, 8, 10, 14) for k in (1, 5, 10, 20)]
    assert [(cell["lag"], cell["k"]) for cell in empty["cells"]] == at
    assert all(cell["mean"] is None for cell in empty["cells"])
    assert of(events, "cell") == whole["cells"]
    assert fresh().get(f"/api/training/map?{SMALL_MAP}").text == events[-1][2]


def test_a_cell_of_the_map_is_the_race_at_its_lag_and_block_length(lab):
    cell = lab("/map", task="recall", budget=40, lr=0.05)["cells"][5]
    asked = {"lag": cell["lag"], "contest": str(cell["k"]), "hidden": 16, "lanes": 8, "seeds": 5}
    final = lab(task="recall", budget=40, lr=0.05, **asked)["race"]["contestants"][0]["final"]
    assert {name: cell[name] for name in ("mean", "min", "max")} == {
        name: final[name] for name in ("mean", "min", "max")
    }


class Broken:
    """A race that breaks down on its way."""

    done = 0.5
    whole: dict = {}  # noqa: RUF012

    def events(self):
        yield "start", {"race": {}}
        raise ArithmeticError("broken")


def test_a_failure_is_told_and_the_next_one_who_asks_may_have_better_luck(monkeypatch):
    client = TestClient(create_app(), raise_server_exceptions=False)
    with monkeypatch.context() as patch:
        patch.setattr(training_api, "_race", lambda params: (Broken(), dict))
        events = told(client.get(f"/api/training/events?{SHORT}").content)
        assert [(name, data) for name, _, data in events] == [("start", '{"race":{}}'), ("failed", "{}")]
        assert client.get(f"/api/training?{SHORT}").status_code == 500
    assert client.get(f"/api/training?{SHORT}").status_code == 200


@pytest.mark.parametrize("last", ["0", "abc", "9" * 5000, "-1", "٣", ".", "x.9999999999", "00000000.5"])
def test_an_id_of_nothing_that_is_told_begins_at_the_beginning(last):
    headers = {"last-event-id": last.encode()}
    response = fresh().get(f"/api/training/events?{SHORT}", headers=headers)
    assert response.status_code == 200
    assert told(response.content)[0][0] == "start"


def test_one_turn_after_another_leaves_arithmetic_as_it_was():
    """Contestants that end at different times do not take their settings with them."""
    before = np.geterr()
    race, _ = training_api._race(training_api.TrainingQuery(contest="full,1", budget=120, seeds=1))
    assert training_api.run(race, lambda name, data: None, lambda: False)
    assert np.geterr() == before


# --- a real server, real lines ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server") / "log") as url:
        yield urlsplit(url)


@contextmanager
def listening(server, query, last="") -> Iterator[http.client.HTTPResponse]:
    headers = {"Last-Event-ID": last} if last else {}
    connection, response = asked(server, f"/api/training/events?{query}", headers)
    try:
        yield response
    finally:
        connection.close()


def asked(server, path, headers=None):
    """The response, as soon as there is room for the question: whoever asked before may have just left."""
    until = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection(server.hostname, server.port, timeout=30)
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        if response.status != 503 or time.monotonic() > until:
            assert response.status == 200
            return connection, response
        connection.close()
        time.sleep(0.05)


def next_event(response):
    """One event as (name, id)."""
    lines = {}
    while True:
        read = response.readline()
        assert read, "the line was closed"
        line = read.decode().strip()
        if not line and "event" in lines:
            return lines["event"], lines.get("id", "")
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            lines[name] = value


def job_of(event):
    return event[1].split(".")[0]


def test_a_second_listener_joins_the_same_work_and_who_lost_the_line_goes_on(server):
    with listening(server, LONG) as first:
        events = [next_event(first) for _ in range(4)]
        assert events[0][0] == "start"
        assert [number.split(".")[1] for _, number in events] == ["0", "1", "2", "3"]
        with listening(server, LONG) as second:
            assert next_event(second) == events[0]
            assert [next_event(second) for _ in range(3)] == events[1:]
    with listening(server, LONG, last=events[1][1]) as again:
        assert [next_event(again) for _ in range(2)] == events[2:]


def test_leaving_stops_the_work_and_frees_the_pool(server):
    with listening(server, LONG + "&seed=1") as response:
        left_job = job_of(next_event(response))
        for _ in range(3):
            next_event(response)
    connection, response = asked(server, f"/api/training?{SHORT}&seed=2")
    assert response.read()
    connection.close()
    for lingers in (1.5, 3, 6):  # several times as long on a machine that is busy
        time.sleep(lingers * LINGER)
        with listening(server, LONG + "&seed=1", last=f"{left_job}.3") as response:
            event = next_event(response)
        if job_of(event) != left_job:
            break
    assert event[0] == "start"  # and neither the fourth event of the work that was left, nor its end
    assert job_of(event) != left_job

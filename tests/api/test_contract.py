"""The contract of the API in one table: every parameter with its default and bounds, every status.

What is written here is what others rely on: it changes by addition only.
"""

import pytest

from app.api.errors import MAX_ECHOED, MAX_ERRORS, from_pydantic, parameter_error
from app.api.rooms import MAX_BALLOT, MAX_BODY
from app.labs.explorer.params import BpttParams
from app.labs.graph.params import GraphParams
from app.labs.parameters import FORM
from app.labs.training.params import TrainingParams

EXPLORER = {f"/api/{name}" for name in ("bptt", "walk", "pair", "formats", "script", "weights")}
TRAINING = {
    f"/api/training{path}" for path in ("", "/events", "/map", "/map/events", "/film", "/lanes", "/loop")
}
GRAPH = {"/api/graph"}
BOTH, LABS = EXPLORER | TRAINING, EXPLORER | TRAINING | GRAPH
NUMBERS = [  # name, default, least, most, where
    ("at_update", 0, 0, 100_000, EXPLORER),
    ("budget", 80, 1, 100_000, TRAINING),
    ("clip_at", 1.0, 0.001, 100, TRAINING),
    ("cues", 2, 2, 8, TRAINING),
    ("cut", 0.3, 0, 0.9, EXPLORER),
    ("cut_seed", 0, 0, 9999, EXPLORER),
    ("digits", 5, 3, 17, LABS),
    ("distractors", 8, 1, 26, TRAINING),
    ("from", 0, 0, 2000, {"/api/training/film"}),
    ("from", 0, 0, 999, {"/api/bptt"}),
    ("gain", 1.0, 0, 3, BOTH),
    ("gap", 8, 0, 32, TRAINING),
    ("gate_bias", 1.0, -3, 5, BOTH),
    ("hidden", 8, 1, 64, EXPLORER),
    ("hidden", 8, 1, 128, TRAINING),
    ("k", 2, 1, 1000, BOTH),
    ("k1", 1, 1, 1000, EXPLORER),
    ("lag", 10, 1, 64, TRAINING),
    ("lanes", 1, 1, 64, TRAINING),
    ("loss_scale", 0, 0, 24, {"/api/formats"}),
    ("lr", 0.1, 0, 10, EXPLORER),
    ("lr", 0.3, 0, 10, TRAINING),
    ("lr", 0.1, 0, 2, GRAPH),
    ("n", 3, 2, 12, GRAPH),
    ("pass", 1, 1, 100_000, {"/api/training/film"}),
    ("s", 0, 0, 999, {"/api/pair"}),
    ("seed", 0, 0, 9999, BOTH),
    ("seeds", 5, 1, 10, TRAINING),
    ("steps", None, 1, 1000, EXPLORER),
    ("steps", 0, 0, 100, GRAPH),
    ("t", 0, 0, 999, {"/api/pair"}),
    ("tau", 2, 1, 12, GRAPH),
    ("updates", 0, 0, 500, EXPLORER),
    ("walk", 0, 0, 999, {"/api/walk"}),
]
CHOICES = [  # the first one is the default
    ("activation", "tanh sigmoid relu identity", BOTH),
    ("cell", "rnn lstm gru", BOTH),
    ("clip", "none norm element", TRAINING),
    ("comments", "en ko", {"/api/script"}),
    ("divide", "length k", TRAINING),
    ("framework", "pytorch keras flax nnx equinox onnx npz", {"/api/weights"}),
    ("init", "gain orthogonal identity pytorch keras", BOTH),
    ("initial_state", "given learned", EXPLORER),
    ("library", "numpy torch layers torch_layer keras_layer", {"/api/script"}),
    ("library", "numpy torch keras jax", {"/api/training/loop"}),
    ("loss", "cross_entropy squared_error", EXPLORER),
    ("loss_at", "every last", EXPLORER),
    ("match", "steps updates", TRAINING),
    ("optimizer", "sgd adam momentum rmsprop", TRAINING),
    ("padding", "masked counted", TRAINING),
    ("preset", "product layers tied chain recursion ar latent", GRAPH),
    ("reading", "formula book", TRAINING),
    ("precision", "float64 float32", {"/api/weights"}),
    ("recurrence", "learned zero", BOTH),
    ("reduction", "mean sum", EXPLORER),
    ("reset", "epoch never", TRAINING),
    ("reset_gate", "before after", BOTH),
    ("shuffle", "0 1", TRAINING),
    ("state", "carried zeros", TRAINING),
    ("task", "text recall episodes adding", TRAINING),
    ("truncation", "blocks full window tbptt randomized cuts", EXPLORER),
    ("unit", "char word number", EXPLORER),
    ("unit", "char word number", ["post /api/weights"]),
]
TEXTS = [
    ("contest", "", TRAINING),
    ("cuts", "", BOTH),
    ("entry", "", {"/api/training/loop"}),
    ("formula", "", GRAPH),
    ("lengths", "", TRAINING),
    ("last-event-id", "", {"/api/training/events", "/api/training/map/events"}),
    ("targets", "", EXPLORER),
    ("text", "hello", BOTH),
    ("trained", "", EXPLORER),
    ("values", "", GRAPH),
    ("vocabulary", "", EXPLORER),
    ("weights", "", EXPLORER),
    ("h0", "", EXPLORER),
    ("text", "", ["post /api/weights"]),
    ("vocabulary", "", ["post /api/weights"]),
    ("c0", "", EXPLORER),
]
ROOM = {404, 410, 422, 429, 503}
STATUSES = {
    **{f"get {path}": {200, 422, 503} for path in (*LABS, "/api/qr.svg")},
    "post /api/rooms": {201, 503},
    "get /api/rooms/{room}": {200, *ROOM},
    "get /api/rooms/{room}/events": {200, *ROOM},
    "put /api/rooms/{room}": {201, 204, 401, 403, 413, *ROOM},
    "delete /api/rooms/{room}": {204, 401, 403, 413, *ROOM},
    "post /api/rooms/{room}/votes": {204, 409, 413, *ROOM},
    "post /api/weights": {200, 408, 413, 422, 503},
    "get /healthz": {200},
    "get /readyz": {200, 503},
}


@pytest.fixture(scope="module")
def operations(client):
    paths = client.get("/openapi.json").json()["paths"]
    return {f"{method} {path}": each for path, its in paths.items() for method, each in its.items()}


@pytest.fixture(scope="module")
def parameters(operations):
    """Rules by path and name; of an operation that has other rules than GET, by its method, too."""
    return {
        (name if name == "post /api/weights" else name.partition(" ")[2], its["name"]): its["schema"]
        for name, operation in operations.items()
        for its in operation.get("parameters", [])
    }


def kinds(schema):
    return [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]


@pytest.mark.parametrize(("name", "default", "least", "most", "where"), NUMBERS)
def test_a_number_has_its_default_and_its_bounds(parameters, name, default, least, most, where):
    for path in where:
        schema = parameters[path, name]
        [kind] = kinds(schema)
        assert (schema.get("default"), kind["minimum"], kind["maximum"]) == (default, least, most), path


@pytest.mark.parametrize(("name", "choices", "where"), CHOICES)
def test_a_choice_has_its_values(parameters, name, choices, where):
    for path in where:
        schema = parameters[path, name]
        assert next(one["enum"] for one in kinds(schema) if "enum" in one) == choices.split(), path
        assert schema["default"] == choices.split()[0], path


@pytest.mark.parametrize(("name", "default", "where"), TEXTS)
def test_a_text_has_its_default(parameters, name, default, where):
    for path in where:
        assert parameters[path, name]["default"] == default, path
        assert "enum" not in parameters[path, name]


def test_every_parameter_is_in_one_of_the_tables(parameters):
    tables = [(name, where) for name, *_, where in (*NUMBERS, *CHOICES, *TEXTS)]
    listed = {(path, name) for name, where in tables for path in where}
    others = {(path, "v") for path in (*LABS, "/api/qr.svg")} | {("/api/qr.svg", "path")}
    rooms = {(path, name) for path, name in parameters if name == "room"}
    assert parameters.keys() == listed | others | rooms
    assert len(rooms) == 3
    assert all(parameters[path, "v"]["const"] == "1" for path in LABS)


@pytest.mark.parametrize(
    ("lab", "where"), [(BpttParams, EXPLORER), (TrainingParams, TRAINING), (GraphParams, GRAPH)]
)
def test_every_operation_of_a_lab_takes_all_of_its_parameters(parameters, lab, where):
    for path in where:
        assert {(path, name) for name in lab.model_fields} <= parameters.keys()
        rules = lab.model_json_schema()["properties"]
        assert all(FORM in rules[name] for name in rules if FORM in parameters[path, name])


def test_every_operation_has_its_statuses(operations):
    found = {name: {int(status) for status in its["responses"]} for name, its in operations.items()}
    assert found == STATUSES


def test_an_error_is_described_by_its_body_and_events_are_text(operations):
    for name, operation in operations.items():
        for status, response in operation["responses"].items():
            if int(status) < 400 or name == "get /readyz":
                continue
            schema = response["content"]["application/json"]["schema"]["$ref"]
            assert schema.endswith("/RoomEnded" if status == "410" else "/ParameterErrors"), (name, status)
        if name.endswith("/events"):
            [kind] = operation["responses"]["200"]["content"]
            assert kind == "text/event-stream"


@pytest.mark.parametrize(
    ("kind", "bound", "expected"),
    [
        ("greater_than_equal", {"ge": 1}, ("too_small", 1)),
        ("less_than_equal", {"le": 64}, ("too_large", 64)),
        ("literal_error", {"expected": "'a' or 'b'"}, ("not_a_choice", "'a' or 'b'")),
        ("extra_forbidden", {}, ("unknown", None)),
        ("finite_number", {}, ("not_number", None)),
        ("missing", {}, ("missing", None)),
        ("string_too_long", {"max_length": 9}, ("too_long", 9)),
        ("string_too_short", {"min_length": 1}, ("missing", None)),
        ("too_short", {"min_length": 2}, ("too_few_choices", 2)),
        ("string_pattern_mismatch", {"pattern": "^a$"}, ("not_a_name", "^a$")),
        ("json_invalid", {}, ("not_json", None)),
        ("too_many_symbols", {"limit": 7}, ("too_many_symbols", 7)),
        ("repeated", {}, ("repeated", None)),
    ],
)
def test_what_pydantic_says_is_said_in_our_terms(kind, bound, expected):
    found = from_pydantic({"type": kind, "loc": ("query", "k"), "input": "x", "ctx": bound})
    assert (found.parameter, found.code, found.limit, found.given) == ("k", *expected, "x")
    without = from_pydantic({"type": kind, "loc": ("query", "k"), "input": "x"})
    assert (without.code, without.limit) == (expected[0], None)


def test_an_error_of_several_parameters_names_its_own():
    context = {"limit": 3, "parameter": "text", "given": "ab"}
    found = from_pydantic({"type": "too_few_symbols", "loc": ("query",), "input": {}, "ctx": context})
    assert (found.parameter, found.code, found.limit, found.given) == ("text", "too_few_symbols", 3, "ab")


def test_an_error_in_a_body_names_its_place():
    def named(kind, *place, **context):
        found = from_pydantic({"type": kind, "loc": ("body", *place), "input": [1], "ctx": context})
        return found.parameter, found.code, found.limit, found.given

    assert named("missing", "address", "path") == ("address.path", "missing", None, "[1]")
    assert named("too_long", "choices", max_length=12, actual_length=13) == (
        *("choices", "too_many_choices", 12, "[1]"),
    )
    assert named("too_long", "address", limit=9) == ("address", "too_long", 9, "[1]")
    assert named("json_invalid", 17) == ("body", "not_json", None, "")
    assert named("dict_type") == ("body", "unreadable", None, "[1]")
    assert named("bool_type", "paused") == ("paused", "unreadable", None, "[1]")


def test_what_was_sent_is_repeated_up_to_its_bound():
    assert MAX_ECHOED == 100
    error = parameter_error("p" * 101, "too_large", 3, "v" * 101)
    assert (error.parameter, error.given, error.limit) == ("p" * 100, "v" * 100, 3)
    assert error.message.startswith("p" * 100)
    assert parameter_error("k", "no such code", None, "\ud800").given == "?"


def test_at_most_twenty_errors_are_listed(client):
    for number in (19, 20, 21):
        query = "&".join(f"x{i}=1" for i in range(number))
        assert len(client.get(f"/api/bptt?{query}").json()["errors"]) == min(number, MAX_ERRORS)
    assert MAX_ERRORS == 20


def test_a_body_may_be_as_long_as_its_bound_and_no_longer(client):
    assert (MAX_BODY, MAX_BALLOT) == (40 * 1024, 2 * 1024)
    room = client.post("/api/rooms").json()
    headers = {"Authorization": f"Bearer {room['steer']}", "Content-Type": "application/json"}
    change, ballot = b'{"address": {"path": "/ko/"}}', b'{"question": "1", "choices": ["a"], "voter": "%s"}'
    path = f"/api/rooms/{room['room']}"
    for body, bound, ask, expected in (
        (change, MAX_BODY, lambda body: client.put(path, content=body, headers=headers), 204),
        (
            ballot % (b"v" * 16),
            MAX_BALLOT,
            lambda body: client.post(f"{path}/votes", content=body, headers=headers),
            409,
        ),
    ):
        assert ask(body + b" " * (bound - len(body))).status_code == expected
        answer = ask(body + b" " * (bound + 1 - len(body)))
        assert answer.status_code == 413
        [error] = answer.json()["errors"]
        assert (error["parameter"], error["code"], error["limit"]) == ("body", "body_too_large", bound)

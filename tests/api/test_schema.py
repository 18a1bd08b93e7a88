"""The schema says everything there is to know about a question and its answer."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app import __version__
from app.api.explorer import BpttQuery
from app.main import create_app
from tests.api.shapes import assert_shapes

NUMERIC = {
    *("steps", "hidden", "gain", "gate_bias", "seed", "k", "k1", "cut", "cut_seed"),
    *("updates", "lr", "digits", "from", "at_update"),
}
CHOSEN = {"unit", "cell", "activation", "reset_gate", "init", "recurrence", "loss", "loss_at", "reduction"}
CHOSEN |= {"truncation", "initial_state", "v"}
FIELDS = {field.alias or name: field for name, field in BpttQuery.model_fields.items()}


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def listed(document):
    return {p["name"]: p for p in document["paths"]["/api/bptt"]["get"]["parameters"]}


def test_every_field_of_every_body_is_described(document):
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        assert schema.get("description"), name
        for field, rules in schema.get("properties", {}).items():
            referred = [r["$ref"] for r in (rules, *rules.get("anyOf", [])) if "$ref" in r]
            description = rules.get("description") or all(
                schemas[one.rsplit("/", 1)[1]]["description"] for one in referred
            )
            assert referred or rules.get("description"), f"{name}.{field} says nothing"
            assert description


def test_every_array_of_numbers_states_its_shape(document):
    def of_numbers(rules):
        options = [rules, *rules.get("anyOf", [])]
        inner = [option["items"] for option in options if option.get("type") == "array"]
        return any("$ref" not in items for items in inner)

    for name, schema in document["components"]["schemas"].items():
        for field, rules in schema.get("properties", {}).items():
            if of_numbers(rules):
                assert rules["description"].startswith("shape ("), f"{name}.{field}"


def test_a_shape_has_as_many_axes_as_its_array_is_deep(document):
    def depth(rules):
        options = [rules, *rules.get("anyOf", [])]
        inner = next((one for one in options if one.get("type") == "array"), None)
        return 1 + depth(inner.get("items", {})) if inner else 0

    shapes = 0
    for name, schema in document["components"]["schemas"].items():
        for field, rules in schema.get("properties", {}).items():
            if shape := re.match(r"shape \((.*?)\)", rules.get("description", "")):
                assert depth(rules) == shape[1].count(",") + 1, f"{name}.{field}"
                shapes += 1
    assert shapes > 100


def operations(document):
    """By method and path; without a method, those that read."""
    return {
        path if method == "get" else f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


# Operation ids are names in generated clients, so they are as stable as paths are.
OPERATIONS = {
    "/api/bptt": ("bptt", "explorer"),
    "/api/walk": ("walk", "explorer"),
    "/api/pair": ("pair", "explorer"),
    "/api/formats": ("formats", "explorer"),
    "/api/script": ("script", "explorer"),
    "/api/training": ("training", "training"),
    "/api/training/events": ("training_events", "training"),
    "/api/training/map": ("training_map", "training"),
    "/api/training/map/events": ("training_map_events", "training"),
    "/api/training/film": ("training_film", "training"),
    "/api/training/lanes": ("training_lanes", "training"),
    "/api/training/loop": ("training_loop", "training"),
    "/api/graph": ("graph", "graph"),
    "POST /api/rooms": ("rooms_post", "rooms"),
    "/api/rooms/{room}": ("rooms_room", "rooms"),
    "PUT /api/rooms/{room}": ("rooms_room_put", "rooms"),
    "DELETE /api/rooms/{room}": ("rooms_room_delete", "rooms"),
    "/api/rooms/{room}/events": ("rooms_room_events", "rooms"),
    "/api/weights": ("weights", "explorer"),
    "POST /api/weights": ("weights_post", "explorer"),
    "POST /api/rooms/{room}/votes": ("rooms_room_votes_post", "rooms"),
    "/api/qr.svg": ("qr_svg", "sharing"),
    "/healthz": ("healthz", "health"),
    "/readyz": ("readyz", "health"),
}


def test_every_operation_has_a_stable_id_and_one_tag(document):
    found = {path: (each["operationId"], *each["tags"]) for path, each in operations(document).items()}
    assert found == OPERATIONS
    assert {tag["name"] for tag in document["tags"]} == {tag for _, tag in OPERATIONS.values()}
    assert all(tag["description"] for tag in document["tags"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_a_summary_and_an_example(document, name):
    operation, path = operations(document)[name], name.rpartition(" ")[2]
    assert 10 <= len(operation["summary"]) < 60
    text, example = described(operation)
    assert len(text) > 40
    assert urlsplit(example).path == path.replace("{room}", "482913")


@pytest.mark.parametrize("path", [path for path in OPERATIONS if path[0] == "/" and "/rooms" not in path])
def test_the_example_of_an_operation_works(client, document, path):
    """Those of rooms are tried in tests/rooms, where there is a room; test_weights.py sends files."""
    _, example = described(operations(document)[path])
    assert client.get(example).status_code == 200


def described(operation):
    """The text of its description, and the example at the end."""
    return re.fullmatch(r"(.*)\n\nExample: `(.*)`", operation["description"], re.DOTALL).groups()


def test_the_document_says_what_the_api_is_and_names_no_server(document):
    info = document["info"]
    assert info["title"] == "BPTT Explorer"
    assert info["version"] == __version__
    assert info["license"] == {"name": "MIT", "identifier": "MIT"}
    assert info["summary"]
    assert "x-form" in info["description"]
    assert "servers" not in document


def test_the_document_names_no_server_behind_a_proxy_either():
    with TestClient(create_app(), root_path="/bptt") as behind_a_proxy:
        assert "servers" not in behind_a_proxy.get("/openapi.json").json()


STANDARD = {
    "type",
    "title",
    "description",
    "default",
    "examples",
    "enum",
    "const",
    "minimum",
    "maximum",
    "pattern",
    "anyOf",
}


OF_A_ROOM = {404, 410, 422, 429, 503}
OF_ITS_LECTURER = OF_A_ROOM | {401, 403, 413}
STATUSES = {
    ("post", "/api/rooms"): {201, 503},
    ("get", "/api/rooms/{room}"): OF_A_ROOM | {200},
    ("put", "/api/rooms/{room}"): OF_ITS_LECTURER | {201, 204},
    ("delete", "/api/rooms/{room}"): OF_ITS_LECTURER | {204},
    ("get", "/api/rooms/{room}/events"): OF_A_ROOM | {200},
    ("post", "/api/rooms/{room}/votes"): OF_A_ROOM | {204, 409, 413},
    ("post", "/api/weights"): {200, 408, 413, 422, 503},
    ("get", "/healthz"): {200},
    ("get", "/readyz"): {200, 503},
}
"""Of every other operation they are 200, 422 and 503."""


def test_the_statuses_of_every_operation_are_told_with_what_each_error_means_and_its_body(document):
    seen = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            seen.add((method, path))
            responses = operation["responses"]
            assert {*map(int, responses)} == STATUSES.get((method, path), {200, 422, 503}), (method, path)
            for status in responses.keys() & {str(n) for n in range(400, 600)}:
                told = responses[status]
                assert told["description"] != HTTPStatus(int(status)).phrase
                assert len(told["description"]) > 20
                body = "RoomEnded" if status == "410" else "ParameterErrors"
                body = "Readiness" if path == "/readyz" else body
                schema = {"$ref": f"#/components/schemas/{body}"}
                assert told["content"] == {"application/json": {"schema": schema}}, (path, status)
    assert STATUSES.keys() <= seen


def test_what_is_not_standard_in_a_parameter_has_a_prefix(document):
    seen = set()
    for operation in operations(document).values():
        for parameter in operation.get("parameters", []):
            seen |= parameter["schema"].keys()
    assert {key for key in seen - STANDARD if not key.startswith("x-")} == set()
    assert "x-form" in seen


def test_an_error_response_has_an_example_that_is_one(client, document):
    (example,) = document["components"]["schemas"]["ParameterErrors"]["examples"]
    (error,) = example["errors"]
    query = {error["parameter"]: error["given"]}
    assert client.get("/api/bptt", params=query).json() == example


def test_the_parameters_are_those_of_the_model_and_in_the_order_of_a_link(listed):
    assert list(listed) == list(FIELDS)
    texts = {"text", "targets", "vocabulary", "weights", "trained", "h0", "c0", "cuts"}
    assert set(listed) == NUMERIC | CHOSEN | texts


@pytest.mark.parametrize("name", FIELDS)
def test_every_parameter_states_its_default_and_its_bounds(listed, name):
    parameter = listed[name]
    assert parameter["description"]
    assert not parameter["required"]
    rules = parameter["schema"]
    default = FIELDS[name].default
    assert default is not ...
    assert rules.get("default") == default
    if name in NUMERIC:
        bounds = rules["anyOf"][0] if "anyOf" in rules else rules
        assert bounds["type"] in {"integer", "number"}
        assert bounds["minimum"] < bounds["maximum"]
        assert default is None or bounds["minimum"] <= default <= bounds["maximum"]
    elif name in CHOSEN:
        choices = rules["anyOf"][0] if "anyOf" in rules else rules  # or a list of one's own
        assert default in choices.get("enum", [choices.get("const")])
    if default is None:
        assert "by default" in parameter["description"]


def test_the_bounds_of_the_text_are_told(listed):
    text = listed["text"]
    assert all(str(limit) in text["description"] for limit in text["schema"]["x-form"]["limits"].values())


def test_the_shapes_of_all_arrays_are_looked_at(ask):
    def arrays(node):
        if isinstance(node, dict):
            return sum(arrays(child) for child in node.values())
        if isinstance(node, list) and node and isinstance(node[0], dict):
            return sum(arrays(child) for child in node)
        return isinstance(node, list)

    answer = ask(text="banana", truncation="blocks", k=2)
    assert assert_shapes(answer) == arrays(answer) > 40


@pytest.mark.parametrize("spoilt", ["forward.h", "full.gradients.Wy", "by_k.cosine", "blocks.0.h_in"])
def test_a_missing_number_is_noticed(ask, spoilt):
    answer = ask(text="banana")
    *way, last = spoilt.split(".")
    part = answer
    for step in way:
        part = part[int(step)] if isinstance(part, list) else part[step]
    part[last] = part[last][:-1]
    with pytest.raises(AssertionError, match=spoilt.replace(".", r"\.")):
        assert_shapes(answer)

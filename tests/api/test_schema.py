"""The schema says everything there is to know about a question and its answer."""

import pytest

from app.api.explorer import BpttQuery
from tests.api.shapes import assert_shapes

NUMERIC = {
    *("steps", "hidden", "gain", "gate_bias", "seed", "k", "k1", "cut", "cut_seed"),
    *("updates", "lr", "digits", "from", "at_update"),
}
CHOSEN = {"unit", "cell", "activation", "loss", "loss_at", "reduction", "truncation", "v"}
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


def test_every_operation_says_what_it_does(document):
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"], path


def test_the_parameters_are_those_of_the_model_and_in_the_order_of_a_link(listed):
    assert list(listed) == list(FIELDS)
    assert set(listed) == NUMERIC | CHOSEN | {"text", "targets", "weights", "trained"}


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
        assert default in rules.get("enum", [rules.get("const")])
    if default is None:
        assert "by default" in parameter["description"]


def test_the_bounds_of_the_text_are_told(listed):
    text = listed["text"]
    assert all(str(limit) in text["description"] for limit in text["schema"]["limits"].values())


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

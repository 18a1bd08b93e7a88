"""The graph lab over HTTP: what it refuses, what it resolves, and that nothing brings it down."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.labs.graph.params import GraphParams
from app.labs.graph.result import GraphResult
from app.labs.graph.run import run
from app.pages import form
from app.presets import GRAPH_PRESETS
from tests.examples import examples
from tests.graph_formulas import formulas, texts

often = examples(150)


def answer_to(client, status=200, **asked):
    response = client.get("/api/graph", params=asked)
    assert response.status_code == status, response.text
    return json.loads(response.content, parse_constant=pytest.fail)


def parameters(found):
    return [(error["parameter"], error["code"], error["limit"]) for error in found["errors"]]


def test_an_answer_fits_its_schema(client):
    for preset in GRAPH_PRESETS:
        GraphResult.model_validate(client.get("/api/graph" + GRAPH_PRESETS[preset].partition("#")[0]).json())


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"formula": "(x"}, ("formula", "formula_open", 3)),
        ({"formula": "x" * 9000}, ("formula", "formula_long", 201)),
        ({"values": "x"}, ("values", "not_values", "x")),
        ({"values": "x:1e7"}, ("values", "not_values", "x:1e7")),
        ({"values": "x:-1e6,y:1000000.1"}, ("values", "not_values", "y:1000000.1")),
        ({"values": "x:1,,y:2"}, ("values", "not_values", "")),
        ({"values": ":4"}, ("values", "not_values", ":4")),
        ({"values": "x:4:5"}, ("values", "not_values", "x:4:5")),
        ({"values": "x:4;y:2"}, ("values", "not_values", "x:4;y:2")),
        ({"values": "x:1, y"}, ("values", "not_values", "y")),
        ({"values": "b.:1"}, ("values", "not_values", "b.:1")),
        ({"values": "x:1," * 200}, ("values", "too_long", 600)),
        ({"n": 1}, ("n", "too_small", 2)),
        ({"n": 13}, ("n", "too_large", 12)),
        ({"tau": 0}, ("tau", "too_small", 1)),
        ({"lr": 2.5}, ("lr", "too_large", 2)),
        ({"steps": 101}, ("steps", "too_large", 100)),
        ({"steps": "x"}, ("steps", "not_integer", None)),
        ({"w": ".2"}, ("w", "unknown", None)),
    ],
)
def test_what_cannot_be_is_refused_by_name(client, asked, refused):
    found = answer_to(client, 422, **asked)
    assert parameters(found) == [refused]
    assert refused[0] in found["errors"][0]["message"]


@often
@given(
    formula=texts, values=st.sampled_from(["", "x:3", "p:1"]) | st.text(max_size=20), steps=st.integers(0, 3)
)
@example(formula="9**9**9", values="", steps=3)
@example(formula="1/(x-1)", values="", steps=1)
@example(formula="log(-exp(x))", values="x:1000000", steps=2)
@example(formula="exp(exp(exp(exp(x))))", values="x:9", steps=2)
def test_any_text_is_answered_or_refused(client, formula, values, steps):
    asked = {"formula": formula.encode("utf-8", "replace").decode(), "values": values, "steps": steps}
    response = client.get("/api/graph", params=asked)
    assert response.status_code in {200, 422}
    json.loads(response.content, parse_constant=pytest.fail)


@often
@given(formula=formulas, lr=st.floats(0, 2), steps=st.integers(0, 5))
def test_any_formula_is_answered_and_never_found_wrong(client, formula, lr, steps):
    response = client.get("/api/graph", params={"formula": formula, "lr": lr, "steps": steps})
    found = json.loads(response.content, parse_constant=pytest.fail)
    if response.status_code == 422:
        assert found["errors"][0]["code"] in {"formula_deep", "formula_nodes"}
    else:
        assert found["checks"]["passed"] is not False
        assert (found["not_finite"] is None) == all(
            number is not None
            for numbers in (
                found["value"],
                found["grad"],
                found["update"]["after"],
                {"": found["update"]["truth"]},
            )
            for number in numbers.values()
        )


def test_values_are_of_one_input_of_a_family_or_ignored(client):
    found = answer_to(client, preset="recursion", n=4, values="b:2,c:0.25,b.2:3,q:9")
    assert [found["value"][f"b.{t}"] for t in range(4)] == [2, 2, 3, 2]
    assert found["params"]["values"] == "b.0:2,b.1:2,b.2:3,b.3:2,c.1:0.25,c.2:0.25,c.3:0.25"
    assert answer_to(client, values="x:4.0,y:01")["params"]["values"] == ""
    assert answer_to(client, values=" x: 5 , y : 2 ")["params"]["values"] == "x:5,y:2"
    assert answer_to(client, values=" ")["params"]["values"] == ""


def test_a_formula_wins_over_the_preset(client):
    assert answer_to(client, formula="a + b", preset="ar")["params"]["formula"] == "a + b"
    assert answer_to(client, formula="  ", preset="ar")["output"] == "xhat"


def test_what_is_data_stays_where_it_is(client):
    found = answer_to(client, preset="latent", n=4, lr=1)
    for node in found["nodes"]:
        if node["kind"] == "input":
            moved = found["update"]["after"][node["name"]] != found["value"][node["name"]]
            assert moved == node["moves"] == (not node["name"].startswith("x"))


def test_where_numbers_end_is_said(client):
    assert answer_to(client, formula="log(-x)")["not_finite"] == {"pass": "forward", "node": "f"}
    assert answer_to(client, formula="(x - 1) ** 0.5")["not_finite"] == {"pass": "backward", "node": "p"}
    found = answer_to(client, formula="-exp(x)", values="x:9", lr=2)
    assert found["not_finite"] == {"pass": "update", "node": "f"}


@pytest.mark.parametrize(
    ("formula", "values", "known"),
    [
        ("log(-x)", "", {}),
        ("x / y", "y:0", {}),
        ("log(-x) ** 0 + y", "", {"f": 1, "y": 1, "r": 1}),  # 1 forward, and yet no slope
        ("tanh(exp(1000 * x)) + y", "", {"f": 1, "y": 1, "r": 1}),
        ("(x - 1) ** 0.5", "", {"f": 1}),
    ],
)
def test_no_gradient_comes_out_of_what_is_no_number(client, formula, values, known):
    found = answer_to(client, formula=formula, values=values)
    told = {name: gradient for name, gradient in found["grad"].items() if gradient is not None}
    assert told == known
    for edge in found["edges"]:
        if edge["gradient"] is not None:
            assert edge["to"] in known
    for name, after in found["update"]["after"].items():
        assert (after is None) == (name not in known)
    assert found["update"]["promise"] is None


def test_every_control_is_one_of_the_schema_and_starts_at_its_default():
    for control in form.controls(GraphParams):
        assert control.default == GraphParams.model_fields[control.name].default
        assert control.group in {None, "main", "foot"}


def test_the_longest_descent_is_told_step_by_step():
    params = GraphParams(preset="latent", n=12, steps=100)
    found = run(params)
    assert len(found["path"]) == 102
    assert all(math.isfinite(value) for value in found["path"])


def test_the_logarithm_of_a_small_sigmoid_is_its_argument(client):
    answer = client.get("/api/graph", params={"formula": "log(sigmoid(x))", "values": "x:-40"}).json()
    assert answer["value"][answer["output"]] == -40
    assert answer["grad"]["x"] == 1
    assert answer["checks"]["passed"] is True

"""The example graphs of the graph lab: values, labels and places of their nodes, and what may move."""

import pytest

from app.labs.graph.params import GraphParams
from app.labs.graph.presets import PRESETS

DATA = (0.2, -0.4, 0.6, -0.1, 0.5, 0.3, -0.6, 0.4, -0.2, 0.1, 0.7, -0.5)
WEIGHTED = {"x": (0, 1), "a": (1, 1), "h": (2, 1), "f": (3, 1)}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("product", {"x": (0, 0), "y": (0, 1), "z": (0, 2), "p": (1, 0.5), "f": (2, 1.25)}),
        ("layers", WEIGHTED | {"w1": (0.2, 0), "w2": (2.2, 0)}),
        ("tied", WEIGHTED | {"w": (1.5, 0)}),
        ("chain", {"w": (1.75, 0), "number.1": (0, 1), "h.1": (1, 1), "h.2": (2, 1), "h.3": (3, 1)}),
        (
            "recursion",
            {f"b.{t}": (t, 0) for t in range(3)}
            | {f"a.{t}": (t, 1) for t in range(3)}
            | {f"c.{t}": (t, 2) for t in (1, 2)},
        ),
        (
            "ar",
            {f"x.{t}": (t, 2) for t in range(3)}
            | {"w.1": (2, 0), "xhat": (2, 1), "w.2": (1, 0), "s.2": (1, 1)},
        ),
        (
            "latent",
            {f"x.{t}": (t, 2) for t in range(3)}
            | {f"h.{t}": (t, 1) for t in range(3)}
            | {"w": (1.3, 0), "u": (0.3, 0), "v": (2.6, 0), "xhat": (3, 1)},
        ),
    ],
)
def test_every_node_has_its_place_in_columns_of_time_and_rows_of_one_kind(name, places):
    """n = 3 and tau = 2."""
    found = PRESETS[name](3, 2).positions
    assert found.keys() == places.keys()
    for node, place in places.items():
        assert found[node] == pytest.approx(place), node


@pytest.mark.parametrize(
    ("name", "values", "fixed"),
    [
        ("product", {"x": 4, "y": 1, "z": 3}, set()),
        ("layers", {"x": 1, "w1": 0.5, "w2": 0.5}, {"x"}),
        ("tied", {"x": 1, "w": 0.5}, {"x"}),
        ("chain", {"w": 0.2}, set()),
        ("recursion", {"b.0": 1, "b.1": 1, "b.2": 1, "c.1": 0.5, "c.2": 0.5}, set()),
        ("ar", {"x.0": 0.2, "x.1": -0.4, "x.2": 0.6, "w.1": 0.5, "w.2": 0.25}, {"x.0", "x.1", "x.2"}),
        ("latent", {"x.0": 0.2, "x.1": -0.4, "x.2": 0.6, "w": 0.5, "u": 1, "v": 1}, {"x.0", "x.1", "x.2"}),
    ],
)
def test_inputs_start_at_these_values_and_data_does_not_move(name, values, fixed):
    inputs = PRESETS[name](3, 2).inputs
    assert {node.name: node.value for node in inputs} == values
    assert {node.name for node in inputs if not node.trainable} == fixed


@pytest.mark.parametrize("name", ["ar", "latent"])
def test_the_longest_series_has_twelve_values(name):
    inputs = {node.name: node.value for node in PRESETS[name](12, 3).inputs}
    assert [inputs[f"x.{t}"] for t in range(12)] == list(DATA)


@pytest.mark.parametrize(
    ("name", "formula", "labels"),
    [
        ("product", "(x - y) * z", "x y z p f"),
        ("layers", "w2 * tanh(w1 * x)", "x w₁ w₂ a h f"),
        ("tied", "w * tanh(w * x)", "x w a h f"),
        ("chain", "w * w * w * 0.9", "w 0.9 h₁ h₂ h₃"),
        ("recursion", "aₜ = bₜ + cₜ · aₜ₋₁", "b₀ b₁ b₂ c₁ c₂ a₀ a₁ a₂"),
        ("ar", "x̂₃ = w₁ · x₂ + w₂ · x₁", "x₀ x₁ x₂ w₁ w₂ s₂ x̂₃"),
        ("latent", "hₜ = tanh(w · hₜ₋₁ + u · xₜ)", "x₀ x₁ x₂ w u v h₀ h₁ h₂ x̂₃"),
    ],
)
def test_formula_and_labels_are_written_as_in_a_textbook(name, formula, labels):
    graph = PRESETS[name](3, 2)
    assert graph.formula == formula
    assert [node.label for node in graph.nodes] == labels.split()


def test_an_autoregressive_model_reaches_back_no_further_than_its_data():
    assert [node.name for node in PRESETS["ar"](2, 5).inputs] == ["x.0", "x.1", "w.1", "w.2"]


@pytest.mark.parametrize(
    ("name", "presets"), [("n", ["chain", "recursion", "ar", "latent"]), ("tau", ["ar"]), ("lr", None)]
)
def test_a_length_is_shown_for_the_graphs_that_have_one_and_for_no_formula(name, presets):
    shown = GraphParams.model_json_schema()["properties"][name]["x-form"].get("only_with")
    assert shown == (presets and {"preset": presets, "formula": [""]})

"""Units, own targets, own weights and updates: what they make of a run."""

import numpy as np
import pytest

from tests.api.cells import FORMS
from tests.arrays import assert_close


def flat(weights):
    return ",".join(
        repr(x)
        for name in ("Wx", "Wh", "b", "bh", "Wy", "by")
        if name in weights
        for x in np.ravel(weights[name]).tolist()
    )


def without_params(answer):
    return {name: part for name, part in answer.items() if name != "params"}


@pytest.mark.parametrize(
    ("unit", "tokens"),
    [
        ("char", list("hell")),
        ("word", ["you", "say", "goodbye", "and", "I", "say", "hello"]),
        ("number", [1, 2, 1, 2]),
    ],
)
def test_every_unit_has_a_text_to_begin_with(ask, unit, tokens):
    answer = ask(unit=unit)
    assert answer["tokens"] == tokens
    assert answer["params"]["steps"] == len(tokens)


def test_numbers_are_their_own_inputs_and_outputs(ask):
    answer = ask(unit="number", text="1.5, -2 3", digits=17)
    assert answer["vocabulary"] == []
    assert answer["tokens"] == [1.5, -2.0]
    assert answer["targets"] == [-2.0, 3.0]
    assert answer["params"]["loss"] == "squared_error"
    o = np.array(answer["forward"]["o"])
    assert o.shape == (2, 1)
    assert_close(answer["forward"]["loss"], 0.5 * (o[:, 0] - answer["targets"]) ** 2)
    assert answer["checks"]["passed"]


def test_own_targets_are_wanted_instead_of_the_next_symbol(ask):
    answer = ask(text="abc", targets="xyx")
    assert answer["vocabulary"] == ["a", "b", "c", "x", "y"]
    assert answer["tokens"] == list("abc")
    assert answer["targets"] == list("xyx")
    assert ask(text="abc", targets="xyx", steps=5)["targets"] == list("xyxxy")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_own_weights_that_are_the_seeds_give_the_seeds_answer(ask, form):
    usual = ask(**form, hidden=3, seed=5, digits=17)
    own = ask(**form, hidden=3, weights=flat(usual["weights"]), gain=0.3, seed=9, digits=17)
    assert without_params(own) == without_params(usual)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_updates_may_be_made_one_by_one(ask, form):
    asked = {**form, "hidden": 3, "lr": 0.5, "digits": 17}
    three = ask(**asked, updates=3)
    once = ask(**asked, updates=1)
    again = ask(**asked, updates=2, weights=flat(once["weights"]))
    assert_close(
        np.array([float(x) for x in flat(again["weights"]).split(",")]),
        np.array([float(x) for x in flat(three["weights"]).split(",")]),
    )
    assert len(three["training"]["loss"]) == 4
    assert_close(three["training"]["loss"][1:], again["training"]["loss"])
    assert_close(three["training"]["loss"][-1], three["forward"]["total_loss"])
    start = ask(**asked)
    for name, W in once["weights"].items():
        moved = np.array(start["weights"][name]) - 0.5 * np.array(start["full"]["gradients"][name])
        assert_close(W, moved, 1e-10)


def test_hello_is_learned(ask):
    trained = ask(updates=300, lr=0.5)
    assert trained["training"]["loss"][-1] < 0.1 * trained["training"]["loss"][0]
    assert trained["checks"]["passed"]


def test_updates_that_run_away_are_told(ask):
    answer = ask(
        unit="number", text="1000 -1000 1000", activation="identity", updates=400, lr=10, reduction="sum"
    )
    assert answer["overflow_at"]["pass"] == "update"
    assert 1 <= answer["overflow_at"]["step"] < 400
    assert answer["checks"]["passed"] is None

"""Concepts that lessons 1 to 6 alone show, each in the very states that a lesson opens."""

import numpy as np

from app.lessons import by_id
from tests.lessons.answers import Answers


def states_of(lesson: str, number: int) -> list[Answers]:
    """What the labs answer to both links of a moment."""
    moment = by_id[lesson].moment[number - 1]
    return [Answers(link) for link in (moment.link, moment.link_b) if link]


def test_row_07_t_columns_are_one_layer_from_all_inputs_to_all_states():
    columns, layers = states_of("unroll", 4)
    W, hs = columns.bptt["weights"], columns.bptt["forward"]["h"]
    xs = np.eye(4)[["helo".index(letter) for letter in "hell"]]
    assert xs.shape == (4, len(W["Wx"]))
    assert hs.shape == (4, len(W["Wh"]))
    for t, before in enumerate([np.zeros(8), *hs[:-1]]):
        assert np.allclose(np.tanh(before @ W["Wh"] + xs[t] @ W["Wx"] + W["b"]), hs[t], rtol=0, atol=1e-12)
    assert (layers.bptt["forward"]["h"] == hs).all()
    assert (layers.seen["look"], layers.seen["panel"]) == ("layers", "layers")


def test_row_44_the_same_letters_in_another_order_are_other_data():
    hello, helol = (state.bptt for state in states_of("order", 1))
    assert sorted("".join(hello["tokens"]) + "o") == sorted("".join(helol["tokens"]) + "l")
    assert all((hello["weights"][name] == helol["weights"][name]).all() for name in hello["weights"])
    assert np.exp(-hello["forward"]["loss"].sum()) > 1e4 * np.exp(-helol["forward"]["loss"].sum())


def test_row_57_the_state_returns_and_not_the_output():
    one, other = (state.bptt for state in states_of("unroll", 3))
    differing = [name for name in one["weights"] if (one["weights"][name] != other["weights"][name]).any()]
    assert differing == ["Wy"]
    assert (one["forward"]["o"] != other["forward"]["o"]).any()
    assert (one["forward"]["h"] == other["forward"]["h"]).all()

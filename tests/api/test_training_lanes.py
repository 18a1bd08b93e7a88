"""Lanes: their schedule, what a later lane misses at its start, and other numbers of them."""

from itertools import pairwise
from urllib.parse import urlencode

import numpy as np
import pytest

from app.bptt.cells import CELLS
from tests.arrays import assert_close
from tests.kernel import textbook

SENTENCE = "the quick brown fox jumps over the lazy dog"  # 42 steps


@pytest.fixture(scope="module")
def lanes(lab):
    return lambda **asked: lab("/lanes", digits=17, **asked)


def test_a_thousand_in_two_lanes_by_tens(lab):
    asked = {"text": "ab" * 500 + "a", "k": 10, "lanes": 2, "budget": 1000, "seeds": 1}
    schedule = lab(**asked)["schedule"]
    assert (schedule["L"], schedule["starts"], schedule["iterations"]) == (1000, [0, 500], 50)
    assert (schedule["length"], schedule["left_out"]) == (500, 0)
    assert schedule["blocks"] == [[10 * j, 10 * j + 10] for j in range(50)]
    assert (schedule["passes"], schedule["updates"]) == (2, 100)
    book = lab(**asked, reading="book")["schedule"]
    assert (book["starts"], book["iterations"], book["length"]) == ([0, 499], 49, 490)
    assert book["blocks"][-1] == [480, 490]


def test_with_one_lane_nothing_is_missed(lanes):
    answer = lanes(text=SENTENCE, k=5, budget=84, seeds=2)
    assert answer["missed"] is None
    assert [other["lanes"] for other in answer["others"]] == [1, 2, 4, 10]


def passed(W, cell, start):
    """The states and losses of the textbook's network over the sentence from a step on, begun with zeros."""
    vocabulary = list(dict.fromkeys(SENTENCE))
    places = [vocabulary.index(letter) for letter in SENTENCE]
    width = len(W["Wy"])
    state, states, losses = np.zeros(2 * width if cell == "lstm" else width), [], []
    for here, wanted in pairwise(places[start:]):
        state = textbook.step(CELLS[cell](), W, np.eye(len(vocabulary))[here], state)
        o = state[:width] @ W["Wy"] + W["by"]
        states.append(state[:width])
        losses.append(np.log(np.exp(o).sum()) - o[wanted])
    return np.array(states), np.array(losses)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_lane_2_begins_with_zeros_where_a_single_lane_brings_its_state(lanes, ask, cell):
    """All by the weights of a single lane after as many passes: four of nine updates each."""
    asked = {"text": SENTENCE, "k": 5, "cell": cell, "lr": 0.5, "budget": 84}
    missed = lanes(**asked, lanes=2, seeds=2)["missed"]
    assert missed["at"] == 21
    assert missed["seeds"] == [0, 1]
    assert missed["first"]["steps"] == 10
    for i, seed in enumerate(missed["seeds"]):
        run = urlencode({"v": 1, **asked, "budget": 168, "seed": seed})
        weights = ask(text=SENTENCE, cell=cell, digits=17, trained=run, at_update=36)["weights"]
        W = {name: np.array(part) for name, part in weights.items()}
        (h, loss), (late, late_loss) = passed(W, cell, 0), passed(W, cell, 21)
        apart = np.linalg.norm(h[21:] - late, axis=1)
        assert_close(missed["distance"][i], apart, 1e-08)
        assert_close(missed["norms"]["h"][i], np.linalg.norm(h[21]))
        assert_close(missed["norms"]["difference"][i], apart[0])
        if i == 0:
            assert_close(missed["one"], h[21:])
            assert_close(missed["zeros"], late)
        below = np.flatnonzero(apart < 0.01)
        assert missed["below"][i] == (below[0] if len(below) else None)
        assert_close(missed["half"]["one"][i], loss[21:].mean())
        assert_close(missed["half"]["two"][i], late_loss.mean())
        assert_close(missed["first"]["one"][i], loss[21:31].mean())
        assert_close(missed["first"]["zeros"][i], late_loss[:10].mean())


def test_of_a_long_lane_so_many_steps_are_shown(lanes):
    missed = lanes(text="abcab" * 28, hidden=2, k=5, budget=100, lanes=2, seeds=1)["missed"]
    assert missed["at"] == 69
    assert [len(missed[name]) for name in ("zeros", "one")] == [24, 24]
    assert [len(line) for line in missed["distance"]] == [60]
    assert missed["first"]["steps"] == 10


def test_other_numbers_of_lanes_by_as_many_passes_and_by_as_many_updates(lanes, lab):
    asked = {"text": SENTENCE, "k": 5, "lr": 0.5, "budget": 84, "seeds": 2}
    answer = lanes(**asked, lanes=3)
    assert answer["schedule"]["passes"] == 6
    own = 6 * 3
    for other in answer["others"]:
        N = other["lanes"]
        each = -(-(42 // N) // 5)
        assert other["updates_an_epoch"] == each
        assert (other["steps"]["count"], other["updates"]["count"]) == (6 * each, own)
        for name in ("steps", "updates"):
            counted = other[name]
            run = {**asked, "lanes": N, "contest": "5", "match": "updates", "budget": counted["count"]}
            final = lab(**run, digits=17)["race"]["contestants"][0]["final"]
            for part in ("mean", "min", "max"):
                assert_close(counted[part], final[part])
    assert [other["lanes"] for other in answer["others"]] == [1, 2, 3, 4, 10]


def test_a_short_text_is_not_read_by_more_lanes_than_half_its_length(lanes):
    assert [other["lanes"] for other in lanes(seeds=1)["others"]] == [1, 2]
    assert [other["lanes"] for other in lanes(text="ab", seeds=1)["others"]] == [1]


def test_what_would_be_too_much_work_is_left_out(lanes):
    answer = lanes(text="@river-en", hidden=128, cell="gru", budget=20_000, contest="rnn.1000", lanes=4, k=1)
    assert answer["missed"] is None
    assert answer["others"] == []
    assert answer["schedule"]["starts"][1] == answer["schedule"]["L"] // 4


def test_lanes_with_cuts_at_every_fifth_step_learn_what_blocks_of_five_do(lanes):
    asked = {"text": SENTENCE, "budget": 84, "seeds": 2, "lanes": 2}
    equal, own = lanes(**asked, k=5), lanes(**asked, k=5, cuts="5,10,15,20,25,30,35,40")
    assert own["others"] == equal["others"]
    assert own["missed"] == equal["missed"]
    uneven = lanes(**asked, k=5, cuts="2,12")
    assert [it["updates_an_epoch"] for it in uneven["others"]] == [3, 3, 2, 2]  # of 42, 21, 10 and 4 steps

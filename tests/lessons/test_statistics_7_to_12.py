"""What lessons 7 to 12 say of many networks, counted."""

import numpy as np
import pytest

from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run
from app.labs.training import film
from app.labs.training.params import TrainingParams

FOX = {"text": "the quick brown fox jumps over lazy dogs!", "hidden": 16}
SHORTER = "the quick brown fox jumps"
ONE_LOSS = FOX | {"loss_at": "last", "truncation": "full"}


def fox(seed, **settings):
    return run(BpttParams(**(FOX | settings), seed=seed))


def reached(seed, **settings):
    """How large the gradient of the only loss is at every step, of all that the cell carries."""
    result = run(BpttParams(**(ONE_LOSS | settings), seed=seed))
    row = np.hypot(result["credit"][-1], result.get("credit_c", [[0]])[-1])
    return row / row[-1]


def test_lesson_7_the_first_step_gets_the_smallest_gradient_in_60_of_60_networks():
    assert all(reached(seed, gain=0.5, text=SHORTER).argmin() == 0 for seed in range(60))


def test_lesson_7_behind_tanh_the_gradient_shrinks_at_gain_1_5_in_56_of_60_networks():
    assert sum(reached(seed, gain=1.5, text=SHORTER)[0] < 1 for seed in range(60)) == 56


def test_lesson_8_some_longer_block_is_farther_away_in_30_of_30_networks():
    for seed in range(30):
        assert np.diff(fox(seed)["by_k"]["cosine"]).min() < -1e-6


def test_lesson_11_the_window_is_closer_than_blocks_in_60_of_60_networks():
    for seed in range(60):
        schemes = fox(seed, k=10)["schemes"]
        assert schemes["window"]["relative_error"] < schemes["blocks"]["relative_error"]


def test_lesson_12_the_rnn_keeps_more_than_an_lstm_without_a_gate_bias_in_29_of_30_networks():
    rnn, closed, open_ = (
        np.array([reached(seed, **cell)[0] for seed in range(30)])
        for cell in ({}, {"cell": "lstm", "gate_bias": 0}, {"cell": "lstm"})
    )
    assert ((rnn > closed).sum(), (open_ > rnn).sum()) == (29, 30)


@pytest.mark.parametrize(("state", "spelt"), [("carried", 30), ("zeros", 0)])
def test_lesson_12_blocks_of_one_step_learn_hello_in_30_of_30_networks_if_the_state_is_carried(state, spelt):
    count = 0
    for seed in range(30):
        run_ = TrainingParams(k=1, budget=240, contest="1", state=state, seed=seed)
        last = film.run(run_, 60)
        best = [last["vocabulary"][int(frame["p"][0].argmax())] for frame in last["frames"]]
        count += best == last["targets"]
    assert count == spelt


def test_lesson_12_the_cosine_is_lower_with_gain_2_in_58_of_60_networks():
    cosines = (
        [float(fox(seed, k=10, gain=g)["comparison"]["recurrent"]["cosine"]) for seed in range(60)]
        for g in (1, 2)
    )
    assert sum(two < one for one, two in zip(*cosines, strict=True)) == 58

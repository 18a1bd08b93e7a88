"""Forward pass from a given initial state, and of many networks at once."""

from dataclasses import replace

import numpy as np
import pytest

from app.bptt.forward_pass import Task, forward
from app.bptt.one_hot import OneHot
from tests.arrays import assert_close
from tests.kernel.cases import ALL_CELLS, D, V, random_task, random_weights


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_a_run_that_goes_on_from_a_state_is_the_run_that_never_stopped(cell):
    task, W = random_task(cell), random_weights(cell)
    whole = forward(task, W)
    for cut in range(1, 7):
        later = Task(cell, task.loss, *(a[cut:] for a in (task.x, task.target, task.factors)))
        resumed = forward(later, W, initial_state=whole.states[cut - 1])
        assert_close(resumed.states, whole.states[cut:])
        earlier = Task(cell, task.loss, *(a[:cut] for a in (task.x, task.target, task.factors)))
        stopped, begun = forward(earlier, W), whole.up_to(cut)
        for name in ("state_vectors", "outputs", "losses"):
            assert_close(getattr(begun, name), getattr(stopped, name))
        for name, residual in stopped.residuals.items():
            assert_close(begun.residuals[name], residual)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_networks_that_run_at_once_are_each_what_they_are_alone(cell):
    task = random_task(cell)
    several = [random_weights(cell, seed) for seed in range(3)]
    stacked = {name: np.stack([np.atleast_2d(W[name]) for W in several]) for name in several[0]}
    together = forward(task, stacked)
    for i, W in enumerate(several):
        alone = forward(task, W)
        assert_close(together.states[:, i, 0], alone.states)
        assert_close(together.losses[:, i, 0], alone.losses)


@pytest.mark.parametrize("own", [1, 3], ids=["one text", "each its own"])
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_looking_symbols_up_is_multiplying_by_one_hot_rows(cell, own):
    stream = np.random.RandomState(0)
    symbols, target = stream.randint(D, size=(7, own, 2)), np.eye(V)[stream.randint(V, size=(7, own, 2))]
    multiplied = Task(cell, random_task(cell).loss, np.eye(D)[symbols], target, np.ones((7, own, 2)))
    weights = [random_weights(cell, seed) for seed in range(3)]
    stacked = {name: np.stack([np.atleast_2d(W[name]) for W in weights]) for name in weights[0]}
    looked_up = forward(replace(multiplied, inputs=OneHot(symbols, D)), stacked)
    assert looked_up.states.shape[:3] == (7, 3, 2)
    assert_close(looked_up.states, forward(multiplied, stacked).states)

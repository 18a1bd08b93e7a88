"""Forward pass from a given initial state, and of many networks at once."""

import numpy as np
import pytest

from app.bptt.forward_pass import Task, forward
from tests.arrays import assert_close
from tests.kernel.cases import ALL_CELLS, random_task, random_weights


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_a_run_that_goes_on_from_a_state_is_the_run_that_never_stopped(cell):
    task, W = random_task(cell), random_weights(cell)
    whole = forward(task, W)
    for cut in range(1, 7):
        later = Task(cell, task.loss, *(a[cut:] for a in (task.x, task.target, task.factors)))
        resumed = forward(later, W, initial_state=whole.states[cut - 1])
        assert_close(resumed.states, whole.states[cut:])


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

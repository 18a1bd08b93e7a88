"""Real-time recurrent learning: the same gradient, carried forward (Williams & Zipser 1989)."""

import numpy as np
import pytest
from autograd import grad, jacobian

from app.bptt.arrays import recurrent
from app.bptt.truncation import Full
from tests.arrays import assert_close
from tests.kernel import textbook
from tests.kernel.cases import ALL_CELLS, random_task, random_weights, run


def real_time(task, W, name):
    """dW[name] from ∂state/∂W, which every step takes along."""
    cell = task.cell
    state = np.zeros(cell.state_vectors * len(W["Wy"]))
    influence = np.zeros((len(state), *W[name].shape))
    total = np.zeros_like(W[name])
    for t, x in enumerate(task.x):
        J = jacobian(lambda state, x=x: textbook.step(cell, W, x, state))(state)
        here = jacobian(lambda w, x=x, s=state: textbook.step(cell, W | {name: w}, x, s))(W[name])
        influence = np.tensordot(J, influence, 1) + here
        state = textbook.step(cell, W, x, state)
        dstate = grad(lambda state, t=t: textbook.loss(task, W, t, state))(state)
        total += np.tensordot(dstate, influence, 1)
    return total


@pytest.mark.parametrize(
    ("cell", "name"),
    [(cell, name) for cell in ALL_CELLS for name in recurrent(random_weights(cell))],
    ids=str,
)
def test_real_time_recurrent_learning_finds_the_same_gradient(cell, name):
    task, W = random_task(cell, T=6), random_weights(cell)
    assert_close(run(task, W, Full()).totals()[name], real_time(task, W, name), 1e-11)

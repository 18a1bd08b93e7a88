"""Every single weight moved a little both ways: the definition of a derivative."""

import numpy as np
import pytest

from app.bptt.forward_pass import forward
from app.bptt.losses import LOSSES
from app.bptt.truncation import Full
from tests.kernel.cases import ALL_CELLS, REDUCTIONS, random_task, random_weights, run

STEP = 1e-5


def total_loss(task, W):
    return task.factors @ forward(task, W).losses


def moved(W, name, place, by):
    V = W[name].copy()
    V[place] += by
    return W | {name: V}


@pytest.mark.parametrize(("at", "reduction"), REDUCTIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_gradient_of_every_weight_is_the_slope_of_the_loss(cell, loss, at, reduction):
    task, W = random_task(cell, loss, at, reduction, T=5), random_weights(cell)
    exact = run(task, W, Full()).totals()
    scale = max(1.0, *(np.abs(dW).max() for dW in exact.values()))
    for name in W:
        for place in np.ndindex(W[name].shape):
            there, back = (total_loss(task, moved(W, name, place, by)) for by in (STEP, -STEP))
            slope = (there - back) / (2 * STEP)
            assert exact[name][place] == pytest.approx(slope, rel=1e-7, abs=1e-8 * scale), (name, place)

"""The gradient of every input, full and truncated, against differences of each loss by that input alone."""

from dataclasses import replace

import numpy as np
import pytest

from app.bptt.backward_pass import input_gradient
from app.bptt.forward_pass import forward
from app.bptt.losses import LOSSES
from app.bptt.truncation import Full
from app.labs.explorer import run as explorer
from app.labs.explorer.params import BpttParams
from tests.arrays import assert_close
from tests.kernel.cases import (
    ALL_CELLS,
    ONE_OF_EACH_CELL,
    REDUCTIONS,
    D,
    random_task,
    random_weights,
    run,
    schemes,
)

T, STEP = 5, 1e-5


def slopes(task, W):
    """∂(g L_s)/∂x_t by central differences, (T, T, D): the loss s first."""
    found = np.empty((T, T, D))
    for t, i in np.ndindex(T, D):
        there, back = (
            task.factors * forward(replace(task, inputs=moved(task.x, t, i, by)), W).losses
            for by in (STEP, -STEP)
        )
        found[:, t, i] = (there - back) / (2 * STEP)
    return found


def moved(x, t, i, by):
    x = x.copy()
    x[t, i] += by
    return x


@pytest.mark.parametrize(("at", "reduction"), REDUCTIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_it_is_the_slope_of_the_total_loss(cell, loss, at, reduction):
    task, W = random_task(cell, loss, at, reduction, T=T), random_weights(cell)
    dx = input_gradient(W, run(task, W, Full()).gradients.da)[0]
    np.testing.assert_allclose(dx, slopes(task, W).sum(axis=0), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_truncated_it_counts_each_loss_as_often_as_the_scheme_keeps_it_there(cell):
    task, W = random_task(cell, T=T), random_weights(cell)
    chosen = schemes(T)
    dx = input_gradient(W, run(task, W, *chosen).gradients.da)
    by_loss = slopes(task, W)
    for scheme, truncated in zip(chosen, dx, strict=True):
        kept = scheme.weights_table(T)
        expected = np.einsum("st,sti->ti", kept, by_loss)
        scale = max(1.0, np.abs(kept).max())
        np.testing.assert_allclose(truncated, expected, rtol=1e-6, atol=1e-8 * scale, err_msg=str(scheme))


def test_before_the_last_block_the_one_loss_there_is_reaches_no_input():
    answer = explorer.run(BpttParams(text="abcdefg", loss_at="last", truncation="blocks", k=2))
    assert answer["truncated"]["dx_norm"].astype(bool).tolist() == [False] * 4 + [True] * 2
    assert answer["full"]["dx_norm"].all()
    assert_close(answer["truncated"]["dx"][4:], answer["full"]["dx"][4:])
    assert_close(answer["full"]["dx_norm"], np.linalg.norm(answer["full"]["dx"], axis=1))


def test_a_long_sequence_has_their_norms_alone():
    part = explorer.run(BpttParams(text="ab", steps=300, hidden=3), 60)["truncated"]
    assert "dx" not in part
    assert part["dx_norm"].shape == (300,)

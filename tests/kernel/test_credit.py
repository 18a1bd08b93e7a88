"""The credit matrix: how much of each loss arrives at each step."""

import numpy as np
import pytest

from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.window import Window
from tests.arrays import assert_close
from tests.kernel import textbook
from tests.kernel.cases import (
    ALL_CELLS,
    ONE_OF_EACH_CELL,
    assert_same_gradients,
    random_task,
    random_weights,
    run,
    schemes,
)

T = 7
NEVER = np.triu(np.ones((T, T), dtype=bool), 1)


def rows_by_chain(J, dh_output):
    """dh[s, t] for every pair, (T, T, S): the loss's own gradient through one Jacobian after another."""
    rows = np.zeros((T, *dh_output.shape))
    for s in range(T):
        rows[s, s] = dh_output[s]
        for t in range(s, 0, -1):
            rows[s, t - 1] = rows[s, t] @ J[t]
    return rows


def rows_by_moving_states(task, W, step=1e-5):
    """dh[s, t] for every pair: move each unit of the state after step t, run on, look at every loss."""
    states = textbook.incoming(task, W)[1:]
    rows = np.zeros((T, *states.shape))
    for t, unit in np.ndindex(states.shape):
        for sign in (1, -1):
            state = states[t].copy()
            state[unit] += sign * step
            for s in range(t, T):
                state = state if s == t else textbook.step(task.cell, W, task.x[s], state)
                rows[s, t, unit] += sign * textbook.loss(task, W, s, state) / (2 * step)
    return rows


@pytest.mark.parametrize("at", ["every", "last"])
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_rows_are_products_of_jacobians_as_moved_states_show(cell, at):
    task, W = random_task(cell, at=at, T=T), random_weights(cell)
    kernel = run(task, W, Full())
    by_chain = rows_by_chain(kernel.J, kernel.back.dh_output)
    np.testing.assert_allclose(by_chain, rows_by_moving_states(task, W), atol=1e-8)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_credit_is_the_norm_of_each_row_at_each_step(cell):
    kernel = run(random_task(cell, T=T), random_weights(cell), Full())
    explicit = np.linalg.norm(rows_by_chain(kernel.J, kernel.back.dh_output), axis=-1)
    np.testing.assert_allclose(kernel.back.credit[0][~NEVER], explicit[~NEVER], rtol=1e-12)
    assert np.isnan(kernel.back.credit[0][NEVER]).all()


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_a_truncated_gradient_is_the_weighted_sum_of_the_rows(cell, name):
    chosen = schemes(T, SCHEMES[name])
    kernel = run(random_task(cell, T=T), random_weights(cell), *chosen)
    rows = rows_by_chain(kernel.J, kernel.back.dh_output)
    for i, scheme in enumerate(chosen):
        kept = scheme.weights_table(T)[..., None]
        assert_close(kernel.back.dh[i], (kept * rows).sum(axis=0), 1e-11)
        later = kept * rows * NEVER.T[..., None]
        assert_close(kernel.back.dh_future[i], later.sum(axis=0), 1e-11)


@pytest.mark.parametrize("name", SCHEMES)
def test_rows_that_no_table_wants_any_more_die_and_nothing_else_changes(name):
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell, T=T), random_weights(cell)
    whole = run(task, W, Full()).back.credit[0]
    for scheme in schemes(T, SCHEMES[name]):
        alone, beside = run(task, W, scheme), run(task, W, Full(), scheme)
        assert_same_gradients(alone.totals(), beside.totals(1))
        living = ~np.isnan(alone.back.credit[0])
        assert living[scheme.weights_table(T) != 0].all()
        np.testing.assert_allclose(alone.back.credit[0][living], whole[living], rtol=1e-12)


@pytest.mark.parametrize("k", [1, 2, T - 1, T, T + 2])
@pytest.mark.parametrize("kind", [Window, Blocks])
def test_alone_a_table_of_short_reach_has_no_credit_beyond_it(kind, k):
    cell = ONE_OF_EACH_CELL[0]
    kernel = run(random_task(cell, T=T), random_weights(cell), kind(k))
    np.testing.assert_array_equal(np.isnan(kernel.back.credit[0]), kind(k).weights_table(T) == 0)


def test_many_to_one_has_the_row_of_the_last_loss_and_no_other():
    cell = ONE_OF_EACH_CELL[0]
    kernel = run(random_task(cell, at="last", T=T), random_weights(cell), Full(), Blocks(3))
    assert np.isnan(kernel.back.credit[0][:-1]).all()
    assert (kernel.back.credit[0][-1] > 0).all()
    assert not kernel.back.dh_output[:-1].any()
    assert not kernel.back.dh[1, : T // 3 * 3].any()  # nothing leaves the last block

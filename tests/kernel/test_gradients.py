"""The gradients of the weights: sums over the steps, each step with a share of its own."""

import numpy as np
import pytest

from app.bptt.arrays import recurrent
from app.bptt.backward_pass import parameter_gradients
from app.bptt.truncation import Full
from tests.arrays import assert_close
from tests.kernel.cases import (
    ALL_CELLS,
    ONE_OF_EACH_CELL,
    D,
    H,
    V,
    assert_same_gradients,
    random_task,
    random_weights,
    run,
    schemes,
)

T = 7


def share(task, W, kernel, t):
    """What step t alone adds to the gradients, under every scheme."""
    only = np.zeros_like(kernel.back.dh)
    only[:, t] = kernel.back.dh[:, t]
    return parameter_gradients(task, W, kernel.forward, kernel.e, only).totals


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_gradient_is_the_sum_of_the_shares_and_the_bars_are_their_norms(cell):
    task, W = random_task(cell, T=T), random_weights(cell)
    kernel = run(task, W, *schemes(T))
    shares = [share(task, W, kernel, t) for t in range(T)]
    for name in recurrent(W):
        each = np.stack([dW[name] for dW in shares], axis=1)  # (K, T, ...)
        assert_close(each.sum(axis=1), kernel.gradients.totals[name], 1e-11)
        norms = np.linalg.norm(each.reshape(*each.shape[:2], -1), axis=-1)
        np.testing.assert_allclose(kernel.gradients.step_norms[name], norms, rtol=1e-12, atol=1e-300)


def test_the_shares_of_the_plain_cell_are_outer_products():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell, T=T), random_weights(cell)
    kernel = run(task, W, Full())
    before = np.vstack([np.zeros(H), kernel.forward.h[:-1]])
    da, dW = kernel.gradients.da[0], kernel.totals()
    for name, left in (("Wx", task.x), ("Wh", before), ("b", np.ones((T, 1)))):
        outer = np.array([np.outer(left[t], da[t]) for t in range(T)])
        assert_close(outer.sum(axis=0).reshape(dW[name].shape), dW[name])
        norms = np.linalg.norm(outer, axis=(1, 2))
        np.testing.assert_allclose(kernel.gradients.step_norms[name][0], norms, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_with_a_zero_initial_state_step_0_adds_exactly_nothing_to_the_recurrent_weights(cell):
    task, W = random_task(cell, T=T), random_weights(cell)
    kernel = run(task, W, *schemes(T))
    assert not kernel.gradients.step_norms["Wh"][:, 0].any()
    assert not share(task, W, kernel, 0)["Wh"].any()
    assert share(task, W, kernel, 0)["Wx"].any()


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_truncation_leaves_the_forward_pass_and_the_readout_untouched(cell):
    task, W = random_task(cell, T=T), random_weights(cell)
    full = run(task, W, Full())
    for scheme in schemes(T):
        truncated = run(task, W, scheme)
        np.testing.assert_array_equal(truncated.forward.states, full.forward.states)
        np.testing.assert_array_equal(truncated.back.dh_output, full.back.dh_output)
        for name in ("Wy", "by"):
            np.testing.assert_array_equal(truncated.totals()[name], full.totals()[name])


@pytest.mark.parametrize("T", [1, 2, 7])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_every_array_has_the_shape_its_letters_say(cell, T):
    chosen = schemes(T)
    task, W = random_task(cell, T=T), random_weights(cell)
    kernel = run(task, W, *chosen)
    K, S, G = len(chosen), cell.state_vectors * H, len(cell.gates) * H
    assert kernel.forward.states.shape == (T, S)
    assert kernel.forward.h.shape == (T, H)
    assert kernel.forward.outputs.shape == kernel.e.shape == (T, V)
    assert kernel.forward.losses.shape == (T,)
    assert kernel.J.shape == (T, S, S)
    assert kernel.back.dh.shape == kernel.back.dh_future.shape == (K, T, S)
    assert kernel.back.dh_output.shape == (T, S)
    assert kernel.back.credit[0].shape == (T, T)
    assert kernel.gradients.da.shape == (K, T, G)
    assert {name: norms.shape for name, norms in kernel.gradients.step_norms.items()} == dict.fromkeys(
        recurrent(W), (K, T)
    )
    assert kernel.gradients.totals["Wx"].shape == (K, D, G)
    assert {name: dW.shape for name, dW in kernel.totals().items()} == {n: w.shape for n, w in W.items()}
    assert all(values.shape == (T, H) for values in cell.activations(kernel.forward.residuals).values())


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_mean_and_sum_differ_by_the_factor_T_and_by_nothing_else(cell):
    W = random_weights(cell)
    mean, total = (run(random_task(cell, reduction=how, T=T), W, Full()).totals() for how in ("mean", "sum"))
    assert_same_gradients({name: T * dW for name, dW in mean.items()}, total)

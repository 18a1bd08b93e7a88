"""Runs that explode and runs that vanish."""

import numpy as np
import pytest

from app.bptt.arrays import recurrent
from app.bptt.backward_pass import backward_per_loss, output_gradient
from app.bptt.cells.rnn import Elman
from app.bptt.forward_pass import Forward, Task
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.metrics import comparison
from app.bptt.spectral_radius import scale_to_radius
from app.bptt.truncation import Full
from app.bptt.truncation.backward_windows import gradient_by_windows
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.tbptt import Tbptt
from app.bptt.truncation.window import Window
from app.bptt.weights import initial
from tests.arrays import assert_close
from tests.kernel.cases import run

H, V = 8, 4


def network(activation, T, gain, silent=False):
    """Random letters in and out; ``silent`` inputs are zero, which keeps tanh at its steepest."""
    cell = Elman(activation)
    text = np.eye(V)[np.random.RandomState(0).randint(V, size=T + 1)]
    x = np.zeros((T, V)) if silent else text[:-1]
    task = Task(cell, LOSSES["cross_entropy"], x, text[1:], loss_factors(T, "every", "sum"))
    return task, initial(cell, V, H, V, gain, seed=0)


def orthogonal(n):
    return np.linalg.qr(np.random.RandomState(0).standard_normal((n, n)))[0]


@pytest.mark.parametrize("scheme", [Blocks(10), Window(10), Tbptt(5, 10)], ids=str)
def test_rows_that_are_cut_do_not_pollute_however_large_they_have_grown(scheme):
    task, W = network("tanh", T=800, gain=3, silent=True)
    with np.errstate(over="ignore", invalid="ignore"):
        kernel = run(task, W, Full(), scheme)
    assert not np.isfinite(kernel.back.dh[0]).all()
    assert_close(kernel.back.dh[1], gradient_by_windows(scheme, kernel.J, kernel.back.dh_output))


@pytest.mark.parametrize("scheme", [Blocks(10), Window(10), Tbptt(5, 10)], ids=str)
def test_before_a_forward_pass_overflows_the_truncated_gradient_is_that_of_the_healthy_part(scheme):
    task, W = network("relu", T=1000, gain=3)
    W["Wh"] = scale_to_radius(np.abs(W["Wh"]), 3.0)  # no sign stops the growth
    with np.errstate(over="ignore", invalid="ignore"):
        kernel = run(task, W, Full(), scheme)
        healthy = int(np.isfinite(kernel.forward.outputs).all(axis=1).argmin())
    assert 0 < healthy < 1000
    reach = healthy // 10 * 10 - 10  # no later loss reaches these steps
    cropped = Task(task.cell, task.loss, *(a[:healthy] for a in (task.x, task.target, task.factors)))
    alone = run(cropped, W, scheme).back.dh[0, :reach]
    assert np.isfinite(alone).all()
    assert_close(kernel.back.dh[1, :reach], alone)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_loss_that_is_not_finite_stays_in_its_block_even_if_all_else_is_tame(bad):
    T = 6
    dh_output = np.ones((T, 1))
    dh_output[-1] = bad
    kept = np.stack([Full().weights_table(T), Blocks(2).weights_table(T)])
    with np.errstate(invalid="ignore"):
        back = backward_per_loss(np.full((T, 1, 1), 0.5), dh_output, kept, np.ones(T, dtype=bool))
    assert not np.isfinite(back.dh[0]).any()
    np.testing.assert_array_equal(np.isfinite(back.dh[1, :, 0]), [True] * 4 + [False] * 2)
    assert back.dh[1, :4, 0] == pytest.approx([1.5, 1, 1.5, 1])


def test_a_single_loss_that_is_not_a_number_gives_a_credit_that_is_none():
    has_loss = np.array([False, False, True])
    dh_output = np.array([[0.0], [0.0], [np.nan]])
    back = backward_per_loss(np.ones((3, 1, 1)), dh_output, Full().weights_table(3)[None], has_loss)
    assert np.isnan(back.credit[0]).all()


def test_an_output_that_overflows_where_no_loss_is_has_no_gradient():
    o = np.array([[np.inf, 1.0], [3.0, 1.0]])
    for loss in LOSSES.values():
        task = Task(Elman(), loss, np.zeros((2, 1)), np.eye(2), loss_factors(2, "last", "mean"))
        with np.errstate(invalid="ignore"):
            e = output_gradient(task, Forward(np.zeros((2, 1, 1)), o, np.zeros(2), {}))
        np.testing.assert_array_equal(e[0], [0, 0])
        assert np.isfinite(e[1]).all()


def test_vanishing_credit_is_the_true_norm_down_to_1e_300():
    T = 298
    J = np.broadcast_to(0.1 * orthogonal(H), (T, H, H))
    dh_output = np.random.RandomState(1).standard_normal((T, H))
    back = backward_per_loss(J, dh_output, Full().weights_table(T)[None], np.ones(T, dtype=bool))
    s, t = np.tril_indices(T)
    expected = np.linalg.norm(dh_output, axis=1)[s] * 10.0 ** (t - s)
    np.testing.assert_allclose(back.credit[0][s, t], expected, rtol=1e-10)
    assert back.credit[0][-1, 0] < 1e-295


def test_exploding_credit_is_the_true_norm_up_to_1e300():
    T = 298
    J = np.broadcast_to(10 * orthogonal(H), (T, H, H))
    dh_output = np.random.RandomState(1).standard_normal((T, H))
    back = backward_per_loss(J, dh_output, Full().weights_table(T)[None], np.ones(T, dtype=bool))
    s, t = np.tril_indices(T)
    expected = np.linalg.norm(dh_output, axis=1)[s] * 10.0 ** (s - t)
    np.testing.assert_allclose(back.credit[0][s, t], expected, rtol=1e-10)
    assert back.credit[0][-1, 0] > 1e295


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity"])
def test_without_recurrent_weights_credit_below_the_diagonal_is_a_true_zero(activation):
    kernel = run(*network(activation, T=9, gain=0), Full())
    credit = kernel.back.credit[0]
    assert (np.diag(credit) > 0).all()
    assert (credit[np.tril_indices(9, -1)] == 0).all()


def test_dead_units_pass_back_a_true_zero():
    task, W = network("relu", T=9, gain=1)
    kernel = run(task, W | {"b": np.full(H, -100.0)}, Full())
    assert (kernel.back.credit[0][np.tril_indices(9, -1)] == 0).all()
    assert all(not kernel.totals()[name].any() for name in recurrent(W))


def test_gradients_too_small_to_be_squared_are_still_compared():
    task, W = network("tanh", T=12, gain=1)
    kernel = run(task, W, Full(), Blocks(3))
    F, G = ({name: 1e-200 * dW for name, dW in kernel.totals(i).items()} for i in range(2))
    tiny, true = comparison(G, F), comparison(kernel.totals(1), kernel.totals(0))
    for name in true:
        assert tiny[name].cosine == pytest.approx(true[name].cosine)
        assert tiny[name].relative_error == pytest.approx(true[name].relative_error, abs=1e-15)

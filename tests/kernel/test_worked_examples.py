"""Worked examples with known numbers."""

import numpy as np
import pytest

from app.bptt.backward_pass import backward_per_loss, output_gradient, parameter_gradients
from app.bptt.cells.rnn import Elman
from app.bptt.forward_pass import Task, forward
from app.bptt.losses import LOSSES
from app.bptt.truncation import Full
from tests.kernel.cases import run

DIGITS = 6e-11  # ten decimals


def column(*values):
    return np.array(values, dtype=float)[:, None]


def scalar_weights(Wx, Wh, Wy):
    return {"Wx": column(Wx), "Wh": column(Wh), "b": np.zeros(1), "Wy": column(Wy), "by": np.zeros(1)}


def test_the_scalar_regression_of_the_textbook():
    """x = targets = (1, 2), U = .5, W = .1, V = 2, tanh, summed half squared errors."""
    task = Task(Elman("tanh"), LOSSES["squared_error"], column(1, 2), column(1, 2), np.ones(2))
    kernel = run(task, scalar_weights(0.5, 0.1, 2), Full())
    dW = kernel.totals()
    assert kernel.forward.h[:, 0] == pytest.approx([0.4621171573, 0.7803291850], abs=DIGITS)
    assert kernel.forward.losses.sum() == pytest.approx(0.0993807534, abs=DIGITS)
    assert dW["Wx"].item() == pytest.approx(-0.8334791555, abs=DIGITS)
    assert dW["Wh"].item() == pytest.approx(-0.1588024207, abs=DIGITS)
    assert dW["Wy"].item() == pytest.approx(-0.3778437192, abs=DIGITS)


def test_a_weight_used_three_times_gets_the_sum_of_three_terms():
    """h = w³ · 0.9 at w = .2: dh/dw = 3 w² · 0.9 = 0.108."""
    task = Task(Elman("identity"), LOSSES["squared_error"], np.zeros((3, 1)), column(0, 0, 0), np.eye(3)[2])
    W = scalar_weights(1, 0.2, 1)
    task.target[2] = 0.2**3 * 0.9 - 1  # so that ∂L/∂h = 1
    pass_ = forward(task, W, initial_state=np.array([0.9]))
    e = output_gradient(task, pass_)
    J = task.cell.jacobians(W["Wh"], pass_.residuals)
    back = backward_per_loss(J, e @ W["Wy"].T, np.ones((1, 3, 3)), task.factors != 0)
    gradients = parameter_gradients(task, W, pass_, e, back.dh)
    assert gradients.totals["Wh"].item() == pytest.approx(0.108)
    assert gradients.step_norms["Wh"][0] == pytest.approx([0.036] * 3)  # three equal terms


@pytest.mark.parametrize("w", [0.0, 0.2, 0.5, 1.0, 1.5, -2.0])
def test_in_a_linear_scalar_network_credit_is_a_power_of_the_weight(w):
    T = 12
    task = Task(Elman("identity"), LOSSES["squared_error"], np.ones((T, 1)), np.ones((T, 1)), np.ones(T))
    kernel = run(task, scalar_weights(1, w, 1), Full())
    s, t = np.indices((T, T))
    power = np.abs(w) ** np.maximum(s - t, 0.0)
    below = t <= s
    np.testing.assert_allclose(
        kernel.back.credit[0][below], (np.abs(kernel.e[:, :1]) * power)[below], rtol=1e-14
    )
    assert np.isnan(kernel.back.credit[0][~below]).all()
    np.testing.assert_array_equal(kernel.J, np.full((T, 1, 1), w))

"""The GRU that resets after the product against recorded states and gradients of PyTorch's nn.GRU.

``tests/torch_gru.py`` makes the recording.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from app.bptt.backward_pass import gradient_from_output, output_gradient, parameter_gradients
from app.bptt.cells.gru import Gru
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.forward_pass import Task, forward
from app.bptt.losses import LOSSES, loss_factors
from tests.arrays import assert_close

RECORDED = json.loads((Path(__file__).parents[1] / "data" / "torch-gru.json").read_text())


def gates(rows):
    """PyTorch's rows of r, z, n as columns of z, r, n; its z keeps, ours admits: σ(-a) = 1 - σ(a)."""
    r, z, n = np.split(np.array(rows), 3)
    return np.concatenate([-z.T, r.T, n.T], axis=-1)


def of_torch(found, *, gradients=False):
    """PyTorch's parameters, or their gradients, by our names.

    The two biases of z and r are one sum; its gradient is that of either.
    """
    b_ih, b_hh = gates(found["bias_ih_l0"]), gates(found["bias_hh_l0"])
    H = len(b_ih) // 3
    outer = 0.0 if gradients else b_hh[: 2 * H]
    return {
        "Wx": gates(found["weight_ih_l0"]),
        "Wh": gates(found["weight_hh_l0"]),
        "b": np.concatenate([b_ih[: 2 * H] + outer, b_ih[2 * H :]]),
        "bh": b_hh[2 * H :],
        "Wy": np.array(found["readout.weight"]).T,
        "by": np.array(found["readout.bias"]),
    }


@pytest.fixture(scope="module")
def solved():
    """The recorded run by the kernel: task, weights, forward pass, ∂L/∂h_t, Jacobians and gradients."""
    W, x = of_torch(RECORDED["parameters"]), np.array(RECORDED["x"])
    T, V = len(x), len(W["by"])
    cell = GruResetAfter()
    factors = loss_factors(T, "every", "mean")
    task = Task(cell, LOSSES["cross_entropy"], x, np.eye(V)[RECORDED["targets"]], factors)
    run = forward(task, W, np.array(RECORDED["h0"]))
    d_output = output_gradient(task, run)
    J = cell.jacobians(W["Wh"], run.residuals)
    dh = gradient_from_output(task, W, d_output)
    for t in range(T - 1, 0, -1):
        dh[t - 1] += dh[t] @ J[t]
    return task, W, run, dh, J, parameter_gradients(task, W, run, d_output, dh[None])


def test_states_and_loss_are_pytorchs(solved):
    task, _, run, *_ = solved
    assert_close(run.h, RECORDED["h"], 1e-13)
    assert_close(task.factors @ run.losses, RECORDED["loss"], 1e-13)


def test_gradients_of_all_parameters_are_pytorchs(solved):
    *_, gradients = solved
    expected = of_torch(RECORDED["gradients"], gradients=True)
    for name, dW in gradients.totals.items():
        assert_close(dW[0] if dW.ndim > expected[name].ndim else dW, expected[name], 1e-12, what=name)


def test_gradients_of_the_initial_state_and_of_the_inputs_are_pytorchs(solved):
    _, W, _, dh, J, gradients = solved
    assert_close(dh[0] @ J[0], RECORDED["dh0"], 1e-12)
    assert_close(gradients.da[0] @ W["Wx"].T, RECORDED["dx"], 1e-12)


def test_the_other_form_of_the_gru_is_another_network(solved):
    task, W, run, *_ = solved
    before = Task(Gru(), task.loss, task.inputs, task.targets, task.factors)
    own = {name: part for name, part in W.items() if name != "bh"}
    assert np.abs(forward(before, own, np.array(RECORDED["h0"])).h - run.h).max() > 0.1

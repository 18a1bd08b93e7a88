"""Exact gradients against finite differences, automatic differentiation, forward mode and known numbers."""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.activations import ACTIVATIONS
from app.bptt.cells import CELLS
from app.bptt.losses import LOSSES
from app.bptt.passes import Task, forward
from app.bptt.truncation import SCHEMES
from tests.kernel import plain
from tests.kernel.runs import network, run, scheme, total_loss

EVERYTHING = list(itertools.product(CELLS, ACTIVATIONS, LOSSES, ["every", "last"], ["mean", "sum"]))


@pytest.mark.parametrize(("cell", "activation", "loss", "at", "reduction"), EVERYTHING)
def test_every_single_weight_agrees_with_central_differences(cell, activation, loss, at, reduction):
    task, params = network(5, 3, cell, activation, loss, at, reduction, text="hello!")
    exact = run(task, params, scheme("full")).totals(0)
    small = 1e-6
    for name, W in params.items():
        for place in np.ndindex(W.shape):
            there, back = W.copy(), W.copy()
            there[place] += small
            back[place] -= small
            slope = (total_loss(task, params | {name: there}) - total_loss(task, params | {name: back})) / (
                2 * small
            )
            assert_allclose(exact[name][place], slope, rtol=2e-5, atol=3e-9)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_full_gradient_agrees_with_automatic_differentiation(activation, loss):
    task, params = network(6, 4, activation=activation, loss=loss)
    expected = {name: np.zeros_like(W) for name, W in params.items()}
    for s in range(6):
        part = plain.gradient_of_loss(s, params, task.x, task.wanted, activation, loss, lambda s, t: 1.0)
        for name, dW in part.items():
            expected[name] += task.factors[s] * dW
    found = run(task, params, scheme("full")).totals(0)
    for name, dW in expected.items():
        assert_allclose(found[name], dW, rtol=1e-11, atol=1e-14)


def test_real_time_recurrent_learning_gives_the_same_gradient():
    """∂h_t/∂Wh carried forward (Williams & Zipser 1989), at every step dotted with the loss's gradient."""
    task, params = network(9, 4)
    found = run(task, params, scheme("full"))
    H, Wh = 4, params["Wh"]
    sensitivity = np.zeros((H, H, H))  # [i, j, n] = ∂h[n] / ∂Wh[i, j]
    expected, before = np.zeros((H, H)), np.zeros(H)
    for t, h in enumerate(found.forward.h):
        direct = np.einsum("i,jn->ijn", before, np.eye(H))
        sensitivity = (sensitivity @ Wh + direct) * (1 - h**2)
        expected += sensitivity @ (params["Wy"] @ found.e[t])
        before = h
    assert_allclose(found.totals(0)["Wh"], expected, rtol=1e-11)


def scalar(activation, Wx, Wh, Wy, x, wanted):
    task, _ = network(len(x), 1, activation=activation, loss="squared_error", reduction="sum")
    column = np.reshape(x, (-1, 1)).astype(float)
    task = Task(task.cell, task.loss, column, np.reshape(wanted, (-1, 1)).astype(float), task.factors)
    one = {"Wx": Wx, "Wh": Wh, "Wy": Wy}
    return task, {n: np.array([[w]]) for n, w in one.items()} | {"b": np.zeros(1), "by": np.zeros(1)}


def test_the_scalar_regression_has_its_known_numbers():
    task, params = scalar("tanh", 0.5, 0.1, 2.0, [1, 2], [1, 2])
    found = run(task, params, scheme("full"))
    assert_allclose(found.forward.h.ravel(), [0.4621171573, 0.7803291850], rtol=1e-9)
    assert_allclose(total_loss(task, params), 0.0993807534, rtol=1e-8)
    known = {"Wx": -0.8334791555, "Wh": -0.1588024207, "Wy": -0.3778437192}
    for name, dW in known.items():
        assert_allclose(found.totals(0)[name].item(), dW, rtol=1e-8)


def test_in_the_scalar_linear_network_the_jacobian_of_n_steps_is_w_to_the_n():
    for w in (0.5, 1.1, -0.9):
        task, params = scalar("identity", 1.0, w, 1.0, np.ones(30), np.zeros(30))
        J = run(task, params, scheme("full")).J[:, 0, 0]
        for t, s in itertools.combinations(range(30), 2):
            assert_allclose(np.prod(J[t + 1 : s + 1]), w ** (s - t), rtol=1e-13)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_gradient_is_the_sum_of_its_steps_shares(name):
    task, params = network(8)
    found = run(task, params, scheme(name))
    da = found.gradients.da[0]
    before = np.vstack([np.zeros(4), found.forward.h[:-1]])
    shares = {"Wx": np.einsum("ti,tj->tij", task.x, da), "Wh": np.einsum("ti,tj->tij", before, da)}
    for parameter, share in shares.items():
        assert_allclose(share.sum(0), found.totals(0)[parameter], rtol=1e-12, atol=1e-16)
        norms = np.sqrt((share**2).sum((1, 2)))
        assert_allclose(found.gradients.step_norms[parameter][0], norms, rtol=1e-12)
    assert found.gradients.step_norms["Wh"][0, 0] == 0, "the first step's incoming state is zero"


@pytest.mark.parametrize("name", SCHEMES)
def test_truncation_leaves_the_readouts_gradient_alone(name):
    task, params = network(8)
    found = run(task, params, scheme("full"), scheme(name))
    for parameter in ("Wy", "by"):
        assert np.array_equal(found.totals(0)[parameter], found.totals(1)[parameter])


def test_arguments_are_never_written_to():
    task, params = network(6)
    for array in (*params.values(), task.x, task.wanted, task.factors):
        array.flags.writeable = False
    run(task, params, *(scheme(name) for name in SCHEMES))


def test_several_networks_at_once_are_each_alone():
    task, params = network(6)
    _, other = network(6, seed=5)
    both = {n: np.stack([np.atleast_2d(params[n]), np.atleast_2d(other[n])]) for n in params}
    together = forward(task, both).losses[..., 0]
    assert_allclose(together[:, 0], forward(task, params).losses, rtol=1e-14)
    assert_allclose(together[:, 1], forward(task, other).losses, rtol=1e-14)


def test_a_later_start_continues_the_run_bit_for_bit():
    task, params = network(8)
    whole = forward(task, params)
    later = Task(task.cell, task.loss, task.x[5:], task.wanted[5:], task.factors[5:])
    assert np.array_equal(forward(later, params, whole.states[4]).states, whole.states[5:])

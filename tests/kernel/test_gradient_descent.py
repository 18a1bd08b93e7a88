"""Gradient descent against automatic differentiation and against the total loss itself."""

from dataclasses import replace

import numpy as np
import pytest

from app.bptt.arrays import split_vectors
from app.bptt.forward_pass import forward
from app.bptt.gradient_descent import INITIAL_STATE, descend, full_gradient, total_loss
from app.bptt.truncation import Full
from tests.arrays import assert_close
from tests.kernel import textbook
from tests.kernel.cases import (
    ALL_CELLS,
    ONE_OF_EACH_CELL,
    REDUCTIONS,
    assert_same_gradients,
    random_task,
    random_weights,
    run,
)


@pytest.mark.parametrize(("at", "reduction"), REDUCTIONS)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_plain_recursion_is_the_full_gradient(cell, at, reduction):
    task, W = random_task(cell, at=at, reduction=reduction), random_weights(cell)
    gradient = full_gradient(task, W, forward(task, W))
    assert_same_gradients(gradient, run(task, W, Full()).totals())
    assert_same_gradients(gradient, textbook.gradient(Full(), task, W))


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_every_update_moves_against_the_gradient(cell):
    task, W = random_task(cell), random_weights(cell)
    expected, before = W, []
    for _ in range(5):
        before.append(total_loss(task, forward(task, expected)))
        gradient = textbook.gradient(Full(), task, expected)
        expected = {name: expected[name] - 0.05 * gradient[name] for name in expected}
    reached, losses = descend(task, W, 5, 0.05)
    assert_same_gradients(reached, expected, 1e-11)
    assert_close(losses[:-1], before, 1e-10)
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == 6


def test_no_update_and_no_learning_rate_leave_the_weights_alone():
    task, W = random_task(ONE_OF_EACH_CELL[0]), random_weights(ONE_OF_EACH_CELL[0])
    for updates, lr in ((0, 0.1), (3, 0.0)):
        reached, losses = descend(task, W, updates, lr)
        assert all(np.array_equal(reached[name], W[name]) for name in W)
        assert len(set(losses)) == 1


def test_weights_that_are_held_stay_and_the_others_move_as_before():
    task, W = random_task(ONE_OF_EACH_CELL[0]), random_weights(ONE_OF_EACH_CELL[0])
    reached, _ = descend(task, W, 3, 0.1, {"Wh"})
    assert np.array_equal(reached["Wh"], W["Wh"])
    one, _ = descend(task, W, 1, 0.1)
    held, _ = descend(task, W, 1, 0.1, {"Wh"})
    assert all(np.array_equal(one[name], held[name]) for name in W if name != "Wh")
    assert not np.array_equal(one["Wh"], W["Wh"])


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_what_a_step_hands_back_is_its_jacobians_product(cell):
    task, W = random_task(cell), random_weights(cell)
    run_ = forward(task, W)
    J = cell.jacobians(W["Wh"], run_.residuals)
    dstate = np.random.RandomState(0).standard_normal((7, cell.state_vectors * len(W["Wh"])))
    vectors = split_vectors(dstate, cell.state_vectors)
    _, handed = cell.vjp(W["Wh"], cell.factors(run_.residuals), vectors)
    assert_close(np.concatenate(handed, axis=-1), (dstate[:, None] @ J)[:, 0])


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_the_loss_falls_by_what_the_gradient_and_the_learning_rate_say(cell):
    """By finite differences of the loss: dL/dlr = -‖dW‖² at lr = 0."""
    task, W = random_task(cell, reduction="sum"), random_weights(cell)
    lr = 1e-6
    (_, there), (_, back) = (descend(task, W, 1, sign * lr) for sign in (1, -1))
    slope = (there[1] - back[1]) / (2 * lr)
    gradient = textbook.gradient(Full(), task, W)
    assert slope < 0
    np.testing.assert_allclose(slope, -sum(np.square(dW).sum() for dW in gradient.values()), rtol=1e-6)


def test_a_descent_that_runs_away_stops_before_a_weight_is_infinite():
    cell = next(cell for cell in ALL_CELLS if "identity" in str(cell))
    task, W = random_task(cell, "squared_error", reduction="sum"), random_weights(cell)
    with np.errstate(all="ignore"):
        reached, losses = descend(task, W, 400, 10.0)
        assert 2 < len(losses) < 400
        one_more, again = descend(task, W, len(losses), 10.0)
    assert losses[1] > losses[0]
    assert all(np.isfinite(w).all() for w in reached.values())
    assert len(again) == len(losses)
    assert all(np.array_equal(one_more[name], reached[name]) for name in W)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_an_initial_state_among_the_parameters_moves_against_its_gradient(cell):
    task, W = random_task(cell), random_weights(cell)
    state = np.random.RandomState(1).standard_normal(cell.state_vectors * len(W["Wh"]))
    given = replace(task, initial_state=state)
    reached, losses = descend(task, W | {INITIAL_STATE: state}, 1, 0.05)
    weights, stays = descend(given, W, 1, 0.05)

    def loss(moved):
        return total_loss(task, forward(task, W, moved))

    steps = 1e-6 * np.eye(len(state))
    slopes = np.array([(loss(state + by) - loss(state - by)) / 2e-6 for by in steps])
    np.testing.assert_allclose((state - reached[INITIAL_STATE]) / 0.05, slopes, rtol=1e-5, atol=1e-8)
    assert_same_gradients({name: reached[name] for name in W}, weights)
    assert losses[0] == stays[0]
    assert losses[1] < stays[1]
    kept, _ = descend(task, W | {INITIAL_STATE: state}, 3, 0.05, {INITIAL_STATE})
    assert np.array_equal(kept[INITIAL_STATE], state)

"""Gradients against automatic differentiation of a separately written network."""

import pytest

from app.bptt.losses import LOSSES
from app.bptt.truncation import SCHEMES, Full
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
    schemes,
)


@pytest.mark.parametrize(("at", "reduction"), REDUCTIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_full_backpropagation_is_the_gradient_that_autodiff_finds(cell, loss, at, reduction):
    task, W = random_task(cell, loss, at, reduction), random_weights(cell)
    assert_same_gradients(run(task, W, Full()).totals(), textbook.gradient(Full(), task, W))


@pytest.mark.parametrize("T", [1, 2, 7])
@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_a_truncated_gradient_is_that_of_pieces_whose_incoming_state_is_held_constant(cell, name, T):
    task, W = random_task(cell, T=T), random_weights(cell)
    chosen = schemes(T, SCHEMES[name])
    kernel = run(task, W, *chosen)
    for i, scheme in enumerate(chosen):
        assert_same_gradients(kernel.totals(i), textbook.gradient(scheme, task, W))


@pytest.mark.parametrize("k", range(1, 11))
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_blocks_are_what_holding_the_incoming_state_gives_for_every_k(cell, k):
    task, W = random_task(cell, "squared_error", T=9), random_weights(cell)
    blocks = SCHEMES["blocks"](k)
    assert_same_gradients(run(task, W, blocks).totals(), textbook.gradient(blocks, task, W))


@pytest.mark.parametrize("name", SCHEMES)
def test_a_loss_at_the_last_step_alone_is_truncated_alike(name):
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell, at="last"), random_weights(cell)
    chosen = schemes(7, SCHEMES[name])
    kernel = run(task, W, *chosen)
    for i, scheme in enumerate(chosen):
        assert_same_gradients(kernel.totals(i), textbook.gradient(scheme, task, W))


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_forward_pass_is_the_textbooks(cell):
    task, W = random_task(cell), random_weights(cell)
    kernel = run(task, W, Full())
    states = textbook.incoming(task, W)
    assert_close(kernel.forward.states, states[1:])
    losses = [textbook.loss(task, W, t, states[t + 1]) for t in range(7)]
    assert_close(task.factors * kernel.forward.losses, losses)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_jacobian_of_every_step_is_the_one_that_autodiff_finds(cell):
    task, W = random_task(cell), random_weights(cell)
    assert_close(run(task, W, Full()).J, textbook.jacobians(task, W))

"""BPTT in number formats: with enough bits it is the ordinary one, and products are rounded one by one.

tests/interchange/test_frameworks.py holds it against PyTorch.
"""

from dataclasses import replace

import numpy as np
import pytest

from app.bptt import low_precision
from app.bptt.backward_pass import backward, output_gradient, parameter_gradients_summed
from app.bptt.cells.rnn import Elman
from app.bptt.forward_pass import forward
from app.bptt.number_formats import FORMATS, NumberFormat
from tests.arrays import assert_close
from tests.kernel.cases import ALL_CELLS, random_task, random_weights

T = 6
FINE = NumberFormat("float64", 53, -1022, 1023)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
@pytest.mark.parametrize("loss_scale", [0, 7])
def test_with_the_bits_of_float64_it_is_the_ordinary_backward_pass(cell, loss_scale):
    task, W = random_task(cell, T=T), random_weights(cell)
    run = forward(task, W)
    d_output = output_gradient(task, run)
    _, da = backward(task, W, run, d_output)
    s = int(np.flatnonzero(task.factors)[-1])
    found = low_precision.run(task, W, FINE, s, loss_scale)
    assert_close(found.states, run.states)
    assert_close(found.dWh, parameter_gradients_summed(task, W, run, d_output, da)["Wh"], 1e-10)
    alone = np.zeros_like(d_output)
    alone[s] = d_output[s] / task.factors[s]
    dstate, _ = backward(task, W, run, alone)
    rows = dstate.reshape(T, -1)[: s + 1]
    assert_close(found.one_loss, np.ldexp(rows, loss_scale), 1e-10)


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_it_begins_with_the_initial_state_rounded_to_the_format(cell):
    W, number_format = random_weights(cell), FORMATS["bfloat16"]
    start = np.random.RandomState(3).standard_normal(cell.state_vectors * len(W["Wh"]))
    task = replace(random_task(cell, T=T), initial_state=start)
    assert_close(low_precision.run(task, W, FINE, T - 1).states, forward(task, W).states)
    rounded = replace(task, initial_state=number_format.round(start))
    found, same = (low_precision.run(each, W, number_format, T - 1) for each in (task, rounded))
    np.testing.assert_array_equal(found.states, same.states)
    np.testing.assert_array_equal(found.dWh, same.dWh)
    assert (found.states != low_precision.run(random_task(cell, T=T), W, number_format, T - 1).states).any()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_states_and_gradients_are_numbers_of_the_format_and_near_the_exact_ones(name, cell):
    task, W, number_format = random_task(cell, T=T), random_weights(cell), FORMATS[name]
    found, fine = (low_precision.run(task, W, each, T - 1) for each in (number_format, FINE))
    for values in (found.states, found.dWh, found.one_loss):
        assert (number_format.round(values) == values).all()
    epsilon = 2.0 ** (1 - number_format.bits)
    assert np.abs(found.states - fine.states).max() < 30 * epsilon
    assert np.abs(found.states - fine.states).max() > 0


def test_a_product_a_sum_and_an_activation_are_rounded_one_by_one():
    round_ = FORMATS["bfloat16"].round
    task, W = random_task(Elman("identity"), T=2), random_weights(Elman("identity"))
    found = low_precision.run(task, W, FORMATS["bfloat16"], 1)
    Wx, Wh, b = (round_(W[name]) for name in ("Wx", "Wh", "b"))
    u = round_(round_(task.x) @ Wx + b)
    first = u[0]
    assert (found.states[0] == first).all()
    assert (found.states[1] == round_(round_(first @ Wh) + u[1])).all()


def test_a_gradient_times_nine_tenths_is_stuck_in_float16():
    """The 143rd product, 2.4e-7 · 0.9, is rounded to 2.4e-7: with a factor above ½ nothing becomes 0."""
    gradient = np.array([1.0])
    factor = FORMATS["float16"].round(np.array([0.9]))
    steps = [gradient := FORMATS["float16"].round(gradient * factor) for _ in range(300)]
    assert steps[140] != steps[141]
    assert steps[141] == steps[142] == steps[299] == 2.0**-22

"""Arguments are never written to, and arithmetic that breaks is not passed over in silence."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from app.bptt.backward_pass import (
    backward_per_loss,
    gradient_from_output,
    output_gradient,
    parameter_gradients,
)
from app.bptt.forward_pass import forward
from app.bptt.gradcheck import check
from app.bptt.metrics import closed_blocks, comparison, cost, singular_values
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.backward_windows import gradient_by_windows
from tests.kernel.cases import ALL_CELLS, D, H, random_task, random_weights, run, schemes


def frozen(thing):
    """The same thing, every array in it made unwritable."""
    if isinstance(thing, np.ndarray):
        thing.flags.writeable = False
    elif isinstance(thing, dict):
        for value in thing.values():
            frozen(value)
    elif is_dataclass(thing):
        for field in fields(thing):
            frozen(getattr(thing, field.name))
    return thing


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_kernel_writes_to_nothing_it_is_given(cell, name):
    task, W = frozen(random_task(cell)), frozen(random_weights(cell))
    scheme = schemes(7, SCHEMES[name])[-1]
    pass_ = frozen(forward(task, W, initial_state=frozen(np.zeros(cell.state_vectors * H))))
    e = frozen(output_gradient(task, pass_))
    J = frozen(cell.jacobians(W["Wh"], pass_.residuals))
    dh_output = frozen(gradient_from_output(task, W, e))
    kept = frozen(np.stack([Full().weights_table(7), scheme.weights_table(7)]))
    has_loss = frozen(task.factors != 0)
    back = frozen(backward_per_loss(J, dh_output, kept, has_loss))
    gradients = frozen(parameter_gradients(task, W, pass_, e, back.dh))
    frozen(gradients.totals)
    full, truncated = (frozen(run(task, W, Full(), scheme).totals(i)) for i in range(2))
    gradient_by_windows(scheme, J, dh_output)
    comparison(truncated, full)
    singular_values(J)
    closed_blocks(kept[1])
    cost(scheme, cell, D, H, has_loss)
    assert check(task, W, pass_, e, scheme, full, truncated).passed


def test_the_same_question_has_the_same_answer_to_the_last_bit():
    for cell in ALL_CELLS:
        one, two = (run(random_task(cell), random_weights(cell), *schemes(7)) for _ in range(2))
        np.testing.assert_array_equal(one.back.dh, two.back.dh)
        np.testing.assert_array_equal(one.back.credit[0], two.back.credit[0])


def test_overflow_raises_here_and_underflow_does_not():
    with pytest.raises(FloatingPointError):
        np.array([1e200]) * np.array([1e200])
    assert np.array([1e-200]) * np.array([1e-200]) == 0

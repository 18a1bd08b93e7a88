"""Activation functions and their slopes."""

import numpy as np
import pytest

from app.bptt.activations import ACTIVATIONS

AWAY_FROM_KINKS = np.array([-30.0, -2.0, -0.3, 0.2, 1.0, 30.0])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_is_the_derivative(name):
    f, slope = ACTIVATIONS[name].f, ACTIVATIONS[name].slope
    a, step = AWAY_FROM_KINKS, 1e-6
    measured = (f(a + step) - f(a - step)) / (2 * step)
    np.testing.assert_allclose(slope(a, f(a)), measured, rtol=1e-6, atol=1e-9)


def test_relu_has_slope_zero_at_zero():
    relu = ACTIVATIONS["relu"]
    np.testing.assert_array_equal(relu.slope(np.array([-0.0, 0.0, 5e-324]), np.zeros(3)), [0, 0, 1])


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_far_out_a_saturating_unit_neither_overflows_nor_moves(name):
    f, slope = ACTIVATIONS[name].f, ACTIVATIONS[name].slope
    far = np.array([-1e300, -800.0, 800.0, 1e300])
    assert np.isin(f(far), [-1, 0, 1]).all()
    assert not slope(far, f(far)).any()

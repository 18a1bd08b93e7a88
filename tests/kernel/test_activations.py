"""Activation functions and their slopes, to the last digits at both ends."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from app.bptt.activations import ACTIVATIONS
from app.bptt.cells import CELLS

AWAY_FROM_KINKS = np.array([-30.0, -2.0, -0.3, 0.2, 1.0, 30.0])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_is_the_derivative(name):
    f, slope = ACTIVATIONS[name].f, ACTIVATIONS[name].slope
    a, step = AWAY_FROM_KINKS, 1e-6
    measured = (f(a + step) - f(a - step)) / (2 * step)
    np.testing.assert_allclose(slope(a), measured, rtol=1e-6, atol=1e-9)


def test_relu_has_slope_zero_at_zero():
    relu = ACTIVATIONS["relu"]
    np.testing.assert_array_equal(relu.slope(np.array([-0.0, 0.0, 5e-324])), [0, 0, 1])


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_far_out_a_saturating_unit_neither_overflows_nor_moves(name):
    f, slope = ACTIVATIONS[name].f, ACTIVATIONS[name].slope
    far = np.array([-1e300, -800.0, 800.0, 1e300])
    assert np.isin(f(far), [-1, 0, 1]).all()
    assert not slope(far).any()


BOTH_ENDS = [
    -720.0,
    -300.0,
    -40.0,
    -37.0,
    -19.0,
    -3.0,
    -1e-9,
    0.0,
    0.4,
    2.0,
    9.0,
    18.0,
    37.0,
    40.0,
    300.0,
    700.0,
]


def sigmoid(a):
    """1/(1 + e⁻ᵃ), in decimals."""
    return 1 / (1 + (-Decimal(a)).exp())


def tanh(a):
    """1 - 2/(e²ᵃ + 1), in decimals."""
    return 1 - 2 / ((2 * Decimal(a)).exp() + 1)


def rounded(of, *numbers):
    """Values to seven hundred digits, rounded once to float64."""
    with localcontext(prec=700):
        return [float(of(number)) for number in numbers]


def test_a_sigmoid_and_its_slope_keep_all_digits_where_they_are_nearly_0_or_1():
    """(1 + tanh(a/2))/2 would lose a third of σ(-37), and all below -38; σ(1 - σ) would be 0 above 37."""
    a, kind = np.array(BOTH_ENDS), ACTIVATIONS["sigmoid"]
    np.testing.assert_allclose(kind.f(a), rounded(sigmoid, *BOTH_ENDS), rtol=1e-15)
    np.testing.assert_allclose(
        kind.slope(a), rounded(lambda a: sigmoid(a) * (1 - sigmoid(a)), *BOTH_ENDS), rtol=2e-15
    )


def test_tanh_and_its_slope_keep_all_digits_where_tanh_is_nearly_1():
    ends = [a for a in BOTH_ENDS if abs(a) < 350]  # its slope at 350 is 4e-304
    a, kind = np.array(ends), ACTIVATIONS["tanh"]
    np.testing.assert_allclose(kind.f(a), rounded(tanh, *ends), rtol=1e-15)
    np.testing.assert_allclose(kind.slope(a), rounded(lambda a: 1 - tanh(a) ** 2, *ends), rtol=2e-15)


def lstm(f, g, i, o, h, c):
    """One unit of an LSTM whose gates have the pre-activations f, g, i, o: its state, and ∂h/∂c."""
    f, g, i, o = sigmoid(f), tanh(g), sigmoid(i), sigmoid(o)
    c = f * c + i * g
    return [o * tanh(c), c], o * (1 - tanh(c) ** 2) * f


def gru(z, r, n, h, _):
    """One unit of a GRU whose gates have the pre-activations z, r, n: its state, and the direct ∂h/∂h."""
    z = sigmoid(z)
    return [(1 - z) * h + z * tanh(n)], 1 - z


@pytest.mark.parametrize("end", [-41.0, -37.0, 37.0, 41.0])
@pytest.mark.parametrize("gate", range(4))
@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_a_gate_that_is_nearly_shut_or_open_keeps_all_digits(name, gate, end):
    """Without recurrent weights the derivatives by the state are one product of gates."""
    cell = CELLS[name]()
    gates = [0.3, 0.0 if name == "gru" else 0.7, 0.0 if name == "gru" else -0.2, 0.5][: len(cell.gates)]
    gates[gate % len(gates)] = end
    state = np.array([0.25, -0.5])[: cell.state_vectors]
    u, Wh = np.array(gates), np.zeros((1, len(gates)))
    after, trace = cell.step(Wh, u, state)
    residuals = cell.residuals(Wh, state, trace, after)
    with localcontext(prec=100):
        states, direct = {"lstm": lstm, "gru": gru}[name](*gates, *map(Decimal, [0.25, -0.5]))
    np.testing.assert_allclose(after, [float(value) for value in states], rtol=1e-14)
    J = cell.jacobians(Wh, residuals)
    np.testing.assert_allclose(J[0, -1], float(direct), rtol=1e-14)
    with localcontext(prec=100):
        slopes = [
            float(1 - tanh(a) ** 2 if kind in "gn" else sigmoid(a) * (1 - sigmoid(a)))
            for a, kind in zip(gates, cell.gates, strict=True)
        ]
    np.testing.assert_allclose(residuals["slopes"], slopes, rtol=1e-14)

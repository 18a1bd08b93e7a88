"""Activation functions and their slopes, to the last digits at both ends."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from app.bptt.activations import ACTIVATIONS, sigmoid_pair
from app.bptt.arrays import split_vectors
from app.bptt.cells import at_step
from app.bptt.cells.gru import Gru
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.cells.lstm import Lstm

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


@pytest.mark.parametrize("ends", [BOTH_ENDS[1:], BOTH_ENDS], ids=["e⁻ᵃ is finite", "e⁻ᵃ overflows"])
def test_a_pair_of_sigmoids_keeps_all_digits_at_both_ends(ends):
    value, complement = np.empty((2, len(ends)))
    sigmoid_pair(np.array(ends), value, complement)
    np.testing.assert_allclose(value, rounded(sigmoid, *ends), rtol=1e-15)
    np.testing.assert_allclose(complement, rounded(lambda a: sigmoid(-Decimal(a)), *ends), rtol=1e-15)


@pytest.mark.parametrize("a", [np.inf, -np.inf, 1e300, -1e300, np.nan])
def test_a_pair_of_sigmoids_is_0_and_1_far_out_and_passes_nan_on(a):
    value, complement = np.empty((2, 1))
    sigmoid_pair(np.array([a]), value, complement)
    expected = [np.nan, np.nan] if np.isnan(a) else [float(a > 0), float(a < 0)]
    np.testing.assert_array_equal([value[0], complement[0]], expected)


def test_tanh_and_its_slope_keep_all_digits_where_tanh_is_nearly_1():
    ends = [a for a in BOTH_ENDS if abs(a) < 350]  # its slope at 350 is 4e-304
    a, kind = np.array(ends), ACTIVATIONS["tanh"]
    np.testing.assert_allclose(kind.f(a), rounded(tanh, *ends), rtol=1e-15)
    np.testing.assert_allclose(kind.slope(a), rounded(lambda a: 1 - tanh(a) ** 2, *ends), rtol=2e-15)


def sigmoid_slope(a):
    return sigmoid(a) * (1 - sigmoid(a))


def tanh_slope(a):
    return 1 - tanh(a) ** 2


def lstm(a_f, a_g, a_i, a_o, h, c_before):
    """One unit of an LSTM with these pre-activations: its state, ∂h/∂c_before, and derivatives by gate."""
    f, g, i, o = sigmoid(a_f), tanh(a_g), sigmoid(a_i), sigmoid(a_o)
    c = f * c_before + i * g
    c_by_gate = [c_before * sigmoid_slope(a_f), i * tanh_slope(a_g), g * sigmoid_slope(a_i)]
    return [o * tanh(c), c], o * tanh_slope(c) * f, [*c_by_gate, tanh(c) * sigmoid_slope(a_o)]


def gru(a_z, a_r, a_n, h, _):
    """One unit of a GRU with these pre-activations: its state, the direct ∂h/∂h, and its derivatives by gate.

    The derivative by the reset gate is that of r ⊙ h.
    """
    z, n = sigmoid(a_z), tanh(a_n)
    by_gate = [(n - h) * sigmoid_slope(a_z), h * sigmoid_slope(a_r), z * tanh_slope(a_n)]
    return [(1 - z) * h + z * n], 1 - z, by_gate


def gru_reset_after(a_z, a_r, a_n, h, _):
    """The same with the reset after the product, which is BH alone; by_r is the derivative of a_n."""
    states, direct, (by_z, _, by_n) = gru(a_z, a_r, a_n + sigmoid(a_r) * BH, h, _)
    return states, direct, [by_z, BH * sigmoid_slope(a_r), by_n]


BH = Decimal("0.375")
FORMULAS = {"lstm": lstm, "gru": gru, "gru_reset_after": gru_reset_after}


@pytest.mark.parametrize("end", [-41.0, -37.0, 37.0, 41.0])
@pytest.mark.parametrize("gate", range(4))
@pytest.mark.parametrize("name", ["lstm", "gru", "gru_reset_after"])
def test_a_gate_that_is_nearly_shut_or_open_keeps_all_digits(name, gate, end):
    """Without recurrent weights the derivatives by the state are one product of gates."""
    cell = {"lstm": Lstm, "gru": Gru, "gru_reset_after": GruResetAfter}[name]()
    gates = [0.3, 0.7, -0.2, 0.5] if name == "lstm" else [0.3, 0.0, 0.0]
    gates[gate % len(gates)] = end
    u, Wh = np.array(gates)[None, :, None], np.zeros((1, len(gates)))
    states = np.repeat([[[0.25], [-0.5]]], 2, axis=0)[:, : cell.state_vectors]
    residuals = at_step(cell.forward(split_vectors(Wh, len(gates)), u, states, np.array([float(BH)])), 0)
    after = states[1]
    with localcontext(prec=100):
        states, direct, by_gate = FORMULAS[name](*map(Decimal, [*gates, 0.25, -0.5]))
    np.testing.assert_allclose(np.concatenate(after), [float(value) for value in states], rtol=1e-14)
    J = cell.jacobians(Wh, residuals)
    np.testing.assert_allclose(J[0, -1], float(direct), rtol=1e-14)
    found = [residuals[key] for key in cell.vjp_factors if key.startswith("by_")]
    np.testing.assert_allclose(np.concatenate(found), [float(value) for value in by_gate], rtol=1e-14)

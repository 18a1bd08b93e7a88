"""Initial weights: which numbers of which stream, scaled how."""

import numpy as np
import pytest
from numpy.random import RandomState

from app.bptt.cells.gru import Gru
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.cells.lstm import Lstm
from app.bptt.spectral_radius import scale_to_radius, spectral_radius
from app.bptt.weights import initial
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, D, H, V

GAINS = [0.0, 0.5, 1.0, 3.0]


def radius(W):
    return max(abs(np.linalg.eigvals(W)))


@pytest.mark.parametrize("gain", GAINS)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_the_stream_is_drawn_in_the_order_Wx_Wh_Wy_and_scaled_as_settled(cell, gain):
    W = initial(cell, D, H, V, gain, seed=7)
    stream, G = RandomState(7), len(cell.gates)
    assert_close(W["Wx"], stream.standard_normal((D, G * H)) / 2)
    Wh = stream.standard_normal((H, G * H))
    for gate in range(G):
        of_gate = slice(gate * H, (gate + 1) * H)
        expected = gain / radius(Wh[:, of_gate]) * Wh[:, of_gate]
        assert_close(W["Wh"][:, of_gate], expected)
    assert_close(W["Wy"], stream.standard_normal((H, V)) / H**0.5)
    assert not W["by"].any()


def test_the_plain_cell_starts_without_biases():
    assert not initial(ONE_OF_EACH_CELL[0], D, H, V, 1, 0)["b"].any()


@pytest.mark.parametrize("bias", [-3.0, 0.0, 2.5])
@pytest.mark.parametrize(
    ("kind", "keeps", "sign"), [(Lstm, "f", 1), (Gru, "z", -1), (GruResetAfter, "z", -1)]
)
def test_only_the_gate_that_keeps_has_a_bias_and_a_larger_one_keeps_more(kind, keeps, sign, bias):
    cell = kind(gate_bias=bias)
    b = initial(cell, D, H, V, 1, 0)["b"].reshape(len(cell.gates), H)
    for gate, values in zip(cell.gates, b, strict=True):
        np.testing.assert_array_equal(values, sign * bias if gate == keeps else 0.0)


def test_the_bias_inside_the_reset_starts_at_0_and_moves_nothing_else_that_is_drawn():
    before, after = (initial(kind(), D, H, V, 1, 0) for kind in (Gru, GruResetAfter))
    np.testing.assert_array_equal(after.pop("bh"), np.zeros(H))
    assert list(after) == list(before)
    for name, W in before.items():
        np.testing.assert_array_equal(after[name], W)


def test_the_first_weight_of_seed_0_is_the_same_for_ever():
    W = initial(ONE_OF_EACH_CELL[0], D, H, V, 1, 0)
    assert W["Wx"][0, 0] == pytest.approx(1.764052345967664 / 2)
    assert W["Wx"][0, 1] == pytest.approx(0.4001572083672233 / 2)


def test_neither_gain_nor_a_longer_vocabulary_of_outputs_moves_what_is_drawn_before():
    few, many = (initial(ONE_OF_EACH_CELL[0], D, H, n, gain, 3) for n, gain in ((2, 0.5), (9, 2.0)))
    np.testing.assert_array_equal(few["Wx"], many["Wx"])
    assert_close(4 * few["Wh"], many["Wh"])


@pytest.mark.parametrize("gain", GAINS)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_the_gain_is_the_spectral_radius_of_every_gate(cell, gain):
    for gate in np.split(initial(cell, D, 16, V, gain, seed=5)["Wh"], len(cell.gates), axis=1):
        assert radius(gate) == pytest.approx(gain)
        assert spectral_radius(gate) == pytest.approx(gain)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gain", GAINS)
def test_a_single_unit_gets_the_gain_itself_whatever_sign_was_drawn(gain, seed):
    W = initial(ONE_OF_EACH_CELL[0], D, 1, V, gain, seed)
    assert W["Wh"].shape == (1, 1)
    assert W["Wh"].item() == pytest.approx(gain)


def test_a_matrix_of_radius_zero_is_left_alone():
    nilpotent = np.array([[0.0, 2.0], [0.0, 0.0]])
    np.testing.assert_array_equal(scale_to_radius(nilpotent, 3.0), nilpotent)
    np.testing.assert_array_equal(scale_to_radius(np.zeros((3, 3)), 3.0), np.zeros((3, 3)))

"""Starts of the weights against what their sources say: distributions, spectral radii, biases."""

import numpy as np
import pytest
from numpy.random import RandomState

from app.bptt.cells import FORMS
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.cells.lstm import Lstm
from app.bptt.cells.rnn import Elman
from app.bptt.starts import STARTS
from app.bptt.weights import initial, shapes
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, D, H, V

N = 16
SEEDS = range(200)


def radius(W):
    return max(abs(np.linalg.eigvals(W)))


def singular_values(W):
    return np.linalg.svd(W, compute_uv=False)


def gates(W, cell):
    return np.split(W, len(cell.gates), axis=1)


@pytest.mark.parametrize("init", STARTS)
@pytest.mark.parametrize("cell", FORMS)
def test_every_start_gives_every_parameter_its_shape_and_a_seed_its_numbers(cell, init):
    first, again, other = (initial(cell(), 3, 5, 4, 1, seed, init) for seed in (7, 7, 8))
    assert {name: W.shape for name, W in first.items()} == shapes(cell, 3, 5, 4)
    assert list(first) == list(shapes(cell, 3, 5, 4))
    for name, W in first.items():
        np.testing.assert_array_equal(W, again[name])
    assert (first["Wx"] != other["Wx"]).all()
    assert (first["Wy"] != other["Wy"]).all()


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_without_a_name_it_is_the_normal_matrix_scaled_by_the_gain(cell):
    for name, W in initial(cell, D, H, V, 1.3, 4).items():
        np.testing.assert_array_equal(W, initial(cell, D, H, V, 1.3, 4, "gain")[name])


@pytest.mark.parametrize("init", ["orthogonal", "identity"])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_orthogonal_and_identity_differ_from_the_usual_start_in_wh_alone(cell, init):
    usual, other = initial(cell, D, H, V, 1, 3), initial(cell, D, H, V, 1, 3, init)
    for name in usual:
        assert np.array_equal(usual[name], other[name]) == (name != "Wh"), name


@pytest.mark.parametrize("gain", [0.0, 0.9, 1.0, 2.0])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_every_singular_value_of_an_orthogonal_gate_is_the_gain(cell, gain):
    drawn = gates(initial(cell, D, N, V, gain, 5, "orthogonal")["Wh"], cell)
    for W in drawn:
        assert_close(singular_values(W), np.full(N, gain))
    assert all(np.ptp(W) > 0 for W in drawn) == (gain > 0)


def test_an_orthogonal_matrix_prefers_no_direction():
    """Haar's distribution: everywhere a mean of 0, and 1/H of the squares; a QR without signs has neither."""
    drawn = np.array([initial(Elman(), 2, 3, 2, 1, seed, "orthogonal")["Wh"] for seed in range(1500)])
    assert np.abs(drawn.mean(axis=0)).max() < 0.06
    assert np.abs(np.square(drawn).mean(axis=0) - 1 / 3).max() < 0.03


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_the_identity_is_the_gain_on_the_diagonal_of_every_gate(cell):
    for W in gates(initial(cell, D, H, V, 0.7, 5, "identity")["Wh"], cell):
        np.testing.assert_array_equal(W, 0.7 * np.eye(H))


def test_a_relu_network_of_the_identity_keeps_its_state_exactly():
    """What Le, Jaitly and Hinton start from: without an input nothing changes."""
    W, cell = initial(Elman("relu"), D, H, V, 1, 5, "identity"), Elman("relu")
    state = RandomState(0).random_sample((1, H))
    for _ in range(20):
        state = cell.step(W["Wh"][None], W["b"][None], state)
    np.testing.assert_array_equal(state, RandomState(0).random_sample((1, H)))


@pytest.mark.parametrize("cell", FORMS)
def test_all_weights_of_pytorch_are_uniform_within_one_by_the_root_of_h(cell):
    W, bound = initial(cell(), 40, N, 40, 1, 2, "pytorch"), N**-0.5
    for name in ("Wx", "Wh", "Wy", "by"):
        assert 0.8 * bound < np.abs(W[name]).max() <= bound, name
    assert np.std(W["Wx"]) == pytest.approx(bound / 3**0.5, rel=0.05)
    assert np.std(W["Wh"]) == pytest.approx(bound / 3**0.5, rel=0.1)


def biases(cell, name, of):
    drawn = [initial(cell, 1, N, 1, 1, seed, "pytorch")[name].reshape(-1, N)[of] for seed in SEEDS]
    return np.concatenate(drawn)


def test_a_bias_of_pytorch_is_the_sum_of_two_and_inside_the_reset_they_are_apart():
    """The variance of a sum is twice that of one, and a sum can be as large as twice the bound."""
    one, bound = (N**-0.5) ** 2 / 3, N**-0.5
    for sums in (biases(Elman(), "b", 0), biases(Lstm(), "b", 2), biases(GruResetAfter(), "b", 0)):
        assert np.var(sums) == pytest.approx(2 * one, rel=0.1)
        assert np.abs(sums).max() > 1.8 * bound
    for single in (biases(GruResetAfter(), "b", 2), biases(GruResetAfter(), "bh", 0)):
        assert np.var(single) == pytest.approx(one, rel=0.1)
        assert np.abs(single).max() <= bound


@pytest.mark.parametrize("n", [8, 16, 32])
def test_the_mean_spectral_radius_of_a_fresh_nn_rnn_is_61_hundredths(n):
    found = [radius(initial(Elman(), 2, n, 2, 1, seed, "pytorch")["Wh"]) for seed in SEEDS]
    assert np.mean(found) == pytest.approx(0.61, abs=0.015)
    assert min(found) < 0.6 < max(found)


def test_the_spectral_radius_of_a_fresh_simple_rnn_of_keras_is_exactly_1():
    for seed in range(20):
        Wh = initial(Elman(), 2, N, 2, 1, seed, "keras")["Wh"]
        assert radius(Wh) == pytest.approx(1, abs=1e-12)
        assert_close(singular_values(Wh), np.ones(N))


@pytest.mark.parametrize("cell", FORMS)
def test_the_whole_recurrent_kernel_of_keras_has_orthonormal_rows(cell):
    """Not each gate: with several, the radius of a gate is well below 1."""
    Wh = initial(cell(), 2, N, 2, 1, 3, "keras")["Wh"]
    assert_close(Wh @ Wh.T, np.eye(N))
    assert all(radius(W) < 0.9 for W in gates(Wh, cell)) == (len(cell.gates) > 1)


@pytest.mark.parametrize("cell", FORMS)
def test_kernel_and_readout_of_keras_are_uniform_by_their_own_shapes(cell):
    W = initial(cell(), 40, N, 30, 1, 2, "keras")
    for name in ("Wx", "Wy"):
        bound = (6 / sum(W[name].shape)) ** 0.5
        assert 0.98 * bound < np.abs(W[name]).max() <= bound, name
        assert np.std(W[name]) == pytest.approx(bound / 3**0.5, rel=0.06)


@pytest.mark.parametrize("cell", FORMS)
def test_only_the_forget_gate_of_keras_starts_with_a_bias_whatever_ours_is(cell):
    kind = cell(gate_bias=3.0) if hasattr(cell, "gate_bias") else cell()
    W = initial(kind, 2, H, 2, 1, 0, "keras")
    b = W["b"].reshape(len(cell.gates), H)
    for gate, values in zip(cell.gates, b, strict=True):
        np.testing.assert_array_equal(values, 1.0 if gate == "f" else 0.0)
    assert not W["by"].any()
    assert not W.get("bh", np.zeros(H)).any()


@pytest.mark.parametrize("init", STARTS)
def test_the_gain_and_the_gate_bias_count_where_a_start_says_so(init):
    usual, wide = initial(Lstm(1.0), D, H, V, 1, 0, init), initial(Lstm(1.0), D, H, V, 0.5, 0, init)
    assert np.array_equal(usual["Wh"], wide["Wh"]) != STARTS[init].takes_gain
    other = initial(Lstm(2.0), D, H, V, 1, 0, init)
    assert np.array_equal(usual["b"], other["b"]) != STARTS[init].takes_gate_bias

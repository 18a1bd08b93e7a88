"""Similarity of gradients, singular values, and blocks whose borders no gradient crosses."""

import numpy as np
import pytest

from app.bptt.metrics import closed_blocks, comparison, ratio_by_Wh_alone, similarity, singular_values
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.randomized import Randomized
from app.bptt.truncation.tbptt import Tbptt
from app.bptt.truncation.window import Window
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, random_task, random_weights, run, schemes

UP_TO = range(1, 11)


def runs_by_hand(kept):
    """Cut wherever no loss from here on reaches a step before here; then look inside."""
    T = len(kept)
    crossed = [any(kept[s, t] for s in range(edge, T) for t in range(edge)) for edge in range(T)]
    starts = [t for t in range(T) if not crossed[t]]
    runs = [(a, next((b for b in starts if b > a), T)) for a in starts]
    closed = all(kept[s, t] for a, b in runs for s in range(a, b) for t in range(a, s + 1))
    return runs if closed else []


@pytest.mark.parametrize("T", UP_TO)
@pytest.mark.parametrize("name", SCHEMES)
def test_closed_runs_are_read_off_the_table(name, T):
    for scheme in schemes(T, SCHEMES[name]):
        assert closed_blocks(scheme.weights_table(T)) == runs_by_hand(scheme.weights_table(T)), scheme


@pytest.mark.parametrize("T", UP_TO)
def test_blocks_are_closed_and_a_sliding_window_is_not(T):
    assert closed_blocks(Full().weights_table(T)) == [(0, T)]
    for k in range(1, T + 3):
        blocks = [(a, min(a + k, T)) for a in range(0, T, k)]
        assert closed_blocks(Blocks(k).weights_table(T)) == blocks
        assert closed_blocks(Tbptt(k, k).weights_table(T)) == blocks
        if 1 < k < T:
            assert closed_blocks(Window(k).weights_table(T)) == []


def test_a_randomized_truncation_has_its_segments():
    scheme = Randomized(0.4, 0)
    assert closed_blocks(scheme.weights_table(30)) == [(w.start, w.stop) for w in scheme.backward_windows(30)]
    assert len(scheme.backward_windows(30)) > 5


def test_likeness_tells_direction_distance_and_size_apart():
    F = np.array([3.0, 4.0])
    like = similarity(np.array([[3.0, 4.0], [6.0, 8.0], [-3.0, -4.0], [4.0, -3.0]]), F)
    assert like.cosine == pytest.approx([1, 1, -1, 0])
    assert like.relative_error == pytest.approx([0, 1, 2, 2**0.5])
    assert like.norm_ratio == pytest.approx([1, 2, 1, 1])


def test_a_cosine_never_leaves_its_bounds():
    F = np.random.RandomState(0).standard_normal((200, 7))
    cosines = np.array([similarity(f * scale, f).cosine for f in F for scale in (1 / 3, -1 / 3)])
    assert np.abs(cosines).max() <= 1


def test_what_has_no_direction_has_no_likeness():
    zero, one = np.zeros(3), np.ones(3)
    nothing = similarity(zero, zero)
    assert np.isnan([nothing.cosine, nothing.relative_error, nothing.norm_ratio]).all()
    lost = similarity(zero, one)
    assert np.isnan([lost.cosine, lost.norm_ratio]).all()
    assert lost.relative_error == 1
    made = similarity(one, zero)
    assert np.isnan([made.cosine, made.relative_error, made.norm_ratio]).all()


def test_the_readout_is_alike_in_every_scheme_and_flatters_the_comparison_of_all():
    cell = ONE_OF_EACH_CELL[0]
    kernel = run(random_task(cell), random_weights(cell), Full(), Blocks(2))
    compared = comparison(kernel.totals(1), kernel.totals(0))
    assert set(compared) == {"Wx", "Wh", "b", "Wy", "by", "recurrent", "all"}
    assert compared["Wy"].relative_error == compared["by"].relative_error == 0
    assert 0 < compared["all"].relative_error < compared["recurrent"].relative_error


def test_recurrent_is_one_vector_of_all_recurrent_gradients():
    cell = ONE_OF_EACH_CELL[0]
    kernel = run(random_task(cell), random_weights(cell), Full(), Blocks(2))
    F, G = (np.concatenate([kernel.totals(i)[n].ravel() for n in ("Wx", "Wh", "b")]) for i in range(2))
    found = comparison(kernel.totals(1), kernel.totals(0))["recurrent"]
    assert found.cosine == pytest.approx(F @ G / np.linalg.norm(F) / np.linalg.norm(G))
    assert found.relative_error == pytest.approx(np.linalg.norm(G - F) / np.linalg.norm(F))
    assert found.norm_ratio == pytest.approx(np.linalg.norm(G) / np.linalg.norm(F))


def test_singular_values_are_the_largest_and_smallest_stretch_of_each_step():
    kernel = run(random_task(ONE_OF_EACH_CELL[0]), random_weights(ONE_OF_EACH_CELL[0]), Full())
    largest, smallest = singular_values(kernel.J)
    for J, high, low in zip(kernel.J, largest, smallest, strict=True):
        squares = np.linalg.eigvalsh(J @ J.T)
        assert (high**2, low**2) == pytest.approx((squares[-1], squares[0]), rel=1e-7, abs=1e-12)


def test_a_jacobian_that_is_not_finite_costs_its_own_step_only():
    J = np.stack([np.eye(2), np.full((2, 2), np.inf), 2 * np.eye(2), np.full((2, 2), np.nan)])
    largest, smallest = singular_values(J)
    for found in (largest, smallest):
        assert found == pytest.approx([1, np.nan, 2, np.nan], nan_ok=True)


def test_one_infinite_entry_leaves_a_jacobian_without_singular_values():
    J = np.stack([3 * np.eye(2), np.array([[1.0, np.inf], [0.0, 1.0]])])
    largest, smallest = singular_values(J)
    assert_close(largest, [3, np.nan])
    assert_close(smallest, [3, np.nan])


def test_what_wh_alone_makes_of_a_gradient_is_its_product_with_the_transposed_powers():
    rng = np.random.default_rng(0)
    for n in (1, 3, 8):
        row, Wh = rng.standard_normal(n), rng.standard_normal((n, n))
        for steps in (0, 1, 7, 40):
            product = np.linalg.matrix_power(Wh.T, steps)
            assert ratio_by_Wh_alone(row, Wh, steps) == pytest.approx(
                np.linalg.norm(row @ product) / np.linalg.norm(row), rel=1e-9
            )


def test_what_wh_alone_makes_of_nothing_is_unknown_and_of_zeros_nothing():
    assert np.isnan([ratio_by_Wh_alone(np.zeros(2), np.eye(2), steps) for steps in (0, 3)]).all()
    assert np.isnan(ratio_by_Wh_alone(np.ones(2), 1e200 * np.eye(2), 3))
    assert ratio_by_Wh_alone(np.ones(2), np.zeros((2, 2)), 3) == 0
    assert ratio_by_Wh_alone(np.ones(2), 0.1 * np.eye(2), 1000) == 0

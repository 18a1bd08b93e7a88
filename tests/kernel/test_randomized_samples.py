"""Randomized samples in one batch equal single samples, and their mean approaches the full gradient."""

from itertools import product

import numpy as np
import pytest

from app.bptt import randomized_samples
from app.bptt.arrays import recurrent
from app.bptt.backward_pass import gradient_from_output
from app.bptt.metrics import as_vector
from app.bptt.truncation import Full
from app.bptt.truncation.randomized import Randomized
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, random_task, random_weights, run


def drawn(task, W, cut, n):
    kernel = run(task, W, Full())
    dh_output = gradient_from_output(task, W, kernel.e)
    return randomized_samples.gradients(task, W, kernel.forward, kernel.J, dh_output, cut, range(n))


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_every_draw_is_the_scheme_with_that_seed(cell, cut):
    task, W = random_task(cell, T=9), random_weights(cell)
    unbiased, _ = drawn(task, W, cut, 5)
    schemes = [Randomized(cut, seed) for seed in range(5)]
    kernel = run(task, W, *schemes)
    for seed in range(5):
        expected = as_vector(kernel.totals(seed), recurrent(W))
        assert_close(unbiased[seed], expected, 1e-11)


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_without_the_factor_a_draw_keeps_the_same_cells_with_weight_one(cell):
    task, W = random_task(cell, T=9), random_weights(cell)
    _, biased = drawn(task, W, 0.4, 3)
    kernel = run(task, W, *[WithoutFactor(0.4, seed) for seed in range(3)])
    for seed in range(3):
        expected = as_vector(kernel.totals(seed), recurrent(W))
        assert_close(biased[seed], expected, 1e-11)


class WithoutFactor(Randomized):
    """The table of the draw, its weights all 1."""

    def weights_table(self, T):
        return np.where(super().weights_table(T) != 0, 1.0, 0.0)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_weighted_by_their_probability_all_cut_patterns_add_up_to_the_full_gradient(cell, cut, monkeypatch):
    T = 6
    patterns = [np.array([False, *p]) for p in product([False, True], repeat=T - 1)]  # step 0 has no edge
    monkeypatch.setattr(Randomized, "uncut_edges", lambda scheme, T: patterns[scheme.cut_seed])
    probability = np.array([np.prod(np.where(p[1:], 1 - cut, cut)) for p in patterns])
    task, W = random_task(cell, T=T), random_weights(cell)
    exact = as_vector(run(task, W, Full()).totals(), recurrent(W))
    unbiased, biased = (probability @ found for found in drawn(task, W, cut, len(patterns)))
    assert np.linalg.norm(unbiased - exact) <= 1e-12 * np.linalg.norm(exact)
    assert np.linalg.norm(biased - exact) > 1e-3 * np.linalg.norm(exact)


def test_the_mean_of_many_draws_comes_close_only_with_the_factor():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell, T=7), random_weights(cell)
    exact = as_vector(run(task, W, Full()).totals(), recurrent(W))
    unbiased, biased = drawn(task, W, 0.3, 4000)
    scatter = unbiased.std(axis=0) / np.sqrt(4000)
    assert (np.abs(unbiased.mean(axis=0) - exact) <= 5 * scatter + 1e-12).all()
    error = [np.linalg.norm(G.mean(axis=0) - exact) / np.linalg.norm(exact) for G in (unbiased, biased)]
    assert error[0] < 0.05 < error[1]

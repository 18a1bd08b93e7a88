"""The mean of randomized truncation over all draws is the full gradient (Tallec & Ollivier 2017)."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest

from app.bptt.truncation import Full
from app.bptt.truncation.backward_windows import gradient_by_windows
from app.bptt.truncation.randomized import Randomized
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, assert_same_gradients, random_task, random_weights, run

T = 7


@dataclass(frozen=True)
class Drawn(Randomized):
    """A randomized truncation whose cuts are given instead of drawn."""

    cuts: tuple[bool, ...]

    def uncut_edges(self, T):
        assert len(self.cuts) == T - 1
        return ~np.array([True, *self.cuts])


@dataclass(frozen=True)
class Biased(Drawn):
    """The same without the factor for the edges that are crossed."""

    def __post_init__(self):
        object.__setattr__(self, "edge_scale", 1.0)


def all_draws(kind, c):
    patterns = list(product([False, True], repeat=T - 1))
    probability = np.array([c ** sum(p) * (1 - c) ** (T - 1 - sum(p)) for p in patterns])
    assert probability.sum() == pytest.approx(1)
    return probability, [kind(cut=c, cut_seed=0, cuts=p) for p in patterns]


def mean_gradient(kind, c, task, W):
    probability, draws = all_draws(kind, c)
    kernel = run(task, W, *draws)
    each = [kernel.totals(i) for i in range(len(draws))]
    return {name: sum(p * dW[name] for p, dW in zip(probability, each, strict=True)) for name in each[0]}


@pytest.mark.parametrize("c", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_the_mean_over_all_cut_patterns_is_the_full_gradient(cell, c):
    task, W = random_task(cell, T=T), random_weights(cell)
    assert_same_gradients(mean_gradient(Drawn, c, task, W), run(task, W, Full()).totals())


@pytest.mark.parametrize("c", [0.1, 0.5, 0.9])
def test_the_mean_of_the_tables_keeps_everything(c):
    probability, draws = all_draws(Drawn, c)
    mean = sum(p * draw.weights_table(T) for p, draw in zip(probability, draws, strict=True))
    assert_close(mean, np.tri(T))


def test_the_mean_over_all_draws_of_the_walk_itself_is_the_full_gradient():
    cell = ONE_OF_EACH_CELL[0]
    kernel = run(random_task(cell, T=T), random_weights(cell), Full())
    probability, draws = all_draws(Drawn, 0.3)
    walked = [gradient_by_windows(draw, kernel.J, kernel.back.dh_output) for draw in draws]
    assert_close(np.tensordot(probability, walked, 1), kernel.back.dh[0])


def test_leaving_out_the_factor_of_the_crossed_edges_is_biased():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell, T=T), random_weights(cell)
    biased, full = mean_gradient(Biased, 0.3, task, W), run(task, W, Full()).totals()
    assert np.linalg.norm(biased["Wh"] - full["Wh"]) > 0.01 * np.linalg.norm(full["Wh"])


@pytest.mark.parametrize("c", [0.1, 0.5, 0.9])
def test_edges_are_cut_as_often_as_c_says(c):
    edges = np.array([np.diag(Randomized(c, seed).weights_table(11), -1) for seed in range(1000)])
    assert np.isin(edges, [0.0, 1 / (1 - c)]).all()
    assert np.mean(edges == 0) == pytest.approx(c, abs=4 * np.sqrt(c * (1 - c) / edges.size))


def test_a_draw_belongs_to_its_seed():
    tables = {Randomized(0.5, seed).weights_table(12).tobytes() for seed in range(20)}
    assert len(tables) > 15
    np.testing.assert_array_equal(Randomized(0.5, 3).weights_table(12), Randomized(0.5, 3).weights_table(12))

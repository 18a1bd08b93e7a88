"""Every scheme as a table, as its own algorithm, by automatic differentiation, and by its definition."""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt import measures
from app.bptt.passes import Task, forward, from_output, output_gradient
from app.bptt.truncation import SCHEMES
from app.bptt.truncation.randomized import Randomized
from app.bptt.truncation.walking import walk
from tests.kernel import plain
from tests.kernel.runs import network, run, scheme

T = 7
LENGTHS = [1, 2, 3, T - 1, T, T + 1, 20]


def crossing_of(name: str, k: int, k1: int, drawn: np.ndarray, c: float):
    """The definition of each scheme, edge by edge: what loss s keeps of its gradient from t to t-1."""
    k2 = max(k, k1)

    def crosses(s: int, t: int) -> float:
        return {
            "full": 1.0,
            "blocks": float(t % k != 0),
            "window": float(s - (t - 1) < k),
            "tbptt": float(t - 1 >= k1 * (s // k1 + 1) - k2),
            "randomized": 0.0 if drawn[t] else 1 / (1 - c),
        }[name]

    return crosses


@pytest.mark.parametrize("k", LENGTHS)
@pytest.mark.parametrize("name", SCHEMES)
def test_the_truncated_gradient_agrees_with_automatic_differentiation(name, k):
    task, params = network(T, 3)
    drawn = np.concatenate([[True], np.random.RandomState(1).random_sample(T - 1) < 0.4])
    crosses = crossing_of(name, k, 2, drawn, 0.4)
    found = run(task, params, scheme(name, k=k, k1=2)).totals(0)
    expected = {n: np.zeros_like(W) for n, W in params.items()}
    for s in range(T):
        part = plain.gradient_of_loss(s, params, task.x, task.wanted, "tanh", "cross_entropy", crosses)
        for n, dW in part.items():
            expected[n] += task.factors[s] * dW
    for n, dW in expected.items():
        assert_allclose(found[n], dW, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("length", [1, 2, 5, 12])
@pytest.mark.parametrize("name", SCHEMES)
def test_the_table_agrees_with_the_schemes_own_algorithm(name, length):
    task, params = network(length)
    for k, k1 in itertools.product(range(1, length + 3), (1, 2, 5)):
        one = scheme(name, k=k, k1=k1)
        found = run(task, params, one)
        own = walk(one, found.J, found.backward.dh_output)
        assert_allclose(found.backward.dh[0], own, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("k", range(1, T + 2))
def test_blocks_are_what_running_each_alone_from_its_incoming_state_gives(k):
    task, params = network(T)
    whole, parts = forward(task, params), []
    for a in range(0, T, k):
        block = Task(task.cell, task.loss, task.x[a : a + k], task.wanted[a : a + k], task.factors[a : a + k])
        ahead = forward(block, params, whole.states[a - 1] if a else None)
        assert np.array_equal(ahead.states, whole.states[a : a + k])
        e = output_gradient(block, ahead)
        carried, dh = np.zeros(4), []
        for t in reversed(range(len(block.x))):
            dh.append(from_output(block, params, e)[t] + carried)
            carried = (dh[-1] * (1 - ahead.states[t] ** 2)) @ params["Wh"].T
        parts.extend(dh[::-1])
    assert_allclose(run(task, params, scheme("blocks", k=k)).backward.dh[0], parts, rtol=1e-12)


def test_special_cases_of_tbptt_are_blocks_and_the_window():
    for length, k in itertools.product(range(1, 13), range(1, 15)):
        assert np.array_equal(scheme("tbptt", k=k, k1=k).kept(length), scheme("blocks", k=k).kept(length))
        assert np.array_equal(scheme("tbptt", k=k, k1=1).kept(length), scheme("window", k=k).kept(length))


def test_in_tbptt_a_k_below_k1_counts_as_k1():
    assert np.array_equal(scheme("tbptt", k=1, k1=4).kept(11), scheme("tbptt", k=4, k1=4).kept(11))


@pytest.mark.parametrize("name", ["blocks", "window", "tbptt"])
@pytest.mark.parametrize("length", [1, 2, 7, 12])
def test_the_right_end_of_k_is_the_smallest_that_cuts_nothing(name, length):
    end = scheme(name, k1=3).full_at(length)
    assert np.array_equal(scheme(name, k1=3, k=end).kept(length), np.tri(length))
    if name == "tbptt" or end > 1:
        smaller = scheme(name, k1=3, k=end - 1).kept(length)
        whole = np.array_equal(smaller, np.tri(length))
        assert not whole or end - 1 < 3 or length <= 3 or length % 3


def test_cells_and_steps_have_their_known_counts():
    assert np.count_nonzero(scheme("blocks", k=4).kept(17)) == 41
    assert np.count_nonzero(np.tri(17)) == 153
    task, _ = network(20)
    assert measures.cost(scheme("tbptt", k1=5, k=10), task.cell, 3, 4, np.ones(20, bool)).backward_steps == 35


@pytest.mark.parametrize("length", [1, 4, 9])
def test_costs_follow_their_formulas(length):
    cell, every, last = network()[0].cell, np.ones(length, bool), np.eye(length, dtype=bool)[-1]
    for k, k1 in itertools.product(range(1, length + 3), range(1, 5)):
        k2, chunks = max(k, k1), -(-length // k1)
        steps = sum(min((j + 1) * k1, length) - max(0, (j + 1) * k1 - k2) for j in range(chunks))
        found = measures.cost(scheme("tbptt", k=k, k1=k1), cell, 3, 4, every)
        assert found == measures.Cost(min(k2, length), min(k2, length) * (3 + 8), steps, chunks)
        found = measures.cost(scheme("blocks", k=k), cell, 3, 4, every)
        assert found == measures.Cost(min(k, length), min(k, length) * 11, length, -(-length // k))
        found = measures.cost(scheme("window", k=k), cell, 3, 4, last)
        assert found == measures.Cost(min(k, length), min(k, length) * 11, min(k, length), 1)
    assert measures.cost(scheme("full"), cell, 3, 4, every) == measures.Cost(length, length * 11, length, 1)


@pytest.mark.parametrize("name", SCHEMES)
def test_blocks_are_decided_by_the_table(name):
    for length, k in itertools.product(range(1, 10), range(1, 11)):
        kept = scheme(name, k=k).kept(length)
        runs = measures.closed_runs(kept)
        if not runs:
            assert name in {"window", "tbptt"}
            continue
        assert runs[0][0] == 0
        assert runs[-1][1] == length
        expected = np.zeros((length, length), dtype=bool)
        for a, b in runs:
            expected[a:b, a:b] = np.tri(b - a, dtype=bool)
        assert np.array_equal(kept != 0, expected)
    assert measures.closed_runs(scheme("blocks", k=4).kept(10)) == [(0, 4), (4, 8), (8, 10)]
    assert measures.closed_runs(scheme("full").kept(10)) == [(0, 10)]


class Drawn(Randomized):
    """Randomized truncation with a given draw."""

    def with_cuts(self, cuts: tuple[bool, ...]) -> "Drawn":
        object.__setattr__(self, "cuts", np.array([False, *cuts]))
        return self

    def _cut_before(self, length: int) -> np.ndarray:
        return self.cuts


def test_the_mean_over_all_draws_is_the_full_gradient_and_biased_without_the_factor():
    task, params = network(6)
    full = run(task, params, scheme("full")).totals(0)
    for c in (0.3, 0.8):
        mean = {n: np.zeros_like(dW) for n, dW in full.items()}
        plain_mean = np.zeros_like(full["Wh"])
        for cuts in itertools.product([False, True], repeat=5):
            chance = np.prod([c if cut else 1 - c for cut in cuts])
            drawn = Drawn(c, 0).with_cuts(cuts)
            for n, dW in run(task, params, drawn).totals(0).items():
                mean[n] += chance * dW
            object.__setattr__(drawn, "crossing", 1.0)
            plain_mean += chance * run(task, params, drawn).totals(0)["Wh"]
        for n, dW in full.items():
            assert_allclose(mean[n], dW, rtol=1e-12, atol=1e-16)
        assert np.linalg.norm(plain_mean - full["Wh"]) > 0.05 * np.linalg.norm(full["Wh"])


def test_random_cuts_have_their_own_stream():
    first = scheme("randomized", cut_seed=3, cut=0.5).kept(20)
    assert np.array_equal(first, scheme("randomized", cut_seed=3, cut=0.5).kept(20))
    assert not np.array_equal(first, scheme("randomized", cut_seed=4, cut=0.5).kept(20))
    assert np.array_equal(scheme("randomized", cut=0.0).kept(9), np.tri(9))


@pytest.mark.parametrize("name", SCHEMES)
def test_every_loss_keeps_its_own_step(name):
    for length in (1, 5, 30):
        kept = scheme(name).kept(length)
        assert np.array_equal(np.diag(kept), np.ones(length))
        assert not np.triu(kept, 1).any()

"""The numbers of an answer, worked out again from the answer's own weights by the textbook's formulas."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.truncation import SCHEMES
from tests.arrays import assert_close

SENTENCE = "the quick brown fox"
CHUNKED = {"blocks": {"k": 4}, "window": {"k": 4}, "tbptt": {"k": 6, "k1": 3}}
SLOPES = {
    "tanh": lambda h: 1 - h**2,
    "sigmoid": lambda h: h * (1 - h),
    "relu": lambda h: (h > 0) * 1.0,
    "identity": np.ones_like,
}
ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "relu": lambda a: np.maximum(a, 0),
    "identity": lambda a: a,
}


def arrays(node):
    """The answer with its lists of numbers as arrays."""
    if isinstance(node, dict):
        return {name: arrays(child) for name, child in node.items()}
    if isinstance(node, list) and node and not isinstance(node[0], (str, dict)):
        return np.array(node, dtype=float)
    return node


@pytest.fixture(scope="module")
def solve(ask):
    """An answer to all digits, with its one-hot inputs and targets."""

    def solved(**asked):
        answer = arrays(ask(digits=17, **asked))
        rows = np.eye(len(answer["vocabulary"]))
        for name in ("tokens", "targets"):
            answer[name] = rows[[answer["vocabulary"].index(symbol) for symbol in answer[name]]]
        return answer

    return solved


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_the_forward_pass_is_the_recursion(solve, activation, loss):
    answer = solve(text=SENTENCE, activation=activation, loss=loss)
    W, forward, x = answer["weights"], answer["forward"], answer["tokens"]
    h = forward["h0"]
    assert not h.any()
    for t in range(len(x)):
        a = h @ W["Wh"] + x[t] @ W["Wx"] + W["b"]
        h = ACTIVATIONS[activation](a)
        assert_close(forward["a"][t], a)
        assert_close(forward["h"][t], h)
    o, wanted = forward["o"], answer["targets"]
    assert_close(o, forward["h"] @ W["Wy"] + W["by"])
    if loss == "squared_error":
        assert forward["p"] is None
        assert_close(forward["loss"], 0.5 * np.square(o - wanted).sum(1))
    else:
        p = np.exp(o) / np.exp(o).sum(1, keepdims=True)
        assert_close(forward["p"], p)
        assert_close(forward["loss"], -np.log((p * wanted).sum(1)))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("truncation", SCHEMES)
def test_gradients_follow_from_the_states_and_what_comes_back(solve, activation, loss, truncation):
    answer = solve(text=SENTENCE, activation=activation, loss=loss, truncation=truncation, k=4, k1=2)
    W, forward, T = answer["weights"], answer["forward"], len(answer["tokens"])
    h = forward["h"]
    before = np.vstack([forward["h0"], h[:-1]])
    e = ((forward["o"] if forward["p"] is None else forward["p"]) - answer["targets"]) / T
    slope = SLOPES[activation](h)
    close = {"rtol": 1e-10, "atol": 1e-15}
    for name in ("full", "truncated"):
        part = answer[name]
        assert_close(part["dh_output"], e @ W["Wy"].T)
        assert_close(part["da"], part["dh"] * slope)
        dW = part["gradients"]
        assert_close(dW["Wh"], before.T @ part["da"])
        assert_close(dW["Wx"], answer["tokens"].T @ part["da"])
        assert_close(dW["b"], part["da"].sum(0))
        assert_close(dW["Wy"], h.T @ e)
        assert_close(dW["by"], e.sum(0))
        sizes = np.linalg.norm(part["da"], axis=1)
        assert_allclose(part["step_norms"]["b"], sizes, **close)
        assert_allclose(part["step_norms"]["Wx"], sizes, **close)
        assert_allclose(part["step_norms"]["Wh"], sizes * np.linalg.norm(before, axis=1), **close)
        assert part["step_norms"]["Wh"][0] == 0
    full = answer["full"]
    assert_close(full["dh_future"][:-1], full["da"][1:] @ W["Wh"].T)
    assert not full["dh_future"][-1].any()


@pytest.mark.parametrize("truncation", SCHEMES)
def test_what_comes_from_the_future_is_the_kept_part_of_every_later_loss(solve, truncation):
    answer = solve(text=SENTENCE, truncation=truncation, k=4, k1=2)
    T, W, h = len(answer["tokens"]), answer["weights"], answer["forward"]["h"]
    jacobians = (1 - h**2)[:, :, None] * W["Wh"].T
    dh_output = answer["full"]["dh_output"]
    future = np.zeros_like(h)
    for s in range(T):
        row = dh_output[s]
        assert_allclose(answer["credit"][s, s], np.linalg.norm(row), rtol=1e-10)
        for t in reversed(range(s)):
            row = row @ jacobians[t + 1]
            assert_allclose(answer["credit"][s, t], np.linalg.norm(row), rtol=1e-9)
            future[t] += answer["kept"][s, t] * row
    assert_close(answer["truncated"]["dh_future"], future)
    sigma = np.linalg.svd(jacobians, compute_uv=False)
    assert_close(answer["jacobian"]["sigma_max"], sigma[:, 0])
    assert_allclose(answer["jacobian"]["sigma_min"], sigma[:, -1], rtol=1e-6)


@pytest.mark.parametrize("truncation", SCHEMES)
def test_the_comparison_is_of_the_gradients_shown(solve, truncation):
    answer = solve(text=SENTENCE, truncation=truncation, k=3, k1=2)
    G, F = answer["truncated"]["gradients"], answer["full"]["gradients"]
    groups = {name: [name] for name in F} | {"recurrent": ["Wx", "Wh", "b"], "all": list(F)}
    for group, names in groups.items():
        g, f = (np.concatenate([dW[name].ravel() for name in names]) for dW in (G, F))
        like = answer["comparison"][group]
        assert_close(like["cosine"], g @ f / np.linalg.norm(g) / np.linalg.norm(f))
        assert_close(like["relative_error"], np.linalg.norm(g - f) / np.linalg.norm(f))
        assert_close(like["norm_ratio"], np.linalg.norm(g) / np.linalg.norm(f))
    for name in ("Wy", "by"):
        assert answer["comparison"][name]["relative_error"] == 0


@pytest.mark.parametrize("gain", [0.0, 0.5, 1.0, 3.0])
def test_gain_is_the_spectral_radius(solve, gain):
    answer = solve(text="banana", gain=gain)
    assert_close(np.abs(np.linalg.eigvals(answer["weights"]["Wh"])).max(), gain)
    assert_close(answer["jacobian"]["spectral_radius"], gain)
    assert solve(text="banana", hidden=1, gain=gain)["weights"]["Wh"].tolist() == [[gain]]


def test_many_to_one_keeps_only_the_last_loss_and_the_whole_table(solve):
    usual = solve(text=SENTENCE, k=4)
    last = solve(text=SENTENCE, k=4, loss_at="last")
    assert last["forward"]["total_loss"] == last["forward"]["loss"][-1] == usual["forward"]["loss"][-1]
    assert np.isnan(last["forward"]["loss"][:-1]).all()
    assert np.array_equal(last["kept"], usual["kept"], equal_nan=True)
    assert [(b["start"], b["stop"]) for b in last["blocks"]] == [
        (b["start"], b["stop"]) for b in usual["blocks"]
    ]
    T = len(last["tokens"])
    assert (last["cells_kept"], last["cells_total"]) == (2, T) == (T % 4, T)
    assert not last["full"]["dh_output"][:-1].any()
    assert last["full"]["dh_norm"].all()
    assert not last["truncated"]["dh_norm"][: T - 2].any()
    assert last["cost"]["truncated"] == {
        "cached_steps": 2,
        "cached_floats": 2 * last["cost"]["full"]["cached_floats"] / T,
        "backward_steps": 2,
        "updates": 1,
    }


def test_the_sum_is_T_times_the_mean(solve):
    mean, total = (solve(text=SENTENCE, truncation="window", reduction=r) for r in ("mean", "sum"))
    T = len(mean["tokens"])
    assert_close(total["forward"]["total_loss"], T * mean["forward"]["total_loss"])
    assert_allclose(total["credit"], T * mean["credit"], rtol=1e-12)
    for part in ("full", "truncated"):
        for name, dW in mean[part]["gradients"].items():
            assert_close(total[part]["gradients"][name], T * dW)


def runs(answer):
    return [(block["start"], block["stop"]) for block in answer["blocks"]]


@pytest.mark.parametrize(
    ("truncation", "settings", "expected"),
    [
        ("full", {}, [(0, 10)]),
        ("blocks", {"k": 4}, [(0, 4), (4, 8), (8, 10)]),
        ("blocks", {"k": 1}, [(t, t + 1) for t in range(10)]),
        ("blocks", {"k": 9}, [(0, 9), (9, 10)]),
        ("blocks", {"k": 10}, [(0, 10)]),
        ("window", {"k": 1}, [(t, t + 1) for t in range(10)]),
        ("window", {"k": 2}, []),
        ("window", {"k": 9}, []),
        ("window", {"k": 10}, [(0, 10)]),
        ("tbptt", {"k1": 4, "k": 4}, [(0, 4), (4, 8), (8, 10)]),
        ("tbptt", {"k1": 4, "k": 1}, [(0, 4), (4, 8), (8, 10)]),
        ("tbptt", {"k1": 4, "k": 5}, []),
        ("tbptt", {"k1": 4, "k": 12}, [(0, 10)]),
        ("tbptt", {"k1": 4, "k": 11}, []),
        ("randomized", {"cut": 0}, [(0, 10)]),
        ("cuts", {}, [(0, 10)]),
        ("cuts", {"cuts": "2,3,7"}, [(0, 2), (2, 3), (3, 7), (7, 10)]),
        ("cuts", {"cuts": "1"}, [(0, 1), (1, 10)]),
        ("cuts", {"cuts": "9"}, [(0, 9), (9, 10)]),
        ("cuts", {"cuts": "1,2,3,4,5,6,7,8,9"}, [(t, t + 1) for t in range(10)]),
    ],
)
def test_blocks_are_the_runs_that_no_gradient_crosses(solve, truncation, settings, expected):
    answer = solve(text="hello", steps=10, truncation=truncation, **settings)
    assert runs(answer) == expected
    entering = [answer["forward"]["h0"], *answer["forward"]["h"]]
    for block in answer["blocks"]:
        assert np.array_equal(block["h_in"], entering[block["start"]])


@pytest.mark.parametrize("cut_seed", range(5))
def test_blocks_of_the_randomized_scheme_are_its_segments(solve, cut_seed):
    answer = solve(text="hello", steps=20, truncation="randomized", cut=0.3, cut_seed=cut_seed)
    found, kept = runs(answer), np.nan_to_num(answer["kept"])
    assert (found[0][0], found[-1][1]) == (0, 20)
    assert all(stop == start for (_, stop), (start, _) in pairwise(found))
    for start, stop in found:
        s, t = np.tril_indices(stop - start)
        assert_close(kept[start:stop, start:stop][s, t], (1 / 0.7) ** (s - t))
    assert (kept != 0).sum() == sum((stop - start) * (stop - start + 1) // 2 for start, stop in found)
    assert answer["cost"]["truncated"]["updates"] == len(found)


@pytest.mark.parametrize("k", [1, 3, 4, 17, 30])
def test_schemes_that_are_the_same_give_the_same_answer(ask, k):
    def essence(**asked):
        answer = ask(text=SENTENCE, digits=17, **asked)
        del answer["cost"]["growth"]  # at other lengths the schemes differ
        return {
            name: answer[name] for name in ("blocks", "kept", "truncated", "comparison", "cells_kept", "cost")
        }

    assert essence(truncation="tbptt", k1=k, k=k) == essence(truncation="blocks", k=k)
    assert essence(truncation="tbptt", k1=1, k=k) == essence(truncation="window", k=k)
    cuts = ",".join(str(t) for t in range(k, 18, k))
    assert essence(truncation="cuts", cuts=cuts) == essence(truncation="blocks", k=k)
    assert essence(truncation="cuts") == essence(truncation="full")
    assert essence(truncation="tbptt", k1=k, k=1) == essence(truncation="blocks", k=k)
    params = ask(text=SENTENCE, truncation="tbptt", k1=k, k=1)["params"]
    assert (params["k1"], params["k"]) == (k, k), "the answer says which k it used"
    if k >= 18:
        assert essence(truncation="full") == essence(truncation="blocks", k=k)


@pytest.mark.parametrize(
    ("asked", "k_full"),
    [
        ({"truncation": "blocks"}, 18),
        ({"truncation": "window"}, 18),
        ({"truncation": "tbptt", "k1": 4}, 20),
        ({"truncation": "tbptt", "k1": 18}, 18),
        ({"truncation": "tbptt", "k1": 500}, 500),
        ({"truncation": "full"}, None),
        ({"truncation": "randomized"}, None),
        ({"truncation": "cuts", "cuts": "3"}, None),
    ],
)
def test_the_k_of_full_is_the_first_at_which_nothing_is_cut(ask, asked, k_full):
    answer = ask(text=SENTENCE, **asked)
    assert answer["k_full"] == k_full
    if k_full is None:
        assert answer["by_k"] is None
        return
    at = ask(text=SENTENCE, **asked | {"k": k_full})
    assert at["cells_kept"] == at["cells_total"]
    assert at["comparison"]["recurrent"]["relative_error"] < 1e-14
    less = ask(text=SENTENCE, **asked | {"k": k_full - 1})
    assert less["cells_kept"] < less["cells_total"] or k_full == asked.get("k1")


def test_every_k_is_worked_out_up_to_a_hundred_steps(ask):
    assert len(ask(text="hello", steps=100, hidden=2)["by_k"]["k"]) == 100
    beyond = ask(text="hello", steps=101, hidden=2)
    assert beyond["by_k"] is None
    assert beyond["k_full"] == 101


@pytest.mark.parametrize(
    ("truncation", "settings", "cached", "walked", "updates"),
    [
        ("full", {}, 20, 20, 1),
        ("blocks", {"k": 6}, 6, 20, 4),
        ("window", {"k": 3}, 3, 57, 20),
        ("tbptt", {"k1": 5, "k": 10}, 10, 35, 4),
    ],
)
def test_cost_is_that_of_one_pass(ask, truncation, settings, cached, walked, updates):
    answer = ask(text="hello", steps=20, hidden=3, truncation=truncation, **settings)
    floats = len(answer["vocabulary"]) + 2 * 3
    growth = answer["cost"].pop("growth")
    assert growth["truncated"][growth["T"].index(20)] == cached
    assert answer["cost"] == {
        "full": {"cached_steps": 20, "cached_floats": 20 * floats, "backward_steps": 20, "updates": 1},
        "truncated": {
            "cached_steps": cached,
            "cached_floats": cached * floats,
            "backward_steps": walked,
            "updates": updates,
        },
    }


def test_a_seed_is_other_weights_and_a_draw_is_other_cuts(ask):
    asked = {"text": SENTENCE, "truncation": "randomized", "digits": 17}
    usual, other = ask(**asked), ask(**asked, cut_seed=1)
    assert other["kept"] != usual["kept"]
    assert other["weights"] == usual["weights"]
    reseeded = ask(**asked, seed=1)
    assert reseeded["weights"] != usual["weights"]
    assert reseeded["kept"] == usual["kept"]


def test_the_weights_are_the_frozen_stream(solve):
    answer = solve(text="hello", hidden=3, seed=5, gain=0.7)
    stream = np.random.RandomState(5)
    Wx, Wh, Wy = (stream.standard_normal(shape) for shape in ((4, 3), (3, 3), (3, 4)))
    assert np.array_equal(answer["weights"]["Wx"], 0.5 * Wx)
    assert_close(answer["weights"]["Wh"], Wh * 0.7 / np.abs(np.linalg.eigvals(Wh)).max())
    assert_close(answer["weights"]["Wy"], Wy / np.sqrt(3))
    assert not answer["weights"]["b"].any()
    assert not answer["weights"]["by"].any()


def test_the_longest_and_widest_run_is_answered_in_full(solve):
    answer = solve(text=SENTENCE, steps=200, hidden=64, k=10, gain=1.5)
    assert answer["credit"].shape == (200, 200)
    assert answer["checks"]["passed"] is True
    assert answer["overflow_at"] is None

"""LSTM and GRU results against the textbook formulas."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.truncation import SCHEMES
from app.labs.explorer import run as bptt
from tests.api.test_explorer_concepts import arrays, one_hot
from tests.arrays import assert_close

SENTENCE = "the quick brown fox"
H = 5
ASKED = {"text": SENTENCE, "hidden": H, "k": 4, "k1": 2}
GATES = {"lstm": "fgio", "gru": "zrn"}


@pytest.fixture(scope="module")
def solve(ask):
    return lambda **asked: arrays(ask(digits=17, **ASKED | asked))


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gates_of(cell, table):
    """The part of every gate, side by side in the order of the book."""
    return dict(zip(GATES[cell], np.split(table, len(GATES[cell]), axis=-1), strict=True))


def lstm(W, x, h, c):
    """Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000."""
    a = gates_of("lstm", h @ W["Wh"] + x @ W["Wx"] + W["b"])
    f, g, i, o = sigmoid(a["f"]), np.tanh(a["g"]), sigmoid(a["i"]), sigmoid(a["o"])
    c = f * c + i * g
    return o * np.tanh(c), c, {"f": f, "g": g, "i": i, "o": o, "c": c}


def loss_from(answer, s, h):
    """g L_s from the state after step s."""
    o = h @ answer["weights"]["Wy"] + answer["weights"]["by"]
    return (np.log(np.exp(o).sum()) - o @ one_hot(answer, "targets")[s]) / len(answer["tokens"])


def test_the_gates_of_an_lstm_are_those_of_the_book(solve):
    answer = solve(cell="lstm")
    h, c = np.zeros(H), np.zeros(H)
    for t, x in enumerate(one_hot(answer)):
        h, c, inside = lstm(answer["weights"], x, h, c)
        assert set(answer["forward"]["gates"]) == set(inside)
        for name, values in inside.items():
            assert_close(answer["forward"]["gates"][name][t], values, what=name)
        assert_close(answer["forward"]["h"][t], h)


def test_the_gates_of_a_gru_are_those_of_the_book(solve):
    answer = solve(cell="gru")
    W, h = answer["weights"], np.zeros(H)
    Wh, Wx, b = (gates_of("gru", W[name]) for name in ("Wh", "Wx", "b"))
    for t, x in enumerate(one_hot(answer)):
        inside = {name: sigmoid(h @ Wh[name] + x @ Wx[name] + b[name]) for name in "zr"}
        inside["n"] = np.tanh(x @ Wx["n"] + (inside["r"] * h) @ Wh["n"] + b["n"])
        h = (1 - inside["z"]) * h + inside["z"] * inside["n"]
        assert set(answer["forward"]["gates"]) == set(inside)
        for name, values in inside.items():
            assert_close(answer["forward"]["gates"][name][t], values, what=name)
        assert_close(answer["forward"]["h"][t], h)


def test_both_vectors_of_an_lstm_enter_a_block(solve):
    answer = solve(cell="lstm")
    h, c = answer["forward"]["h"], answer["forward"]["gates"]["c"]
    assert len(answer["blocks"]) == 5
    for block in answer["blocks"]:
        before = block["start"] - 1
        assert np.array_equal(block["h_in"], h[before] if before >= 0 else np.zeros(H))
        assert np.array_equal(block["c_in"], c[before] if before >= 0 else np.zeros(H))


def credit_of_moved_cells(answer, by=1e-5):
    """∂(g L_s)/∂c_t for every pair, (T, T, H): move c_t before h_t is read from it, and run on."""
    W, x, inside = answer["weights"], one_hot(answer), answer["forward"]["gates"]
    T = len(x)
    rows = np.zeros((T, T, H))
    for t, unit in np.ndindex(T, H):
        for sign in (1, -1):
            c = inside["c"][t].copy()
            c[unit] += sign * by
            h = inside["o"][t] * np.tanh(c)
            for s in range(t, T):
                if s > t:
                    h, c, _ = lstm(W, x[s], h, c)
                rows[s, t, unit] += sign * loss_from(answer, s, h) / (2 * by)
    return rows


@pytest.mark.parametrize("gain", [0, 1.5])
def test_the_gradient_of_the_cell_state_is_the_total_one_as_moved_cells_show(solve, gain):
    answer = solve(cell="lstm", gain=gain, truncation="window")
    rows = credit_of_moved_cells(answer)
    below = np.tril_indices(len(rows))
    assert_allclose(answer["credit_c"][below], np.linalg.norm(rows, axis=-1)[below], rtol=1e-5, atol=1e-9)
    assert_allclose(answer["full"]["dc"], rows.sum(axis=0), rtol=1e-5, atol=1e-9)
    kept = np.nan_to_num(answer["kept"])[..., None]
    assert_allclose(answer["truncated"]["dc"], (kept * rows).sum(axis=0), rtol=1e-5, atol=1e-9)


def credit_along_moved_cells(answer, by=1e-5):
    """∂(g L_s)/∂c_t over c_{t+1} alone, (T, T, H): move what of c_t enters step t + 1, but not h_t."""
    W, x, inside = answer["weights"], one_hot(answer), answer["forward"]["gates"]
    T = len(x)
    rows = np.zeros((T, T, H))
    for t, unit in np.ndindex(T - 1, H):
        for sign in (1, -1):
            h, c = np.array(answer["forward"]["h"][t]), inside["c"][t].copy()
            c[unit] += sign * by
            for s in range(t + 1, T):
                h, c, _ = lstm(W, x[s], h, c)
                rows[s, t, unit] += sign * loss_from(answer, s, h) / (2 * by)
    return rows


@pytest.mark.parametrize("truncation", ["blocks", "window", "tbptt", "randomized"])
def test_what_the_cell_state_gets_from_later_steps_is_what_its_moved_copy_alone_changes(solve, truncation):
    answer = solve(cell="lstm", gain=1.5, truncation=truncation)
    rows = credit_along_moved_cells(answer)
    below = np.tril_indices(len(rows))
    sizes = np.linalg.norm(rows, axis=-1)
    assert_allclose(answer["credit_c_future"][below], sizes[below], rtol=1e-5, atol=1e-9)
    assert sizes[np.tril_indices(len(rows), -1)].min() > 0
    assert_allclose(answer["full"]["dc_future"], rows.sum(axis=0), rtol=1e-5, atol=1e-9)
    kept = np.nan_to_num(answer["kept"])[..., None]
    assert_allclose(answer["truncated"]["dc_future"], (kept * rows).sum(axis=0), rtol=1e-5, atol=1e-9)
    for part in (answer["full"], answer["truncated"]):
        assert_close(part["dc_norm"], np.linalg.norm(part["dc"], axis=1))


def test_only_an_lstm_has_a_gradient_along_its_cell_state(solve):
    for cell in ("rnn", "gru"):
        answer = solve(cell=cell)
        assert not {"credit_c", "credit_c_future"} & set(answer)
        assert not {"dc", "dc_future", "dc_norm"} & set(answer["full"])


def test_at_gain_0_the_cell_state_carries_the_credit_that_h_does_not(solve):
    answer = solve(cell="lstm", gain=0)
    earlier = np.tril_indices(18, -1)
    assert not answer["credit"][earlier].any()
    assert (answer["credit_c"][earlier] > 0).all()


@pytest.mark.parametrize("bias", [-3, 0, 2.5])
@pytest.mark.parametrize(("cell", "keeps", "sign"), [("lstm", "f", 1), ("gru", "z", -1)])
def test_the_gate_bias_is_that_of_the_gate_that_keeps(solve, cell, keeps, sign, bias):
    for name, b in gates_of(cell, solve(cell=cell, gate_bias=bias)["weights"]["b"]).items():
        assert_close(b, sign * bias if name == keeps else 0)


def test_a_setting_that_is_not_the_cells_own_changes_nothing(ask):
    for cell, not_its_own in (
        ("rnn", {"gate_bias": 3}),
        ("lstm", {"activation": "relu"}),
        ("gru", {"activation": "relu"}),
    ):
        usual, other = (ask(**ASKED, cell=cell, **more) for more in ({}, not_its_own))
        del usual["params"], other["params"]
        assert other == usual


@pytest.mark.parametrize("cell", GATES)
def test_every_gate_has_its_own_radius_and_singular_value(ask, solve, cell):
    shape = {"text": "ab", "hidden": 2, "steps": 3, "cell": cell}
    G = len(GATES[cell])
    D = V = 2
    sizes = [D * G * 2, 2 * G * 2, G * 2, 2 * V, V]
    own = np.random.RandomState(3).standard_normal(sum(sizes)).round(3)
    answer = solve(**shape, weights=",".join(map(str, own)))
    for name, Wh in gates_of(cell, answer["weights"]["Wh"]).items():
        radius = np.abs(np.linalg.eigvals(Wh)).max()
        assert_close(answer["jacobian"]["spectral_radius"][name], radius)
        assert_close(answer["jacobian"]["sigma_max_Wh"][name], np.linalg.svd(Wh)[1][0])


@pytest.mark.parametrize("gain", [0.5, 2])
def test_of_a_plain_cell_radius_and_singular_value_are_two_numbers(solve, gain):
    answer = solve(gain=gain)
    sigma = np.linalg.svd(answer["weights"]["Wh"])[1][0]
    assert_close(answer["jacobian"]["sigma_max_Wh"], sigma)
    assert answer["jacobian"]["spectral_radius"] < 0.99 * sigma


def moved(cell, W, x, state):
    """The next state, h and c side by side for the LSTM."""
    if cell == "lstm":
        h, c, _ = lstm(W, x, *np.split(state, 2))
        return np.concatenate([h, c])
    Wh, Wx, b = (gates_of("gru", W[name]) for name in ("Wh", "Wx", "b"))
    z, r = (sigmoid(state @ Wh[name] + x @ Wx[name] + b[name]) for name in "zr")
    return (1 - z) * state + z * np.tanh(x @ Wx["n"] + (r * state) @ Wh["n"] + b["n"])


@pytest.mark.parametrize("cell", GATES)
def test_the_product_of_a_pair_is_what_a_moved_state_moves(client, solve, cell):
    answer, s, t = solve(cell=cell), 9, 3
    response = client.get("/api/pair", params=ASKED | {"cell": cell, "s": s, "t": t, "digits": 17})
    pair = arrays(response.json())
    state = answer["forward"]["h"][t]
    if cell == "lstm":
        state = np.concatenate([state, answer["forward"]["gates"]["c"][t]])
    columns = []
    for move in 1e-5 * np.eye(len(state)):
        ends = []
        for there in (state + move, state - move):
            for step in range(t + 1, s + 1):
                there = moved(cell, answer["weights"], one_hot(answer)[step], there)
            ends.append(there)
        columns.append((ends[0] - ends[1]) / 2e-5)
    assert_allclose(pair["product"]["matrix"], np.array(columns).T, rtol=1e-6, atol=1e-9)
    product = np.eye(len(state))
    for factor, norm in zip(pair["factors"], pair["norms"], strict=True):
        sigma = np.linalg.svd(np.array(factor["matrix"]))[1]
        assert_close([factor["sigma_max"], factor["sigma_min"]], sigma[[0, -1]], 1e-08)
        product = product @ np.array(factor["matrix"])
        assert_close(norm, np.linalg.svd(product)[1][0])


def test_a_gradient_of_one_loss_is_the_vector_sum_whose_norms_a_pair_tells(client, solve):
    """Bars of norms cancel in the sum: the sum itself is the gradient, and never longer than the bars."""
    for cell in ("rnn", *GATES):
        alone = solve(cell=cell, steps=7, loss_at="last", reduction="sum", truncation="full")
        asked = ASKED | {"cell": cell, "reduction": "sum", "s": 6, "t": 0, "digits": 17}
        terms = client.get("/api/pair", params=asked).json()["terms"]
        h, da, x = np.vstack([np.zeros(H), alone["forward"]["h"]]), alone["full"]["da"], one_hot(alone)
        left = [h[:-1]] * (da.shape[1] // H)
        if cell == "gru":
            left[2] = alone["forward"]["gates"]["r"] * h[:-1]  # the reset comes before Wh
        by_gate = [
            np.einsum("ti,tj->tij", a, b) for a, b in zip(left, np.split(da, len(left), 1), strict=True)
        ]
        each = {"Wh": np.concatenate(by_gate, axis=2), "Wx": np.einsum("ti,tj->tij", x, da), "b": da[:, None]}
        for name, shares in each.items():
            assert_close(terms[name], np.linalg.norm(shares, axis=(1, 2)))
            gradient = alone["full"]["gradients"][name]
            assert_close(shares.sum(axis=0).reshape(gradient.shape), gradient)
            assert np.linalg.norm(gradient) <= sum(terms[name]) * (1 + 1e-12)


@pytest.mark.parametrize("loss_at", ["every", "last"])
@pytest.mark.parametrize("cell", ["rnn", *GATES])
def test_all_schemes_side_by_side_are_what_asking_for_each_gives(ask, cell, loss_at):
    asked = ASKED | {"cell": cell, "loss_at": loss_at, "cuts": "2,5,16", "digits": 17}
    beside = ask(**asked)["schemes"]
    assert set(beside) == set(SCHEMES)
    for name, found in beside.items():
        alone = ask(**asked, truncation=name)
        measures = ("cosine", "relative_error", "norm_ratio")
        expected = [alone["comparison"]["recurrent"][measure] for measure in measures]
        assert_close([found[measure] for measure in measures], expected)
        assert found["cells_kept"] == alone["cells_kept"]
        for count in ("cached_steps", "backward_steps", "updates"):
            assert found[count] == alone["cost"]["truncated"][count]
        for s, row in enumerate(alone["kept"]):
            reached = [t for t in range(s + 1) if row[t]]
            has_loss = alone["forward"]["loss"][s] is not None
            assert found["reach"][s] == (reached[0] if has_loss else None)


def test_own_cuts_are_compared_where_there_are_some_or_they_are_chosen(ask):
    others = [name for name in SCHEMES if name != "cuts"]
    assert list(ask(**ASKED)["schemes"]) == others
    assert list(ask(**ASKED, cuts="99")["schemes"]) == list(SCHEMES)  # beyond the end: full
    chosen = ask(**ASKED, truncation="cuts")
    assert list(chosen["schemes"]) == list(SCHEMES)
    measured, exact = chosen["schemes"]["cuts"], chosen["schemes"]["full"]
    assert measured.keys() == exact.keys()
    assert measured["relative_error"] < 1e-12  # its last bits depend on the order of sums
    assert measured["reach"] == exact["reach"]
    assert_close(
        [measured[name] for name in ("cosine", "norm_ratio", "cells_kept")],
        [exact[name] for name in ("cosine", "norm_ratio", "cells_kept")],
    )


@pytest.mark.parametrize("cell", ["rnn", *GATES])
def test_a_draw_is_what_asking_for_its_cut_seed_gives(ask, cell):
    asked = ASKED | {"cell": cell, "truncation": "randomized", "cut": 0.4, "steps": 9, "digits": 17}
    draws = ask(**asked)["draws"]
    assert draws["n"] == 200
    seeds = [0, 1, 7, 199]
    alone = [ask(**asked, cut_seed=seed)["comparison"]["recurrent"] for seed in seeds]
    for measure in ("cosine", "relative_error"):
        found = [draws["unbiased"][measure][seed] for seed in seeds]
        assert_close(found, [comparison[measure] for comparison in alone])


def test_the_mean_draw_is_that_of_the_mean_gradient_in_however_many_batches(ask, monkeypatch):
    asked = ASKED | {"truncation": "randomized", "cut": 0.4, "steps": 9}
    drawn = [recurrent(ask(**asked, cut_seed=seed, digits=17)["truncated"]) for seed in range(12)]
    monkeypatch.setattr(bptt, "SAMPLES", 12)
    for digits, at_once in (
        (14, 5),
        (15, 12),
        (16, 100),
    ):  # another question each time, so that it is computed
        monkeypatch.setattr(bptt, "MAX_SAMPLED_NUMBERS", at_once * 9 * H)
        answer = ask(**asked, digits=digits)
        F, mean = recurrent(answer["full"]), np.mean(drawn, axis=0)
        found = answer["draws"]["unbiased"]["mean"]
        assert_close(found["relative_error"], np.linalg.norm(mean - F) / np.linalg.norm(F))
        assert_close(found["cosine"], mean @ F / np.linalg.norm(mean) / np.linalg.norm(F))
        assert len(answer["draws"]["biased"]["cosine"]) == answer["draws"]["n"] == 12


def test_over_all_draws_only_the_factor_brings_the_mean_close(ask):
    draws = ask(text="hello", truncation="randomized", cut=0.4)["draws"]
    assert draws["biased"]["mean"]["relative_error"] > 2 * draws["unbiased"]["mean"]["relative_error"]


def recurrent(part):
    return np.concatenate([np.ravel(part["gradients"][name]) for name in ("Wx", "Wh", "b")])


@pytest.mark.parametrize("steps", [2, 7])
@pytest.mark.parametrize("loss_at", ["every", "last"])
@pytest.mark.parametrize("truncation", SCHEMES)
def test_the_growth_of_the_cost_is_the_cost_at_those_lengths(ask, truncation, loss_at, steps):
    asked = {"text": "ab", "hidden": 1, "truncation": truncation, "k": 4, "k1": 2, "loss_at": loss_at}
    growth = ask(**asked, steps=steps)["cost"]["growth"]
    assert growth["T"] == sorted(set(growth["T"]))
    assert {1, steps, 3 * steps} <= set(growth["T"])
    assert len(growth["T"]) <= 40
    costs = list(zip(growth["T"], growth["full"], growth["truncated"], strict=True))
    for T, full, truncated in (costs[0], *costs[2::4], costs[-1]):
        cost = ask(**asked, steps=T)["cost"]
        assert full == cost["full"]["cached_steps"]
        assert truncated == cost["truncated"]["cached_steps"]

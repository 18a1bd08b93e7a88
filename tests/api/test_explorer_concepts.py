"""Every concept that the explorer must show, by its number, held against the answer that the page draws."""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.arrays import assert_close

SENTENCE = "the quick brown fox"
WORDS = {"unit": "word", "text": "you say goodbye and I say hello ."}
SCALAR = {"hidden": 1, "activation": "identity", "gain": 1.1, "text": "abcd", "steps": 12}
CLOSE = {"rtol": 1e-9, "atol": 1e-14}


def arrays(node):
    """The answer with its lists of numbers as arrays; null becomes not-a-number."""
    if isinstance(node, dict):
        return {name: arrays(child) for name, child in node.items()}
    if isinstance(node, list) and node and not isinstance(node[0], (str, dict)):
        return np.array(node, dtype=float)
    return node


@pytest.fixture(scope="module")
def solve(ask):
    return lambda **asked: arrays(ask(digits=17, **asked))


@pytest.fixture(scope="module")
def pair(client):
    def solved(**asked):
        response = client.get("/api/pair", params={"digits": 17, **asked})
        assert response.status_code == 200, response.text
        return json.loads(response.content)

    return solved


def one_hot(answer, name="tokens"):
    places = [answer["vocabulary"].index(symbol) for symbol in answer[name]]
    return np.eye(len(answer["vocabulary"]))[places]


def states(answer):
    """h_{-1} … h_{T-1}, (T + 1, H)."""
    return np.vstack([answer["forward"]["h0"], answer["forward"]["h"]])


def flat(weights):
    return np.concatenate([np.ravel(weights[name]) for name in ("Wx", "Wh", "b", "Wy", "by")])


def written(weights):
    return ",".join(repr(float(w)) for w in weights)


def slopes_of_the_loss(ask, answer, asked, places, by=1e-5):
    """Central differences of the total loss by single weights, each from two answers at own weights."""
    here = flat(answer["weights"])
    found = []
    for place in places:
        moved = []
        for sign in (1, -1):
            there = here.copy()
            there[place] += sign * by
            moved.append(ask(digits=17, **asked, weights=written(there))["forward"]["total_loss"])
        found.append((moved[0] - moved[1]) / (2 * by))
    return np.array(found)


def test_row_01_a_language_model_has_an_error_at_every_step(solve):
    answer = solve()
    p, wanted = answer["forward"]["p"], one_hot(answer, "targets")
    assert answer["tokens"] == list("hell")
    assert answer["targets"] == list("ello")
    assert_close(p.sum(axis=1), 1)
    assert_close(answer["forward"]["loss"], -np.log((p * wanted).sum(axis=1)))
    e = (p - wanted) / len(p)
    assert_close(answer["full"]["dh_output"], e @ answer["weights"]["Wy"].T)


def test_row_02_words_are_symbols_like_letters(solve):
    answer = solve(**WORDS)
    assert answer["tokens"] == WORDS["text"].split()[:-1]
    assert answer["vocabulary"] == ["you", "say", "goodbye", "and", "I", "hello", "."]
    assert answer["vocabulary"].index(answer["tokens"][5]) == one_hot(answer)[5].argmax() == 1


def test_row_03_the_unrolled_network_is_the_loop(solve):
    answer = solve(text=SENTENCE)
    W, h, seen = answer["weights"], answer["forward"]["h0"], []
    for x in one_hot(answer):
        h = np.tanh(h @ W["Wh"] + x @ W["Wx"] + W["b"])
        seen.append(h)
    assert_close(answer["forward"]["h"], seen)


def test_row_04_a_state_is_made_of_its_products(solve):
    answer = solve()
    W, h = answer["weights"], states(answer)
    for t, x in enumerate(one_hot(answer)):
        products = np.vstack([h[t][:, None] * W["Wh"], x @ W["Wx"], W["b"]])
        assert_close(answer["forward"]["a"][t], products.sum(axis=0))
        assert_close(answer["forward"]["h"][t], np.tanh(products.sum(axis=0)))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_row_05_every_array_has_its_shape(solve, cell):
    answer = solve(text=SENTENCE, cell=cell, hidden=6)
    T, D, H, G = 18, len(set(SENTENCE)), 6, {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    shapes = {name: W.shape for name, W in answer["weights"].items()}
    assert shapes == {"Wx": (D, G * H), "Wh": (H, G * H), "b": (G * H,), "Wy": (H, D), "by": (D,)}
    assert answer["forward"]["h"].shape == answer["full"]["dh"].shape == (T, H)
    assert answer["full"]["da"].shape == (T, G * H)
    assert answer["forward"]["o"].shape == (T, D)


def test_row_06_each_line_of_the_backward_step_passes_finite_differences(ask, solve):
    asked = {"hidden": 2, "truncation": "full"}
    answer = solve(**asked)
    gradient = flat(answer["full"]["gradients"])
    measured = slopes_of_the_loss(ask, answer, asked, range(len(gradient)))
    assert_allclose(gradient, measured, rtol=1e-6, atol=1e-9)
    W, part, h = answer["weights"], answer["full"], states(answer)
    assert_close(part["da"], part["dh"] * (1 - h[1:] ** 2))
    assert_close(part["dh_future"][:-1], (part["da"] @ W["Wh"].T)[1:])
    x = one_hot(answer) @ W["Wx"]  # what x_t adds to a_t: moved by as much, the loss grows by da_t
    for t in range(4):
        for unit in range(2):
            moved = [loss_after(answer, x + by * at(x.shape, t, unit)) for by in (1e-5, -1e-5)]
            assert_allclose(part["da"][t, unit], (moved[0] - moved[1]) / 2e-5, rtol=1e-6, atol=1e-10)


def at(shape, t, unit):
    one = np.zeros(shape)
    one[t, unit] = 1.0
    return one


def loss_after(answer, inputs):
    """The mean cross-entropy of the plain recursion, with x_t Wx given."""
    W, h, total = answer["weights"], answer["forward"]["h0"], 0.0
    for u, wanted in zip(inputs, one_hot(answer, "targets"), strict=True):
        h = np.tanh(h @ W["Wh"] + u + W["b"])
        o = h @ W["Wy"] + W["by"]
        total += np.log(np.exp(o).sum()) - o @ wanted
    return total / len(inputs)


@pytest.mark.parametrize("part", ["full", "truncated"])
def test_row_09_one_weight_is_used_at_every_step_and_its_terms_add_up(solve, part):
    answer = solve(text=SENTENCE, k=5)
    h, x, da = states(answer), one_hot(answer), answer[part]["da"]
    terms = np.array([np.outer(h[t], da[t]) for t in range(len(x))])
    assert not terms[0].any()
    assert_close(answer[part]["gradients"]["Wh"], terms.sum(axis=0))
    assert_close(answer[part]["gradients"]["Wx"], sum(np.outer(x[t], da[t]) for t in range(len(x))))
    assert_allclose(answer[part]["step_norms"]["Wh"], np.linalg.norm(terms, axis=(1, 2)), **CLOSE)


@pytest.mark.parametrize("part", ["full", "truncated"])
def test_row_10_two_gradients_meet_in_a_state(solve, part):
    answer = solve(text=SENTENCE, truncation="window", k=4)[part]
    assert_close(answer["dh"], answer["dh_output"] + answer["dh_future"])
    assert np.linalg.norm(answer["dh_output"], axis=1).min() > 0
    assert np.linalg.norm(answer["dh_future"][:-1], axis=1).min() > 0


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ({"truncation": "full"}, 18),
        ({"truncation": "blocks", "k": 5}, 5),
        ({"truncation": "window", "k": 7}, 7),
        ({"truncation": "tbptt", "k": 7, "k1": 3}, 7),
    ],
)
@pytest.mark.parametrize(("cell", "floats"), [("rnn", (1, 2)), ("lstm", (1, 7)), ("gru", (1, 4))])
def test_row_11_every_cached_step_costs_memory(solve, asked, steps, cell, floats):
    answer = solve(text=SENTENCE, cell=cell, hidden=5, **asked)
    D, H = len(set(SENTENCE)), 5
    cost = answer["cost"]["truncated"]
    assert cost["cached_steps"] == steps
    assert cost["cached_floats"] == steps * (floats[0] * D + floats[1] * H)
    assert answer["cost"]["full"]["cached_steps"] == 18


@pytest.mark.parametrize(
    ("asked", "steps", "updates"),
    [
        ({"truncation": "full"}, 20, 1),
        ({"truncation": "blocks", "k": 6}, 20, 4),
        ({"truncation": "tbptt", "k1": 5, "k": 10}, 35, 4),
        ({"truncation": "window", "k": 3}, 57, 20),
    ],
)
def test_row_12_backward_steps_grow_with_the_length(solve, asked, steps, updates):
    cost = solve(text="hello", steps=20, **asked)["cost"]["truncated"]
    assert (cost["backward_steps"], cost["updates"]) == (steps, updates)
    longer = solve(text="hello", steps=40, **asked)["cost"]["truncated"]
    assert longer["backward_steps"] > steps


@pytest.mark.parametrize("gain", [0.5, 1.4])
def test_row_13_a_gradient_grows_or_shrinks_by_the_product_of_jacobians(solve, gain):
    answer = solve(text=SENTENCE, gain=gain, truncation="full")
    h, W = answer["forward"]["h"], answer["weights"]["Wh"]
    row, last = answer["full"]["dh_output"][-1], len(h) - 1
    for t in range(last, 0, -1):
        row = row @ ((1 - h[t] ** 2)[:, None] * W.T)
        assert_allclose(answer["credit"][last, t - 1], np.linalg.norm(row), rtol=1e-9)
    start = answer["full"]["dh_output"][-1]
    ratio = np.linalg.norm(row) / np.linalg.norm(start)
    assert_allclose(answer["jacobian"]["last_loss_ratio"], ratio, rtol=1e-9)
    alone = np.linalg.norm(start @ np.linalg.matrix_power(W.T, last)) / np.linalg.norm(start)
    assert_allclose(answer["jacobian"]["last_loss_ratio_Wh"], alone, rtol=1e-9)


def test_a_gradient_that_wh_alone_shrinks_is_not_said_to_shrink_by_its_slopes(solve):
    """The radius 1.2 is above 1, and yet Wh alone shrinks it, even more than with its slopes."""
    told = solve(text="abcab", hidden=2, gain=1.2, seed=118, truncation="full")["jacobian"]
    assert round(told["spectral_radius"], 3) == 1.2
    assert told["last_loss_ratio_Wh"] < told["last_loss_ratio"] < 0.8


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_long_sequence_knows_the_last_losss_ratio_without_its_pooled_table(solve, cell):
    asked = {"text": SENTENCE, "cell": cell, "loss_at": "last", "truncation": "full", "steps": 250}
    told, sizes = solve(**asked)["jacobian"], solve(**asked)["full"]["dh_norm"]
    if cell != "lstm":
        assert_allclose(told["last_loss_ratio"], sizes[0] / sizes[-1], rtol=1e-9)
    assert (told["last_loss_ratio_Wh"] is None) == (cell != "rnn")


@pytest.mark.parametrize("k", range(1, 20))
def test_row_14_blocks_are_what_running_each_block_alone_gives(solve, k):
    answer = solve(text=SENTENCE, k=k)
    part, h, Wh = answer["truncated"], answer["forward"]["h"], answer["weights"]["Wh"]
    T = len(h)
    for start in range(0, T, k):
        r = np.zeros(h.shape[1])
        for t in reversed(range(start, min(start + k, T))):
            dh = part["dh_output"][t] + r
            assert_close(part["dh"][t], dh, 1e-10)
            r = (dh * (1 - h[t] ** 2)) @ Wh.T


def test_row_15_truncation_leaves_the_forward_pass_alone(solve):
    exact = solve(text=SENTENCE, truncation="full")
    for k in range(1, 20):
        cut = solve(text=SENTENCE, k=k)
        assert np.array_equal(cut["forward"]["h"], exact["forward"]["h"])
        for name in ("Wy", "by"):
            assert np.array_equal(cut["truncated"]["gradients"][name], exact["full"]["gradients"][name])


def test_row_16_a_block_needs_nothing_from_later_blocks(solve):
    one, other = (solve(text=text, k=6) for text in ("hello hello hello", "hello hloel eehlo"))
    assert one["vocabulary"] == other["vocabulary"]
    assert one["tokens"] != other["tokens"]
    for name in ("dh", "da", "dh_future"):
        assert np.array_equal(one["truncated"][name][:6], other["truncated"][name][:6])
    assert not np.allclose(one["full"]["dh"][:6], other["full"]["dh"][:6])


def test_row_19_at_the_end_of_a_block_its_own_loss_is_the_only_source(solve):
    answer = solve(text=SENTENCE, k=5)
    ends = [block["stop"] - 1 for block in answer["blocks"]]
    assert ends == [4, 9, 14, 17]
    part = answer["truncated"]
    assert not part["dh_future"][ends].any()
    assert_close(part["dh"][ends], part["dh_output"][ends])
    assert np.linalg.norm(part["dh_future"][[0, 5, 10]], axis=1).min() > 0


def test_row_22_truncation_saves_memory_and_costs_direction(solve):
    kept = [solve(text=SENTENCE, truncation="window", k=k) for k in (1, 4, 9, 18)]
    assert [answer["cost"]["truncated"]["cached_steps"] for answer in kept] == [1, 4, 9, 18]
    errors = [answer["comparison"]["recurrent"]["relative_error"] for answer in kept]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] == 0
    assert_close(kept[-1]["comparison"]["recurrent"]["cosine"], 1)


def test_row_27_an_embedding_is_a_row_of_the_input_weights(solve):
    answer = solve(**WORDS)
    a, h, W = answer["forward"]["a"], states(answer), answer["weights"]
    for t, word in enumerate(answer["tokens"]):
        embedding = W["Wx"][answer["vocabulary"].index(word)]
        assert_close(a[t] - h[t] @ W["Wh"] - W["b"], embedding)


def test_row_28_the_total_loss_is_the_mean_over_time(solve):
    answer = solve(text=SENTENCE)
    assert_close(answer["forward"]["total_loss"], answer["forward"]["loss"].mean())


def test_row_29_many_to_one_has_one_row_of_credit(solve):
    answer = solve(text=SENTENCE, loss_at="last")
    assert np.isnan(answer["credit"][:-1]).all()
    assert np.isfinite(answer["credit"][-1]).all()
    assert np.isnan(answer["forward"]["loss"][:-1]).all()
    assert answer["forward"]["loss"][-1] > 0


def test_row_32_the_closed_sum_of_products_is_the_derivative(solve):
    answer = solve(**SCALAR, loss_at="last", truncation="full")
    w, h = answer["weights"]["Wh"][0, 0], states(answer)[:, 0]
    T = len(h) - 1
    closed = sum(np.prod([w] * (T - 1 - i)) * h[i] for i in range(T))  # a_t = b_t + c_t a_{t-1}, summed out
    carried = 0.0
    for t in range(T):  # the tangent, carried forward
        carried = h[t] + w * carried
    dh = answer["full"]["dh_output"][-1, 0]
    assert_close([dh * closed, dh * carried], answer["full"]["gradients"]["Wh"][0, 0])


def test_row_33_the_sum_is_the_mean_times_the_length(solve):
    mean, total = (solve(text=SENTENCE, reduction=reduction) for reduction in ("mean", "sum"))
    assert_close(total["forward"]["total_loss"], 18 * mean["forward"]["total_loss"])
    assert_close(total["full"]["gradients"]["Wh"], 18 * mean["full"]["gradients"]["Wh"])


@pytest.mark.parametrize("w", [0.5, 0.9, 1.1, 2.0])
def test_row_34_a_scalar_weight_is_raised_to_the_distance(solve, w):
    credit = solve(**{**SCALAR, "gain": w})["credit"]
    for s in range(12):
        assert_allclose(credit[s, : s + 1] / credit[s, s], w ** (s - np.arange(s + 1.0)), rtol=1e-12)


def test_row_37_the_blackboard_regression_has_its_known_numbers(solve):
    answer = solve(
        unit="number",
        text="1 2",
        targets="1 2",
        hidden=1,
        weights=".5,.1,0,2,0",
        loss="squared_error",
        reduction="sum",
        truncation="full",
    )
    assert_close(answer["forward"]["h"].ravel(), [0.4621171573, 0.7803291850], 1e-9)
    assert_close(answer["forward"]["total_loss"], 0.0993807534, 1e-8)
    found = [answer["full"]["gradients"][name].item() for name in ("Wx", "Wh", "Wy")]
    assert_close(found, [-0.8334791555, -0.1588024207, -0.3778437192], 1e-9)


def test_row_38_one_loss_has_one_term_for_the_readout_and_one_per_step_for_the_rest(solve, pair):
    asked = {"text": SENTENCE, "reduction": "sum"}
    terms = pair(**asked, s=3, t=0)["terms"]
    alone = solve(**asked, steps=4, loss_at="last", truncation="full")
    h, x, da = states(alone), one_hot(alone), alone["full"]["da"]
    assert [len(terms[name]) for name in ("Wx", "Wh", "b")] == [4, 4, 4]
    for t in range(4):
        assert_close(terms["Wh"][t], np.linalg.norm(np.outer(h[t], da[t])))
        assert_close(terms["Wx"][t], np.linalg.norm(np.outer(x[t], da[t])))
        assert_close(terms["b"][t], np.linalg.norm(da[t]))
    assert_close(terms["Wy"], np.linalg.norm(alone["full"]["gradients"]["Wy"]))


def test_row_39_the_total_gradient_is_the_sum_over_the_losses(solve):
    asked = {"text": SENTENCE, "truncation": "full"}
    total = solve(**asked, reduction="sum")["full"]["gradients"]
    rows = [solve(**asked, steps=s + 1, loss_at="last")["full"]["gradients"] for s in range(18)]
    for name in total:
        assert_close(total[name], sum(row[name] for row in rows))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_row_40_the_product_of_jacobians_is_what_a_moved_state_moves(solve, pair, activation):
    asked = {"text": SENTENCE, "activation": activation, "hidden": 4}
    answer, s, t = solve(**asked), 9, 3
    found = pair(**asked, s=s, t=t)
    f = {"tanh": np.tanh, "sigmoid": lambda a: 1 / (1 + np.exp(-a))}[activation]
    W, x = answer["weights"], one_hot(answer)

    def later(h):
        for step in range(t + 1, s + 1):
            h = f(h @ W["Wh"] + x[step] @ W["Wx"] + W["b"])
        return h

    h, moves = answer["forward"]["h"][t], 1e-6 * np.eye(4)
    measured = np.array([(later(h + move) - later(h - move)) / 2e-6 for move in moves]).T
    assert_allclose(found["product"]["matrix"], measured, rtol=1e-5, atol=1e-9)
    product = np.linalg.multi_dot([np.array(factor["matrix"]) for factor in found["factors"]])
    assert_close(found["product"]["matrix"], product)
    assert [factor["step"] for factor in found["factors"]] == list(range(s, t, -1))


def test_row_41_a_slope_is_small_where_the_unit_is_saturated(solve):
    gentle, steep = (solve(text=SENTENCE, activation=name, gain=3) for name in ("sigmoid", "tanh"))
    assert gentle["forward"]["slope"].max() <= 0.25
    assert_close(steep["forward"]["slope"], 1 - np.tanh(steep["forward"]["a"]) ** 2)
    far = np.abs(steep["forward"]["a"]) > 3
    assert far.any()
    assert steep["forward"]["slope"][far].max() < 0.01


def test_row_45_the_losses_add_up_to_the_logarithm_of_a_product(solve):
    answer = solve(text=SENTENCE)
    p = (answer["forward"]["p"] * one_hot(answer, "targets")).sum(axis=1)
    assert_close(answer["forward"]["loss"].sum(), -np.log(np.prod(p)))


def test_row_47_the_first_input_still_matters_to_the_last_state(solve):
    one, other = (solve(unit="number", text=f"{x} 2 1 2 1 2") for x in (1, -1))
    assert np.array_equal(one["weights"]["Wh"], other["weights"]["Wh"])
    assert np.abs(one["forward"]["h"][-1] - other["forward"]["h"][-1]).max() > 1e-4


def test_row_48_without_recurrent_weights_every_step_stands_alone(solve):
    answer = solve(text=SENTENCE, gain=0)
    W, x = answer["weights"], one_hot(answer)
    assert not W["Wh"].any()
    assert_close(answer["forward"]["h"], np.tanh(x @ W["Wx"] + W["b"]))
    assert not answer["full"]["dh_future"].any()


@pytest.mark.parametrize("truncation", ["full", "blocks", "window", "tbptt", "randomized"])
def test_row_49_walks_go_back_one_step_at_a_time_and_use_every_loss_once(solve, truncation):
    walks = solve(text=SENTENCE, truncation=truncation, k=5, k1=2)["walks"]
    fed = [s for walk in walks for s in range(walk["newest_from"], walk["stop"])]
    assert fed == list(range(18))
    assert all(walk["start"] <= walk["newest_from"] < walk["stop"] for walk in walks)


def test_row_50_the_product_from_i_to_t_is_what_becomes_unstable(pair):
    asked = {**SCALAR, "s": 11, "t": 0}
    found = {w: pair(**{**asked, "gain": w}) for w in (0.5, 1.5)}
    for w, answer in found.items():
        assert_close(answer["product"]["matrix"], [[w**11]])
        assert_close(answer["norms"], [w ** (i + 1) for i in range(11)])


@pytest.mark.parametrize("k", [1, 4, 17, 18, 30])
def test_row_51_the_gradient_is_handed_over_in_blocks(solve, k):
    answer = solve(text=SENTENCE, k=k)
    handed = np.linalg.norm(answer["truncated"]["dh_future"], axis=1) > 0
    assert [t for t in range(17) if not handed[t]] == [t for t in range(17) if (t + 1) % k == 0]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_row_52_every_cell_passes_finite_differences(ask, solve, cell):
    asked = {"cell": cell, "hidden": 2, "truncation": "full"}
    answer = solve(**asked)
    gradient = flat(answer["full"]["gradients"])
    places = np.random.RandomState(0).choice(len(gradient), 12, replace=False)
    assert_allclose(gradient[places], slopes_of_the_loss(ask, answer, asked, places), rtol=1e-6, atol=1e-9)


def test_row_53_no_gradient_starts_where_nothing_is_wanted(solve):
    answer = solve(text=SENTENCE, loss_at="last", truncation="full")
    assert not answer["full"]["dh_output"][:-1].any()
    assert answer["full"]["dh_output"][-1].any()
    assert answer["full"]["dh"][:-1].any()


def test_row_55_outputs_at_every_step_or_only_the_last_counts(solve):
    many, one = (solve(text=SENTENCE, loss_at=at) for at in ("every", "last"))
    assert many["forward"]["o"].shape == one["forward"]["o"].shape == (18, len(set(SENTENCE)))
    assert np.array_equal(many["forward"]["o"], one["forward"]["o"])
    assert_close(one["forward"]["total_loss"], many["forward"]["loss"][-1])


@pytest.mark.parametrize("asked", [{"text": SENTENCE}, WORDS, {"unit": "number", "text": "1 2 1 2 1 2"}])
def test_row_56_the_state_has_one_size_whatever_the_length(solve, asked):
    for steps in (1, 5, 40):
        answer = solve(**asked, steps=steps)
        assert answer["forward"]["h"].shape == (steps, 8)


def test_row_58_the_gradient_thrown_away_at_a_cut_is_that_of_the_exact_run(solve, pair):
    answer = solve(text=SENTENCE, k=6)
    for block in answer["blocks"][1:]:
        t = block["start"] - 1
        assert not answer["truncated"]["dh_future"][t].any()
        whole = np.linalg.norm(answer["full"]["dh_future"][t])
        assert whole > 0
        assert pair(text=SENTENCE, k=6, s=block["start"], t=t)["kept"] == 0

"""The GRU in its two forms, the reset before the product with Wh and after it, as the API answers them."""

from urllib.parse import urlencode

import numpy as np
import pytest

from tests.api.cells import RESET_AFTER
from tests.api.test_explorer_concepts import arrays, one_hot
from tests.arrays import assert_close

SENTENCE = "the quick brown fox"
H = 5
ASKED = {"text": SENTENCE, "hidden": H, "k": 4, "updates": 7, "lr": 1, "digits": 17} | RESET_AFTER


@pytest.fixture(scope="module")
def solve(ask):
    return lambda **asked: arrays(ask(**ASKED | asked))


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step(W, x, h):
    """As PyTorch documents it, with its update gate as 1 - z: the state, the gates and m."""
    (Uz, Ur, Un), (Vz, Vr, Vn), (bz, br, bn) = (np.split(W[name], 3, axis=-1) for name in ("Wh", "Wx", "b"))
    z, r, m = sigmoid(x @ Vz + bz + h @ Uz), sigmoid(x @ Vr + br + h @ Ur), h @ Un + W["bh"]
    n = np.tanh(x @ Vn + bn + r * m)
    return (1 - z) * h + z * n, {"z": z, "r": r, "n": n}, m


def test_states_and_gates_are_those_of_the_formula(solve):
    answer = solve()
    W, h = answer["weights"], np.zeros(H)
    assert np.abs(W["bh"]).min() > 0
    assert list(W) == ["Wx", "Wh", "b", "bh", "Wy", "by"]
    for t, x in enumerate(one_hot(answer)):
        h, gates, _ = step(W, x, h)
        assert set(answer["forward"]["gates"]) == set(gates)
        for name, values in gates.items():
            assert_close(answer["forward"]["gates"][name][t], values, what=name)
        assert_close(answer["forward"]["h"][t], h)


@pytest.mark.parametrize("truncation", ["full", "blocks", "window", "randomized"])
def test_the_gradients_of_wh_and_bh_are_sums_over_the_product_and_those_of_wx_and_b_are_not(
    solve, truncation
):
    answer = solve(truncation=truncation)
    h, r = np.vstack([np.zeros(H), answer["forward"]["h"][:-1]]), answer["forward"]["gates"]["r"]
    for part in (answer["full"], answer["truncated"]):
        da = part["da"]
        dm = np.concatenate([da[:, : 2 * H], r * da[:, 2 * H :]], axis=1)
        expected = {"Wx": one_hot(answer).T @ da, "Wh": h.T @ dm, "b": da.sum(axis=0)}
        expected["bh"] = dm[:, 2 * H :].sum(axis=0)
        for name, dW in expected.items():
            assert_close(part["gradients"][name], dW, what=name)
        assert_close(part["step_norms"]["Wh"], np.linalg.norm(h, axis=1) * np.linalg.norm(dm, axis=1))
        assert_close(part["step_norms"]["bh"], np.linalg.norm(dm[:, 2 * H :], axis=1))
    assert answer["checks"]["passed"] is True


def test_the_recurrent_gradient_that_is_compared_has_the_bias_inside(solve):
    answer = solve()
    names = ("Wx", "Wh", "b", "bh")
    F, G = (
        np.concatenate([np.ravel(answer[part]["gradients"][name]) for name in names])
        for part in ("full", "truncated")
    )
    expected = np.linalg.norm(G - F) / np.linalg.norm(F)
    assert_close(answer["comparison"]["recurrent"]["relative_error"], expected)
    assert_close(answer["schemes"]["blocks"]["relative_error"], expected)
    own = (np.ravel(answer[part]["gradients"]["bh"]) for part in ("full", "truncated"))
    F, G = own
    assert_close(answer["comparison"]["bh"]["relative_error"], np.linalg.norm(G - F) / np.linalg.norm(F))


def test_its_step_caches_the_product_too(solve):
    D = len(set(SENTENCE))
    assert solve()["cost"]["full"]["cached_floats"] == 18 * (D + 5 * H)
    assert solve(reset_gate="before")["cost"]["full"]["cached_floats"] == 18 * (D + 4 * H)


def test_with_one_unit_and_no_bias_inside_both_forms_are_one_network(ask):
    asked = {"text": SENTENCE, "hidden": 1, "cell": "gru", "seed": 3, "digits": 17}
    before, after = (arrays(ask(**asked, reset_gate=form)) for form in ("before", "after"))
    for name in ("h", "o", "loss"):
        assert_close(before["forward"][name], after["forward"][name], 1e-14)
    assert_close(before["full"]["dh"], after["full"]["dh"])


def test_both_forms_start_from_the_same_weights_and_part_at_the_second_step(ask):
    asked = {"text": SENTENCE, "hidden": H, "cell": "gru", "digits": 17}
    before, after = (ask(**asked, reset_gate=form) for form in ("before", "after"))
    assert after["weights"].pop("bh") == [0] * H
    assert before["weights"] == after["weights"]
    apart = np.linalg.norm(np.subtract(before["forward"]["h"], after["forward"]["h"]), axis=1)
    assert apart[0] == 0
    assert (apart[1:] > 1e-4).all()


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_other_cells_have_no_such_gate(ask, cell):
    asked = {"text": SENTENCE, "cell": cell, "digits": 17}
    usual, other = ask(**asked), ask(**asked, reset_gate="after")
    assert other.pop("params")["reset_gate"] == "after"
    usual.pop("params")
    assert other == usual


def test_a_race_of_both_forms_has_each_as_its_own_lab_would(client):
    def race(**asked):
        asked = {"text": SENTENCE, "cell": "gru", "budget": 80, "seeds": 2, "digits": 17} | asked
        response = client.get("/api/training", params=asked)
        assert response.status_code == 200, response.text[:300]
        return response.json()["race"]["contestants"]

    before, after = race(contest="gru.before.4,gru.after.4")
    assert [before["reset_gate"], after["reset_gate"]] == ["before", "after"]
    assert before["points"] != after["points"]
    for form, expected in (("before", before), ("after", after)):
        (alone,) = race(contest="4", reset_gate=form)
        assert alone["points"] == expected["points"]
        assert alone["samples"] == expected["samples"]
    (rnn,) = race(contest="rnn.4")
    assert rnn["reset_gate"] is None


def test_the_explorer_looks_into_a_run_of_its_own_form(ask):
    run = {"text": SENTENCE, "k": 5, "hidden": H, "lr": 0.5, **RESET_AFTER}
    asked = {"text": SENTENCE, "hidden": H, **RESET_AFTER, "digits": 17}
    found = ask(**asked, trained=urlencode({"v": 1, **run}), at_update=9)
    assert np.abs(found["weights"]["bh"]).min() > 0
    assert found["checks"]["passed"] is True

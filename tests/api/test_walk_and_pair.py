"""One walk by itself, and one loss with one step by itself, held against the whole answer."""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.truncation import SCHEMES
from tests.api.cells import FORMS
from tests.api.test_answer import SENTENCE
from tests.arrays import assert_close

ASKED = {"text": SENTENCE, "hidden": 5, "k": 4, "k1": 2}


@pytest.fixture(scope="module")
def get(client):
    def answer(path, **asked):
        response = client.get(path, params={"digits": 17} | asked)
        assert response.status_code == 200, response.text
        return json.loads(response.content, parse_constant=pytest.fail)

    return answer


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("truncation", SCHEMES)
def test_all_walks_together_are_the_truncated_gradient(get, form, truncation):
    asked = ASKED | form | {"truncation": truncation}
    whole = get("/api/bptt", **asked)
    names = ["dh", "da", *(["dc", "dc_future"] if form["cell"] == "lstm" else [])]
    sums = {name: np.zeros_like(np.array(whole["truncated"][name], dtype=float)) for name in names}
    for j, place in enumerate(whole["walks"]):
        walk = get("/api/walk", **asked, walk=j)
        assert walk["walk"] == place
        steps = slice(place["start"], place["stop"])
        for name in names:
            sums[name][steps] += walk[name]
        both = np.array(walk["dh_output"]) + walk["dh_future"]
        assert_close(walk["dh"], both)
        assert_close(walk["dh_norm"], np.linalg.norm(walk["dh"], axis=1))
        assert not np.array(walk["dh_output"])[: place["newest_from"] - place["start"]].any()
        assert not np.array(walk["dh_future"])[-1].any()
    for name in names:
        assert_close(sums[name], whole["truncated"][name], 1e-10)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_pair_agrees_with_the_credit_matrix_and_the_table(get, form):
    asked = ASKED | form
    whole = get("/api/bptt", **asked)
    for s, t in ((0, 0), (9, 3), (17, 0), (17, 4), (17, 5), (17, 17)):
        pair = get("/api/pair", **asked, s=s, t=t)
        assert pair["kept"] == whole["kept"][s][t]
        assert_allclose(pair["credit"], whole["credit"][s][: s + 1], rtol=1e-9)
        if form["cell"] == "lstm":
            assert_close(pair["credit_c"], whole["credit_c"][s][: s + 1])
        assert len(pair["factors"]) == len(pair["norms"]) == s - t
        for factor in pair["factors"]:
            assert_close(factor["sigma_max"], whole["jacobian"]["sigma_max"][factor["step"]])
            assert (factor["matrix"] is None) == (s - t > 12 and t + 4 < factor["step"] <= s - 4)
        if (
            form["cell"] != "lstm"
        ):  # what loss s hands to its own step, through the product in the right order
            arriving = np.array(whole["full"]["dh_output"][s]) @ pair["product"]["matrix"]
            assert_close(whole["credit"][s][t], np.linalg.norm(arriving))
        sigma = np.linalg.svd(np.array(pair["product"]["matrix"]), compute_uv=False)
        assert_close(pair["product"]["sigma_max"], sigma[0])
        assert not pair["norms"] or pair["norms"][-1] == pair["product"]["sigma_max"]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_pair_has_the_gradients_of_its_loss_by_every_input(get, form):
    asked = ASKED | form | {"text": "backprop"}
    whole = get("/api/bptt", **asked, loss_at="last")
    pair = get("/api/pair", **asked, loss_at="last", s=6, t=0)
    assert_close(pair["credit_x"], whole["full"]["dx_norm"])  # there is no other loss
    da, Wx = np.array(whole["full"]["da"]), np.array(whole["weights"]["Wx"])
    assert_close(whole["full"]["dx"], da @ Wx.T)
    early = get("/api/pair", **asked, s=3, t=1)["credit_x"]
    assert len(early) == 4
    assert all(size > 0 for size in early)


DEFINED = {
    "full": lambda s, t, k, k1: True,
    "blocks": lambda s, t, k, k1: s // k == t // k,
    "window": lambda s, t, k, k1: s - t < k,
    "tbptt": lambda s, t, k, k1: t >= k1 * (s // k1 + 1) - max(k1, k),
    "cuts": lambda s, t, k, k1: not any(t < cut <= s for cut in (2, 5, 9)),
}
"""Whether the loss at s reaches step t, as docs/links.md defines it."""


@pytest.mark.parametrize("truncation", SCHEMES)
def test_what_is_kept_of_a_loss_at_every_step_is_as_the_scheme_is_defined(get, truncation):
    for k in (1, 3, 4, 18):
        asked = ASKED | {"truncation": truncation, "k": k, "cut_seed": 3}
        for s in (0, 7, 17):
            found = get("/api/pair", **asked | ({"cuts": "2,5,9"} if truncation == "cuts" else {}), s=s, t=s)
            kept, exact = found["kept_row"], found["credit"]
            assert len(kept) == len(exact) == s + 1
            assert kept[s] == 1
            if truncation == "randomized":  # 1 / (1 - c) an edge, up to the first cut on the way back
                reach = next((n for n, weight in enumerate(reversed(kept)) if weight == 0), s + 1)
                expected = [(1 / 0.7) ** (s - t) if s - t < reach else 0 for t in range(s + 1)]
                assert_allclose(kept, expected)
            else:
                assert kept == [float(DEFINED[truncation](s, t, k, ASKED["k1"])) for t in range(s + 1)]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_norms_by_lag_are_those_of_a_run_that_ends_with_the_loss(get, form):
    """The loss alone in a shorter text: then no other gradient flows, and none is cut."""
    asked = ASKED | form | {"reduction": "sum"}
    for s in (4, 11):
        pair = get("/api/pair", **asked, s=s, t=s)
        alone = get("/api/bptt", **asked, steps=s + 1, loss_at="last", truncation="full")
        assert_allclose(pair["credit"], alone["truncated"]["dh_norm"], rtol=1e-9)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_terms_are_those_of_the_loss_alone(get, form):
    asked = ASKED | form | {"reduction": "sum"}
    pair = get("/api/pair", **asked, s=6, t=2)
    alone = get("/api/bptt", **asked, steps=7, loss_at="last")
    for name in alone["full"]["step_norms"]:
        assert_close(pair["terms"][name], alone["full"]["step_norms"][name])
    assert_close(pair["terms"]["Wy"], np.linalg.norm(alone["full"]["gradients"]["Wy"]))


@pytest.mark.parametrize(
    ("path", "asked", "parameter", "code", "limit"),
    [
        ("/api/walk", {"walk": 2}, "walk", "walk_too_large", 1),
        ("/api/walk", {"walk": 1000}, "walk", "too_large", 999),
        ("/api/walk", {"walk": "-1"}, "walk", "too_small", 0),
        ("/api/pair", {"s": 4, "t": 0}, "s", "beyond_last_step", 3),
        ("/api/pair", {"s": 2, "t": 3}, "t", "later_than_loss", 2),
        ("/api/pair", {"s": 1, "t": 0, "loss_at": "last"}, "s", "no_loss_here", 3),
        ("/api/pair", {"s": 1, "t": 0, "from": 3}, "from", "unknown", None),
    ],
)
def test_what_is_not_there_is_named_with_its_limit(client, path, asked, parameter, code, limit):
    response = client.get(path, params=asked)
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"], error["limit"]) == (parameter, code, limit)
    assert error["message"].isascii()
    assert len(error["message"]) > 10

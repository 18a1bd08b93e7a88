"""A run that leaves the range of float64: null from there on, and everything before it is kept."""

import json

import numpy as np
import pytest

from app.bptt import weights as bptt_weights
from app.labs.explorer.result import BpttResult
from tests.api.shapes import assert_shapes

LONG = {"text": "ab", "steps": 200, "hidden": 2}
LINEAR = ["relu", "identity"]


def heavy(*Wx):
    """The heaviest weights that a link may carry: a state grows by a factor of 100 a step."""
    Wh, b, Wy, by = (100, 0, 0, 100), (0, 0), (1, 0.5, -0.5, 1), (0, 0)
    return {"weights": ",".join(str(w) for w in (*Wx, *Wh, *b, *Wy, *by))}


HEAVY = heavy(0.5, 0.3, 0.3, 0.5)


def first_gap(rows):
    """The first row that holds a null."""
    return next(t for t, row in enumerate(rows) if None in row)


@pytest.mark.parametrize("activation", LINEAR)
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("truncation", ["blocks", "full", "window"])
def test_what_came_before_an_overflow_stays(ask, activation, loss, truncation):
    answer = ask(**LONG, **HEAVY, activation=activation, loss=loss, truncation=truncation, k=10)
    BpttResult.model_validate(answer)
    assert_shapes(answer)
    at = answer["overflow_at"]
    assert at["pass"] == "forward"
    step, forward = at["step"], answer["forward"]
    assert 20 < step < 199
    assert min(first_gap(forward["h"]), first_gap(forward["o"])) == step
    assert None not in forward["loss"][: step // 2]
    assert forward["total_loss"] is None
    assert answer["checks"]["forward_mode"] is None
    assert answer["checks"]["finite_difference"] is None
    assert answer["checks"]["passed"] is not True
    assert answer["comparison"]["recurrent"] == {"cosine": None, "relative_error": None, "norm_ratio": None}
    assert np.isfinite(np.array(answer["jacobian"]["sigma_max"][: step - 1], dtype=float)).all()


@pytest.mark.parametrize("activation", LINEAR)
def test_blocks_before_an_overflow_keep_their_gradients(ask, activation):
    answer = ask(**LONG, **HEAVY, activation=activation, k=10)
    step = answer["overflow_at"]["step"]
    whole = [block for block in answer["blocks"] if block["stop"] <= step]
    assert len(whole) >= 2
    early = slice(0, whole[-1]["start"])
    assert None not in answer["truncated"]["dh_norm"][early]
    assert not any(None in row for row in answer["truncated"]["dh"][early])
    assert all(None in row for row in answer["full"]["dh"][early]), "the exact one needs the losses to come"
    assert answer["truncated"]["gradients"]["Wh"][0][0] is None


def test_an_overflow_on_the_way_back_says_so(ask):
    answer = ask(**LONG, **heavy(0, 0, 0, 0), activation="identity", k=10)
    assert answer["overflow_at"]["pass"] == "backward"
    step = answer["overflow_at"]["step"]
    assert not any(None in row for part in ("h", "o", "a") for row in answer["forward"][part])
    assert answer["forward"]["total_loss"] is not None
    dh = answer["full"]["dh"]
    assert None in dh[step]
    assert not any(None in row for row in dh[step + 1 :])
    assert not any(None in row for row in answer["truncated"]["dh"]), "blocks never carry it that far"
    assert None not in answer["truncated"]["dh_norm"]


def test_nothing_but_null_stands_for_what_is_not_finite(client, monkeypatch):
    """Heavier weights than a link may carry, so that the very first steps overflow."""
    usual = bptt_weights.initial
    monkeypatch.setattr(bptt_weights, "initial", lambda *asked: beyond(usual(*asked)))
    for activation in ("tanh", "sigmoid", "relu", "identity"):
        for loss in ("cross_entropy", "squared_error"):
            response = client.get("/api/bptt", params={"activation": activation, "loss": loss})
            assert response.status_code == 200
            json.loads(response.content, parse_constant=pytest.fail)


def beyond(W):
    return W | {name: 1e300 * W[name] for name in ("Wh", "Wy")}


@pytest.mark.parametrize("activation", LINEAR)
def test_the_largest_gain_overflows_in_long_sequences_only(ask, activation):
    asked = {"text": "ab", "hidden": 32, "gain": 3, "activation": activation, "reduction": "sum"}
    assert ask(**asked, steps=200)["overflow_at"] is None
    at = ask(**asked, steps=1000)["overflow_at"]
    assert at["pass"] == "forward"
    answer = ask(**asked, steps=1000, **{"from": at["step"] - 100})
    BpttResult.model_validate(answer)
    assert_shapes(answer)
    assert answer["overflow_at"] == at
    start = answer["window"]["start"]
    assert min(first_gap(answer["forward"]["h"]), start + first_gap(answer["forward"]["o"])) == at["step"]
    assert answer["checks"]["passed"] is not True
    pool = answer["pool"]
    kept = answer["kept"]
    assert not any(None in row[: s + 1] for s, row in enumerate(kept)), "the table knows nothing of numbers"
    assert answer["credit"][999 // pool][0] is None


def test_updates_that_run_away_stop_at_the_last_weights_that_can_be_held(ask):
    wild = {
        "unit": "number",
        "text": "1000 -1000 1000",
        "activation": "identity",
        "reduction": "sum",
        "lr": 10,
    }
    answer = ask(**wild, updates=400)
    at, loss = answer["overflow_at"], answer["training"]["loss"]
    assert at["pass"] == "update"
    assert len(loss) == 401
    assert loss[at["step"] + 1 :] == [None] * (400 - at["step"])
    assert loss[0] is not None
    assert all(None not in np.ravel(W) for W in answer["weights"].values())
    before = ask(**wild, updates=at["step"])
    assert before["weights"] == answer["weights"]
    assert before["forward"] == answer["forward"]

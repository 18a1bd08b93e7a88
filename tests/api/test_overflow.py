"""A run that leaves the range of float64: null from there on, and everything before it is kept."""

import json

import numpy as np
import pytest

from app.labs import bptt
from app.labs.bptt_result import BpttResult
from tests.api.shapes import assert_shapes

LONG = {"text": "ab", "steps": 200, "hidden": 8, "gain": 3}


@pytest.fixture
def heavy(monkeypatch):
    """No weights that a link can ask for overflow within its steps; these do, being so much heavier."""
    usual = bptt.weights.initial

    def make(**factors):
        def initial(*asked):
            W = usual(*asked)
            return W | {name: factor * W[name] for name, factor in factors.items()}

        monkeypatch.setattr(bptt.weights, "initial", initial)

    return make


def first_gap(rows):
    """The first row that holds a null."""
    return next(t for t, row in enumerate(rows) if None in row)


@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("truncation", ["blocks", "full", "window"])
def test_what_came_before_an_overflow_stays(ask, heavy, activation, loss, truncation):
    heavy(Wh=1e4)
    answer = ask(**LONG, activation=activation, loss=loss, truncation=truncation, k=10)
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


@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_blocks_before_an_overflow_keep_their_gradients(ask, heavy, activation):
    heavy(Wh=1e4)
    answer = ask(**LONG, activation=activation, k=10)
    step = answer["overflow_at"]["step"]
    whole = [block for block in answer["blocks"] if block["stop"] <= step]
    assert len(whole) >= 2
    early = slice(0, whole[-1]["start"])
    assert None not in answer["truncated"]["dh_norm"][early]
    assert not any(None in row for row in answer["truncated"]["dh"][early])
    assert all(None in row for row in answer["full"]["dh"][early]), "the exact one needs the losses to come"
    assert answer["truncated"]["gradients"]["Wh"][0][0] is None


def test_an_overflow_on_the_way_back_says_so(ask, heavy):
    heavy(Wh=2e4, Wx=0.0)
    answer = ask(**LONG, activation="identity", k=10)
    assert answer["overflow_at"]["pass"] == "backward"
    step = answer["overflow_at"]["step"]
    assert not any(None in row for part in ("h", "o", "a") for row in answer["forward"][part])
    assert answer["forward"]["total_loss"] is not None
    dh = answer["full"]["dh"]
    assert None in dh[step]
    assert not any(None in row for row in dh[step + 1 :])
    assert not any(None in row for row in answer["truncated"]["dh"]), "blocks never carry it that far"
    assert None not in answer["truncated"]["dh_norm"]


def test_nothing_but_null_stands_for_what_is_not_finite(client, heavy):
    heavy(Wh=1e300, Wy=1e300)
    for activation in ("tanh", "sigmoid", "relu", "identity"):
        for loss in ("cross_entropy", "squared_error"):
            response = client.get("/api/bptt", params={"activation": activation, "loss": loss})
            assert response.status_code == 200
            json.loads(response.content, parse_constant=pytest.fail)


def test_weights_a_link_can_ask_for_do_not_overflow(ask):
    for activation in ("relu", "identity"):
        for loss in ("cross_entropy", "squared_error"):
            asked = LONG | {"activation": activation, "loss": loss, "reduction": "sum", "hidden": 64}
            assert ask(**asked)["overflow_at"] is None

"""Rounding beside truncation: what PyTorch did with the same weights, on this computer's CPU.

The numbers are those of torch 2.13: where the gradient of the last loss is exactly 0, and the error of dWh.
"""

import json
from itertools import pairwise

import numpy as np
import pytest

from app.bptt.number_formats import FORMATS
from app.labs.explorer import number_formats
from app.labs.explorer.number_formats import FormatsParams, ks_up_to

FOX = {"text": "the quick brown fox jumps over the lazy dog"}
VANISHING, LONG, GAIN_1 = FOX | {"gain": 0.5}, FOX | {"gain": 0.5, "steps": 300}, FOX | {"steps": 300}
NEVER = None, None
PYTORCH = [  # run, format, (all units 0 after, the first unit), error of dWh
    ({}, "float32", NEVER, 1.1e-7),
    ({}, "bfloat16", NEVER, 4.1e-3),
    ({}, "float16", NEVER, 6.7e-4),
    (VANISHING, "float32", NEVER, 1.8e-7),
    (VANISHING, "bfloat16", NEVER, 1.0e-2),
    (VANISHING, "float16", (18, 9), 1.4e-3),
    (LONG, "float32", (114, 110), 4.5e-7),
    (LONG, "bfloat16", (103, 99), 2.1e-2),
    (LONG, "float16", (18, 9), 2.8e-3),
    (GAIN_1, "float32", NEVER, 3.7e-7),
    (GAIN_1, "bfloat16", (293, 279), 2.3e-2),
    (GAIN_1, "float16", (55, 29), 2.8e-3),
]


@pytest.fixture(scope="module")
def formats(client):
    known = {}

    def answer(**asked):
        key = json.dumps(asked)
        if key not in known:
            response = client.get("/api/formats", params=asked)
            assert response.status_code == 200, response.text
            known[key] = json.loads(response.content, parse_constant=pytest.fail)
        return known[key] | {"by_name": {one["name"]: one for one in known[key]["formats"]}}

    return answer


@pytest.mark.parametrize(("asked", "name", "zero", "error"), PYTORCH, ids=str)
def test_gradients_vanish_where_pytorchs_do_and_errors_are_as_large(formats, asked, name, zero, error):
    found = formats(**asked)["by_name"][name]
    assert (found["zero_after"], found["unit_zero_after"]) == zero
    assert 0.6 < found["error"] / error < 1.4
    assert not found["overflow"]


def test_the_norms_fall_to_zero_where_it_says_so(formats):
    result = formats(**LONG)
    for one in result["formats"]:
        norms, n = np.array(one["norms"]), one["zero_after"]
        assert len(norms) == result["s"] + 1 == len(result["norms"])
        assert norms[n - 1] > 0
        assert not norms[n:].any()
    assert result["norms"][-1] > 0


def test_windows_reach_every_format_and_blocks_none(formats):
    """The vanishing run: a short window loses less than the number format; blocks lose 5 to 40 times more."""
    result = formats(**VANISHING)
    window, blocks = (dict(zip(result["k"], result[name], strict=True)) for name in ("window", "blocks"))
    wanted = {1: 0.38, 2: 0.11, 3: 0.036, 4: 0.014, 6: 2.5e-3, 8: 4.2e-4, 12: 1.4e-5, 16: 2.1e-7, 24: 1.2e-10}
    assert {k: window[k] for k in wanted} == pytest.approx(wanted, rel=0.05)
    wanted = {
        1: 0.38,
        2: 0.19,
        3: 0.21,
        4: 0.16,
        6: 0.14,
        8: 0.11,
        12: 0.069,
        16: 0.069,
        24: 0.054,
        32: 0.067,
    }
    assert {k: blocks[k] for k in wanted} == pytest.approx(wanted, rel=0.05)
    within = {name: one["window"] for name, one in result["by_name"].items()}
    assert within == {"bfloat16": 5, "float16": 8, "float32": 17}
    for name, k in within.items():
        error = result["by_name"][name]["error"]
        assert window[k] <= error < window[k - 1]
    assert min(error for k, error in blocks.items() if k < 42) > result["by_name"]["bfloat16"]["error"]


@pytest.mark.parametrize("scheme", ["window", "blocks"])
def test_the_errors_by_k_are_those_of_the_schemes(client, formats, scheme):
    result = formats(text="backprop")
    for k, error in zip(result["k"], result[scheme], strict=True):
        whole = client.get("/api/bptt", params={"text": "backprop", "truncation": scheme, "k": k}).json()
        assert error == pytest.approx(whole["comparison"]["Wh"]["relative_error"], rel=1e-4, abs=1e-12)


def test_the_scheme_on_screen_changes_nothing(client):
    some = [
        client.get("/api/formats", params={"text": "banana", **more}).content
        for more in ({}, {"truncation": "window", "k": 3}, {"truncation": "full"})
    ]
    assert some[0] == some[1] == some[2]


def test_a_scaled_loss_carries_a_float16_gradient_further_until_it_overflows(formats):
    plain, scaled, huge = (formats(**VANISHING, loss_scale=n)["by_name"]["float16"] for n in (0, 10, 24))
    assert plain["zero_after"] == 18
    assert scaled["zero_after"] > plain["zero_after"]
    assert scaled["norms"][0] == pytest.approx(plain["norms"][0], rel=2e-3)
    assert huge["overflow"]
    assert (huge["error"], huge["window"]) == (None, None)
    assert not formats(**VANISHING, loss_scale=24)["by_name"]["bfloat16"]["overflow"]


def test_a_gradient_that_is_stuck_is_not_called_zero(formats):
    asked = {"text": "ab", "hidden": 1, "activation": "identity", "gain": 0.9, "steps": 300}
    found = formats(**asked)["by_name"]["float16"]
    assert found["zero_after"] is None
    n = found["stuck_after"]
    assert found["norms"][n] == found["norms"][-1] == found["stuck_at"] > 0
    assert found["norms"][n - 1] != found["norms"][n]
    assert formats(**asked)["by_name"]["float32"]["stuck_after"] is None


def test_a_gradient_that_is_the_same_at_every_step_is_not_stuck(formats):
    """A factor of 1 keeps it in float64, too."""
    asked = {"text": "ab", "hidden": 1, "activation": "identity", "gain": 1, "steps": 60}
    assert {one["stuck_after"] for one in formats(**asked)["formats"]} == {None}


@pytest.mark.parametrize(
    "cell", [{"cell": "lstm"}, {"cell": "gru"}, {"cell": "gru", "reset_gate": "after"}], ids=str
)
def test_cells_with_gates_are_rounded_too(formats, cell):
    result = formats(**FOX, **cell)
    errors = [result["by_name"][name]["error"] for name in ("float32", "float16", "bfloat16")]
    assert errors == sorted(errors)
    assert 1e-8 < errors[0] < 2e-6 < 1e-4 < errors[1] < errors[2] < 0.1


def test_what_overflows_is_null(formats):
    asked = FOX | {"activation": "identity", "gain": 3, "steps": 300, "unit": "char"}
    result = formats(**asked)
    half = result["by_name"]["float16"]
    assert half["overflow"]
    assert half["error"] is None


@pytest.mark.parametrize(
    "asked", [{"text": "ab"}, {"unit": "number"}, {"loss_at": "last"}, {"loss_at": "1"}], ids=str
)
def test_it_has_an_answer_for_every_kind_of_run(formats, asked):
    result = formats(**asked)
    assert [one["name"] for one in result["formats"]] == [*FORMATS]
    assert result["window"][-1] == (None if asked == {"text": "ab"} else pytest.approx(0, abs=1e-12))
    assert len(result["norms"]) == result["s"] + 1


def test_every_k_is_there_up_to_32_and_the_last_one_is_the_whole_length():
    assert ks_up_to(1) == [1]
    assert ks_up_to(33) == [*range(1, 34)]
    ks = ks_up_to(1000)
    assert ks[:32] == [*range(1, 33)]
    assert ks[-1] == 1000
    assert len(ks) < 60
    assert max(b / a for a, b in pairwise(ks[31:])) < 1.25


def test_the_longest_run_is_estimated_as_long_as_a_short_one_of_seconds():
    longest = FormatsParams(text="abc" * 50, steps=1000, hidden=32, cell="lstm")
    assert 1 < longest.seconds < 5
    assert FormatsParams().seconds < 0.1


def test_a_gradient_is_stuck_where_it_rests_for_eight_steps_or_more_and_is_not_zero():
    exact = 2.0 ** -np.arange(20)[:, None]

    def stuck(rests: int, last: float = 0.5, of=exact) -> int | None:
        moving = np.arange(20.0, rests, -1.0)
        return number_formats._stuck_from(np.append(moving, np.full(rests, last))[:, None], of)

    assert [stuck(n) for n in (20, 19, 12, 9, 8)] == [0, 1, 8, 11, 12]
    assert [stuck(n) for n in (7, 1)] == [None, None]
    assert stuck(12, last=0) is None
    assert stuck(12, last=np.inf) is None
    assert stuck(12, of=np.ones((20, 1))) is None, "float64 rests as well"
    assert stuck(20, of=np.where(exact == 1, 1.0, 0.5)) == 0


def test_a_window_is_within_a_format_from_where_on_no_longer_one_is_worse():
    ks, window = [1, 2, 3, 4], np.array([0.5, 0.1, 0.2, 0.1])

    def within(error: float, errors=window) -> int | None:
        return number_formats._window_within(error, errors, ks)

    assert [within(error) for error in (0.6, 0.5, 0.4, 0.2, 0.15, 0.1, 0.05)] == [1, 1, 2, 2, 4, 4, None]
    assert within(0.15, np.array([0.1, np.nan, 0.1, 0.1])) == 3
    assert within(np.nan) is None
    assert within(np.inf) is None

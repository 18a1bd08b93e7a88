"""Rounding of JSON numbers: significant digits, and the float64 nearest to each decimal."""

import json
import math
import re
from decimal import Decimal

import numpy as np
import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.labs.explorer import run as bptt
from app.labs.explorer.params import BpttParams
from app.serving.json_encoding import EXACT, significant, to_json

finite = st.floats(allow_nan=False, allow_infinity=False)


def significant_digits(x: float) -> int:
    """Of the shortest decimal form that reads back as x."""
    return len(Decimal(repr(x)).normalize().as_tuple().digits)


@settings(deadline=None)
@given(x=finite, digits=st.integers(3, 16))
@example(x=1.7976931348623157e308, digits=3)
@example(x=-1.7976931348623157e308, digits=5)
@example(x=5e-324, digits=3)
@example(x=9.999999999999999e-5, digits=5)
@example(x=9.9995, digits=4)
@example(x=999.9999999999999, digits=15)
@example(x=1000.0, digits=3)
@example(x=1e22, digits=16)
@example(x=1e-22, digits=16)
@example(x=6.20785880e-21, digits=3)  # 10**23 is no float64
@example(x=6.46295834e25, digits=3)
def test_a_rounded_number_is_short_and_near(x, digits):
    rounded = float(significant(np.array([x]), digits)[0])
    assert math.isfinite(rounded)
    assert significant_digits(rounded) <= digits or abs(x) < 1e-300 or abs(x) > 1e308
    assert math.copysign(1, rounded) == math.copysign(1, x)
    if x and abs(x) > 1e-300:
        unit = Decimal(10) ** (Decimal(abs(x)).adjusted() - digits + 1)
        assert abs(Decimal(rounded) - Decimal(x)) <= unit * Decimal("0.5000001") + Decimal(math.ulp(x))


@settings(deadline=None)
@given(x=finite, digits=st.integers(3, 15))
def test_rounding_twice_is_rounding_once(x, digits):
    once = significant(np.array([x]), digits)
    assert np.array_equal(significant(once, digits), once)


@settings(deadline=None)
@given(rows=st.lists(st.lists(st.floats(), min_size=3, max_size=3), min_size=1, max_size=4))
def test_all_digits_read_back_as_the_same_numbers(rows):
    array = np.array(rows)
    back = json.loads(to_json({"x": array, "y": array.T}, EXACT), parse_constant=pytest.fail)
    for written, given_ in ((back["x"], array), (back["y"], array.T)):
        read = np.array(written, dtype=float)
        assert np.array_equal(read, np.where(np.isfinite(given_), given_, np.nan), equal_nan=True)


def test_there_is_no_negative_zero():
    result = {"x": -0.0, "rows": np.array([[0.0, -0.0], [-1.0, -5e-324]]), "list": [-0.0]}
    for digits in (3, EXACT):
        assert b"-0.0" not in to_json(result, digits).replace(b"-5e-324", b"")
    assert orjson.loads(to_json(result)) == {"x": 0.0, "rows": [[0.0, 0.0], [-1.0, -5e-324]], "list": [0.0]}


@pytest.mark.parametrize(
    "path",
    [
        "/api/graph?formula=relu(x)&values=x:-2",
        "/api/graph?formula=-x*0&values=x:0",
        "/api/graph?formula=x**y&values=x:0,y:0",
        "/api/bptt?activation=relu&loss_at=last",
        "/api/bptt?cell=lstm&gain=0",
        "/api/training?text=hello&activation=relu&budget=8&seeds=1&contest=2",
        "/api/training/film?text=hello&activation=relu",
    ],
)
def test_no_answer_contains_a_negative_zero(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not re.search(rb"-0(?:\.0+)?(?![0-9.])", response.content)


def test_whole_numbers_and_words_are_left_alone():
    answer = {"n": 123456789, "w": "가", "none": None, "ints": np.array([123456789]), "f": 1.23456789}
    assert orjson.loads(to_json(answer, 3)) == {
        "n": 123456789,
        "w": "가",
        "none": None,
        "ints": [123456789],
        "f": 1.23,
    }


def test_seventeen_digits_are_the_very_numbers_of_the_kernel(client):
    asked = {"text": "the quick brown fox", "truncation": "window", "k": 3}
    exact = bptt.run(BpttParams(**asked))
    answer = client.get("/api/bptt", params={**asked, "digits": 17}).json()

    def compare(a, b, path=""):
        if isinstance(a, dict):
            for name, child in a.items():
                compare(child, b[name], f"{path}.{name}")
        elif isinstance(a, list):
            for x, y in zip(a, b, strict=True):
                compare(x, y, path)
        elif isinstance(a, np.ndarray):
            assert np.array_equal(np.array(b, dtype=float), a, equal_nan=True), path
        else:
            assert a == b or math.isnan(a), path

    compare(exact, answer)


@pytest.mark.parametrize("digits", [3, 5, 17])
def test_digits_change_nothing_but_digits(ask, digits):
    usual, other = ask(text="banana"), ask(text="banana", digits=digits)
    assert usual.keys() == other.keys()
    assert all(usual[name] == other[name] for name in ("params", "tokens", "kept", "cells_kept", "cost"))

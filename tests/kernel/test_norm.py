"""The norm that neither overflows nor underflows."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bptt.arrays import norm

NUMBERS = st.one_of(
    st.floats(-1e307, 1e307),
    st.floats(-1e-300, 1e-300),
    st.integers(-1000, 1000).map(float),
)
VECTORS = st.lists(NUMBERS, min_size=1, max_size=8).map(np.array)
SMALLEST = 5e-324


def close(expected):
    return pytest.approx(expected, rel=1e-14, abs=4 * SMALLEST)


@settings(deadline=None)
@given(VECTORS)
def test_it_is_the_distance_from_the_origin_at_every_scale(x):
    assert float(norm(x)) == close(math.hypot(*x))


@settings(deadline=None)
@given(VECTORS, st.integers(-60, 60))
def test_it_grows_with_the_vector(x, power):
    assert float(norm(x * 1e-20 * 2.0**power)) == pytest.approx(
        float(norm(x * 1e-20)) * 2.0**power, rel=1e-13, abs=1e-300
    )


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6).map(np.array))
def test_each_row_has_its_own_norm_whatever_the_others_are(rows):
    assert norm(rows).tolist() == [close(float(norm(row))) for row in rows]


@settings(deadline=None)
@given(VECTORS)
def test_it_is_zero_for_the_zero_vector_and_for_no_other(x):
    assert (norm(x) == 0) == (not x.any())


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ([], 0.0),
        ([0.0, 0.0], 0.0),
        ([SMALLEST], SMALLEST),
        ([3e-200, 4e-200], 5e-200),
        ([3e200, -4e200], 5e200),
        ([1.7e308], 1.7e308),
        ([math.inf, 1.0], math.inf),
        ([-math.inf], math.inf),
        ([math.nan, 1.0], math.nan),
        ([math.nan], math.nan),
    ],
    ids=str,
)
def test_what_is_empty_extreme_or_not_finite(x, expected):
    assert float(norm(np.array(x, dtype=float))) == pytest.approx(expected, rel=1e-14, abs=0, nan_ok=True)


def test_a_row_that_is_not_a_number_leaves_the_others_alone():
    found = norm(np.array([[3.0, 4.0], [np.nan, 1.0], [1e-200, 0.0]]))
    assert found.tolist() == pytest.approx([5, math.nan, 1e-200], rel=1e-14, abs=0, nan_ok=True)

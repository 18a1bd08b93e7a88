"""The comparison by norm fails where arrays differ by more than rounding."""

import numpy as np
import pytest

from tests.arrays import assert_close

ARRAY = np.array([[1e-17, 1.0], [2.0, np.nan]])


def changed(place, value):
    other = ARRAY.copy()
    other[place] = value
    return other


def test_an_entry_near_zero_may_differ_in_all_its_digits():
    assert_close(ARRAY, changed((0, 0), -1e-17))
    assert_close(1e-300 * ARRAY, 1e-300 * changed((0, 0), 0.0))  # squares of these would underflow


@pytest.mark.parametrize(
    "other",
    [
        changed((0, 0), 1e-11),
        changed((0, 1), 1 + 1e-11),
        changed((0, 1), np.nan),
        changed((1, 1), 0.0),
        changed((1, 1), np.inf),
        ARRAY[:1],
        ARRAY[None],
    ],
)
def test_nothing_else_may_differ(other):
    with pytest.raises(AssertionError):
        assert_close(ARRAY, other)

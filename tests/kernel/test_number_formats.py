"""Rounding to number formats, against NumPy's own conversions and against a table of all bfloat16 numbers."""

import numpy as np
import pytest

from app.bptt.number_formats import FORMATS


def samples() -> np.ndarray:
    """Numbers of every size, on both sides of and exactly at the halves between neighbors."""
    rng = np.random.default_rng(0)
    sizes = rng.normal(size=4000) * 2.0 ** rng.integers(-160, 140, size=4000)
    halves = (rng.integers(1, 2**12, size=2000) + 0.5) * 2.0 ** rng.integers(-150, 120, size=2000)
    near = np.concatenate([halves, np.nextafter(halves, 0), np.nextafter(halves, np.inf)])
    ends = np.array(
        [0.0, 65504, 65519.99, 65520, 65536, 2.0**-24, 2.0**-25, 2.0**-149, 2.0**-150, 1e300, np.inf]
    )
    both = np.concatenate([sizes, near, ends])
    return np.concatenate([both, -both])


@pytest.mark.parametrize("name", ["float32", "float16"])
def test_rounding_is_numpys(name):
    x = samples()
    with np.errstate(over="ignore"):
        wanted = x.astype(name).astype(np.float64)
        assert (FORMATS[name].round(x) == wanted).all()


def test_bfloat16_is_the_nearest_of_all_its_numbers_and_the_even_one_of_two():
    bits = np.arange(0x7F80, dtype=np.uint32)  # every finite one that is not negative
    table = (bits << 16).view(np.float32).astype(np.float64)
    x = np.abs(samples())
    x = x[x < table[-1]]
    above = np.searchsorted(table, x).clip(1)
    down, up = x - table[above - 1], table[above] - x
    takes_upper = (up < down) | ((up == down) & (bits[above] % 2 == 0))
    wanted = np.where(takes_upper, table[above], table[above - 1])
    assert (FORMATS["bfloat16"].round(x) == wanted).all()
    assert (FORMATS["bfloat16"].round(-x) == -wanted).all()


def test_bfloat16_is_not_rounded_by_way_of_float32():
    x = np.array([1 + 2.0**-8 + 2.0**-40, 1 + 2.0**-8, 1 + 3 * 2.0**-8 - 2.0**-40])
    assert FORMATS["bfloat16"].round(x).tolist() == [1 + 2.0**-7, 1.0, 1 + 2.0**-7]
    by_way = FORMATS["bfloat16"].round(x.astype(np.float32).astype(np.float64))
    assert by_way.tolist() == [1.0, 1.0, 1 + 2.0**-6]


@pytest.mark.parametrize("number_format", FORMATS.values(), ids=FORMATS)
def test_what_is_too_large_is_infinite_and_nothing_else_is_changed(number_format):
    largest = {"float32": 3.4028234663852886e38, "bfloat16": 3.3895313892515355e38, "float16": 65504.0}[
        number_format.name
    ]
    beyond = 2.0 ** (number_format.greatest + 1)
    x = np.array([largest, np.nextafter(beyond, np.inf), -beyond, np.nan, np.inf, -np.inf])
    rounded = number_format.round(x)
    assert rounded[0] == largest
    np.testing.assert_array_equal(rounded[1:], [np.inf, -np.inf, np.nan, np.inf, -np.inf])
    np.testing.assert_array_equal(number_format.round(rounded), rounded)

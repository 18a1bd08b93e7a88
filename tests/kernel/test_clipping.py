"""Clipping: by norm the direction stays, by element it does not, and each network is clipped by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.bptt.clipping import CLIPPINGS, clip_by_element, clip_by_norm
from tests.examples import examples

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
gradients = arrays(np.float64, (2, 4), elements=numbers)
limits = st.floats(1e-3, 100)


def test_by_hand():
    """(3, 4) has length 5: held to 1 by norm it is (0.6, 0.8), by element (1, 1)."""
    gradient = np.array([[3.0, 4.0]])
    np.testing.assert_allclose(clip_by_norm(gradient, 1.0), [[0.6, 0.8]], rtol=1e-6)
    np.testing.assert_array_equal(clip_by_element(gradient, 1.0), [[1.0, 1.0]])
    np.testing.assert_array_equal(CLIPPINGS["none"](gradient, 1.0), gradient)


@pytest.mark.parametrize("clip", CLIPPINGS.values())
def test_what_is_short_stays_as_it_is_bit_for_bit(clip):
    gradient = np.array([[0.3, -0.4], [0.0, 0.0]])
    np.testing.assert_array_equal(clip(gradient, 1.0), gradient)


def test_the_direction_is_kept_by_norm_and_only_by_norm():
    gradient = np.random.RandomState(0).standard_normal((1, 50))
    for clip, kept in ((clip_by_norm, True), (clip_by_element, False)):
        clipped = clip(gradient, 0.5)
        cosine = (clipped @ gradient.T)[0, 0] / np.linalg.norm(clipped) / np.linalg.norm(gradient)
        assert (cosine > 1 - 1e-12) == kept
        assert np.linalg.norm(clipped) < np.linalg.norm(gradient)


def test_every_network_is_clipped_by_itself():
    """A long gradient beside a short one does not shorten it."""
    gradient = np.array([[30.0, 40.0], [0.3, 0.4], [0.0, 8.0]])
    np.testing.assert_allclose(clip_by_norm(gradient, 1.0), [[0.6, 0.8], [0.3, 0.4], [0.0, 1.0]], rtol=1e-5)


@examples(200)
@given(gradients, limits)
def test_by_norm_nothing_is_longer_than_the_limit_and_the_rate_is_one_number(gradient, at):
    clipped = clip_by_norm(gradient, at)
    lengths = np.linalg.norm(gradient, axis=-1)
    assert (np.linalg.norm(clipped, axis=-1) <= at * (1 + 1e-12)).all()
    rates = np.minimum(1.0, at / (lengths + 1e-6))
    np.testing.assert_allclose(clipped, rates[:, None] * gradient, rtol=1e-12)


@examples(200)
@given(gradients, limits)
def test_by_element_no_number_is_beyond_the_limit_and_the_others_stay(gradient, at):
    clipped = clip_by_element(gradient, at)
    inside = np.abs(gradient) <= at
    np.testing.assert_array_equal(clipped[inside], gradient[inside])
    np.testing.assert_array_equal(clipped[~inside], np.sign(gradient[~inside]) * at)


def test_the_rate_is_the_threshold_by_the_norm_and_a_millionth():
    """c / (‖g‖ + 1e-6), where the millionth counts: ‖g‖ = 3e-6 and c = 2e-6."""
    gradient = np.array([[3e-6, 0.0, 0.0]])
    np.testing.assert_allclose(clip_by_norm(gradient, 2e-6)[0, 0], 1.5e-6, rtol=1e-9)

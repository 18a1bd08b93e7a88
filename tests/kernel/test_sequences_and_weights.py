"""Symbols, vocabulary and initial weights: the same link means the same numbers everywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from app.bptt import sequences, weights
from app.bptt.arrays import norm
from app.bptt.cells import Elman

FAMILY, FLAG = "👩‍👩‍👧‍👦", "🇰🇷"


def test_hello_is_four_steps_over_four_symbols_in_order_of_appearance():
    sequence = sequences.next_symbol(sequences.graphemes("hello"), 4)
    assert sequence.vocabulary == ["h", "e", "l", "o"]
    assert sequence.tokens == ["h", "e", "l", "l"]
    assert sequence.targets == ["e", "l", "l", "o"]


def test_a_symbol_is_what_a_reader_calls_a_character():
    assert sequences.graphemes("가") == ["가"]
    assert sequences.graphemes("e\u0301") == ["é"]
    assert sequences.graphemes(f"{FAMILY}{FLAG}a") == [FAMILY, FLAG, "a"]


def test_the_vocabulary_does_not_depend_on_the_length():
    for T in (1, 4, 11):
        sequence = sequences.next_symbol(list("hello"), T)
        assert sequence.vocabulary == ["h", "e", "l", "o"]
        assert len(sequence.tokens) == T
    assert sequences.next_symbol(list("hello"), 6).targets == ["e", "l", "l", "o", "h", "e"]


def test_weights_come_from_the_frozen_stream_in_the_order_wx_wh_wy():
    stream = np.random.RandomState(3)
    Wx, Wh, Wy = (stream.standard_normal(shape) for shape in ((5, 4), (4, 4), (4, 5)))
    W = weights.initial(Elman(), 5, 4, 5, 0.7, 3)
    assert np.array_equal(W["Wx"], 0.5 * Wx)
    assert_allclose(W["Wh"] / W["Wh"][0, 0], Wh / Wh[0, 0], rtol=1e-13)
    assert_allclose(weights.spectral_radius(W["Wh"]), 0.7, rtol=1e-12)
    assert_allclose(W["Wy"], Wy / 2, rtol=1e-15)
    assert not W["b"].any()
    assert not W["by"].any()


def test_a_single_unit_has_the_gain_itself_and_no_gain_means_no_memory():
    assert weights.initial(Elman(), 2, 1, 2, 1.3, 0)["Wh"].tolist() == [[1.3]]
    assert not weights.initial(Elman(), 2, 3, 2, 0.0, 0)["Wh"].any()
    nilpotent = np.array([[0.0, 1.0], [0.0, 0.0]])
    assert np.array_equal(weights.scaled(nilpotent, 2.0), nilpotent)


finite = st.floats(-1e300, 1e300, allow_subnormal=False)


@given(st.lists(finite, min_size=1, max_size=6))
def test_a_norm_neither_overflows_nor_underflows(values):
    x = np.array(values)
    largest = np.abs(x).max()
    expected = largest * np.sqrt(np.sum((x / largest) ** 2)) if largest else 0.0
    assert norm(x) == pytest.approx(expected, rel=1e-14)

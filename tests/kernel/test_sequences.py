"""What counts as a symbol, and which ones are asked for."""

import unicodedata

import numpy as np
import pytest

from app.bptt.sequences import graphemes, next_symbol

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"  # four people joined to one picture
KOREA, FRANCE = "\U0001f1f0\U0001f1f7", "\U0001f1eb\U0001f1f7"
THUMB = "\U0001f44d\U0001f3fd"  # with a skin tone


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("hello", ["h", "e", "l", "l", "o"]),
        ("안녕", ["안", "녕"]),
        (unicodedata.normalize("NFD", "안녕"), ["안", "녕"]),
        ("ㅎㅏ", ["ㅎ", "ㅏ"]),
        (f"a{FAMILY}b", ["a", FAMILY, "b"]),
        (KOREA + FRANCE, [KOREA, FRANCE]),
        (THUMB + THUMB, [THUMB, THUMB]),
        ("cafe\u0301", ["c", "a", "f", "é"]),
        ("x\u0301y", ["x\u0301", "y"]),  # has no composed form and is still one symbol
        ("a b\n", ["a", " ", "b", "\n"]),
        ("\r\n", ["\r\n"]),
        ("", []),
    ],
    ids=ascii,
)
def test_a_symbol_is_what_a_reader_calls_a_character(text, symbols):
    assert graphemes(text) == symbols


def test_both_ways_to_write_a_letter_are_the_same_symbol():
    assert len(set(graphemes("e\u0301é"))) == 1


def test_hello_asks_for_the_next_letter_and_counts_by_first_appearance():
    sequence = next_symbol(graphemes("hello"), 4)
    assert sequence.vocabulary == ["h", "e", "l", "o"]
    assert sequence.tokens == ["h", "e", "l", "l"]
    assert sequence.targets == ["e", "l", "l", "o"]


@pytest.mark.parametrize("T", [1, 2, 4, 5, 6, 12])
def test_the_text_starts_over_at_its_end_and_the_vocabulary_stays_that_of_the_whole(T):
    sequence = next_symbol(graphemes("hello"), T)
    assert sequence.tokens == list("hellohellohe"[:T])
    assert sequence.targets == list("ellohellohel"[:T])
    assert sequence.vocabulary == ["h", "e", "l", "o"]


def test_rows_have_a_single_one_at_the_place_of_their_symbol():
    sequence = next_symbol(graphemes("hello"), 4)
    expected = [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    np.testing.assert_array_equal(sequence.one_hot(sequence.targets), expected)

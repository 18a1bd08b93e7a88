"""What counts as a symbol, and which ones are asked for."""

import unicodedata

import numpy as np
import pytest

from app.bptt.sequences import graphemes, make_sequence, numbers, words

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
    sequence = make_sequence(graphemes("hello"), [], 4)
    assert sequence.vocabulary == ["h", "e", "l", "o"]
    assert sequence.tokens == ["h", "e", "l", "l"]
    assert sequence.targets == ["e", "l", "l", "o"]


@pytest.mark.parametrize("T", [1, 2, 4, 5, 6, 12])
def test_the_text_starts_over_at_its_end_and_the_vocabulary_stays_that_of_the_whole(T):
    sequence = make_sequence(graphemes("hello"), [], T)
    assert sequence.tokens == list("hellohellohe"[:T])
    assert sequence.targets == list("ellohellohel"[:T])
    assert sequence.vocabulary == ["h", "e", "l", "o"]


def test_rows_have_a_single_one_at_the_place_of_their_symbol():
    sequence = make_sequence(graphemes("hello"), [], 4)
    expected = [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    np.testing.assert_array_equal(sequence.rows(sequence.targets), expected)


def test_words_stand_between_any_white_space():
    assert words(" you  say\tgoodbye\u3000.\n") == ["you", "say", "goodbye", "."]
    assert words(unicodedata.normalize("NFD", "안녕 나")) == ["안녕", "나"]


def test_numbers_stand_between_spaces_and_commas_and_are_their_own_rows():
    assert numbers("1, 2 -.5\t3e1,") == [1.0, 2.0, -0.5, 30.0]
    sequence = make_sequence(numbers("1 2 -3"), [], 2)
    assert sequence.vocabulary == []
    np.testing.assert_array_equal(sequence.rows(sequence.targets), [[2.0], [-3.0]])


@pytest.mark.parametrize("text", ["1 two", "1001", "nan", "inf", "1e9", "--1", "0x1", "1_0", "+1", "١"])
def test_what_is_no_number_or_too_large_is_refused(text):
    with pytest.raises(ValueError, match=r"^[^ ]+$"):
        numbers(text)


def test_own_targets_take_part_in_the_vocabulary_after_the_text():
    sequence = make_sequence(graphemes("aba"), graphemes("cad"), 4)
    assert sequence.vocabulary == ["a", "b", "c", "d"]
    assert sequence.tokens == list("abaa")
    assert sequence.targets == list("cadc")

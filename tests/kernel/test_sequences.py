"""What counts as a symbol, and which ones are asked for."""

import random
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
import regex

from app.bptt.sequences import MAX_NUMBER, UNITS, graphemes, make_sequence, nfc, numbers, words

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


AWKWARD = [
    *"ae \r\n",
    *("\u0301", "\u0323", "\u0344", "\u05b2", "\u0f73", "\ufb2c", "\U0001d160"),  # marks, and what holds some
    *("\u1100", "\u1161", "\u11a8", "\uac00", "\uac01"),  # parts of Hangul syllables
    *("\u0915", "\u0958", "\u094d", "\u0903", "\u0600", "\u200d"),
    *("\U0001f1e6", "\U0001f1f7", "\U0001f600", "\U0001f468", "\U0001f3fd"),
]


def awkward_texts(n: int):
    rng = random.Random(0)
    for _ in range(n):
        yield "".join(rng.choices(AWKWARD, k=rng.randint(0, 60)))
        flags = rng.choices(AWKWARD[-5:-3], k=rng.randint(0, 90))
        yield "".join([*flags, rng.choice(AWKWARD), *flags])


def test_graphemes_and_normal_forms_are_those_of_the_libraries():
    for text in awkward_texts(1500):
        normal = unicodedata.normalize("NFC", text)
        assert nfc(text) == normal, ascii(text)
        assert graphemes(text) == regex.findall(r"\X", normal), ascii(text)


MARKS = [
    letter for letter in map(chr, range(0x20000)) if regex.match(r"\P{Canonical_Combining_Class=0}", letter)
]


def test_long_rows_of_marks_have_the_normal_form_of_unicode_data_also_with_marks_it_does_not_know():
    rng = random.Random(0)
    assert len(MARKS) > 900
    for _ in range(1500):
        text = "e" + "".join(rng.choices(MARKS, k=rng.randint(10, 60))) + "\u00e9"
        assert nfc(text) == unicodedata.normalize("NFC", text), ascii(text)


def test_marks_in_the_wrong_order_are_not_exchanged_one_by_one(monkeypatch):
    """What ``unicodedata`` is given is in order already; else a thousand marks are a million exchanges."""
    given = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(unicodedata, "normalize", lambda *it: given.append(it[1]) or normalize(*it))
    nfc("\u0344" * 2600 + "\u05b2" * 2600)
    for text in given:
        classes = [unicodedata.combining(mark) for mark in text]
        assert sum(a > b > 0 for a, b in pairwise(classes)) == 0


def test_a_row_of_flags_is_divided_between_flags(monkeypatch):
    longest = []
    findall = regex.findall
    monkeypatch.setattr(regex, "findall", lambda form, text: longest.append(len(text)) or findall(form, text))
    assert graphemes("a" + "\U0001f1e6" * 1299) == ["a", *["\U0001f1e6" * 2] * 649, "\U0001f1e6"]
    assert max(longest) <= 18


def test_white_space_between_numbers_is_that_of_unicode():
    for letter in map(chr, range(0x3100)):
        if regex.match(r"\p{White_Space}|,", letter):
            assert numbers(f"1{letter}2") == [1, 2]
        elif letter not in "0123456789.eE":
            with pytest.raises(ValueError, match="1"):
                numbers(f"1{letter}2")


def test_of_many_numbers_the_first_unreadable_one_is_named():
    with pytest.raises(ValueError, match=r"^nan$"):
        numbers("1 " * 500 + "nan 1001")
    with pytest.raises(ValueError, match=r"^1001$"):
        numbers("1 " * 500 + "1001 nan")
    assert numbers("") == numbers(" , ") == []


def test_every_unit_has_its_reading_and_a_text_to_begin_with():
    read = {name: unit.read(unit.default_text) for name, unit in UNITS.items()}
    assert read == {
        "char": ["h", "e", "l", "l", "o"],
        "word": ["you", "say", "goodbye", "and", "I", "say", "hello", "."],
        "number": [1, 2, 1, 2, 1],
    }


def test_a_number_of_a_thousand_is_read_and_a_larger_one_named():
    assert numbers("1000, -1e3") == [1000, -1000]
    for text, wrong in [("1 1000.1", "1000.1"), ("-1001,2", "-1001"), ("1e3 x 2", "x"), ("2 1e4 x", "1e4")]:
        with pytest.raises(ValueError, match=f"^{wrong}$"):
            numbers(text)
    assert MAX_NUMBER == 1000
    assert numbers("7", limit=7) == [7]

"""Tokenizer and vocabulary: a text as graphemes, words or numbers, and as one-hot or scalar inputs."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add, not_

import numpy as np
import regex
from numpy.typing import NDArray

from .arrays import Array

Symbol = str | float

HOLE = "·"
"""Among targets of one's own, a step without a target: padding, or what a mask leaves out (U+00B7)."""

MAX_NUMBER = 1000.0
_SPACE = regex.compile(r"\p{White_Space}+")
_BETWEEN_NUMBERS = re.compile(r"(?:[^\S\x1c-\x1f]|,)+")  # White_Space of Unicode lacks these four of \s
NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NUMBERS = re.compile(rf"(?:{NUMBER.pattern}(?: |$))*+")  # possessive: no part is read twice
_MANY_MARKS = regex.compile(r"\P{Canonical_Combining_Class=0}{16,}+")
_MANY_FLAGS = regex.compile(r"(?:\p{RI}\p{RI}){8}(?=\p{RI})")


@dataclass(frozen=True)
class Sequence:
    """T input symbols and their T target symbols. Numbers have an empty vocabulary.

    If ``has_holes``, a target that is the symbol ``HOLE`` is none.
    """

    vocabulary: list[str]
    tokens: list[Symbol]
    targets: list[Symbol]
    has_holes: bool = False

    @property
    def has_target(self) -> NDArray[np.bool_]:
        """Whether each step has a target, (T,)."""
        return np.array([not (self.has_holes and target == HOLE) for target in self.targets])

    def rows(self, symbols: list[Symbol]) -> Array:
        """One-hot rows of symbols, (T, V), or numbers as they are, (T, 1)."""
        if not self.vocabulary:
            return np.array(symbols, dtype=np.float64).reshape(-1, 1)
        place = {symbol: i for i, symbol in enumerate(self.vocabulary)}
        return np.eye(len(self.vocabulary))[[place[str(symbol)] for symbol in symbols]]

    @property
    def target_rows(self) -> Array:
        """The rows of the targets; zeros where a step has none."""
        has_target, any_symbol = self.has_target, self.vocabulary[0] if self.vocabulary else 0.0
        filled = [
            target if given else any_symbol for target, given in zip(self.targets, has_target, strict=True)
        ]
        return self.rows(filled) * has_target[:, None]


@dataclass(frozen=True)
class Unit:
    """A unit of text: its name, a tokenizer, and the text shown by default."""

    name: str
    read: Callable[[str], list[Symbol]]
    default_text: str


def nfc(text: str) -> str:
    """The text in normalization form NFC, in linear time.

    ``unicodedata`` sorts combining marks by exchanging neighbors, which takes seconds for thousands of them.
    Many in a row are sorted beforehand, so that they stay as they are.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    decomposed = {letter: unicodedata.normalize("NFD", letter) for letter in set(text)}
    separate = "".join(map(decomposed.__getitem__, text))
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_in_order, separate))


def _in_order(found: regex.Match[str]) -> str:
    """Marks sorted by their class, but not beyond one that only ``regex`` knows, of a later Unicode."""
    marks = found[0]
    classes = [*map(unicodedata.combining, marks)]
    passed = accumulate(map(not_, classes))
    keys = [*map(add, map((256).__mul__, passed), classes)]  # no class is above 255
    return "".join(map(marks.__getitem__, sorted(range(len(marks)), key=keys.__getitem__)))


def graphemes(text: str) -> list[Symbol]:
    """Extended grapheme clusters (Unicode Standard Annex 29) of the text in normalization form NFC.

    To find the end of a flag, ``regex`` counts the letters of flags before it, so a long row of flags is
    divided between two of them.
    """
    text = nfc(text)
    ends = [0, *(found.end() for found in _MANY_FLAGS.finditer(text)), len(text)]
    return [symbol for start, end in pairwise(ends) for symbol in regex.findall(r"\X", text[start:end])]


def words(text: str) -> list[Symbol]:
    """Words separated by white space, in normalization form NFC."""
    return [word for word in _SPACE.split(nfc(text)) if word]


def numbers(text: str, limit: float = MAX_NUMBER) -> list[Symbol]:
    """Decimal numbers separated by white space or commas.

    Raises:
        ValueError: A part is not a decimal number, or its absolute value exceeds ``limit``.

    """
    parts = [part for part in _BETWEEN_NUMBERS.split(text) if part]
    if _NUMBERS.fullmatch(" ".join(parts)):
        read = list(map(float, parts))
        if not read or max(map(abs, read)) <= limit:
            return [*read]
    raise ValueError(next(part for part in parts if not NUMBER.fullmatch(part) or abs(float(part)) > limit))


UNITS = {
    unit.name: unit
    for unit in (
        Unit("char", graphemes, "hello"),
        Unit("word", words, "you say goodbye and I say hello ."),
        Unit("number", numbers, "1 2 1 2 1"),
    )
}


def targets(unit: str, text: str, limit: float = MAX_NUMBER) -> list[Symbol]:
    """Targets of one's own: the symbols of a text, or holes.

    Raises:
        ValueError: a part is neither a number nor a hole, or exceeds ``limit``, if numbers are read.

    """
    if unit != "number":
        return UNITS[unit].read(text)
    parts = [part for part in _BETWEEN_NUMBERS.split(text) if part]
    read = iter(numbers(" ".join(part for part in parts if part != HOLE), limit))
    return [HOLE if part == HOLE else next(read) for part in parts]


def make_sequence(
    symbols: list[Symbol], targets: list[Symbol], T: int, vocabulary: Iterable[Symbol] = ()
) -> Sequence:
    """T symbols and their targets, repeating both from the start as often as T needs.

    Without ``targets`` the target of a symbol is the next symbol. Without a ``vocabulary`` it holds all
    symbols in order of first appearance, inputs first, so it does not depend on T; holes among the targets
    are none of them.
    """
    n = len(symbols)
    next_symbols = targets or [*symbols[1:], symbols[0]]
    given = [target for target in targets if target != HOLE]
    known = [symbol for symbol in dict.fromkeys([*vocabulary, *symbols, *given]) if isinstance(symbol, str)]
    return Sequence(
        known,
        [symbols[t % n] for t in range(T)],
        [next_symbols[t % n] for t in range(T)],
        bool(targets),
    )

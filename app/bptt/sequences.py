"""Tokenizer and vocabulary: a text as graphemes, words or numbers, and as one-hot or scalar inputs."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import regex

from .arrays import Array

Symbol = str | float

MAX_NUMBER = 1000.0
_SPACE = regex.compile(r"\p{White_Space}+")
_BETWEEN_NUMBERS = regex.compile(r"[\p{White_Space},]+")
NUMBER = regex.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Sequence:
    """T input symbols and their T target symbols. Numbers have an empty vocabulary."""

    vocabulary: list[str]
    tokens: list[Symbol]
    targets: list[Symbol]

    def rows(self, symbols: list[Symbol]) -> Array:
        """One-hot rows of symbols, (T, V), or numbers as they are, (T, 1)."""
        if not self.vocabulary:
            return np.array(symbols, dtype=np.float64).reshape(-1, 1)
        place = {symbol: i for i, symbol in enumerate(self.vocabulary)}
        return np.eye(len(self.vocabulary))[[place[str(symbol)] for symbol in symbols]]


@dataclass(frozen=True)
class Unit:
    """A unit of text: its name, a tokenizer, and the text shown by default."""

    name: str
    read: Callable[[str], list[Symbol]]
    default_text: str


def graphemes(text: str) -> list[Symbol]:
    """Extended grapheme clusters (Unicode Standard Annex 29) of the text in normalization form NFC."""
    return list(regex.findall(r"\X", unicodedata.normalize("NFC", text)))


def words(text: str) -> list[Symbol]:
    """Words separated by white space, in normalization form NFC."""
    return [word for word in _SPACE.split(unicodedata.normalize("NFC", text)) if word]


def numbers(text: str, limit: float = MAX_NUMBER) -> list[Symbol]:
    """Decimal numbers separated by white space or commas.

    Raises:
        ValueError: A part is not a decimal number, or its absolute value exceeds ``limit``.

    """
    parts = [part for part in _BETWEEN_NUMBERS.split(text) if part]
    for part in parts:
        if not NUMBER.fullmatch(part) or abs(float(part)) > limit:
            raise ValueError(part)
    return [float(part) for part in parts]


UNITS = {
    unit.name: unit
    for unit in (
        Unit("char", graphemes, "hello"),
        Unit("word", words, "you say goodbye and I say hello ."),
        Unit("number", numbers, "1 2 1 2 1"),
    )
}


def make_sequence(symbols: list[Symbol], targets: list[Symbol], T: int) -> Sequence:
    """T symbols and their targets, repeating both from the start as often as T needs.

    Without ``targets`` the target of a symbol is the next symbol. The vocabulary holds all symbols in order
    of first appearance, inputs first, so it does not depend on T.
    """
    n = len(symbols)
    next_symbols = targets or [*symbols[1:], symbols[0]]
    vocabulary = [symbol for symbol in dict.fromkeys([*symbols, *targets]) if isinstance(symbol, str)]
    return Sequence(vocabulary, [symbols[t % n] for t in range(T)], [next_symbols[t % n] for t in range(T)])

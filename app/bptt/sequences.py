"""A text as a sequence of symbols: graphemes, a vocabulary, one-hot rows."""

import unicodedata
from dataclasses import dataclass

import numpy as np
import regex

from .arrays import Array


@dataclass(frozen=True)
class Sequence:
    """T inputs and the T symbols wanted after them."""

    vocabulary: list[str]
    tokens: list[str]
    targets: list[str]

    def one_hot(self, symbols: list[str]) -> Array:
        """Symbols as rows with a single 1, (T, V)."""
        place = {symbol: i for i, symbol in enumerate(self.vocabulary)}
        return np.eye(len(self.vocabulary))[[place[symbol] for symbol in symbols]]


def graphemes(text: str) -> list[str]:
    """What a reader calls characters (Unicode Standard Annex 29), of the NFC form of the text."""
    return list(regex.findall(r"\X", unicodedata.normalize("NFC", text)))


def next_symbol(symbols: list[str], T: int) -> Sequence:
    """Read symbol t, want symbol t + 1, starting over at the end: the language model's task.

    The vocabulary is that of all symbols in order of first appearance, so it does not depend on T.
    """
    n = len(symbols)
    tokens = [symbols[t % n] for t in range(T)]
    targets = [symbols[(t + 1) % n] for t in range(T)]
    return Sequence(list(dict.fromkeys(symbols)), tokens, targets)

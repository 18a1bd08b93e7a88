"""Where the lanes of a mini-batch read in one long series, by two readings.

``formula``: lane i starts at i·⌊L/N⌋, an epoch reads ⌊L/N⌋ steps of every lane, and the next one starts
again at the beginning. ``book``: the jump of Saito's code (Deep Learning from Scratch 2, chapter 5), which
counts one input less, takes whole blocks only, and never goes back: time runs on over the epochs and wraps
at the end of the series, wherever in its lane that is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

READINGS = ("formula", "book")


@dataclass(frozen=True)
class Lanes:
    """N lanes in a series of L inputs, read in blocks of k steps."""

    L: int
    N: int
    k: int
    reading: str = "formula"

    @property
    def series(self) -> int:
        """How many inputs are counted."""
        return self.L - 1 if self._book and self.L > self.N else self.L

    @property
    def jump(self) -> int:
        """From the start of one lane to that of the next."""
        return self.series // self.N

    @property
    def starts(self) -> list[int]:
        """Where each lane begins, (N,)."""
        return [lane * self.jump for lane in range(self.N)]

    @property
    def length(self) -> int:
        """Steps of a lane in one epoch."""
        if not self._book:
            return self.jump
        return self.k * max(1, self.series // (self.N * self.k))

    @property
    def iterations(self) -> int:
        """Updates in one epoch."""
        return -(-self.length // self.k)

    @property
    def left_out(self) -> int:
        """Symbols at the end of the series that no lane reads."""
        return self.L - self.N * self.jump

    def positions(self, start: int, stop: int, epoch: int) -> NDArray[np.intp]:
        """Which inputs are read at the steps ``start`` … ``stop - 1`` of an epoch, (steps, N)."""
        time = np.arange(start, stop) + (epoch * self.length if self._book else 0)
        return np.asarray((time[:, None] + np.array(self.starts)) % self.series)

    @property
    def _book(self) -> bool:
        return self.reading == "book"

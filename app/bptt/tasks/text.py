"""Next-symbol prediction on a text, read in lanes; the same data for every network."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from ..lanes import Lanes
from ..one_hot import OneHot
from ..sequences import Sequence
from .stream import Segment, Stream

_Rows = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]


@dataclass(frozen=True)
class Text(Stream):
    """A sequence of L inputs with L targets, and the lanes that read it.

    Lanes of unequal length are padded with symbol 0 as input and target, as ``pad_sequence`` of PyTorch does.
    The losses of the padding are masked, unless ``counts_padding``.
    """

    sequence: Sequence
    lanes: Lanes
    counts_padding: bool = False

    @property
    def sizes(self) -> tuple[int, int]:
        V = len(self.sequence.vocabulary)
        return V, V

    @property
    def batch_size(self) -> int:
        return self.lanes.N

    @property
    def length(self) -> int:
        return self.lanes.length

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        if self.lanes.same_every_epoch:
            part = slice(start, stop)
            symbols, targets, counts = self._epoch
        else:
            part = slice(None)
            symbols, targets, counts = self._at(self.lanes.positions(start, stop, epoch))
        V = len(self.sequence.vocabulary)
        return Segment(OneHot(symbols[part], V), OneHot(targets[part], V), counts[part])

    @cached_property
    def _epoch(self) -> _Rows:
        return self._at(self.lanes.positions(0, self.length, 0))

    def _at(self, positions: NDArray[np.intp]) -> _Rows:
        """Symbols, targets and loss mask at positions (steps, N), (steps, 1, N) each."""
        symbols, targets = (numbers.take(positions[:, None]) for numbers in self.symbols_and_targets)
        if not self.lanes.lengths:
            return symbols, targets, np.ones(symbols.shape, dtype=bool)
        inside = self.lanes.inside()[:, None]
        return symbols * inside, targets * inside, inside | self.counts_padding

    @cached_property
    def symbols_and_targets(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """All symbols and their targets as positions in the vocabulary, (L,) each."""
        x, target = self.rows
        return x.argmax(axis=-1), target.argmax(axis=-1)

    @cached_property
    def rows(self) -> tuple[Array, Array]:
        """One-hot inputs and targets, (L, V) each."""
        return self.sequence.rows(self.sequence.tokens), self.sequence.rows(self.sequence.targets)

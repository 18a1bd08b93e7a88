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


@dataclass(frozen=True)
class Text(Stream):
    """A sequence of L inputs with L targets, and the lanes that read it."""

    sequence: Sequence
    lanes: Lanes

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
        positions = self.lanes.positions(start, stop, epoch)[:, None]
        V = len(self.sequence.vocabulary)
        inputs, targets = (OneHot(numbers.take(positions), V) for numbers in self.symbols_and_targets)
        return Segment(inputs, targets, np.ones(positions.shape, dtype=bool))

    @cached_property
    def symbols_and_targets(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """All symbols and their targets as positions in the vocabulary, (L,) each."""
        x, target = self.rows
        return x.argmax(axis=-1), target.argmax(axis=-1)

    @cached_property
    def rows(self) -> tuple[Array, Array]:
        """One-hot inputs and targets, (L, V) each."""
        return self.sequence.rows(self.sequence.tokens), self.sequence.rows(self.sequence.targets)

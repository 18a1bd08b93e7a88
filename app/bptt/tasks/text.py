"""Next-symbol prediction on a text, read in lanes; the same data for every network."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..arrays import Array
from ..lanes import Lanes
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
        places = self.lanes.positions(start, stop, epoch)[:, None]
        x, target = self.rows
        return Segment(x[places], target[places], np.ones(places.shape, dtype=bool))

    @cached_property
    def rows(self) -> tuple[Array, Array]:
        """One-hot inputs and targets, (L, V) each."""
        return self.sequence.rows(self.sequence.tokens), self.sequence.rows(self.sequence.targets)

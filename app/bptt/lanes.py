"""Mini-batch lanes: which positions of one long sequence each row of the batch reads, by two conventions.

``formula``: lane i starts at i·⌊L/N⌋. An epoch reads ⌊L/N⌋ steps of every lane, and the next epoch starts
again at the beginning. ``book``: the offsets of Saito's code (Deep Learning from Scratch 2, chapter 5). It
counts one input less, reads whole blocks only and never returns to the start of a lane: positions keep
advancing over the epochs and wrap around at the end of the sequence.

Lanes of ``lengths`` of their own are pieces of the sequence one after another, whichever convention. The
shorter ones are padded to the longest, as sequences of unequal length are in a batch.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Lanes:
    """N lanes in a sequence of L inputs, read in blocks of k steps, or in those that ``cuts`` lie between.

    A cut at t lies between the steps t-1 and t of a lane. Cuts are steps from 1 on, each once and in
    ascending order; those from ``length`` on have no effect. ``lengths`` are N numbers of steps.
    """

    L: int
    N: int
    k: int
    reading: str = "formula"
    cuts: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    @property
    def series(self) -> int:
        """Number of inputs divided among the lanes."""
        return self.L - 1 if self._book and self.L > self.N else self.L

    @property
    def jump(self) -> int:
        """Steps from the start of one lane to the start of the next."""
        return self.series // self.N

    @property
    def starts(self) -> list[int]:
        """First position of each lane, (N,)."""
        if self.lengths:
            return list(accumulate(self.lengths[:-1], initial=0))
        return [lane * self.jump for lane in range(self.N)]

    @property
    def lane_lengths(self) -> list[int]:
        """Steps of each lane in one epoch, without padding, (N,)."""
        return list(self.lengths) or [self.length] * self.N

    def inside(self) -> NDArray[np.bool_]:
        """Which steps of an epoch are no padding, (length, N)."""
        return np.asarray(np.arange(self.length)[:, None] < self.lane_lengths)

    @property
    def length(self) -> int:
        """Steps that each lane reads in one epoch, padding included."""
        if self.lengths:
            return max(self.lengths)
        if not self._book:
            return self.jump
        return self.k * max(1, self.series // (self.N * self.k))

    @property
    def iterations(self) -> int:
        """Blocks, and so updates, in one epoch; the last block may be short."""
        return len(self.blocks)

    @cached_property
    def blocks(self) -> list[tuple[int, int]]:
        """Start and stop of every block in the steps of a lane."""
        n = self.length
        inner = self.cuts or range(self.k, n, self.k)
        return list(pairwise([0, *(t for t in inner if t < n), n]))

    @property
    def left_out(self) -> int:
        """Number of inputs at the end of the sequence that belong to no lane."""
        return self.L - (sum(self.lengths) or self.N * self.jump)

    def positions(self, start: int, stop: int, epoch: int) -> NDArray[np.intp]:
        """Positions of the inputs read at the steps ``start`` … ``stop - 1`` of an epoch, (steps, N)."""
        positions = self._positions[start:stop]
        return np.asarray((positions + epoch * self.length) % self.series) if self._book else positions

    @cached_property
    def _positions(self) -> NDArray[np.intp]:
        """Positions of the first epoch as far as no lane reaches the end, (length, N); 0 of padding."""
        positions = np.arange(self.length)[:, None] + self.starts
        return np.where(self.inside(), positions, 0) if self.lengths else np.asarray(positions)

    @property
    def same_every_epoch(self) -> bool:
        """Whether every epoch reads the same positions."""
        return not self._book

    @property
    def _book(self) -> bool:
        return self.reading == "book" and not self.lengths

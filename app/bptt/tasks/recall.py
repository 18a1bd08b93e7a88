"""Delayed recall task (after Hochreiter & Schmidhuber 1997): a cue, distractors, then the cue is asked for.

``RecallStream`` is one endless stream, in which episodes follow each other after gaps of random length. With
gaps of fixed length, blocks would always cut at the same places. ``Episodes`` are separate and start from
state 0.
"""

from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..one_hot import OneHot
from .stream import Segment, Stream

Symbols = NDArray[np.int16]


class _Recall(Stream):
    lanes: int
    distractors: int
    cues: int

    @property
    def sizes(self) -> tuple[int, int]:
        return self.cues + self.distractors + 1, self.cues

    @property
    def batch_size(self) -> int:
        return self.lanes


@dataclass(frozen=True)
class RecallStream(_Recall):
    """Symbols are cues, distractors and the question, in this order. Each seed has different lanes."""

    seeds: Several[int]
    lanes: int
    steps: int
    lag: int
    distractors: int
    cues: int
    gap: int

    @property
    def length(self) -> int:
        return self.steps

    def of_seeds(self, seeds: Several[int]) -> Stream:
        return replace(self, seeds=seeds)

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        D, V = self.sizes
        symbols, targets = (part[start:stop] for part in self.symbols_and_targets)
        return Segment(OneHot(symbols, D), OneHot(np.maximum(targets, 0), V), targets >= 0)

    @cached_property
    def symbols_and_targets(self) -> tuple[Symbols, Symbols]:
        """All symbols and their targets, -1 where there is none, (steps, P, B) each."""
        both = np.empty((2, self.steps, len(self.seeds), self.lanes), dtype=np.int16)  # streams can be long
        for i, seed in enumerate(self.seeds):
            for lane in range(self.lanes):
                both[:, :, i, lane] = self._lane(seed, lane)
        return both[0], both[1]

    def _lane(self, seed: int, lane: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        stream = np.random.RandomState([seed, lane])
        symbols = self.cues + stream.randint(self.distractors, size=self.steps)
        targets = np.full(self.steps, -1)
        n = self.steps // (self.lag + 1) + 1
        gaps, cues = stream.randint(self.gap + 1, size=n), stream.randint(self.cues, size=n)
        question_steps = np.cumsum(gaps + self.lag + 1) - 1
        inside = question_steps < self.steps
        symbols[question_steps[inside] - self.lag] = cues[inside]
        symbols[question_steps[inside]] = self.cues + self.distractors
        targets[question_steps[inside]] = cues[inside]
        return symbols, targets


@dataclass(frozen=True)
class Episodes(_Recall):
    """Separate episodes of ``lag`` + 1 steps; each epoch is one episode."""

    seeds: Several[int]
    lanes: int
    lag: int
    distractors: int
    cues: int

    @property
    def length(self) -> int:
        return self.lag + 1

    @property
    def episodic(self) -> bool:
        return True

    def of_seeds(self, seeds: Several[int]) -> Stream:
        return replace(self, seeds=seeds)

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        D, V = self.sizes
        shape = self.length, self.lanes
        symbols, cues = np.empty((2, self.length, len(self.seeds), self.lanes), dtype=np.intp)
        for i, seed in enumerate(self.seeds):
            stream = np.random.RandomState([seed, epoch])
            symbols[:, i] = self.cues + stream.randint(self.distractors, size=shape)
            cues[:, i] = stream.randint(self.cues, size=self.lanes)
        symbols[0], symbols[-1] = cues[0], self.cues + self.distractors
        counts = np.zeros(symbols.shape, dtype=bool)
        counts[-1] = True
        window = slice(start, stop)
        return Segment(OneHot(symbols[window], D), OneHot(cues[window], V), counts[window])

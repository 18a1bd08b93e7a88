"""Randomized truncation: every edge is cut with probability c (Tallec & Ollivier 2017, arXiv:1705.08209).

The gradient that crosses an edge is divided by the probability 1 - c of keeping that edge, so the expected
gradient is the full gradient. All losses share the same cuts.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Randomized(Scheme):
    """``cut`` is c, ``cut_seed`` seeds a random stream of its own, so the weights never depend on it."""

    cut: float
    cut_seed: int | tuple[int, int]
    edge_scale: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edge_scale", 1.0 / (1.0 - self.cut))

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        segment = np.cumsum(~self.uncut_edges(T))
        same_segment = lower_triangle(segment[s] == segment[t])
        return same_segment * self.edge_scale ** (same_segment * (s - t))

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        bounds = [*np.flatnonzero(~self.uncut_edges(T)).tolist(), T]
        return [BackwardWindow(a, b, a) for a, b in pairwise(bounds)]

    def for_epoch(self, epoch: int) -> "Randomized":
        """New cuts in every epoch, and others for every seed: seed s in epoch e draws from (s, e)."""
        return (
            self
            if epoch == 0 or isinstance(self.cut_seed, tuple)
            else replace(self, cut_seed=(self.cut_seed, epoch))
        )

    def uncut_edges(self, T: int) -> NDArray[np.bool_]:
        """Whether the edge to the step before is kept, (T,); False for step 0, which has none."""
        uniform = np.random.RandomState(self.cut_seed).random_sample(T - 1)
        return np.concatenate([[False], uniform >= self.cut])

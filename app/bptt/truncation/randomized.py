"""Randomized truncation: every edge is cut with probability c (Tallec & Ollivier 2017, arXiv 1705.08209).

What crosses an edge is divided by the probability of crossing it, so the mean over all draws is
exactly the full gradient. One draw is shared by all losses.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Randomized(Scheme):
    """``cut`` is c, ``cut_seed`` the draw; its stream is its own, so weights never depend on it."""

    cut: float
    cut_seed: int
    edge_scale: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edge_scale", 1.0 / (1.0 - self.cut))

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        segment = np.cumsum(~self.uncut_edges(T))
        together = lower_triangle(segment[s] == segment[t])
        return together * self.edge_scale ** (together * (s - t))

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        bounds = [*np.flatnonzero(~self.uncut_edges(T)).tolist(), T]
        return [BackwardWindow(a, b, a) for a, b in pairwise(bounds)]

    def for_epoch(self, epoch: int) -> "Randomized":
        return replace(self, cut_seed=self.cut_seed + epoch)

    def uncut_edges(self, T: int) -> NDArray[np.bool_]:
        """Which steps (T,) are joined to their predecessor by an edge that is not cut; step 0 has none."""
        drawn = np.random.RandomState(self.cut_seed).random_sample(T - 1)
        return np.concatenate([[False], drawn >= self.cut])

"""Truncated BPTT in blocks of unequal length: no gradient crosses the edges that are listed.

Language models are trained so, with a length drawn for every block (Merity et al. 2017, arXiv:1708.02182).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Cuts(Scheme):
    """A cut at t lies between the steps t-1 and t: no gradient flows from step t back to step t-1.

    ``cuts`` are steps from 1 on, each once and in ascending order; those from T on have no effect. Without
    any, this is full BPTT.
    """

    cuts: tuple[int, ...]

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        block = np.searchsorted(self.cuts, np.arange(T), "right")
        return lower_triangle(block[s] == block[t])

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        bounds = [0, *(t for t in self.cuts if t < T), T]
        return [BackwardWindow(a, b, a) for a, b in pairwise(bounds)]


def parse_cuts(written: str) -> tuple[int, ...]:
    """The steps in a list such as ``2,5,9``, ascending and each once; spaces and empty parts are ignored.

    Raises:
        ValueError: a part is not a whole number from 1 on, in plain digits.

    """
    parts = {part.strip() for part in written.split(",")} - {""}
    if not all(part.isascii() and part.isdigit() and part.strip("0") for part in parts):
        raise ValueError(f"not a list of steps: {written!r}")
    return tuple(sorted({int(part) for part in parts}))

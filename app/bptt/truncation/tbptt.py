"""TBPTT(k1, k2): every k1 steps, the newest k1 losses are backpropagated k2 steps (Williams & Peng 1990).

Each loss counts once. Blocks are the case k1 = k2, and the sliding window is the case k1 = 1.
"""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Tbptt(Scheme):
    """``k`` is k2, the length of the backward pass. It is raised to k1, or losses would be lost."""

    k1: int
    k: int

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        chunk_end = self.k1 * (s // self.k1 + 1)  # not clipped to T: a short last chunk reaches less far
        return lower_triangle(t >= chunk_end - self._k2)

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        ends = range(self.k1, T + self.k1, self.k1)
        return [BackwardWindow(max(0, end - self._k2), min(end, T), end - self.k1) for end in ends]

    def steps_in_memory(self, T: int) -> int:
        return min(self._k2, T)

    @property
    def min_k(self) -> int:
        return self.k1

    def full_from_k(self, T: int) -> int:
        return self.k1 * -(-T // self.k1)

    @property
    def _k2(self) -> int:
        return max(self.k, self.k1)

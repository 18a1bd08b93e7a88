"""Truncated BPTT in blocks of k steps, as in textbooks: no gradient crosses the border of a block."""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Blocks(Scheme):
    """Blocks of steps 0 … k-1, k … 2k-1 and so on; the last block may be short."""

    k: int

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        return lower_triangle(s // self.k == t // self.k)

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        return [BackwardWindow(a, min(a + self.k, T), a) for a in range(0, T, self.k)]

    def full_from_k(self, T: int) -> int:
        return T

"""A sliding window: every loss reaches back over k steps, its own included (Williams & Peng 1990)."""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Window(Scheme):
    """No step is at a disadvantage, but every loss needs a walk of its own."""

    k: int

    def weights_table(self, T: int) -> Array:
        s, t = loss_step_grid(T)
        return lower_triangle(s - t < self.k)

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        return [BackwardWindow(max(0, s + 1 - self.k), s + 1, s) for s in range(T)]

    def steps_in_memory(self, T: int) -> int:
        return min(self.k, T)

    def full_from_k(self, T: int) -> int:
        return T

"""Sliding window: every loss is backpropagated k steps, including its own (Williams & Peng 1990)."""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import BackwardWindow, Scheme, loss_step_grid, lower_triangle


@dataclass(frozen=True)
class Window(Scheme):
    """Every loss reaches equally far, but each needs a backward pass of its own."""

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

"""A sliding window: every loss reaches back over k steps, its own included (Williams & Peng 1990)."""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import Scheme, Walk, in_triangle, triangle


@dataclass(frozen=True)
class Window(Scheme):
    """No step is at a disadvantage, but every loss needs a walk of its own."""

    k: int

    def kept(self, T: int) -> Array:
        s, t = triangle(T)
        return in_triangle(s - t < self.k)

    def walks(self, T: int) -> list[Walk]:
        return [Walk(max(0, s + 1 - self.k), s + 1, s) for s in range(T)]

    def memory(self, T: int) -> int:
        return min(self.k, T)

    def full_at(self, T: int) -> int:
        return T

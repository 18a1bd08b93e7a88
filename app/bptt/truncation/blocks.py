"""Blocks of k steps, the textbook's truncated BPTT: no gradient leaves its block."""

from dataclasses import dataclass

from ..arrays import Array
from .scheme import Scheme, Walk, in_triangle, triangle


@dataclass(frozen=True)
class Blocks(Scheme):
    """Steps 0 … k-1, k … 2k-1 and so on; the last block may be short."""

    k: int

    def kept(self, T: int) -> Array:
        s, t = triangle(T)
        return in_triangle(s // self.k == t // self.k)

    def walks(self, T: int) -> list[Walk]:
        return [Walk(a, min(a + self.k, T), a) for a in range(0, T, self.k)]

    def full_at(self, T: int) -> int:
        return T

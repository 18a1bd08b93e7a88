"""What a truncation scheme is: a table of weights, and an algorithm of its own that needs no table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array


@dataclass(frozen=True)
class BackwardWindow:
    """One backward walk from step ``stop - 1`` to ``start``, fed by losses ``newest_from`` … ``stop - 1``."""

    start: int
    stop: int
    newest_from: int

    def __len__(self) -> int:
        return self.stop - self.start


class Scheme(ABC):
    """May loss s reach step t? Fields of a scheme bear the names of the parameters it obeys."""

    edge_scale: float = 1.0
    """What an edge multiplies the gradient by that crosses it."""

    @abstractmethod
    def weights_table(self, T: int) -> Array:
        """The table kept[s, t], (T, T); 0 above the diagonal, where no gradient goes."""

    @abstractmethod
    def backward_windows(self, T: int) -> list[BackwardWindow]:
        """The same scheme as its own algorithm, oldest walk first; an update may follow each."""

    def steps_in_memory(self, T: int) -> int:
        """How many steps must be remembered at once."""
        return max(len(window) for window in self.backward_windows(T))

    def for_epoch(self, epoch: int) -> "Scheme":
        """The scheme in a later epoch of training: one that draws draws anew."""
        return self

    @property
    def min_k(self) -> int:
        """The smallest k that makes a difference."""
        return 1

    def full_from_k(self, T: int) -> int | None:
        """The k from which on this scheme is full BPTT; None where it has no k."""
        return None


def loss_step_grid(T: int) -> tuple[Array, Array]:
    """Losses s (T, 1) and steps t (1, T): broadcast, they write a table as one expression."""
    s, t = np.ogrid[:T, :T]
    return s, t


def lower_triangle(allowed: NDArray[np.bool_]) -> Array:
    """A table (T, T) of ones where ``allowed`` holds and t ≤ s."""
    return np.tril(allowed).astype(np.float64)

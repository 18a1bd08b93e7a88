"""Interface of a truncation scheme: its weights table, and its list of backward windows."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array


@dataclass(frozen=True)
class BackwardWindow:
    """One backward pass from step ``stop - 1`` to ``start``, of the losses ``newest_from`` … ``stop - 1``."""

    start: int
    stop: int
    newest_from: int

    def __len__(self) -> int:
        return self.stop - self.start


class Scheme(ABC):
    """Which losses reach which steps. The fields of a scheme have the names of the parameters it uses."""

    edge_scale: float = 1.0
    """The factor on the gradient that a step passes to the step before."""

    @abstractmethod
    def weights_table(self, T: int) -> Array:
        """Factor w[s, t] on the gradient of loss s at step t, (T, T); 0 where it is cut, and for t > s."""

    @abstractmethod
    def backward_windows(self, T: int) -> list[BackwardWindow]:
        """The same scheme as a list of backward passes, oldest first; an update may follow each."""

    def steps_in_memory(self, T: int) -> int:
        """The largest number of steps stored at once."""
        return max(len(window) for window in self.backward_windows(T))

    def for_epoch(self, epoch: int) -> "Scheme":
        """The scheme in an epoch of training; a randomized scheme draws new cuts."""
        return self

    @property
    def min_k(self) -> int:
        """The smallest k; lower values have the same effect."""
        return 1

    def full_from_k(self, T: int) -> int | None:
        """The smallest k at which the scheme is full BPTT; None if it has no k."""
        return None


def loss_step_grid(T: int) -> tuple[Array, Array]:
    """Index grids of losses s (T, 1) and steps t (1, T), which broadcast to a table (T, T)."""
    s, t = np.ogrid[:T, :T]
    return s, t


def lower_triangle(allowed: NDArray[np.bool_]) -> Array:
    """A table (T, T) that is 1 where ``allowed`` holds and t ≤ s, otherwise 0."""
    return np.tril(allowed).astype(np.float64)

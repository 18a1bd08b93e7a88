"""One-hot rows, stored as the positions of the ones: look-ups replace products, and less memory is read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array


@dataclass(frozen=True)
class OneHot:
    """Rows of zeros with a single 1: ``symbols`` (...) are the positions of the ones in rows of ``size``."""

    symbols: NDArray[np.integer]
    size: int

    @property
    def rows(self) -> Array:
        """The rows themselves, (..., size)."""
        flat = np.zeros(self.symbols.size * self.size)
        flat[np.arange(0, flat.size, self.size) + self.symbols.reshape(-1)] = 1.0
        return flat.reshape(*self.symbols.shape, self.size)


Rows = Array | OneHot


def dense(rows: Rows) -> Array:
    """The rows as an array (..., n)."""
    return rows.rows if isinstance(rows, OneHot) else rows


def positions(rows: Rows) -> NDArray[np.integer]:
    """Where the ones of one-hot rows are, (...)."""
    return rows.symbols if isinstance(rows, OneHot) else rows.argmax(axis=-1)

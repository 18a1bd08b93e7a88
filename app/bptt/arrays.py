"""Array types of the kernel, names of the parameters, and a Euclidean norm safe from over- and underflow."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]
"""Parameters by their textbook names: Wx (D, G·H), Wh (H, G·H), b (G·H), Wy (H, V), by (V)."""

RECURRENT = ("Wx", "Wh", "b")
READOUT = ("Wy", "by")

_SAFE_RANGE = 1e-280, 1e280  # a squared norm in this range lost nothing to overflow or underflow


def norm(x: Array) -> Array:
    """Euclidean norms over the last axis: x (..., n) -> (...). The norm of a finite vector is finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        squares = np.asarray(np.vecdot(x, x))
    if squares_are_safe(squares):
        return np.asarray(np.sqrt(squares))
    largest = np.max(np.abs(x), axis=-1, initial=0.0)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    scaled = x / scale[..., None]
    with np.errstate(invalid="ignore"):
        return np.asarray(scale * np.sqrt(np.vecdot(scaled, scaled)))


def squares_are_safe(squares: Array) -> bool:
    """Whether no squared norm overflowed or underflowed; False if one of them is NaN."""
    return bool(squares.size and squares.min() > _SAFE_RANGE[0] and squares.max() < _SAFE_RANGE[1])

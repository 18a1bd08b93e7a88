"""Array types of the kernel, names of the parameters, layouts of arrays, and a norm safe from overflow."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Number = TypeVar("Number", bound=np.generic)
Params = dict[str, Array]
"""Parameters by their textbook names: Wx (D, G·H), Wh (H, G·H), b (G·H), Wy (H, V), by (V).

A cell whose recurrent product has a bias of its own adds bh (H), after b.
"""

RECURRENT = ("Wx", "Wh", "b", "bh")
READOUT = ("Wy", "by")

_SAFE_RANGE = 1e-280, 1e280  # a squared norm in this range lost nothing to overflow or underflow


def recurrent(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the parameters' names that truncation changes the gradients of; the others are the readout."""
    return tuple(name for name in names if name in RECURRENT)


def split_vectors(rows: Array, n: int) -> Array:
    """Vectors side by side, as textbooks write gates, (..., n·H) -> one after another, (n, ..., H)."""
    rows = rows.reshape(*rows.shape[:-1], n, -1)
    axes = range(rows.ndim)
    return np.ascontiguousarray(rows.transpose(axes[-2], *axes[:-2], axes[-1]))


def join_vectors(vectors: Array) -> Array:
    """The inverse of ``split_vectors``: (n, ..., H) -> (..., n·H)."""
    return np.concatenate([*vectors], axis=-1)


def empty_by_network(T: int, *shape: int) -> Array:
    """Uninitialized (T, ..., P, B, n) with all steps of a network adjacent in memory; also without P or B."""
    first = max(len(shape) - 2, 0)
    axes = range(len(shape) + 1)
    memory = np.empty((*shape[:first], T, *shape[first:]))
    return memory.transpose(first, *axes[:first], *axes[first + 1 :])


def by_network(rows: NDArray[Number]) -> NDArray[Number]:
    """The rows of all steps one below another: (T, P, B, n) -> (P, T·B, n), or (T, B, n) -> (T·B, n)."""
    rows = rows.swapaxes(0, -min(rows.ndim, 3))
    return rows.reshape(*rows.shape[:-3], -1, rows.shape[-1])


def by_step(rows: Array, T: int) -> Array:
    """The inverse of ``by_network``: (P, T·B, n) -> (T, P, B, n), or (T·B, n) -> (T, B, n)."""
    return rows.reshape(*rows.shape[:-2], T, -1, rows.shape[-1]).swapaxes(0, -3)


def product_with(W: Array) -> Callable[..., Array]:
    """The function that multiplies rows (..., n) by W (..., n, m), by position into a third array if given.

    For a single matrix that is np.dot, which starts faster.
    """
    return np.dot if W.ndim == 2 else np.matmul


def times(rows: Array, W: Array) -> Array:
    """Rows (T, ..., n) times W (..., n, m), all steps of a network in one product -> (T, ..., m)."""
    product = by_step(by_network(rows) @ W, len(rows))
    return product.reshape(*rows.shape[:-1], product.shape[-1])


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

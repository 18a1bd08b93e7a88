"""Loss functions, softmax cross-entropy and squared error, of one step's outputs, with their gradients."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .arrays import Array

_SAFE = 100.0  # e^±100 is far from overflow and underflow, also in sums


@dataclass(frozen=True)
class Loss:
    """A loss of outputs o (..., V) and targets (..., V), which are one-hot rows or numbers.

    ``value`` is the loss (...), ``gradient`` is ∂L/∂o (..., V), optionally times factors (..., 1), and
    ``probabilities`` maps o to class probabilities (..., V), or is None where o are predictions themselves.
    """

    name: str
    value: Callable[[Array, Array], Array]
    gradient: Callable[..., Array]
    probabilities: Callable[[Array], Array] | None


def softmax(o: Array) -> Array:
    """o (..., V) -> probabilities (..., V) that sum to 1 over the last axis."""
    p = _exponentials(o)
    p /= _row_sums(p)
    return p


def _exponentials(o: Array) -> Array:
    """Exponentials of o (..., V), divided by a common factor in each row with a number that is large."""
    is_safe = o.min() > -_SAFE and o.max() < _SAFE  # False if there is a NaN
    return np.asarray(np.exp(o if is_safe else o - o.max(axis=-1, keepdims=True)))


def _row_sums(x: Array) -> Array:
    """Sums over the last axis, (..., n) -> (..., 1), as a product, which is faster for short rows."""
    return x @ np.ones((x.shape[-1], 1))


def _cross_entropy(o: Array, target: Array) -> Array:
    """-ln p[target]. The largest exponential is 1 and goes into log1p, so a tiny loss is not rounded to 0."""
    o = o - o.max(axis=-1, keepdims=True)
    others = np.exp(o)
    np.put_along_axis(others, o.argmax(axis=-1, keepdims=True), 0.0, axis=-1)
    return np.asarray(np.log1p(others.sum(axis=-1)) - (o * target).sum(axis=-1))


def _cross_entropy_gradient(o: Array, target: Array, factors: Array | float = 1.0) -> Array:
    """p - onehot(target). p[target] - 1 is computed as minus the sum of the others, to avoid cancellation."""
    others = _exponentials(o)
    total = _row_sums(others)
    is_target = target != 0
    np.copyto(others, 0.0, where=is_target)
    np.copyto(others, 0.0 - _row_sums(others), where=is_target)
    others *= factors / total
    return others


def _squared_error(o: Array, target: Array) -> Array:
    return np.asarray(0.5 * np.square(o - target).sum(axis=-1))


def _squared_error_gradient(o: Array, target: Array, factors: Array | float = 1.0) -> Array:
    return factors * (o - target)


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("cross_entropy", _cross_entropy, _cross_entropy_gradient, softmax),
        Loss("squared_error", _squared_error, _squared_error_gradient, None),
    )
}


def loss_factors(T: int, at: Literal["every", "last"], reduction: Literal["mean", "sum"]) -> Array:
    """The factor g_t of each step's loss in the total, (T,): 1/T or 1, and 0 where there is no loss."""
    if at == "last":
        return np.append(np.zeros(T - 1), 1.0)
    return np.full(T, 1.0 / T if reduction == "mean" else 1.0)

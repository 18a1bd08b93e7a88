"""Losses of one step's output o (..., V) against the wanted one-hot row (..., V)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .arrays import Array


@dataclass(frozen=True)
class Loss:
    """A loss by its value (..., V), (..., V) -> (...), its gradient by o, and how o is read."""

    name: str
    value: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array], Array]
    probabilities: Callable[[Array], Array] | None


def softmax(o: Array) -> Array:
    """o (..., V) -> probabilities (..., V) that add up to 1."""
    p: Array = o - o.max(axis=-1, keepdims=True)
    np.exp(p, out=p)
    p /= p.sum(axis=-1, keepdims=True)
    return p


def _cross_entropy(o: Array, target: Array) -> Array:
    """-ln p[target]; the largest term of the sum is 1 and stays out of it, so that no small loss is lost."""
    o = o - o.max(axis=-1, keepdims=True)
    others = np.exp(o)
    np.put_along_axis(others, o.argmax(axis=-1, keepdims=True), 0.0, axis=-1)
    return np.asarray(np.log1p(others.sum(axis=-1)) - (o * target).sum(axis=-1))


def _cross_entropy_gradient(o: Array, target: Array) -> Array:
    """p - onehot(target), where p[target] - 1 is minus the sum of the others: that cancels no digits."""
    others = softmax(o)
    others *= 1.0 - target
    others -= target * others.sum(axis=-1, keepdims=True)
    return others


def _squared_error(o: Array, target: Array) -> Array:
    return np.asarray(0.5 * np.square(o - target).sum(axis=-1))


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("cross_entropy", _cross_entropy, _cross_entropy_gradient, softmax),
        Loss("squared_error", _squared_error, lambda o, target: o - target, None),
    )
}


def loss_factors(T: int, at: Literal["every", "last"], reduction: Literal["mean", "sum"]) -> Array:
    """The factor g of each step's loss in the total, (T,): 1/T or 1, and 0 where there is no loss."""
    if at == "last":
        return np.append(np.zeros(T - 1), 1.0)
    return np.full(T, 1.0 / T if reduction == "mean" else 1.0)

"""Loss functions, softmax cross-entropy and squared error, of one step's outputs, with their gradients."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, by_network, by_step
from .one_hot import Rows, dense, positions

_LARGEST = 1e40  # far from overflow, also in products


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
    with np.errstate(over="ignore"):
        p = np.exp(o)
        total = _row_sums(p)
    if not _are_safe(total):
        p = np.exp(o - o.max(axis=-1, keepdims=True))
        total = _row_sums(p)
    p /= total
    return p


def _are_safe(sums: Array) -> bool:
    """Whether sums of exponentials are not so large or small that the largest of them should be 1 instead.

    False if there is a NaN.
    """
    return bool(sums.min() >= 1.0 and sums.max() < _LARGEST)


def _row_sums(x: Array) -> Array:
    """Sums over the last axis, (..., n) -> (..., 1), as a product, which is faster for short rows."""
    return x @ np.ones((x.shape[-1], 1))


def _cross_entropy(o: Array, target: Array) -> Array:
    """-ln p[target]. The largest exponential is 1 and goes into log1p, so a tiny loss is not rounded to 0."""
    o = o - o.max(axis=-1, keepdims=True)
    others = np.exp(o)
    np.put_along_axis(others, o.argmax(axis=-1, keepdims=True), 0.0, axis=-1)
    return np.asarray(np.log1p(others.sum(axis=-1)) - (o * target).sum(axis=-1))


def _cross_entropy_gradient(o: Array, target: Rows, factors: Array | None = None) -> Array:
    """p - onehot(target). p[target] - 1 is computed as minus the sum of the others, to avoid cancellation."""
    rows, symbols = by_network(o), by_network(positions(target)[..., None])[..., 0]
    own = np.arange(0, rows.size, rows.shape[-1]).reshape(rows.shape[:-1]) + symbols
    with np.errstate(over="ignore"):
        p = np.exp(rows, order="C")
        others, total = _sums_without(p, own)
    if not _are_safe(total):
        p = np.exp(rows - rows.max(axis=-1, keepdims=True), order="C")
        others, total = _sums_without(p, own)
    weights = (1.0 if factors is None else by_network(factors)) / total
    p *= weights
    p.reshape(-1)[own] = 0.0 - (others * weights)[..., 0]
    return (by_step(p, len(o)) if o.ndim > 2 else p).reshape(o.shape)


def _sums_without(p: Array, own: NDArray[np.integer]) -> tuple[Array, Array]:
    """Sums of the rows of p (..., V) without the entries at the flat positions ``own`` (...), and with them.

    Those entries are set to 0.
    """
    flat = p.reshape(-1)
    taken = flat.take(own)[..., None]
    flat[own] = 0.0
    others = _row_sums(p)
    return others, others + taken


def _squared_error(o: Array, target: Array) -> Array:
    return np.asarray(0.5 * np.square(o - target).sum(axis=-1))


def _squared_error_gradient(o: Array, target: Rows, factors: Array | None = None) -> Array:
    return (1.0 if factors is None else factors) * (o - dense(target))


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("cross_entropy", _cross_entropy, _cross_entropy_gradient, softmax),
        Loss("squared_error", _squared_error, _squared_error_gradient, None),
    )
}


LossAt = Literal["every", "last"] | Collection[int]
"""Which steps have a loss: every step, the last one, or those that are listed."""


def loss_steps(at: LossAt, has_target: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each step has a loss, (T,): those of ``at`` among the steps that have a target."""
    if at == "every":
        return has_target
    steps = np.arange(len(has_target))
    chosen = steps[has_target][-1:] if at == "last" else [*map(int, at)]
    return np.isin(steps, chosen) & has_target


def loss_factors(
    T: int,
    at: LossAt,
    reduction: Literal["mean", "sum"],
    has_target: NDArray[np.bool_] | None = None,
) -> Array:
    """The factor g_t of each step's loss in the total, (T,): 1 in a sum, 1 by the number of losses in a mean.

    It is 0 where there is no loss, so padding does not dilute the mean. By default every step has a target.
    """
    has_loss = loss_steps(at, np.ones(T, dtype=bool) if has_target is None else has_target)
    return has_loss / (np.count_nonzero(has_loss) if reduction == "mean" else 1.0)

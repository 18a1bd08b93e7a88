"""Gradients that are too long, made shorter (Pascanu et al. 2013, arXiv 1211.5063); all weights in a row."""

from collections.abc import Callable

import numpy as np

from .arrays import Array, norm

Clipping = Callable[[Array, float], Array]
_NOT_ZERO = 1e-6


def by_norm(gradient: Array, at: float) -> Array:
    """Shortened to length ``at`` where it is longer, (..., n); the direction stays."""
    rate = at / (norm(gradient) + _NOT_ZERO)
    return gradient if np.all(rate >= 1) else gradient * np.minimum(rate, 1.0)[..., None]


def by_element(gradient: Array, at: float) -> Array:
    """Every number held within ±``at``; the direction changes."""
    return np.clip(gradient, -at, at)


CLIPPINGS: dict[str, Clipping] = {
    "none": lambda gradient, at: gradient,
    "norm": by_norm,
    "element": by_element,
}

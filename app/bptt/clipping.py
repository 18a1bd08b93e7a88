"""Gradient clipping, by norm or by element (Pascanu et al. 2013, arXiv:1211.5063)."""

from collections.abc import Callable

import numpy as np

from .arrays import Array, norm

Clipping = Callable[[Array, float], Array]
EPSILON = 1e-6  # as clip_grad_norm_ of PyTorch has it; optax adds none, Keras clips each variable alone


def clip_by_norm(gradient: Array, threshold: float) -> Array:
    """Scale gradients (..., n) with a norm above ``threshold`` down to it; the direction is unchanged."""
    rate = threshold / (norm(gradient) + EPSILON)
    return gradient * np.minimum(rate, 1.0)[..., None]


def clip_by_element(gradient: Array, threshold: float) -> Array:
    """Clip every component of a gradient (..., n) to ±``threshold``; the direction may change."""
    return np.clip(gradient, -threshold, threshold)


CLIPPINGS: dict[str, Clipping] = {
    "none": lambda gradient, threshold: gradient,
    "norm": clip_by_norm,
    "element": clip_by_element,
}

"""Activation functions of the Elman cell (tanh, sigmoid, ReLU, identity) with their derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Array


@dataclass(frozen=True)
class Activation:
    """h = f(a), elementwise, and the derivative f'(a) = slope(a, h), computed from whichever is cheaper."""

    name: str
    f: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]


def _sigmoid(a: Array) -> Array:
    half = 0.5 * a
    np.tanh(half, out=half)  # never overflows, unlike exp(-a)
    half += 1.0
    half *= 0.5
    return half


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", np.tanh, lambda a, h: 1.0 - h * h),
        Activation("sigmoid", _sigmoid, lambda a, h: h * (1.0 - h)),
        Activation("relu", lambda a: np.maximum(a, 0.0), lambda a, h: np.where(a > 0, 1.0, 0.0)),
        Activation("identity", lambda a: a, lambda a, h: np.ones_like(a)),
    )
}

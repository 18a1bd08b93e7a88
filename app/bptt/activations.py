"""Activation functions of the Elman cell (tanh, sigmoid, ReLU, identity) with their derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Array


@dataclass(frozen=True)
class Activation:
    """h = f(a), elementwise, and the derivative f'(a) = slope(a)."""

    name: str
    f: Callable[[Array], Array]
    slope: Callable[[Array], Array]


def sigmoid(a: Array) -> Array:
    """σ(a) = 1/(1 + e⁻ᵃ), to the last digits at both ends: no overflow, and σ(-40) is e⁻⁴⁰ and not 0."""
    small = np.exp(np.copysign(a, -1.0))  # e^-|a|
    top = np.where(a >= 0, 1.0, small)
    return np.asarray(top / (1.0 + small))


def sigmoid_slope(a: Array) -> Array:
    """σ'(a) = σ(a) σ(-a). It equals σ(1 - σ), which is 0 as soon as σ rounds to 1."""
    small = np.exp(np.copysign(a, -1.0))
    return np.asarray(small / np.square(1.0 + small))


def tanh_slope(a: Array) -> Array:
    """tanh'(a) = 4 σ'(2a). It equals 1 - tanh², which is 0 as soon as tanh rounds to 1."""
    return 4.0 * sigmoid_slope(2.0 * a)


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", np.tanh, tanh_slope),
        Activation("sigmoid", sigmoid, sigmoid_slope),
        Activation("relu", lambda a: np.maximum(a, 0.0), lambda a: np.where(a > 0, 1.0, 0.0)),
        Activation("identity", lambda a: a, np.ones_like),
    )
}

"""Activation functions of the Elman cell (tanh, sigmoid, ReLU, identity) with their derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Array

_EXP_LIMIT = -700.0  # e⁻ᵃ overflows below -709


@dataclass(frozen=True)
class Activation:
    """h = f(a, out), elementwise, and the derivative f'(a) = slope(a)."""

    name: str
    f: Callable[..., Array]
    slope: Callable[[Array], Array]


def sigmoid(a: Array, out: Array | None = None) -> Array:
    """σ(a) = 1/(1 + e⁻ᵃ), to the last digits at both ends: no overflow, and σ(-40) is e⁻⁴⁰ and not 0."""
    small = np.exp(np.copysign(a, -1.0))  # e^-|a|
    top = np.where(a >= 0, 1.0, small)
    return np.divide(top, 1.0 + small, out=out)


def sigmoid_pair(a: Array, value: Array, complement: Array) -> None:
    """Write σ(a) and σ(-a) = 1 - σ(a), both to the last digits; their product is σ'(a)."""
    if a.min() > _EXP_LIMIT:
        np.negative(a, out=complement)
        np.exp(complement, out=complement)
        np.add(1.0, complement, out=value)
        np.divide(1.0, value, out=value)
        complement *= value  # σ(-a) = e⁻ᵃ σ(a)
    else:
        value[...], complement[...] = sigmoid(a), sigmoid(-a)


def sigmoid_slope(a: Array) -> Array:
    """σ'(a) = σ(a) σ(-a). It equals σ(1 - σ), which is 0 as soon as σ rounds to 1."""
    small = np.exp(np.copysign(a, -1.0))
    return np.asarray(small / np.square(1.0 + small))


def tanh_slope(a: Array) -> Array:
    """tanh'(a) = 1/cosh²(a). It equals 1 - tanh², which is 0 as soon as tanh rounds to 1."""
    with np.errstate(over="ignore"):  # where cosh is infinite, the slope rounds to 0
        slope = np.asarray(np.cosh(a))
    np.divide(1.0, slope, out=slope)
    slope *= slope
    return slope


def relu(a: Array, out: Array | None = None) -> Array:
    """max(a, 0)."""
    return np.maximum(a, 0.0, out=out)


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", np.tanh, tanh_slope),
        Activation("sigmoid", sigmoid, sigmoid_slope),
        Activation("relu", relu, lambda a: np.where(a > 0, 1.0, 0.0)),
        Activation("identity", np.positive, np.ones_like),
    )
}

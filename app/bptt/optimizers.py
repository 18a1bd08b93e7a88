"""Optimizers: SGD, momentum, RMSprop, Adam. To add one, write a class and add a line to ``OPTIMIZERS``.

All parameters are flattened to one vector (..., n), so an update takes few operations, however many
matrices there are.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

from .arrays import Array


@dataclass
class Optimizer(ABC):
    """Turns gradients into changes of the weights, and keeps its own running statistics."""

    lr: float

    @abstractmethod
    def change(self, gradient: Array) -> Array:
        """The change to add to the weights, (..., n), for a gradient (..., n)."""


class Sgd(Optimizer):
    """Stochastic gradient descent: -lr · gradient."""

    def change(self, gradient: Array) -> Array:
        return -self.lr * gradient


@dataclass
class Momentum(Optimizer):
    """SGD with momentum (Polyak 1964), as PyTorch writes it: v ← μ v + g, W ← W - lr · v.

    Keras has the rate inside, v ← μ v - lr · g, W ← W + v. While the rate is constant, both make the same
    updates. μ = 0.9 is usual; both frameworks have 0 unless it is given.
    """

    mu: float = 0.9
    _velocity: Array = field(default_factory=lambda: np.zeros(1), init=False)

    def change(self, gradient: Array) -> Array:
        self._velocity = self.mu * self._velocity + gradient
        return np.asarray(-self.lr * self._velocity)


@dataclass
class RmsProp(Optimizer):
    """RMSprop (Tieleman & Hinton 2012, lecture 6.5): the gradient by the root of its running mean square.

    The constants are PyTorch's, ρ = 0.99 (there alpha) and ε = 1e-8 added to the root. Keras has ρ = 0.9 and
    ε = 1e-7 under the root.
    """

    rho: float = 0.99
    epsilon: float = 1e-8
    _square: Array = field(default_factory=lambda: np.zeros(1), init=False)

    def change(self, gradient: Array) -> Array:
        self._square = self.rho * self._square + (1.0 - self.rho) * gradient * gradient
        return np.asarray(-self.lr * gradient / (np.sqrt(self._square) + self.epsilon))


@dataclass
class Adam(Optimizer):
    """Adam (Kingma & Ba 2015, arXiv:1412.6980): bias-corrected running means of gradient and square.

    ε is added to the root of the corrected mean square, as in PyTorch and optax, with their 1e-8. Keras has
    1e-7, added before the correction.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    _updates: int = field(default=0, init=False)
    _mean: Array = field(default_factory=lambda: np.zeros(1), init=False)
    _square: Array = field(default_factory=lambda: np.zeros(1), init=False)

    def change(self, gradient: Array) -> Array:
        self._updates += 1
        self._mean = self.beta1 * self._mean + (1.0 - self.beta1) * gradient
        self._square = self.beta2 * self._square + (1.0 - self.beta2) * gradient * gradient
        mean = self._mean / (1.0 - self.beta1**self._updates)
        square = self._square / (1.0 - self.beta2**self._updates)
        return np.asarray(-self.lr * mean / (np.sqrt(square) + self.epsilon))


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": Sgd,
    "adam": Adam,
    "momentum": Momentum,
    "rmsprop": RmsProp,
}

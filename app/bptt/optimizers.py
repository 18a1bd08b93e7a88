"""Optimizers: SGD and Adam. To add one, write a class and add a line to ``OPTIMIZERS``.

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
class Adam(Optimizer):
    """Adam (Kingma & Ba 2015, arXiv:1412.6980): bias-corrected running means of gradient and square."""

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


OPTIMIZERS: dict[str, type[Optimizer]] = {"sgd": Sgd, "adam": Adam}

"""Interface of a recurrent cell: one step, its vector-Jacobian products, Jacobian and tangent.

The passes and the truncation schemes use nothing else of a cell. A cell receives its input only as
``u = x Wx + b``, so it implements just the recurrent part. Its state consists of ``state_vectors`` vectors of
width H side by side, h first (S = state_vectors · H). Its pre-activations are G = ``len(gates)`` vectors of
width H side by side.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from ..arrays import Array

Residuals = dict[str, Array]
"""Values saved in the forward pass for the backward pass: arrays (T, ...) of a run, or (...) of one step."""


def at_step(residuals: Residuals, t: int) -> Residuals:
    """The residuals of step t."""
    return {name: values[t] for name, values in residuals.items()}


class Cell(ABC):
    """One step of a recurrent network and its derivatives. Arrays may have any leading axes."""

    state_vectors: ClassVar[int]
    gates: ClassVar[tuple[str, ...]]

    def initial_bias(self, H: int) -> Array:
        """Initial biases b (G·H)."""
        return np.zeros(len(self.gates) * H)

    def total_derivative(self, residuals: Residuals, dstate: Array) -> Array:
        """Partial to total derivative of the state, (..., S).

        An LSTM adds to ∂L/∂c_t the path through h_t of the same step, dc += dh ⊙ o ⊙ (1 - tanh² c). The
        identity for cells with one state vector.
        """
        return dstate

    @abstractmethod
    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        """One step: u (..., G·H), state (..., S) -> next state (..., S) and a trace (..., any width).

        The trace holds the pre-activations, and what else of the step the residuals are made from.
        """

    @abstractmethod
    def residuals(self, Wh: Array, before: Array, trace: Array, after: Array) -> Residuals:
        """Residuals of all steps from states before and after (T, ..., S) and traces (T, ..., width).

        Slopes are computed from pre-activations, because those of a saturated gate are lost in its value.
        """

    @abstractmethod
    def vjp_preactivation(self, Wh: Array, residuals: Residuals, dstate: Array) -> Array:
        """∂L/∂state_t (..., S) -> gradient of the pre-activations da_t (..., G·H)."""

    @abstractmethod
    def vjp_state(self, Wh: Array, residuals: Residuals, dstate: Array, da: Array) -> Array:
        """The gradient passed back: ∂L/∂state_t (..., S) and da_t (..., G·H) -> ∂L/∂state_{t-1}."""

    def vjp(self, Wh: Array, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        """Both at once: da_t (..., G·H) and ∂L/∂state_{t-1} (..., S)."""
        da = self.vjp_preactivation(Wh, residuals, dstate)
        return da, self.vjp_state(Wh, residuals, dstate, da)

    @abstractmethod
    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        """J_t = ∂state_t/∂state_{t-1} (T, S, S), rows for state_t; dstate J_t is the gradient passed back."""

    @abstractmethod
    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        """Forward-mode tangent of the next state (..., S), from the tangents of Wh, u and the state."""

    @abstractmethod
    def recurrent_inputs(self, residuals: Residuals) -> Array:
        """What Wh multiplies, for each gate or for all: (..., G or 1, H). dWh = Σ input_tᵀ da_t."""

    @abstractmethod
    def activations(self, residuals: Residuals) -> dict[str, Array]:
        """Values inside the steps to display, by name, each (T, H)."""

    @abstractmethod
    def cached_floats(self, D: int, H: int) -> int:
        """How many numbers one step stores for the backward pass."""

"""What every recurrent cell can do; passes and truncation schemes know nothing more about it.

A cell meets its input only as ``u = x Wx + b``, so all that is left to it is the recurrent part.
It carries a state of ``carries`` H-wide vectors side by side, h first, and has H-wide pre-activations
side by side, one for each name in ``gates``; G is their number.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from ..arrays import Array

Residuals = dict[str, Array]
"""What the pullbacks of a step need. Arrays (T, ...) for a whole run, (...) for one step of it."""


def at_step(residuals: Residuals, t: int) -> Residuals:
    """The part of a run's tape that belongs to one step."""
    return {name: values[t] for name, values in residuals.items()}


class Cell(ABC):
    """One step of a recurrent network and its derivatives. Arrays may have any leading axes."""

    state_vectors: ClassVar[int]
    gates: ClassVar[tuple[str, ...]]

    def initial_bias(self, H: int) -> Array:
        """Where the biases b (G·H) start."""
        return np.zeros(len(self.gates) * H)

    def total_derivative(self, residuals: Residuals, dstate: Array) -> Array:
        """From ∂L/∂state with each carried vector free to the derivative through the others too, (..., S)."""
        return dstate

    @abstractmethod
    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        """One step: u (..., G·H), state (..., S) -> the next state (..., S) and its trace (..., G·H)."""

    @abstractmethod
    def residuals(self, Wh: Array, before: Array, trace: Array, after: Array) -> Residuals:
        """What the pullbacks of all steps need: before and after (T, ..., S), trace (T, ..., G·H)."""

    @abstractmethod
    def vjp_preactivation(self, Wh: Array, residuals: Residuals, dstate: Array) -> Array:
        """dL/dstate_t (..., S) -> the gradient of the pre-activations da_t (..., G·H)."""

    @abstractmethod
    def vjp_state(self, Wh: Array, residuals: Residuals, dstate: Array, da: Array) -> Array:
        """What step t hands back: dL/dstate_t (..., S) and da_t (..., G·H) -> dL/dstate_{t-1} (..., S)."""

    def vjp(self, Wh: Array, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        """Both at once: da_t, and what step t hands back."""
        da = self.vjp_preactivation(Wh, residuals, dstate)
        return da, self.vjp_state(Wh, residuals, dstate, da)

    @abstractmethod
    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        """J_t = ∂state_t/∂state_{t-1}, (T, S, S), rows for outputs: a gradient goes back as dstate J_t."""

    @abstractmethod
    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        """The tangent of a step: how the next state moves (..., S) when Wh, u and the state move."""

    @abstractmethod
    def recurrent_inputs(self, residuals: Residuals) -> Array:
        """What meets Wh, gate by gate: (..., G or 1, H), so that dWh = Σ left_tᵀ da_t."""

    @abstractmethod
    def activations(self, residuals: Residuals) -> dict[str, Array]:
        """The values inside the steps that are worth showing, by name, each (T, H)."""

    @abstractmethod
    def cached_floats(self, D: int, H: int) -> int:
        """How many numbers one step must remember for its backward pass."""

"""Interface of a recurrent cell: one step, its vector-Jacobian products, Jacobian and tangent.

The passes and the truncation schemes use nothing else of a cell. A cell receives its input only as
``u = x Wx + b``, so it implements just the recurrent part. Its state consists of ``state_vectors`` vectors of
width H side by side, h first (S = state_vectors · H). Its pre-activations are G = ``len(gates)`` vectors of
width H side by side.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
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
    trace_widths: ClassVar[tuple[int, ...]]
    """Widths, in units of H, of the arrays of a trace: what a step computes that residuals are made from."""
    vjp_factors: ClassVar[tuple[str, ...]]
    """Names of the residuals that ``vjp`` uses."""

    def initial_bias(self, H: int) -> Array:
        """Initial biases b (G·H)."""
        return np.zeros(len(self.gates) * H)

    def new_arrays(self, u: Array) -> list[Array]:
        """Empty arrays for the next state and the trace of a step, or of all steps for u (T, ..., G·H)."""
        H = u.shape[-1] // len(self.gates)
        return [np.empty((*u.shape[:-1], width * H)) for width in (self.state_vectors, *self.trace_widths)]

    def total_derivative(self, residuals: Residuals, dstate: Array) -> Array:
        """Partial to total derivative of the state, (..., S).

        An LSTM adds to ∂L/∂c_t the path through h_t of the same step, dc += dh ⊙ o ⊙ (1 - tanh² c). The
        identity for cells with one state vector.
        """
        return dstate

    @abstractmethod
    def step(self, Wh: Array, u: Array, state: Array, out: Sequence[Array] | None = None) -> Sequence[Array]:
        """One step: u (..., G·H), state (..., S) -> next state (..., S) and trace, written to ``out``."""

    @abstractmethod
    def residuals(self, before: Array, after: Array, *trace: Array) -> Residuals:
        """Residuals of all steps, from states before and after (T, ..., S) and the traces (T, ..., width).

        Slopes are not computed from values, because the slope of a saturated gate is lost in its value.
        """

    @abstractmethod
    def vjp(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, out: Array | None = None
    ) -> tuple[Array, Array]:
        """∂L/∂state_t (..., S) -> gradients of the pre-activations, da_t (..., G·H), and of state_{t-1}.

        ``factors`` are the residuals in ``vjp_factors``. da_t is written to ``out``.
        """

    def factors(self, residuals: Residuals) -> list[Array]:
        """The residuals that ``vjp`` uses."""
        return [residuals[name] for name in self.vjp_factors]

    @abstractmethod
    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        """J_t = ∂state_t/∂state_{t-1} (T, S, S), rows for state_t; dstate J_t is the gradient passed back."""

    @abstractmethod
    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        """Forward-mode tangent of the next state (..., S), from the tangents of Wh, u and the state."""

    @abstractmethod
    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        """What Wh multiplies, (..., H): one array for each gate, or one for all. dWh = Σ input_tᵀ da_t."""

    @abstractmethod
    def activations(self, residuals: Residuals) -> dict[str, Array]:
        """Values inside the steps to display, by name, each (T, H)."""

    @abstractmethod
    def cached_floats(self, D: int, H: int) -> int:
        """How many numbers one step stores for the backward pass."""

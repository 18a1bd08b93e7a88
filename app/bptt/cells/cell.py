"""Interface of a recurrent cell: one step, its vector-Jacobian products, Jacobian and tangent.

The passes and the truncation schemes use nothing else of a cell. A cell receives its input only as
``u = x Wx + b``, so it implements just the recurrent part. Its state consists of ``state_vectors`` vectors of
width H side by side, h first (S = state_vectors · H). Its pre-activations are G = ``len(gates)`` vectors of
width H side by side. What Wh multiplies are its recurrent inputs, and what comes of them are its recurrent
products. A cell with ``recurrent_bias`` adds a bias of its own, bh (H), to the product of its last gate.

Training spends its time in ``forward`` and ``backward``. Arithmetic on whole arrays is faster than on parts
of rows, so these take one vector of the state after another, (T, C, ..., H), and ``forward`` one gate after
another, (T, G, ..., H).
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
    vjp_factors: ClassVar[tuple[str, ...]]
    """Names of the residuals that ``vjp`` uses."""
    recurrent_bias: ClassVar[bool] = False

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
    def forward(self, Wh: Array, u: Array, states: Array, bh: Array | None = None) -> Residuals:
        """All steps: writes ``states[1:]`` and returns residuals (T, ..., H).

        ``states`` (T + 1, C, ..., H) begins with the initial state. Wh is (G, ..., H, H), u (T, G, ..., H),
        and bh (..., H) belongs to a cell with ``recurrent_bias``.
        Slopes are not computed from values, because the slope of a saturated gate is lost in its value.
        """

    @abstractmethod
    def backward(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, da: Array, edge_scale: float = 1.0
    ) -> Array:
        """BPTT through all steps: returns the gradient of the state before them, (C, ..., H).

        ``dstate`` (T, C, ..., H) are the gradients of the states from elsewhere; what each step passes to the
        step before, times ``edge_scale``, is added to them. The gradients of the pre-activations are written
        to ``da`` (T, ..., G·H). Wh is (..., H, G·H). ``factors`` are the residuals in ``vjp_factors``.
        """

    def step(self, Wh: Array, u: Array, state: Array, bh: Array | None = None) -> Array:
        """One step: Wh (G, ..., H, H), u (G, ..., H), state (C, ..., H) -> next state."""
        states = np.stack([state, state])
        self.forward(Wh, u[None], states, bh)
        return np.asarray(states[1])

    def vjp(self, Wh: Array, factors: Sequence[Array], dstate: Array) -> tuple[Array, Array]:
        """∂L/∂state_t (C, ..., H) -> gradients of pre-activations, da_t (..., G·H), and of state_{t-1}."""
        da = np.empty((1, *dstate.shape[1:-1], Wh.shape[-1]))
        previous = self.backward(Wh, [factor[None] for factor in factors], dstate[None].copy(), da)
        return da[0], previous

    def factors(self, residuals: Residuals) -> list[Array]:
        """The residuals that ``vjp`` uses."""
        return [residuals[name] for name in self.vjp_factors]

    @abstractmethod
    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        """J_t = ∂state_t/∂state_{t-1} (T, S, S), rows for state_t; dstate J_t is the gradient passed back."""

    @abstractmethod
    def jvp(
        self,
        Wh: Array,
        residuals: Residuals,
        Wh_dot: Array,
        u_dot: Array,
        state_dot: Array,
        bh_dot: Array | None = None,
    ) -> Array:
        """Forward-mode tangent of the next state (..., S), from the tangents of Wh, u, the state and bh."""

    @abstractmethod
    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        """What Wh multiplies, (..., H): one array for each gate, or one for all.

        dWh = Σ input_tᵀ dm_t with ``recurrent_gradients`` dm_t.
        """

    def recurrent_gradients(self, residuals: Residuals, da: Array) -> Array:
        """Gradients of the recurrent products, dm (..., G·H), from those of the pre-activations, da.

        Both are the same where a pre-activation is its product plus its input term.
        """
        return da

    @abstractmethod
    def activations(self, residuals: Residuals) -> dict[str, Array]:
        """Values inside the steps to display, by name, each (T, H)."""

    @abstractmethod
    def cached_floats(self, D: int, H: int) -> int:
        """How many numbers one step stores for the backward pass."""

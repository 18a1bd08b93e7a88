"""What both forms of the GRU share: its gates, h_t = (1-z) ⊙ h_{t-1} + z ⊙ n, and how n enters derivatives.

Columns of the weights hold the gates z, r, n in this order. The forms differ in where the reset gate r is
applied to get the candidate n: before the product with Wh (``gru``), or after it (``gru_reset_after``).
"""

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from ..activations import tanh_slope
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class GatedUnit(Cell):
    """State h. Gate z admits the new state; its bias starts at -``gate_bias``, to retain the old one."""

    state_vectors = 1
    gates = ("z", "r", "n")
    vjp_factors = ("by_z", "by_r", "by_n", "r", "keep")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([-self.gate_bias, 0.0, 0.0], H)

    @staticmethod
    def residuals(h: Array, zr: Array, keep: Array, n: Array, by_r: Array, a_n: Array) -> Residuals:
        """The residuals of all steps: h (T + 1, ..., H), zr (T, 2, ..., H) with its gates one after another.

        ``by_r`` is the derivative of what r multiplies by the pre-activation of r.
        """
        z, r, before = zr[:, 0], zr[:, 1], h[:-1]
        return {
            "h": before,
            "z": z,
            "r": r,
            "n": n,
            "keep": keep,
            "by_z": (n - before) * (z * keep),
            "by_r": by_r,
            "by_n": z * tanh_slope(a_n),
        }

    @abstractmethod
    def candidate_by_state(self, Wr: Array, Wn: Array, residuals: Residuals) -> Array:
        """∂a_n/∂h_{t-1} (T, H, H), with the transposed blocks of Wh."""

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        Wz, Wr, Wn = (W.T for W in np.split(Wh, 3, axis=1))
        keep = residuals["keep"][..., :, None] * np.eye(len(Wh))
        by_z = residuals["by_z"][..., :, None] * Wz
        by_n = residuals["by_n"][..., :, None] * self.candidate_by_state(Wr, Wn, residuals)
        return np.asarray(keep + by_z + by_n)

    @staticmethod
    def tangent(residuals: Residuals, state_dot: Array, z_dot: Array, n_dot: Array) -> Array:
        """The tangent of the next state, from those of the state and of the pre-activations of z and n."""
        by_gates = z_dot * residuals["by_z"] + n_dot * residuals["by_n"]
        return np.asarray(residuals["keep"] * state_dot + by_gates)

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {name: residuals[name] for name in self.gates}

"""GRU, gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): h_t = (1-z) ⊙ h_{t-1} + z ⊙ n.

The reset gate is applied before Wh: n = tanh(x Wx_n + (r ⊙ h) Wh_n + b_n). Columns of the weights hold the
gates z, r, n in this order.
"""

from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid, sigmoid_slope, tanh_slope
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Gru(Cell):
    """State h. Gate z admits the new state; its bias starts at -``gate_bias``, to retain the old one."""

    state_vectors = 1
    gates = ("z", "r", "n")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([-self.gate_bias, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        H = state.shape[-1]
        a_zr = state @ Wh[..., : 2 * H]
        a_zr += u[..., : 2 * H]
        gates = sigmoid(np.concatenate([a_zr, -a_zr[..., :H]], axis=-1))
        z, r, keep = (gates[..., k * H : (k + 1) * H] for k in range(3))  # keep = 1 - z
        a_n = (r * state) @ Wh[..., 2 * H :]
        a_n += u[..., 2 * H :]
        n = np.tanh(a_n)
        return keep * state + z * n, np.concatenate([a_zr, a_n, gates, n], axis=-1)

    def residuals(self, Wh: Array, before: Array, trace: Array, after: Array) -> Residuals:
        a_z, a_r, a_n, z, r, keep, n = np.split(trace, 7, axis=-1)
        slope_z, slope_r, slope_n = sigmoid_slope(a_z), sigmoid_slope(a_r), tanh_slope(a_n)
        return {
            "h": before,
            "z": z,
            "r": r,
            "n": n,
            "slopes": np.concatenate([slope_z, slope_r, slope_n], axis=-1),
            "by_z": (n - before) * slope_z,
            "by_r": before * slope_r,
            "by_n": z * slope_n,
            "keep": keep,
        }

    def vjp_preactivation(self, Wh: Array, residuals: Residuals, dstate: Array) -> Array:
        return self._vjp_gates(Wh, residuals, dstate)[0]

    def vjp_state(self, Wh: Array, residuals: Residuals, dstate: Array, da: Array) -> Array:
        H = Wh.shape[-2]
        return self._vjp_previous(Wh, residuals, dstate, da, da[..., 2 * H :] @ Wh[..., 2 * H :].mT)

    def vjp(self, Wh: Array, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        da, dreset = self._vjp_gates(Wh, residuals, dstate)
        return da, self._vjp_previous(Wh, residuals, dstate, da, dreset)

    def _vjp_gates(self, Wh: Array, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        """Gradients of the pre-activations (..., 3·H) and of the reset state r ⊙ h (..., H)."""
        H = Wh.shape[-2]
        da_n = dstate * residuals["by_n"]
        dreset = da_n @ Wh[..., 2 * H :].mT
        return np.concatenate([dstate * residuals["by_z"], dreset * residuals["by_r"], da_n], axis=-1), dreset

    def _vjp_previous(
        self, Wh: Array, residuals: Residuals, dstate: Array, da: Array, dreset: Array
    ) -> Array:
        H = Wh.shape[-2]
        dh_previous = da[..., : 2 * H] @ Wh[..., : 2 * H].mT
        dh_previous += residuals["keep"] * dstate
        dh_previous += residuals["r"] * dreset
        return dh_previous

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        H = Wh.shape[0]
        Wz, Wr, Wn = (W.T for W in np.split(Wh, 3, axis=1))
        z, r, n = np.split(residuals["slopes"], 3, axis=-1)
        keep = residuals["keep"][..., :, None] * np.eye(H)
        by_z = ((residuals["n"] - residuals["h"]) * z)[..., :, None] * Wz
        # ∂(r ⊙ h)/∂h
        reset = residuals["r"][..., :, None] * np.eye(H) + (residuals["h"] * r)[..., :, None] * Wr
        return np.asarray(keep + by_z + (residuals["z"] * n)[..., :, None] * (Wn @ reset))

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        H = Wh.shape[0]
        h, z, r = residuals["h"], residuals["z"], residuals["r"]
        slope_z, slope_r, slope_n = np.split(residuals["slopes"], 3, axis=-1)
        zr_dot = state_dot @ Wh[:, : 2 * H] + h @ Wh_dot[:, : 2 * H] + u_dot[..., : 2 * H]
        z_dot, r_dot = zr_dot[..., :H] * slope_z, zr_dot[..., H:] * slope_r
        reset_dot = r_dot * h + r * state_dot
        n_dot = reset_dot @ Wh[:, 2 * H :] + (r * h) @ Wh_dot[:, 2 * H :] + u_dot[..., 2 * H :]
        return np.asarray(residuals["keep"] * state_dot + z_dot * (residuals["n"] - h) + z * n_dot * slope_n)

    def recurrent_inputs(self, residuals: Residuals) -> Array:
        h = residuals["h"]
        return np.stack([h, h, residuals["r"] * h], axis=-2)

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {name: residuals[name] for name in self.gates}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 4 * H

"""GRU, gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): h_t = (1-z) ⊙ h_{t-1} + z ⊙ n.

The reset gate is applied before Wh: n = tanh(x Wx_n + (r ⊙ h) Wh_n + b_n). Columns of the weights hold the
gates z, r, n in this order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid_pair, tanh_slope
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Gru(Cell):
    """State h. Gate z admits the new state; its bias starts at -``gate_bias``, to retain the old one."""

    state_vectors = 1
    gates = ("z", "r", "n")
    trace_widths = (2, 2, 1, 1, 1)
    vjp_factors = ("by_z", "by_r", "by_n", "r", "keep")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([-self.gate_bias, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array, out: Sequence[Array] | None = None) -> Sequence[Array]:
        H = Wh.shape[-2]
        h, zr, complements, reset, a_n, n = out = out or self.new_arrays(u)
        a_zr = state @ Wh[..., : 2 * H]
        a_zr += u[..., : 2 * H]
        sigmoid_pair(a_zr, zr, complements)
        z, r, keep = zr[..., :H], zr[..., H:], complements[..., :H]  # keep = 1 - z
        np.multiply(r, state, out=reset)
        np.matmul(reset, Wh[..., 2 * H :], out=a_n)
        a_n += u[..., 2 * H :]
        np.tanh(a_n, out=n)
        np.multiply(keep, state, out=h)
        h += z * n
        return out

    def residuals(self, before: Array, after: Array, *trace: Array) -> Residuals:
        zr, complements, reset, a_n, n = trace
        H = n.shape[-1]
        z, r = zr[..., :H], zr[..., H:]
        slopes = zr * complements
        return {
            "h": before,
            "z": z,
            "r": r,
            "n": n,
            "keep": complements[..., :H],
            "reset": reset,
            "by_z": (n - before) * slopes[..., :H],
            "by_r": before * slopes[..., H:],
            "by_n": z * tanh_slope(a_n),
        }

    def vjp(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, out: Array | None = None
    ) -> tuple[Array, Array]:
        by_z, by_r, by_n, r, keep = factors
        H = Wh.shape[-2]
        da_n = dstate * by_n
        dreset = da_n @ Wh[..., 2 * H :].mT  # gradient of r ⊙ h
        da = np.concatenate([dstate * by_z, dreset * by_r, da_n], axis=-1, out=out)
        dh_previous = da[..., : 2 * H] @ Wh[..., : 2 * H].mT
        dh_previous += keep * dstate
        dreset *= r
        dh_previous += dreset
        return da, dh_previous

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        H = Wh.shape[0]
        Wz, Wr, Wn = (W.T for W in np.split(Wh, 3, axis=1))
        keep = residuals["keep"][..., :, None] * np.eye(H)
        by_z = residuals["by_z"][..., :, None] * Wz
        # ∂(r ⊙ h)/∂h
        reset = residuals["r"][..., :, None] * np.eye(H) + residuals["by_r"][..., :, None] * Wr
        return np.asarray(keep + by_z + residuals["by_n"][..., :, None] * (Wn @ reset))

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        H = Wh.shape[0]
        zr_dot = state_dot @ Wh[:, : 2 * H] + residuals["h"] @ Wh_dot[:, : 2 * H] + u_dot[..., : 2 * H]
        reset_dot = zr_dot[..., H:] * residuals["by_r"] + residuals["r"] * state_dot
        n_dot = reset_dot @ Wh[:, 2 * H :] + residuals["reset"] @ Wh_dot[:, 2 * H :] + u_dot[..., 2 * H :]
        by_gates = zr_dot[..., :H] * residuals["by_z"] + n_dot * residuals["by_n"]
        return np.asarray(residuals["keep"] * state_dot + by_gates)

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"], residuals["h"], residuals["reset"]]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {name: residuals[name] for name in self.gates}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 4 * H

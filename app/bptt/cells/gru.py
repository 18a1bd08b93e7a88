"""GRU, gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): h_t = (1-z) ⊙ h_{t-1} + z ⊙ n.

The reset gate is applied before Wh: n = tanh(x Wx_n + (r ⊙ h) Wh_n + b_n). ``gru_reset_after`` applies it
after Wh.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid_pair
from ..arrays import Array, product_with
from .cell import Residuals
from .gated_unit import GatedUnit


@dataclass(frozen=True)
class Gru(GatedUnit):
    """The reset gate before the product with Wh."""

    def forward(self, Wh: Array, u: Array, states: Array, bh: Array | None = None) -> Residuals:
        h, u_zr, u_n = states[:, 0], u[:, :2], u[:, 2]
        zr, complements = np.empty((2, *u_zr.shape))
        z, r, keep, complement_r = zr[:, 0], zr[:, 1], complements[:, 0], complements[:, 1]  # keep = 1 - z
        reset, a_n, n = np.empty((3, *u_n.shape))
        Wh_zr, Wh_n = Wh[:2], Wh[2]
        product = product_with(Wh_n)
        for t in range(len(u)):
            a_zr = h[t] @ Wh_zr
            a_zr += u_zr[t]
            sigmoid_pair(a_zr, zr[t], complements[t])
            np.multiply(r[t], h[t], out=reset[t])
            a_n_t = product(reset[t], Wh_n, a_n[t])
            a_n_t += u_n[t]
            np.tanh(a_n_t, out=n[t])
            h_t = np.multiply(keep[t], h[t], out=h[t + 1])
            h_t += z[t] * n[t]
        by_r = h[:-1] * (r * complement_r)
        return self.residuals(h, zr, keep, n, by_r, a_n) | {"reset": reset}

    def backward(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, da: Array, edge_scale: float = 1.0
    ) -> Array:
        by_z, by_r, by_n, r, keep = factors
        H = Wh.shape[-2]
        WhT_zr, WhT_n = Wh[..., : 2 * H].mT, Wh[..., 2 * H :].mT
        product = product_with(WhT_n)
        passed = np.zeros(dstate.shape[2:])
        for t in reversed(range(len(da))):
            dh = dstate[t, 0]
            dh += passed
            da_n = dh * by_n[t]
            dreset = product(da_n, WhT_n)  # gradient of r ⊙ h
            da_t = np.concatenate([dh * by_z[t], dreset * by_r[t], da_n], axis=-1, out=da[t])
            passed = product(da_t[..., : 2 * H], WhT_zr)
            passed += keep[t] * dh
            dreset *= r[t]
            passed += dreset
            if edge_scale != 1.0:
                passed *= edge_scale
        return passed[None]

    def candidate_by_state(self, Wr: Array, Wn: Array, residuals: Residuals) -> Array:
        # Wn times ∂(r ⊙ h)/∂h
        kept = residuals["r"][..., :, None] * np.eye(len(Wn))
        return np.asarray(Wn @ (kept + residuals["by_r"][..., :, None] * Wr))

    def jvp(
        self,
        Wh: Array,
        residuals: Residuals,
        Wh_dot: Array,
        u_dot: Array,
        state_dot: Array,
        bh_dot: Array | None = None,
    ) -> Array:
        H = Wh.shape[0]
        zr_dot = state_dot @ Wh[:, : 2 * H] + residuals["h"] @ Wh_dot[:, : 2 * H] + u_dot[..., : 2 * H]
        reset_dot = zr_dot[..., H:] * residuals["by_r"] + residuals["r"] * state_dot
        n_dot = reset_dot @ Wh[:, 2 * H :] + residuals["reset"] @ Wh_dot[:, 2 * H :] + u_dot[..., 2 * H :]
        return self.tangent(residuals, state_dot, zr_dot[..., :H], n_dot)

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"], residuals["h"], residuals["reset"]]

    def cached_floats(self, D: int, H: int) -> int:
        return D + 4 * H

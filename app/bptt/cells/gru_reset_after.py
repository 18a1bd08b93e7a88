"""GRU with the reset gate after the product with Wh: n = tanh(x Wx_n + b_n + r ⊙ (h Wh_n + bh)).

The form of cuDNN, PyTorch, Keras 3, Flax, Equinox and ONNX with linear_before_reset = 1; Cho et al. put the
reset first (see ``gru``). One product with Wh then serves all gates. The bias bh is inside the reset; with
bh = 0 and H = 1 both forms are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid_pair
from ..arrays import Array, product_with
from .cell import Residuals
from .gated_unit import GatedUnit


@dataclass(frozen=True)
class GruResetAfter(GatedUnit):
    """The reset gate after the product with Wh, and a bias inside."""

    recurrent_bias = True

    def forward(self, Wh: Array, u: Array, states: Array, bh: Array | None = None) -> Residuals:
        h, u_zr, u_n = states[:, 0], u[:, :2], u[:, 2]
        zr, complements = np.empty((2, *u_zr.shape))
        z, r, keep, complement_r = zr[:, 0], zr[:, 1], complements[:, 0], complements[:, 1]  # keep = 1 - z
        m, a_n, n = np.empty((3, *u_n.shape))
        bias = 0.0 if bh is None else bh
        for t in range(len(u)):
            products = h[t] @ Wh
            a_zr = products[:2]
            a_zr += u_zr[t]
            sigmoid_pair(a_zr, zr[t], complements[t])
            m_t = np.add(products[2], bias, out=m[t])
            a_n_t = np.multiply(r[t], m_t, out=a_n[t])
            a_n_t += u_n[t]
            np.tanh(a_n_t, out=n[t])
            h_t = np.multiply(keep[t], h[t], out=h[t + 1])
            h_t += z[t] * n[t]
        return self.residuals(h, zr, keep, n, m * (r * complement_r), a_n)

    def backward(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, da: Array, edge_scale: float = 1.0
    ) -> Array:
        by_z, by_r, by_n, r, keep = factors
        H = Wh.shape[-2]
        WhT = Wh.mT
        product = product_with(WhT)
        passed = np.zeros(dstate.shape[2:])
        dm = np.empty(da.shape[1:])
        for t in reversed(range(len(da))):
            dh = dstate[t, 0]
            dh += passed
            da_n = dh * by_n[t]
            da_t = np.concatenate([dh * by_z[t], da_n * by_r[t], da_n], axis=-1, out=da[t])
            dm[...] = da_t
            dm[..., 2 * H :] *= r[t]
            passed = product(dm, WhT)
            passed += keep[t] * dh
            if edge_scale != 1.0:
                passed *= edge_scale
        return passed[None]

    def candidate_by_state(self, Wr: Array, Wn: Array, residuals: Residuals) -> Array:
        # of a_n = x Wx_n + b_n + r ⊙ m
        return np.asarray(residuals["r"][..., :, None] * Wn + residuals["by_r"][..., :, None] * Wr)

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
        products = state_dot @ Wh + residuals["h"] @ Wh_dot
        zr_dot = products[..., : 2 * H] + u_dot[..., : 2 * H]
        m_dot = products[..., 2 * H :] + (0.0 if bh_dot is None else bh_dot)
        n_dot = zr_dot[..., H:] * residuals["by_r"] + residuals["r"] * m_dot + u_dot[..., 2 * H :]
        return self.tangent(residuals, state_dot, zr_dot[..., :H], n_dot)

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"]]

    def recurrent_gradients(self, residuals: Residuals, da: Array) -> Array:
        dm = np.array(da)  # in the same layout
        H = dm.shape[-1] // 3
        dm[..., 2 * H :] *= residuals["r"]
        return dm

    def cached_floats(self, D: int, H: int) -> int:
        return D + 5 * H

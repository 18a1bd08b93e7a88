"""LSTM, long short-term memory (Hochreiter & Schmidhuber 1997) with a forget gate (Gers et al. 2000).

c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t). Columns of the weights hold the gates f, g, i, o in this
order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid_pair, tanh_slope
from ..arrays import Array, product_with
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Lstm(Cell):
    """State h and c. ``gate_bias`` is the initial bias of the forget gate, which retains c."""

    state_vectors = 2
    gates = ("f", "g", "i", "o")
    vjp_factors = ("by_gate", "h_by_c", "f")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([self.gate_bias, 0.0, 0.0, 0.0], H)

    def forward(self, Wh: Array, u: Array, states: Array, bh: Array | None = None) -> Residuals:
        h, c = states[:, 0], states[:, 1]
        gates, slopes = np.empty((2, *u.shape))
        f, g, i, o = gates.swapaxes(0, 1)
        a_g, tanh_c = np.empty((2, *c[1:].shape))
        for t in range(len(u)):
            a = h[t] @ Wh
            a += u[t]
            sigmoid_pair(a, gates[t], slopes[t])
            a_g[t] = a[1]
            np.tanh(a_g[t], out=g[t])
            c_t = np.multiply(f[t], c[t], out=c[t + 1])
            c_t += i[t] * g[t]
            np.tanh(c_t, out=tanh_c[t])
            np.multiply(o[t], tanh_c[t], out=h[t + 1])
        slopes *= gates
        slope_f, _, slope_i, slope_o = slopes.swapaxes(0, 1)
        by_gate = np.empty((*c[1:].shape[:-1], 4, c.shape[-1]))
        np.multiply(c[:-1], slope_f, out=by_gate[..., 0, :])
        np.multiply(i, tanh_slope(a_g), out=by_gate[..., 1, :])
        np.multiply(g, slope_i, out=by_gate[..., 2, :])
        np.multiply(tanh_c, slope_o, out=by_gate[..., 3, :])
        return {
            "h": h[:-1],
            "f": f,
            "g": g,
            "i": i,
            "o": o,
            "c": c[1:],
            "by_gate": by_gate.reshape(*by_gate.shape[:-2], -1),
            "h_by_c": o * tanh_slope(c[1:]),
        }

    def backward(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, da: Array, edge_scale: float = 1.0
    ) -> Array:
        by_gate, h_by_c, f = factors
        WhT, passed = Wh.mT, np.zeros(dstate.shape[1:])
        product = product_with(WhT)
        for t in reversed(range(len(da))):
            dstate_t, da_t = dstate[t], da[t]
            dstate_t += passed
            dh = dstate_t[0]
            dc = dh * h_by_c[t]
            dc += dstate_t[1]  # the total derivative by c_t
            np.concatenate([dc, dc, dc, dh], axis=-1, out=da_t)
            da_t *= by_gate[t]
            product(da_t, WhT, passed[0])
            np.multiply(dc, f[t], out=passed[1])
            if edge_scale != 1.0:
                passed *= edge_scale
        return passed

    def total_derivative(self, residuals: Residuals, dstate: Array) -> Array:
        dh, dc = np.split(dstate, 2, axis=-1)
        return np.concatenate([dh, dc + dh * residuals["h_by_c"]], axis=-1)

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        H = Wh.shape[0]
        h_by_c = residuals["h_by_c"]
        gates = zip(np.split(residuals["by_gate"], 4, axis=-1), np.split(Wh, 4, axis=1), strict=True)
        *c_by_gate, h_by_o = (by_a[..., :, None] * W.T for by_a, W in gates)
        c_by_h = sum(c_by_gate)
        J = np.empty((*h_by_c.shape[:-1], 2 * H, 2 * H))
        J[..., H:, :H] = c_by_h
        J[..., :H, :H] = h_by_o + h_by_c[..., :, None] * c_by_h
        J[..., H:, H:] = residuals["f"][..., :, None] * np.eye(H)
        J[..., :H, H:] = (h_by_c * residuals["f"])[..., :, None] * np.eye(H)
        return J

    def jvp(
        self,
        Wh: Array,
        residuals: Residuals,
        Wh_dot: Array,
        u_dot: Array,
        state_dot: Array,
        bh_dot: Array | None = None,
    ) -> Array:
        h_dot, c_dot = np.split(state_dot, 2, axis=-1)
        a_dot = h_dot @ Wh + residuals["h"] @ Wh_dot + u_dot
        by_f, by_g, by_i, by_o = np.split(a_dot * residuals["by_gate"], 4, axis=-1)
        c_dot = by_f + by_g + by_i + residuals["f"] * c_dot
        return np.concatenate([by_o + residuals["h_by_c"] * c_dot, c_dot], axis=-1)

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"]]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {name: residuals[name] for name in (*self.gates, "c")}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 7 * H

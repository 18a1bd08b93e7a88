"""LSTM, long short-term memory (Hochreiter & Schmidhuber 1997) with a forget gate (Gers et al. 2000).

c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t). Columns of the weights hold the gates f, g, i, o in this
order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid_pair, tanh_slope
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Lstm(Cell):
    """State h and c. ``gate_bias`` is the initial bias of the forget gate, which retains c."""

    state_vectors = 2
    gates = ("f", "g", "i", "o")
    trace_widths = (4, 4, 1, 1)
    vjp_factors = ("by_gate", "h_by_c", "f")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([self.gate_bias, 0.0, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array, out: Sequence[Array] | None = None) -> Sequence[Array]:
        H = Wh.shape[-2]
        after, gates, slopes, a_g, tanh_c = out = out or self.new_arrays(u)
        f, g, i, o = _by_gate(gates)
        a = state[..., :H] @ Wh
        a += u
        sigmoid_pair(a, gates, slopes)
        slopes *= gates
        a_g[...] = a[..., H : 2 * H]
        np.tanh(a_g, out=g)
        c = f * state[..., H:]
        c += i * g
        np.tanh(c, out=tanh_c)
        np.concatenate([o * tanh_c, c], axis=-1, out=after)
        return out

    def residuals(self, before: Array, after: Array, *trace: Array) -> Residuals:
        gates, slopes, a_g, tanh_c = trace
        H = tanh_c.shape[-1]
        f, g, i, o = _by_gate(gates)
        c_before, c = before[..., H:], after[..., H:]
        slope_f, _, slope_i, slope_o = _by_gate(slopes)
        by_gate = np.empty_like(slopes)
        by_f, by_g, by_i, by_o = _by_gate(by_gate)
        np.multiply(c_before, slope_f, out=by_f)
        np.multiply(i, tanh_slope(a_g), out=by_g)
        np.multiply(g, slope_i, out=by_i)
        np.multiply(tanh_c, slope_o, out=by_o)
        return {
            "h": before[..., :H],
            "f": f,
            "g": g,
            "i": i,
            "o": o,
            "c": c,
            "by_gate": by_gate,
            "h_by_c": o * tanh_slope(c),
        }

    def vjp(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, out: Array | None = None
    ) -> tuple[Array, Array]:
        by_gate, h_by_c, f = factors
        da, dc = _vjp_gates(by_gate, h_by_c, dstate, out)
        return da, _vjp_previous(Wh, f, dc, da)

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

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
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


def _by_gate(values: Array) -> tuple[Array, Array, Array, Array]:
    """Views of the gates f, g, i, o (..., H) in an array (..., 4·H)."""
    H = values.shape[-1] // 4
    return values[..., :H], values[..., H : 2 * H], values[..., 2 * H : 3 * H], values[..., 3 * H :]


def _vjp_gates(by_gate: Array, h_by_c: Array, dstate: Array, out: Array | None = None) -> tuple[Array, Array]:
    """Gradients of the pre-activations (..., 4·H), and the total derivative by c_t (..., H)."""
    H = dstate.shape[-1] // 2
    dh = dstate[..., :H]
    dc = dh * h_by_c
    dc += dstate[..., H:]
    da = np.concatenate([dc, dc, dc, dh], axis=-1, out=out)
    da *= by_gate
    return da, dc


def _vjp_previous(Wh: Array, f: Array, dc: Array, da: Array) -> Array:
    """The gradient of the state before, (..., 2·H)."""
    return np.concatenate([da @ Wh.mT, dc * f], axis=-1)

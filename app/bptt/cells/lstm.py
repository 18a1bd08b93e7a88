"""LSTM, long short-term memory (Hochreiter & Schmidhuber 1997) with a forget gate (Gers et al. 2000).

c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t). Columns of the weights hold the gates f, g, i, o in this
order.
"""

from dataclasses import dataclass

import numpy as np

from ..activations import sigmoid, sigmoid_slope, tanh_slope
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Lstm(Cell):
    """State h and c. ``gate_bias`` is the initial bias of the forget gate, which retains c."""

    state_vectors = 2
    gates = ("f", "g", "i", "o")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([self.gate_bias, 0.0, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        H = state.shape[-1] // 2
        a = state[..., :H] @ Wh
        a += u
        gates = sigmoid(a)
        np.tanh(a[..., H : 2 * H], out=gates[..., H : 2 * H])
        f, g, i, o = (gates[..., k * H : (k + 1) * H] for k in range(4))
        c = f * state[..., H:] + i * g
        return np.concatenate([o * np.tanh(c), c], axis=-1), np.concatenate([a, gates], axis=-1)

    def residuals(self, Wh: Array, before: Array, trace: Array, after: Array) -> Residuals:
        h, c_before = np.split(before, 2, axis=-1)
        a, gates = np.split(trace, 2, axis=-1)
        f, g, i, o = np.split(gates, 4, axis=-1)
        c = np.split(after, 2, axis=-1)[1]
        out = np.tanh(c)
        slopes = sigmoid_slope(a)
        H = h.shape[-1]
        slopes[..., H : 2 * H] = tanh_slope(a[..., H : 2 * H])
        return {
            "h": h,
            "c_before": c_before,
            "f": f,
            "g": g,
            "i": i,
            "o": o,
            "c": c,
            "out": out,
            "slopes": slopes,
            "by_gate": np.concatenate([c_before, i, g, out], axis=-1) * slopes,
            "h_by_c": o * tanh_slope(c),
        }

    def vjp_preactivation(self, Wh: Array, residuals: Residuals, dstate: Array) -> Array:
        return self._vjp_gates(residuals, dstate)[0]

    def vjp_state(self, Wh: Array, residuals: Residuals, dstate: Array, da: Array) -> Array:
        return self._vjp_previous(Wh, residuals, self._vjp_gates(residuals, dstate)[1], da)

    def vjp(self, Wh: Array, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        da, dc = self._vjp_gates(residuals, dstate)
        return da, self._vjp_previous(Wh, residuals, dc, da)

    def _vjp_gates(self, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        """Gradients of the pre-activations (..., 4·H), and the total derivative by c_t (..., H)."""
        H = dstate.shape[-1] // 2
        dh = dstate[..., :H]
        dc = dstate[..., H:] + dh * residuals["h_by_c"]
        da = np.concatenate([dc, dc, dc, dh], axis=-1)
        da *= residuals["by_gate"]
        return da, dc

    def _vjp_previous(self, Wh: Array, residuals: Residuals, dc: Array, da: Array) -> Array:
        return np.concatenate([da @ Wh.mT, dc * residuals["f"]], axis=-1)

    def total_derivative(self, residuals: Residuals, dstate: Array) -> Array:
        dh, dc = np.split(dstate, 2, axis=-1)
        return np.concatenate([dh, dc + dh * residuals["h_by_c"]], axis=-1)

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        H = Wh.shape[0]
        f, g, i, o = np.split(residuals["slopes"], 4, axis=-1)
        # ∂c_t by the pre-activations of f, g and i
        by_gate = [f * residuals["c_before"], g * residuals["i"], i * residuals["g"]]
        J = np.empty((*f.shape[:-1], 2 * H, 2 * H))
        c_by_h = sum(k[..., :, None] * W.T for k, W in zip(by_gate, np.split(Wh, 4, axis=1), strict=False))
        h_by_c = residuals["h_by_c"]
        J[..., H:, :H] = c_by_h
        h_by_o = (o * residuals["out"])[..., :, None]
        J[..., :H, :H] = h_by_o * Wh[:, 3 * H :].T + h_by_c[..., :, None] * c_by_h
        J[..., H:, H:] = residuals["f"][..., :, None] * np.eye(H)
        J[..., :H, H:] = (h_by_c * residuals["f"])[..., :, None] * np.eye(H)
        return J

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        h_dot, c_dot = np.split(state_dot, 2, axis=-1)
        a_dot = h_dot @ Wh + residuals["h"] @ Wh_dot + u_dot
        f_dot, g_dot, i_dot, o_dot = np.split(a_dot * residuals["slopes"], 4, axis=-1)
        c_dot = (
            f_dot * residuals["c_before"]
            + residuals["f"] * c_dot
            + i_dot * residuals["g"]
            + residuals["i"] * g_dot
        )
        return np.concatenate([o_dot * residuals["out"] + residuals["h_by_c"] * c_dot, c_dot], axis=-1)

    def recurrent_inputs(self, residuals: Residuals) -> Array:
        return residuals["h"][..., None, :]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {name: residuals[name] for name in (*self.gates, "c")}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 7 * H

"""Long short-term memory (Hochreiter & Schmidhuber 1997) with a forget gate (Gers et al. 2000).

c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t); the gates f, g, i, o stand side by side in this order.
"""

from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..arrays import Array
from .cell import Cell, Tape

_sigmoid = ACTIVATIONS["sigmoid"].f


@dataclass(frozen=True)
class Lstm(Cell):
    """Carries h and c; ``gate_bias`` is how far the forget gate starts open."""

    carries = 2
    gates = ("f", "g", "i", "o")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([self.gate_bias, 0.0, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        h, c = np.split(state, 2, axis=-1)
        trace = h @ Wh + u
        H = h.shape[-1]
        cell_input = np.tanh(trace[..., H : 2 * H])
        trace = _sigmoid(trace)
        trace[..., H : 2 * H] = cell_input
        f, g, i, o = np.split(trace, 4, axis=-1)
        c = f * c + i * g
        return np.concatenate([o * np.tanh(c), c], axis=-1), trace

    def tape(self, Wh: Array, before: Array, trace: Array, after: Array) -> Tape:
        h, c_before = np.split(before, 2, axis=-1)
        f, g, i, o = np.split(trace, 4, axis=-1)
        c = np.split(after, 2, axis=-1)[1]
        return {
            "h": h,
            "c_before": c_before,
            "f": f,
            "g": g,
            "i": i,
            "o": o,
            "c": c,
            "out": np.tanh(c),
            "slopes": np.concatenate([f * (1 - f), 1 - g * g, i * (1 - i), o * (1 - o)], axis=-1),
        }

    def pullback(self, Wh: Array, tape: Tape, dstate: Array) -> Array:
        dh = np.split(dstate, 2, axis=-1)[0]
        dc = self.total(tape, dstate)[..., dh.shape[-1] :]
        gates = [dc * tape["c_before"], dc * tape["i"], dc * tape["g"], dh * tape["out"]]
        return np.concatenate(gates, axis=-1) * tape["slopes"]

    def hand_back(self, Wh: Array, tape: Tape, dstate: Array, da: Array) -> Array:
        dc = self.total(tape, dstate)[..., Wh.shape[-2] :]
        return np.concatenate([da @ Wh.mT, dc * tape["f"]], axis=-1)

    def total(self, tape: Tape, dstate: Array) -> Array:
        dh, dc = np.split(dstate, 2, axis=-1)
        return np.concatenate([dh, dc + dh * self._h_by_c(tape)], axis=-1)

    def jacobians(self, Wh: Array, tape: Tape) -> Array:
        H = Wh.shape[0]
        f, g, i, o = np.split(tape["slopes"], 4, axis=-1)
        by_gate = [f * tape["c_before"], g * tape["i"], i * tape["g"]]  # ∂c_t by its gates' pre-activations
        J = np.empty((*f.shape[:-1], 2 * H, 2 * H))
        c_by_h = sum(k[..., :, None] * W.T for k, W in zip(by_gate, np.split(Wh, 4, axis=1), strict=False))
        h_by_c = self._h_by_c(tape)
        J[..., H:, :H] = c_by_h
        J[..., :H, :H] = (o * tape["out"])[..., :, None] * Wh[:, 3 * H :].T + h_by_c[..., :, None] * c_by_h
        J[..., H:, H:] = tape["f"][..., :, None] * np.eye(H)
        J[..., :H, H:] = (h_by_c * tape["f"])[..., :, None] * np.eye(H)
        return J

    def push(self, Wh: Array, tape: Tape, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        h_dot, c_dot = np.split(state_dot, 2, axis=-1)
        a_dot = h_dot @ Wh + tape["h"] @ Wh_dot + u_dot
        f_dot, g_dot, i_dot, o_dot = np.split(a_dot * tape["slopes"], 4, axis=-1)
        c_dot = f_dot * tape["c_before"] + tape["f"] * c_dot + i_dot * tape["g"] + tape["i"] * g_dot
        return np.concatenate([o_dot * tape["out"] + self._h_by_c(tape) * c_dot, c_dot], axis=-1)

    def left_factors(self, tape: Tape) -> Array:
        return tape["h"][..., None, :]

    def internals(self, tape: Tape) -> dict[str, Array]:
        return {name: tape[name] for name in (*self.gates, "c")}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 7 * H

    @staticmethod
    def _h_by_c(tape: Tape) -> Array:
        return np.asarray(tape["o"] * (1.0 - tape["out"] ** 2))

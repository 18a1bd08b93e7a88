"""The gated recurrent unit (Cho et al. 2014): h_t = (1-z) ⊙ h_{t-1} + z ⊙ n, with the reset before Wh.

n = tanh(x Wx_n + (r ⊙ h) Wh_n + b_n); the gates z, r, n stand side by side in this order.
"""

from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..arrays import Array
from .cell import Cell, Tape

_sigmoid = ACTIVATIONS["sigmoid"].f


@dataclass(frozen=True)
class Gru(Cell):
    """Carries h; z lets the new state in, so ``gate_bias`` keeps the old one by shutting it."""

    carries = 1
    gates = ("z", "r", "n")
    gate_bias: float = 1.0

    def initial_bias(self, H: int) -> Array:
        return np.repeat([-self.gate_bias, 0.0, 0.0], H)

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        H = state.shape[-1]
        zr = state @ Wh[..., : 2 * H]
        zr += u[..., : 2 * H]
        zr = _sigmoid(zr)
        z = zr[..., :H]
        n = (zr[..., H:] * state) @ Wh[..., 2 * H :]
        n += u[..., 2 * H :]
        np.tanh(n, out=n)
        return (1.0 - z) * state + z * n, np.concatenate([zr, n], axis=-1)

    def tape(self, Wh: Array, before: Array, trace: Array, after: Array) -> Tape:
        z, r, n = np.split(trace, 3, axis=-1)
        slope_z, slope_r, slope_n = z * (1 - z), r * (1 - r), 1 - n * n
        return {
            "h": before,
            "z": z,
            "r": r,
            "n": n,
            "slopes": np.concatenate([slope_z, slope_r, slope_n], axis=-1),
            "by_z": (n - before) * slope_z,
            "by_r": before * slope_r,
            "by_n": z * slope_n,
            "kept": 1.0 - z,
        }

    def pullback(self, Wh: Array, tape: Tape, dstate: Array) -> Array:
        return self._through(Wh, tape, dstate)[0]

    def hand_back(self, Wh: Array, tape: Tape, dstate: Array, da: Array) -> Array:
        H = Wh.shape[-2]
        return self._handed(Wh, tape, dstate, da, da[..., 2 * H :] @ Wh[..., 2 * H :].mT)

    def back(self, Wh: Array, tape: Tape, dstate: Array) -> tuple[Array, Array]:
        da, dreset = self._through(Wh, tape, dstate)
        return da, self._handed(Wh, tape, dstate, da, dreset)

    def _through(self, Wh: Array, tape: Tape, dstate: Array) -> tuple[Array, Array]:
        """The gradients of the pre-activations, and of the reset state r ⊙ h."""
        H = Wh.shape[-2]
        da_n = dstate * tape["by_n"]
        dreset = da_n @ Wh[..., 2 * H :].mT
        return np.concatenate([dstate * tape["by_z"], dreset * tape["by_r"], da_n], axis=-1), dreset

    def _handed(self, Wh: Array, tape: Tape, dstate: Array, da: Array, dreset: Array) -> Array:
        H = Wh.shape[-2]
        handed = da[..., : 2 * H] @ Wh[..., : 2 * H].mT
        handed += tape["kept"] * dstate
        handed += tape["r"] * dreset
        return handed

    def jacobians(self, Wh: Array, tape: Tape) -> Array:
        H = Wh.shape[0]
        Wz, Wr, Wn = (W.T for W in np.split(Wh, 3, axis=1))
        z, r, n = np.split(tape["slopes"], 3, axis=-1)
        kept = (1.0 - tape["z"])[..., :, None] * np.eye(H)
        by_z = ((tape["n"] - tape["h"]) * z)[..., :, None] * Wz
        reset = tape["r"][..., :, None] * np.eye(H) + (tape["h"] * r)[..., :, None] * Wr  # ∂(r ⊙ h)/∂h
        return np.asarray(kept + by_z + (tape["z"] * n)[..., :, None] * (Wn @ reset))

    def push(self, Wh: Array, tape: Tape, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        H = Wh.shape[0]
        h, z, r = tape["h"], tape["z"], tape["r"]
        slope_z, slope_r, slope_n = np.split(tape["slopes"], 3, axis=-1)
        zr_dot = state_dot @ Wh[:, : 2 * H] + h @ Wh_dot[:, : 2 * H] + u_dot[..., : 2 * H]
        z_dot, r_dot = zr_dot[..., :H] * slope_z, zr_dot[..., H:] * slope_r
        reset_dot = r_dot * h + r * state_dot
        n_dot = reset_dot @ Wh[:, 2 * H :] + (r * h) @ Wh_dot[:, 2 * H :] + u_dot[..., 2 * H :]
        return np.asarray((1.0 - z) * state_dot + z_dot * (tape["n"] - h) + z * n_dot * slope_n)

    def left_factors(self, tape: Tape) -> Array:
        h = tape["h"]
        return np.stack([h, h, tape["r"] * h], axis=-2)

    def internals(self, tape: Tape) -> dict[str, Array]:
        return {name: tape[name] for name in self.gates}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 4 * H

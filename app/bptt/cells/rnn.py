"""Elman's cell (Elman 1990): a_t = h_{t-1} Wh + x_t Wx + b, h_t = f(a_t)."""

from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..arrays import Array
from .cell import Cell, Tape


@dataclass(frozen=True)
class Elman(Cell):
    """The plain recurrent cell; it carries h and nothing else."""

    carries = 1
    gates = ("a",)
    activation: str = "tanh"

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        a = state @ Wh + u
        return ACTIVATIONS[self.activation].f(a), a

    def tape(self, Wh: Array, before: Array, trace: Array, after: Array) -> Tape:
        return {"h": before, "a": trace, "slope": ACTIVATIONS[self.activation].slope(trace, after)}

    def pullback(self, Wh: Array, tape: Tape, dstate: Array) -> Array:
        return dstate * tape["slope"]

    def hand_back(self, Wh: Array, tape: Tape, dstate: Array, da: Array) -> Array:
        return np.asarray(da @ Wh.mT)

    def jacobians(self, Wh: Array, tape: Tape) -> Array:
        return tape["slope"][..., :, None] * Wh.T

    def push(self, Wh: Array, tape: Tape, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        return (state_dot @ Wh + tape["h"] @ Wh_dot + u_dot) * tape["slope"]

    def left_factors(self, tape: Tape) -> Array:
        return tape["h"][..., None, :]

    def internals(self, tape: Tape) -> dict[str, Array]:
        return {"a": tape["a"], "slope": tape["slope"]}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 2 * H

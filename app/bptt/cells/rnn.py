"""Plain RNN, Elman's cell (Elman 1990): a_t = h_{t-1} Wh + x_t Wx + b, h_t = f(a_t)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..arrays import Array
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Elman(Cell):
    """The plain recurrent cell; its state is h alone."""

    state_vectors = 1
    gates = ("a",)
    trace_widths = (1,)
    vjp_factors = ("slope",)
    activation: str = "tanh"

    def step(self, Wh: Array, u: Array, state: Array, out: Sequence[Array] | None = None) -> Sequence[Array]:
        h, a = out = out or self.new_arrays(u)
        np.matmul(state, Wh, out=a)
        a += u
        ACTIVATIONS[self.activation].f(a, h)
        return out

    def residuals(self, before: Array, after: Array, *trace: Array) -> Residuals:
        (a,) = trace
        return {"h": before, "a": a, "slope": ACTIVATIONS[self.activation].slope(a)}

    def vjp(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, out: Array | None = None
    ) -> tuple[Array, Array]:
        (slope,) = factors
        da = np.multiply(dstate, slope, out=out)
        return da, da @ Wh.mT

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        return residuals["slope"][..., :, None] * Wh.T

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        return (state_dot @ Wh + residuals["h"] @ Wh_dot + u_dot) * residuals["slope"]

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"]]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {"a": residuals["a"], "slope": residuals["slope"]}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 2 * H

"""Plain RNN, Elman's cell (Elman 1990): a_t = h_{t-1} Wh + x_t Wx + b, h_t = f(a_t)."""

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
    activation: str = "tanh"

    def step(self, Wh: Array, u: Array, state: Array) -> tuple[Array, Array]:
        a = state @ Wh + u
        return ACTIVATIONS[self.activation].f(a), a

    def residuals(self, Wh: Array, before: Array, trace: Array, after: Array) -> Residuals:
        return {"h": before, "a": trace, "slope": ACTIVATIONS[self.activation].slope(trace)}

    def vjp_preactivation(self, Wh: Array, residuals: Residuals, dstate: Array) -> Array:
        return dstate * residuals["slope"]

    def vjp_state(self, Wh: Array, residuals: Residuals, dstate: Array, da: Array) -> Array:
        return np.asarray(da @ Wh.mT)

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        return residuals["slope"][..., :, None] * Wh.T

    def jvp(self, Wh: Array, residuals: Residuals, Wh_dot: Array, u_dot: Array, state_dot: Array) -> Array:
        return (state_dot @ Wh + residuals["h"] @ Wh_dot + u_dot) * residuals["slope"]

    def recurrent_inputs(self, residuals: Residuals) -> Array:
        return residuals["h"][..., None, :]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {"a": residuals["a"], "slope": residuals["slope"]}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 2 * H

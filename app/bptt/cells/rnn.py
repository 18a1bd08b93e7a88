"""Plain RNN, Elman's cell (Elman 1990): a_t = h_{t-1} Wh + x_t Wx + b, h_t = f(a_t)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..arrays import Array, product_with
from .cell import Cell, Residuals


@dataclass(frozen=True)
class Elman(Cell):
    """The plain recurrent cell; its state is h alone."""

    state_vectors = 1
    gates = ("a",)
    vjp_factors = ("slope",)
    activation: str = "tanh"

    def forward(self, Wh: Array, u: Array, states: Array, bh: Array | None = None) -> Residuals:
        activation = ACTIVATIONS[self.activation]
        (Wh_a,), before, after = Wh, states[:-1, 0], states[1:, 0]
        product = product_with(Wh_a)
        pre_activations = np.empty(after.shape)
        for h, u_t, a, h_next in zip(before, u[:, 0], pre_activations, after, strict=True):
            product(h, Wh_a, a)
            np.add(a, u_t, a)
            activation.f(a, h_next)
        return {"h": before, "a": pre_activations, "slope": activation.slope(pre_activations)}

    def backward(
        self, Wh: Array, factors: Sequence[Array], dstate: Array, da: Array, edge_scale: float = 1.0
    ) -> Array:
        WhT, (slope,), passed = Wh.mT, factors, np.zeros(())
        product = product_with(WhT)
        for dh, slope_t, da_t in zip(dstate[::-1, 0], slope[::-1], da[::-1], strict=True):
            np.add(dh, passed, dh)
            np.multiply(dh, slope_t, da_t)
            passed = product(da_t, WhT)
            if edge_scale != 1.0:
                passed *= edge_scale
        return passed[None]

    def jacobians(self, Wh: Array, residuals: Residuals) -> Array:
        return residuals["slope"][..., :, None] * Wh.T

    def jvp(
        self,
        Wh: Array,
        residuals: Residuals,
        Wh_dot: Array,
        u_dot: Array,
        state_dot: Array,
        bh_dot: Array | None = None,
    ) -> Array:
        return (state_dot @ Wh + residuals["h"] @ Wh_dot + u_dot) * residuals["slope"]

    def recurrent_inputs(self, residuals: Residuals) -> list[Array]:
        return [residuals["h"]]

    def activations(self, residuals: Residuals) -> dict[str, Array]:
        return {"a": residuals["a"], "slope": residuals["slope"]}

    def cached_floats(self, D: int, H: int) -> int:
        return D + 2 * H

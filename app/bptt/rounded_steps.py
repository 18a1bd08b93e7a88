"""Steps of a cell in a number format: what is one operation there, and is rounded once.

For the plain RNN these are its product with Wh, the sum, the activation function and its derivative, as in
PyTorch's nn.RNN on the CPU. For the other cells it is a whole step, as in fused kernels.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from .activations import ACTIVATIONS
from .arrays import Array, Params, split_vectors
from .cells import Cell, Residuals
from .cells.rnn import Elman

Round = Callable[[Array], Array]

SLOPE_OF_VALUE: dict[str, Callable[[Array], Array]] = {
    "tanh": lambda h: 1.0 - h * h,
    "sigmoid": lambda h: h * (1.0 - h),
    "relu": lambda h: np.where(h > 0, 1.0, 0.0),
    "identity": lambda h: np.ones_like(h),
}
"""f'(a) from f(a), as frameworks compute it: it is 0 as soon as f(a) is rounded to 1."""


class Steps(ABC):
    """The steps of a cell with rounded weights W; ``round`` gives the nearest numbers of the format."""

    def __init__(self, cell: Cell, W: Params, round_: Round) -> None:
        self.cell, self.W, self.round = cell, W, round_

    @abstractmethod
    def forward(self, u: Array, states: Array) -> Residuals:
        """One step: u (G, H) is its input term. Writes ``states[1]`` of (2, C, H), and returns residuals."""

    @abstractmethod
    def backward(self, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        """Gradients of the states (C, R, H) -> of the pre-activations (R, G·H), and of the states before."""


class ElmanSteps(Steps):
    """The plain RNN, operation by operation."""

    cell: Elman

    def forward(self, u: Array, states: Array) -> Residuals:
        before, name = states[0, 0], self.cell.activation
        a = self.round(self.round(before @ self.W["Wh"]) + u[0])
        states[1, 0] = self.round(ACTIVATIONS[name].f(a))
        return {"h": before, "slope": SLOPE_OF_VALUE[name](states[1, 0])}

    def backward(self, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        da = self.round(dstate[0] * residuals["slope"])
        return da, self.round(da @ self.W["Wh"].T)[None]


class FusedSteps(Steps):
    """A cell whose step is one operation: its states and what it saves are rounded."""

    def __init__(self, cell: Cell, W: Params, round_: Round) -> None:
        super().__init__(cell, W, round_)
        self.Wh = split_vectors(W["Wh"], len(cell.gates))

    def forward(self, u: Array, states: Array) -> Residuals:
        residuals = self.cell.forward(self.Wh, u[None], states, self.W.get("bh"))
        states[1] = self.round(states[1])
        return {name: self.round(values[0]) for name, values in residuals.items()}

    def backward(self, residuals: Residuals, dstate: Array) -> tuple[Array, Array]:
        da, before = self.cell.vjp(self.W["Wh"], self.cell.factors(residuals), dstate)
        return self.round(da), self.round(before)


def steps_of(cell: Cell, W: Params, round_: Round) -> Steps:
    """The steps of a cell."""
    return (ElmanSteps if isinstance(cell, Elman) else FusedSteps)(cell, W, round_)

"""Interface of a start: how the weights and biases of a network are drawn before training."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from ..arrays import Array, Params
from ..cells import Cell


class Start(ABC):
    """Draws all parameters of a cell with D inputs, H hidden units and V outputs.

    ``takes_gain`` and ``takes_gate_bias`` say whether the gain, and the initial bias of the gate that retains
    the state, have an effect. Framework starts have their own.
    """

    takes_gain: ClassVar[bool] = False
    takes_gate_bias: ClassVar[bool] = False

    @abstractmethod
    def draw(self, cell: Cell, D: int, H: int, V: int, gain: float, stream: np.random.RandomState) -> Params:
        """Parameters from a stream of random numbers, in the order of ``weights.shapes``."""


class GateByGate(Start):
    """Normal input and output weights, a recurrent matrix for each gate, and the biases of the cell.

    Wx is halved: a one-hot input selects one of its rows, and at full scale tanh would be half saturated. Wy
    is divided by √H. Starts of this kind draw the same numbers for a seed, so Wx and Wy do not differ between
    them. Biases are 0, except for the gate that retains the state (see ``Cell.initial_bias``).
    """

    takes_gain = takes_gate_bias = True

    @abstractmethod
    def recurrent(self, drawn: Array, gain: float) -> Array:
        """The recurrent matrix of one gate, (H, H), from a normal one."""

    def draw(self, cell: Cell, D: int, H: int, V: int, gain: float, stream: np.random.RandomState) -> Params:
        G = len(cell.gates)
        Wx = 0.5 * stream.standard_normal((D, G * H))
        Wh = stream.standard_normal((H, G * H))
        Wy = stream.standard_normal((H, V)) / np.sqrt(H)
        return {
            "Wx": Wx,
            "Wh": np.concatenate([self.recurrent(W, gain) for W in np.split(Wh, G, axis=1)], axis=1),
            "b": cell.initial_bias(H),
            **({"bh": np.zeros(H)} if cell.recurrent_bias else {}),
            "Wy": Wy,
            "by": np.zeros(V),
        }

"""How PyTorch starts nn.RNN, nn.LSTM, nn.GRU and nn.Linear: everything uniform within ±1/√H.

That is ``RNNBase.reset_parameters``, and for the readout the Kaiming start with a = √5, which is ±1/√H too.
The recurrent layers have two biases, whose sum is ours; after the reset of a GRU they stay apart.
"""

import numpy as np

from ..arrays import Params
from ..cells import Cell
from .start import Start


class PyTorch(Start):
    """The distributions of PyTorch; a seed gives other numbers than ``torch.manual_seed``."""

    def draw(self, cell: Cell, D: int, H: int, V: int, gain: float, stream: np.random.RandomState) -> Params:
        G, bound = len(cell.gates), 1.0 / np.sqrt(H)

        def uniform(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
            return stream.uniform(-bound, bound, shape)

        Wx, Wh, of_input, of_state = uniform(D, G * H), uniform(H, G * H), uniform(G * H), uniform(G * H)
        inside = {}
        if cell.recurrent_bias:
            inside = {"bh": of_state[-H:].copy()}
            of_state[-H:] = 0.0
        return {
            "Wx": Wx,
            "Wh": Wh,
            "b": of_input + of_state,
            **inside,
            "Wy": uniform(H, V),
            "by": uniform(V),
        }

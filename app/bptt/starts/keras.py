"""How Keras starts SimpleRNN, LSTM, GRU and Dense: Glorot uniform, an orthogonal Wh, a forget bias of 1.

``glorot_uniform`` is within ±√(6/(rows + columns)) of the whole kernel (Glorot & Bengio 2010), and
``orthogonal`` gives the whole recurrent kernel (H, G·H) orthonormal rows, so the matrix of a single gate is
orthogonal only where there is one gate. ``unit_forget_bias`` is 1 for the LSTM; all other biases are 0.
"""

import numpy as np

from ..arrays import Array, Params
from ..cells import Cell
from .orthogonal import orthonormal
from .start import Start


class Keras(Start):
    """The distributions of Keras 3; a seed gives other numbers than ``keras.utils.set_random_seed``."""

    def draw(self, cell: Cell, D: int, H: int, V: int, gain: float, stream: np.random.RandomState) -> Params:
        G = len(cell.gates)
        Wx = _glorot(stream, D, G * H)
        Wh = orthonormal(stream.standard_normal((H, G * H)))
        return {
            "Wx": Wx,
            "Wh": Wh,
            "b": np.repeat([1.0 if gate == "f" else 0.0 for gate in cell.gates], H),
            **({"bh": np.zeros(H)} if cell.recurrent_bias else {}),
            "Wy": _glorot(stream, H, V),
            "by": np.zeros(V),
        }


def _glorot(stream: np.random.RandomState, rows: int, columns: int) -> Array:
    bound = np.sqrt(6.0 / (rows + columns))
    return stream.uniform(-bound, bound, (rows, columns))

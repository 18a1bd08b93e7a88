"""The identity times ``gain`` as recurrent matrix (Le, Jaitly & Hinton 2015, arXiv:1504.00941).

The paper uses it with ReLU, and draws the other weights from N(0, 0.001²), and here they are as in the other
starts, so that only Wh differs.
"""

import numpy as np

from ..arrays import Array
from .start import GateByGate


class Identity(GateByGate):
    """Wh = gain · I for each gate: without an input, a ReLU network keeps its state."""

    def recurrent(self, drawn: Array, gain: float) -> Array:
        return gain * np.eye(len(drawn))

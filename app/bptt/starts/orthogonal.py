"""An orthogonal recurrent matrix times ``gain`` (Saxe, McClelland & Ganguli 2013, arXiv:1312.6120)."""

import numpy as np

from ..arrays import Array
from .start import GateByGate


class Orthogonal(GateByGate):
    """Wh = gain · Q for each gate: all of its singular values are ``gain``."""

    def recurrent(self, drawn: Array, gain: float) -> Array:
        return gain * orthonormal(drawn)


def orthonormal(drawn: Array) -> Array:
    """A matrix (m, n) with orthonormal rows or columns, uniformly distributed if ``drawn`` is normal.

    It comes from a QR decomposition with positive diagonal, which is unique.
    """
    tall = drawn if drawn.shape[0] >= drawn.shape[1] else drawn.T
    Q, R = np.linalg.qr(tall)
    Q = Q * np.sign(np.diag(R))
    return np.asarray(Q if tall is drawn else Q.T)

"""Starts of the weights. To add one, add a file here and a line to ``STARTS``."""

from .gain import Gain
from .identity import Identity
from .keras import Keras
from .orthogonal import Orthogonal
from .pytorch import PyTorch
from .start import Start

STARTS: dict[str, Start] = {
    "gain": Gain(),
    "orthogonal": Orthogonal(),
    "identity": Identity(),
    "pytorch": PyTorch(),
    "keras": Keras(),
}

__all__ = ["STARTS", "Start"]

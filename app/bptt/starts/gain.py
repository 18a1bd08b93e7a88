"""A normal recurrent matrix, each gate scaled to the spectral radius ``gain``."""

from ..arrays import Array
from ..spectral_radius import scale_to_radius
from .start import GateByGate


class Gain(GateByGate):
    """Wh ~ N(0, 1), scaled: what the largest eigenvalue is decides whether a linear network explodes."""

    def recurrent(self, drawn: Array, gain: float) -> Array:
        return scale_to_radius(drawn, gain)

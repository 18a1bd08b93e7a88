"""Full backpropagation through time (Werbos 1990): every loss reaches every earlier step."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Array
from .scheme import BackwardWindow, Scheme


@dataclass(frozen=True)
class Full(Scheme):
    """Full BPTT: no gradient is cut."""

    def weights_table(self, T: int) -> Array:
        return np.tri(T)

    def backward_windows(self, T: int) -> list[BackwardWindow]:
        return [BackwardWindow(0, T, 0)]

"""Full backpropagation through time (Werbos 1990): every loss reaches every earlier step."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Array
from .scheme import Scheme, Walk


@dataclass(frozen=True)
class Full(Scheme):
    """Nothing is cut."""

    def kept(self, T: int) -> Array:
        return np.tri(T)

    def walks(self, T: int) -> list[Walk]:
        return [Walk(0, T, 0)]

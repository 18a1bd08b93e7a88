"""What a trainer reads: for any stretch of time the inputs, what is wanted, and where that counts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from ..losses import LOSSES, Loss


class Segment(NamedTuple):
    """Inputs x (T, P or 1, B, D), wanted (T, P or 1, B, V), and which outputs count (T, P or 1, B)."""

    x: Array
    target: Array
    counts: NDArray[np.bool_]


@dataclass(frozen=True)
class Stream(ABC):
    """B sequences side by side for each of P networks, D numbers in and V out a step."""

    @property
    @abstractmethod
    def sizes(self) -> tuple[int, int]:
        """D and V."""

    @property
    @abstractmethod
    def batch_size(self) -> int:
        """B."""

    @property
    @abstractmethod
    def length(self) -> int:
        """Steps of an epoch; of an episode."""

    @property
    def loss(self) -> Loss:
        """The loss of one step."""
        return LOSSES["cross_entropy"]

    @property
    def episodic(self) -> bool:
        """Whether an epoch is an episode: it begins with the state zero, and only its last output counts."""
        return False

    @abstractmethod
    def read(self, start: int, stop: int, epoch: int) -> Segment:
        """The steps ``start`` … ``stop - 1`` of an epoch."""

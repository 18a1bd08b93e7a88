"""Interface of training data: inputs, targets and a loss mask for any range of time steps."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array
from ..losses import LOSSES, Loss
from ..one_hot import Rows, dense


class Segment(NamedTuple):
    """Inputs (T, P or 1, B, D), targets (T, P or 1, B, V), and which outputs have a loss (T, P or 1, B)."""

    inputs: Rows
    targets: Rows
    counts: NDArray[np.bool_]

    @property
    def x(self) -> Array:
        """The inputs as an array."""
        return dense(self.inputs)

    @property
    def target(self) -> Array:
        """The targets as an array."""
        return dense(self.targets)


@dataclass(frozen=True)
class Stream(ABC):
    """Data of B sequences for each of P networks, with D inputs and V outputs per step."""

    @property
    @abstractmethod
    def sizes(self) -> tuple[int, int]:
        """Input size D and output size V."""

    @property
    @abstractmethod
    def batch_size(self) -> int:
        """Number of sequences B."""

    @property
    @abstractmethod
    def length(self) -> int:
        """Number of steps of an epoch, or of an episode."""

    @property
    def loss(self) -> Loss:
        """The loss function of one step."""
        return LOSSES["cross_entropy"]

    @property
    def episodic(self) -> bool:
        """Whether an epoch is one episode: it starts from state 0, and only its last output has a loss."""
        return False

    def of_seeds(self, seeds: Sequence[int]) -> "Stream":
        """The data of networks with these seeds; a text is the same for all."""
        return self

    @abstractmethod
    def read(self, start: int, stop: int, epoch: int) -> Segment:
        """Inputs, targets and loss mask of the steps ``start`` … ``stop - 1`` of an epoch."""

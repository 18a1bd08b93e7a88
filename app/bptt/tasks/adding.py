"""Adding problem (Hochreiter & Schmidhuber 1997): output the sum of the two marked numbers."""

from collections.abc import Sequence as Several
from dataclasses import dataclass, replace

import numpy as np

from ..losses import LOSSES, Loss
from .stream import Segment, Stream


@dataclass(frozen=True)
class Adding(Stream):
    """Inputs are a number in [0, 1) and a mark, which is 1 once in each half; each epoch is one episode."""

    seeds: Several[int]
    lanes: int
    steps: int

    @property
    def sizes(self) -> tuple[int, int]:
        return 2, 1

    @property
    def batch_size(self) -> int:
        return self.lanes

    @property
    def length(self) -> int:
        return self.steps

    @property
    def loss(self) -> Loss:
        return LOSSES["squared_error"]

    @property
    def episodic(self) -> bool:
        return True

    def of_seeds(self, seeds: Several[int]) -> Stream:
        return replace(self, seeds=seeds)

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        T, B = self.steps, self.lanes
        x = np.zeros((T, len(self.seeds), B, 2))
        for i, seed in enumerate(self.seeds):
            stream = np.random.RandomState([seed, epoch])
            x[:, i, :, 0] = stream.random_sample((T, B))
            for low, high in ((0, T // 2), (T // 2, T)):
                x[stream.randint(low, high, size=B), i, np.arange(B), 1] = 1.0
        total = (x[..., 0] * x[..., 1]).sum(axis=0)[..., None]
        counts = np.zeros(x.shape[:-1], dtype=bool)
        counts[-1] = True
        window = slice(start, stop)
        return Segment(x[window], np.broadcast_to(total, (T, *total.shape))[window], counts[window])

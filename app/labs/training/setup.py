"""From parameters to a trainer at its first weights."""

from dataclasses import dataclass, replace

import numpy as np

from ...bptt import weights
from ...bptt.arrays import Array
from ...bptt.cells import CELLS, Cell
from ...bptt.clipping import CLIPPINGS
from ...bptt.optimizers import OPTIMIZERS, Optimizer
from ...bptt.sequences import Sequence, make_sequence
from ...bptt.tasks import Adding, Episodes, RecallStream, Stream, Text
from ...bptt.training import Settings, Trainer
from ...bptt.truncation import SCHEMES, build
from .contestants import Contestant
from .params import TrainingParams


@dataclass(frozen=True)
class Setup:
    """What several contestants share: what is read, and the seeds (S,)."""

    params: TrainingParams
    stream: Stream
    seeds: range

    def trainer(self, one: Contestant) -> Trainer:
        """A contestant at the start."""
        params = self.params
        cell: Cell = build(CELLS[one.cell], params.model_dump())
        is_text = params.task == "text"
        settings = Settings(
            carried=one.state == "carried",
            reset=params.reset == "epoch" or not is_text,
            shuffle=params.seed if params.shuffle == "1" and is_text and one.scheme == "blocks" else None,
            divisor=min(one.k or 1, self._read_by(one).length)
            if params.divide == "k" and is_text and one.scheme == "blocks"
            else None,
            clip=lambda gradient: CLIPPINGS[params.clip](gradient, params.clip_at),
        )
        return Trainer(cell, self._read_by(one), build(SCHEMES[one.scheme], one.settings), settings)

    def _read_by(self, one: Contestant) -> Stream:
        """Where a reading depends on k, by the contestant's own."""
        if not isinstance(self.stream, Text):
            return self.stream
        return replace(self.stream, lanes=replace(self.stream.lanes, k=one.k or self.params.k))

    def first_weights(self, trainer: Trainer) -> Array:
        """A row of weights for every seed, (S, n)."""
        D, V = self.stream.sizes
        drawn = (
            weights.initial(trainer.cell, D, self.params.hidden, V, self.params.gain, seed)
            for seed in self.seeds
        )
        return np.stack([weights.flatten(one) for one in drawn])

    def optimizer(self) -> Optimizer:
        """A new one."""
        return OPTIMIZERS[self.params.optimizer](self.params.lr)


def setup(
    params: TrainingParams, *, lanes: int | None = None, seeds: int | None = None, steps: int = 0
) -> Setup:
    """What is read, by other lanes or for fewer seeds if so wanted; of an endless stream so many steps."""
    several = range(params.seed, params.seed + (seeds or params.seeds))
    N = lanes or params.lanes
    stream: Stream
    if params.task == "text":
        stream = Text(sequence_of_text(params), replace(params.series, N=N))
    elif params.task == "recall":
        stream = RecallStream(several, N, steps, params.lag, params.distractors, params.cues, params.gap)
    elif params.task == "episodes":
        stream = Episodes(several, N, params.lag, params.distractors, params.cues)
    else:
        stream = Adding(several, N, params.lag)
    return Setup(params, stream, several)


def sequence_of_text(params: TrainingParams) -> Sequence:
    """L inputs and the L symbols after them."""
    return make_sequence(params.symbols, [], params.L)


def lab_itself(params: TrainingParams) -> Contestant:
    """Blocks of the lab's own k: what the film shows."""
    return Contestant("", params.cell, "blocks", params.state, {"k": params.k})

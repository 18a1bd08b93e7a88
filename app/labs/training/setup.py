"""Builds data streams, trainers, initial weights and optimizers from the parameters."""

from dataclasses import dataclass, replace

import numpy as np

from ...bptt import weights
from ...bptt.arrays import Array
from ...bptt.cells import Cell
from ...bptt.clipping import CLIPPINGS
from ...bptt.optimizers import OPTIMIZERS, Optimizer
from ...bptt.sequences import Sequence, make_sequence
from ...bptt.tasks import Adding, Episodes, RecallStream, Stream, Text
from ...bptt.training import Settings, Trainer
from ...bptt.truncation import SCHEMES, build
from .. import sensitivity
from .contestants import Contestant
from .params import TrainingParams


@dataclass(frozen=True)
class Setup:
    """What all contestants share: the data, the seeds (S,), and how many of the first seeds have a twin.

    A twin is trained on the same data from weights that differ in the last bit. It shows how far the results
    depend on rounding, which differs between processors. Twins are the last of the S + twins networks.
    """

    params: TrainingParams
    stream: Stream
    seeds: range
    twins: int = 0

    def trainer(self, one: Contestant) -> Trainer:
        """The trainer of a contestant."""
        params = self.params
        cell: Cell = build(one.cell_type, params.model_dump())
        is_text = params.task == "text"
        settings = Settings(
            carried=one.state == "carried",
            reset=params.reset == "epoch" or not is_text,
            shuffle=params.seed if one.shuffled else None,
            divisor=min(one.k or 1, self._stream_of(one).length)
            if params.divide == "k" and is_text and one.scheme == "blocks"
            else None,
            held=self.params.held,
            clip=lambda gradient: CLIPPINGS[params.clip](gradient, params.clip_at),
        )
        scheme = build(SCHEMES[one.scheme], one.settings | {"cut_seed": self.seeds[0]})
        return Trainer(cell, self._stream_of(one), scheme, settings)

    def batches(self, one: Contestant) -> list["Setup"]:
        """The seeds that a contestant trains at once: all, or each alone if each draws its own cuts."""
        return [self._alone(i) for i in range(len(self.seeds))] if one.random else [self]

    def _alone(self, i: int) -> "Setup":
        seeds, twins = self.seeds[i : i + 1], int(i < self.twins)
        stream = self.stream.of_seeds([*seeds, *seeds[:twins]])
        return replace(self, stream=stream, seeds=seeds, twins=twins)

    def _stream_of(self, one: Contestant) -> Stream:
        """The data, in blocks of the contestant's own k if they depend on it."""
        if not isinstance(self.stream, Text):
            return self.stream
        return replace(self.stream, lanes=replace(self.stream.lanes, k=one.k or self.params.k))

    def first_weights(self, trainer: Trainer, init: str | None = None) -> Array:
        """The initial weights, one row per network (S + twins, n), by the lab's start or another one."""
        D, V = self.stream.sizes
        H, gain, init = self.params.hidden, self.params.gain, init or self.params.init
        initial = (weights.initial(trainer.cell, D, H, V, gain, seed, init) for seed in self.seeds)
        rows = np.stack([weights.flatten(weights.held_at_zero(drawn, self.params.held)) for drawn in initial])
        return np.concatenate([rows, sensitivity.nudged(rows[: self.twins])])

    def optimizer(self) -> Optimizer:
        """A new optimizer."""
        return OPTIMIZERS[self.params.optimizer](self.params.lr)


def setup(
    params: TrainingParams,
    *,
    lanes: int | None = None,
    seeds: int | None = None,
    steps: int = 0,
    twins: int = 0,
) -> Setup:
    """The data for the parameters, optionally with other lanes or seeds; ``steps`` of an endless stream.

    So many of the first seeds get a twin, all of them if there are fewer.
    """
    all_seeds = range(params.seed, params.seed + (seeds or params.seeds))
    networks = [*all_seeds, *all_seeds[:twins]]
    N = lanes or params.lanes
    stream: Stream
    if params.task == "text":
        series = replace(params.series, N=N, lengths=() if lanes else params.lane_lengths)
        stream = Text(sequence_of_text(params), series, params.padding == "counted")
    elif params.task == "recall":
        stream = RecallStream(networks, N, steps, params.lag, params.distractors, params.cues, params.gap)
    elif params.task == "episodes":
        stream = Episodes(networks, N, params.lag, params.distractors, params.cues)
    else:
        stream = Adding(networks, N, params.lag)
    return Setup(params, stream, all_seeds, min(twins, len(all_seeds)))


def sequence_of_text(params: TrainingParams) -> Sequence:
    """L inputs, with the L next symbols as targets."""
    return make_sequence(params.symbols, [], params.L)


def lab_itself(params: TrainingParams) -> Contestant:
    """The lab's own run, in blocks of k or between its own cuts: the one that the film shows."""
    cuts = params.series.cuts
    scheme, settings = ("cuts", {"cuts": cuts}) if cuts else ("blocks", {"k": params.k})
    shuffled = params.shuffle == "1" and params.task == "text"
    more = params.reset_gate, params.init, shuffled
    return Contestant("", params.cell, scheme, params.state, settings, *more)

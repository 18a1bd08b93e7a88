"""What the parameters describe, made ready: the network, its forward pass, its Jacobians."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bptt import sequences, weights
from ..bptt.arrays import Array, Params
from ..bptt.cells import CELLS, Cell
from ..bptt.losses import LOSSES, loss_factors
from ..bptt.passes import Forward, Task, forward, from_output, output_gradient
from ..bptt.truncation import SCHEMES, Scheme, build
from .bptt_params import BpttParams


@dataclass(frozen=True)
class Prepared:
    """A network at work: settings are all parameters, resolved; e (T, V), dh_output (T, S), J (T, S, S)."""

    settings: dict[str, Any]
    sequence: sequences.Sequence
    task: Task
    W: Params
    forward: Forward
    e: Array
    dh_output: Array
    J: Array

    @property
    def cell(self) -> Cell:
        return self.task.cell

    @property
    def T(self) -> int:
        return len(self.task.x)

    @property
    def has_loss(self) -> NDArray[np.bool_]:
        return np.asarray(self.task.factors != 0)

    def scheme(self, name: str | None = None) -> Scheme:
        """The truncation that was asked for, or another one with the same settings."""
        made: Scheme = build(SCHEMES[name or self.settings["truncation"]], self.settings)
        return made


def prepare(params: BpttParams) -> Prepared:
    """Build the network that the parameters describe and run it forward."""
    symbols = sequences.graphemes(params.text)
    T = params.steps or len(symbols) - 1
    settings = params.model_dump(include=set(BpttParams.model_fields)) | {"steps": T}
    cell: Cell = build(CELLS[params.cell], settings)
    sequence = sequences.next_symbol(symbols, T)
    V = len(sequence.vocabulary)
    task = Task(
        cell,
        LOSSES[params.loss],
        sequence.one_hot(sequence.tokens),
        sequence.one_hot(sequence.targets),
        loss_factors(T, params.loss_at, params.reduction),
    )
    W = weights.initial(cell, V, params.hidden, V, params.gain, params.seed)
    run = forward(task, W)
    e = output_gradient(task, run)
    return Prepared(
        settings, sequence, task, W, run, e, from_output(task, W, e), cell.jacobians(W["Wh"], run.tape)
    )

"""Network of the explorer, built from the parameters: weights, forward pass and Jacobians."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...bptt import weights
from ...bptt.arrays import Array, Params
from ...bptt.backward_pass import gradient_from_output, output_gradient
from ...bptt.cells import Cell
from ...bptt.forward_pass import Forward, Task, forward
from ...bptt.gradient_descent import INITIAL_STATE, descend
from ...bptt.losses import LOSSES, loss_factors
from ...bptt.sequences import Sequence, make_sequence
from ...bptt.truncation import SCHEMES, Scheme, build, parse_cuts
from ..sensitivity import difference, is_sensitive, nudged
from ..training.weights import weights_after
from .params import BpttParams


@dataclass(frozen=True)
class Network:
    """A network and its forward pass: d_output (T, V), dh_output (T, S), J (T, S, S).

    ``settings`` are all parameters, resolved. ``losses`` (updates + 1,) is the total loss before every update
    and after the last, NaN from ``stopped_at`` on, the first update that could not be made. ``sensitivity``
    is the relative change of the weights if those before training are changed in the last bit. The initial
    state in ``task`` is, like ``W``, the one after the updates.
    """

    settings: dict[str, Any]
    sequence: Sequence
    task: Task
    losses: Array
    sensitivity: float
    stopped_at: int | None
    W: Params
    forward: Forward
    d_output: Array
    dh_output: Array
    J: Array

    @property
    def cell(self) -> Cell:
        return self.task.cell

    def is_sensitive(self, growth: float) -> bool:
        """Whether rounding in training may show, if a weight change of norm 1 moves states by ``growth``."""
        return self.sensitivity > 0 and is_sensitive(np.array(self.sensitivity * max(1.0, growth)))

    @property
    def T(self) -> int:
        return len(self.task.x)

    @property
    def has_loss(self) -> NDArray[np.bool_]:
        return np.asarray(self.task.factors != 0)

    def scheme(self, name: str | None = None) -> Scheme:
        """The requested truncation scheme, or the scheme ``name`` with the same settings."""
        settings = self.settings | {"cuts": parse_cuts(self.settings["cuts"])}
        scheme: Scheme = build(SCHEMES[name or self.settings["truncation"]], settings)
        return scheme


def build_network(params: BpttParams) -> Network:
    """Build the network that the parameters describe and run it forward."""
    sequence = make_sequence(params.symbols, params.target_symbols, params.T, params.vocabulary_symbols)
    loss = params.loss if sequence.vocabulary else "squared_error"
    settings = params.model_dump(include=set(BpttParams.model_fields)) | {"steps": params.T, "loss": loss}
    cell: Cell = build(params.cell_type, settings)
    task = Task(
        cell,
        LOSSES[loss],
        sequence.rows(sequence.tokens),
        sequence.target_rows,
        loss_factors(params.T, params.losses, params.reduction, sequence.has_target),
        params.given_state,
    )
    given, sensitivity = _first_weights(cell, params)
    first = weights.held_at_zero(given, params.held) | _learned_state(cell, params)
    W, losses_so_far = descend(task, first, params.updates, params.lr, params.held)
    if params.updates:
        sensitivity = max(sensitivity, _sensitivity(task, params, first, W))
    losses = np.append(losses_so_far, np.full(params.updates + 1 - len(losses_so_far), np.nan))
    stopped_at = len(losses_so_far) - 1 if len(losses_so_far) <= params.updates else None
    if params.learns_state:
        W, task = _without_state(W), replace(task, initial_state=W[INITIAL_STATE])
    run = forward(task, W)
    d_output = output_gradient(task, run)
    J = cell.jacobians(W["Wh"], run.residuals)
    return Network(
        settings,
        sequence,
        task,
        losses,
        sensitivity,
        stopped_at,
        W,
        run,
        d_output,
        gradient_from_output(task, W, d_output),
        J,
    )


def _learned_state(cell: Cell, params: BpttParams) -> Params:
    """The initial state as one more parameter of descent, if it learns."""
    if not params.learns_state:
        return {}
    given = params.given_state
    return {INITIAL_STATE: np.zeros(cell.state_vectors * params.hidden) if given is None else given}


def _without_state(params: Params) -> Params:
    """The weights alone."""
    return {name: W for name, W in params.items() if name != INITIAL_STATE}


def _sensitivity(task: Task, params: BpttParams, first: Params, W: Params) -> float:
    """How far descent from weights that differ from ``first`` in the last bit ends from ``W``, relative."""
    shapes = {name: part.shape for name, part in first.items()}
    twin = weights.unflatten(nudged(weights.flatten(first)), shapes)
    moved, _ = descend(task, twin, params.updates, params.lr, params.held)
    return float(difference(weights.flatten(W)[None], weights.flatten(moved)[None])[0])


def _first_weights(cell: Cell, params: BpttParams) -> tuple[Params, float]:
    """The weights before training, and how sensitive they are if they come from a training run."""
    shapes, custom = params.weight_shapes, params.custom_weights
    if params.run:
        row, change = weights_after(params.run.params, params.at_update)
        return weights.unflatten(row, shapes), change
    if custom:
        return weights.unflatten(np.array(custom), shapes), 0.0
    D, H, V = shapes["Wx"][0], *shapes["Wy"]
    return weights.initial(cell, D, H, V, params.gain, params.seed, params.init), 0.0

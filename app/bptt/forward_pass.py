"""Forward pass of a recurrent network: states, outputs, losses, and what the backward pass needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Array, Params, empty_by_network, join_vectors, split_vectors, times
from .cells import Cell, Residuals
from .losses import Loss
from .one_hot import OneHot, Rows, dense


@dataclass(frozen=True)
class Task:
    """What is computed: a cell, a loss, inputs x (T, D), targets (T, V), and the factor of each loss (T,).

    A batch has an axis of B sequences: x (T, B, D) and so on. Where weights have a leading axis of P
    networks, x is (T, P, B, D), or (T, 1, B, D) if all networks read the same.
    """

    cell: Cell
    loss: Loss
    inputs: Rows
    targets: Rows
    factors: Array
    initial_state: Array | None = None
    """The state (S,) that enters step 0 of every sequence unless another is given; None for zeros."""

    @cached_property
    def x(self) -> Array:
        """The inputs as an array."""
        return dense(self.inputs)

    @cached_property
    def target(self) -> Array:
        """The targets as an array."""
        return dense(self.targets)


@dataclass(frozen=True)
class Forward:
    """A forward pass: states, outputs (T, ..., V), losses (T, ...), and the cell's residuals.

    ``state_vectors`` (T, C, ..., H) are the states, one vector after another. ``losses`` is empty after
    ``forward(..., with_losses=False)``.
    """

    state_vectors: Array
    outputs: Array
    losses: Array
    residuals: Residuals

    def up_to(self, stop: int) -> "Forward":
        """The steps before ``stop``."""
        residuals = {name: values[:stop] for name, values in self.residuals.items()}
        return Forward(self.state_vectors[:stop], self.outputs[:stop], self.losses[:stop], residuals)

    def as_batch(self) -> "Forward":
        """The pass of a single sequence as a batch of one, (T, 1, ...)."""
        residuals = {name: values[:, None] for name, values in self.residuals.items()}
        return Forward(self.state_vectors[:, :, None], self.outputs[:, None], self.losses[:, None], residuals)

    @property
    def h(self) -> Array:
        """The hidden states (T, ..., H), the vector of the state that the readout uses."""
        return self.state_vectors[:, 0]

    @property
    def states(self) -> Array:
        """The states (T, ..., S)."""
        return join_vectors(self.state_vectors.swapaxes(0, 1))

    def state_after(self, t: int) -> Array:
        """The state after step t, (..., S)."""
        return join_vectors(self.state_vectors[t])


def forward(
    task: Task, params: Params, initial_state: Array | None = None, *, with_losses: bool = True
) -> Forward:
    """Run the network from ``initial_state`` (..., S), by default the task's, which is zeros if not given.

    Weights may have a leading axis of P networks, and biases then also a batch axis: (P, D, H) and (P, 1, H).
    All networks run at once, and results have the axes (T, P, B, ...), where B is 1 for a single sequence.
    """
    cell, Wh = task.cell, split_vectors(params["Wh"], len(task.cell.gates))
    u = input_terms(task, params["Wx"], params["b"])
    bh = params.get("bh")
    T, _, *rows, H = u.shape
    states = empty_by_network(T + 1, cell.state_vectors, *rows, H)
    initial_state = task.initial_state if initial_state is None else initial_state
    states[0] = 0.0 if initial_state is None else _initial_vectors(initial_state, states[0])
    if Wh.ndim == 4 and len(Wh[0]) == 1:  # products of two axes are faster
        alone = cell.forward(Wh[:, 0], u[:, :, 0], states[:, :, 0], None if bh is None else bh[0])
        residuals = {name: values[:, None] for name, values in alone.items()}
    else:
        residuals = cell.forward(Wh, u, states, bh)
    after = states[1:]
    outputs = times(after[:, 0], params["Wy"])
    outputs += params["by"]
    losses = (
        task.loss.value(outputs, _with_leading_axes(task.target, outputs.ndim - 1))
        if with_losses
        else np.empty(0)
    )
    return Forward(after, outputs, losses, residuals)


def _initial_vectors(initial_state: Array, like: Array) -> Array:
    """The vectors of an initial state (..., S), with axes to spread over those of ``like`` (C, ..., H)."""
    vectors = split_vectors(initial_state, len(like))
    return vectors.reshape(len(like), *[1] * (like.ndim - vectors.ndim), *vectors.shape[1:])


def input_terms(task: Task, Wx: Array, b: Array) -> Array:
    """What steps receive from their inputs, u = x Wx + b, by gates (T, G, ..., H)."""
    G = len(task.cell.gates)
    if isinstance(task.inputs, OneHot) and Wx.ndim > 2:  # a one-hot x picks a row
        rows = split_vectors(Wx + b, G)  # (G, P, D, H)
        _, P, D, H = rows.shape
        first = D * np.arange(G * P).reshape(G, P, 1)
        return np.asarray(rows.reshape(-1, H).take(first + task.inputs.symbols[:, None], axis=0))
    u = _with_leading_axes(task.x, Wx.ndim) @ Wx
    u += b
    return split_vectors(u, G).swapaxes(0, 1)


def _with_leading_axes(rows: Array, ndim: int) -> Array:
    """A single sequence (T, n) with axes of length 1 added up to ``ndim``; a batch is returned unchanged."""
    return rows.reshape(len(rows), *[1] * (ndim - 1), -1) if rows.ndim == 2 and ndim > 2 else rows

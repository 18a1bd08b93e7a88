"""Forward pass of a recurrent network: states, outputs, losses, and what the backward pass needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, Params
from .cells import Cell, Residuals
from .losses import Loss


@dataclass(frozen=True)
class Task:
    """What is computed: a cell, a loss, inputs x (T, D), targets (T, V), and the factor of each loss (T,).

    A batch has an axis of B sequences: x (T, B, D) and so on. Where weights have a leading axis of P
    networks, x is (T, P, B, D), or (T, 1, B, D) if all networks read the same. If x is one-hot, ``symbols``
    (T, P or 1, B) may say where the ones are, which saves time.
    """

    cell: Cell
    loss: Loss
    x: Array
    target: Array
    factors: Array
    symbols: NDArray[np.integer] | None = None


@dataclass(frozen=True)
class Forward:
    """A forward pass: states (T, ..., S), outputs (T, ..., V), losses (T, ...), and the cell's residuals.

    ``losses`` is empty after ``forward(..., with_losses=False)``.
    """

    states: Array
    outputs: Array
    losses: Array
    residuals: Residuals

    def up_to(self, stop: int) -> "Forward":
        """The steps before ``stop``."""
        residuals = {name: values[:stop] for name, values in self.residuals.items()}
        return Forward(self.states[:stop], self.outputs[:stop], self.losses[:stop], residuals)

    def as_batch(self) -> "Forward":
        """The pass of a single sequence as a batch of one, (T, 1, ...)."""
        residuals = {name: values[:, None] for name, values in self.residuals.items()}
        return Forward(self.states[:, None], self.outputs[:, None], self.losses[:, None], residuals)

    @property
    def h(self) -> Array:
        """The hidden states (T, ..., H), the part of the state that the readout uses."""
        return self.states[..., : self.residuals["h"].shape[-1]]


def forward(
    task: Task, params: Params, initial_state: Array | None = None, *, with_losses: bool = True
) -> Forward:
    """Run the network from ``initial_state`` (..., S), by default zeros.

    Weights may have a leading axis of P networks, and biases then also a batch axis: (P, D, H) and (P, 1, H).
    All networks run at once, and results have the axes (T, P, B, ...), where B is 1 for a single sequence.
    """
    cell, Wh = task.cell, params["Wh"]
    H = Wh.shape[-2]
    u = input_terms(task, params["Wx"], params["b"])
    states = np.empty((len(u) + 1, *u.shape[1:-1], cell.state_vectors * H))
    states[0] = 0.0 if initial_state is None else initial_state
    before, after = states[:-1], states[1:]
    _, *traces = cell.new_arrays(u)
    for state, u_t, *out in zip(before, u, after, *traces, strict=True):
        cell.step(Wh, u_t, state, out)
    residuals = cell.residuals(before, after, *traces)
    outputs = after[..., :H] @ params["Wy"]
    outputs += params["by"]
    losses = (
        task.loss.value(outputs, _with_leading_axes(task.target, outputs.ndim - 1))
        if with_losses
        else np.empty(0)
    )
    return Forward(after, outputs, losses, residuals)


def input_terms(task: Task, Wx: Array, b: Array) -> Array:
    """What steps receive from their inputs, u = x Wx + b (T, ..., G·H)."""
    if task.symbols is not None:  # a one-hot x picks a row
        rows, symbols = Wx + b, task.symbols
        if symbols.shape[1] == 1:  # the same of every network
            return rows.take(symbols[:, 0], axis=1).swapaxes(0, 1)
        return np.asarray(rows[np.arange(len(rows))[:, None], symbols])
    u = _with_leading_axes(task.x, Wx.ndim) @ Wx
    u += b
    return u


def _with_leading_axes(rows: Array, ndim: int) -> Array:
    """A single sequence (T, n) with axes of length 1 added up to ``ndim``; a batch is returned unchanged."""
    return rows.reshape(len(rows), *[1] * (ndim - 1), -1) if rows.ndim == 2 and ndim > 2 else rows

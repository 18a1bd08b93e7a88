"""Forward pass of a recurrent network: states, outputs, losses, and what the backward pass needs."""

from dataclasses import dataclass

import numpy as np

from .arrays import Array, Params
from .cells import Cell, Residuals
from .losses import Loss


@dataclass(frozen=True)
class Task:
    """What is computed: inputs x (T, D), wanted outputs (T, V), the factor of each loss (T,).

    Sequences side by side are rows: x (T, B, D) and so on, with another axis before the rows, or one of
    length 1, where weights have leading axes.
    """

    cell: Cell
    loss: Loss
    x: Array
    target: Array
    factors: Array


@dataclass(frozen=True)
class Forward:
    """A forward pass: states (T, ..., S), outputs (T, ..., V), losses (T, ...), and the tape to go back.

    Of a pass that was not scored losses are empty.
    """

    states: Array
    outputs: Array
    losses: Array
    residuals: Residuals

    def up_to(self, stop: int) -> "Forward":
        """The pass up to step ``stop``, exclusive."""
        residuals = {name: values[:stop] for name, values in self.residuals.items()}
        return Forward(self.states[:stop], self.outputs[:stop], self.losses[:stop], residuals)

    def as_batch(self) -> "Forward":
        """The pass of a single sequence as one row of several, (T, 1, ...)."""
        residuals = {name: values[:, None] for name, values in self.residuals.items()}
        return Forward(self.states[:, None], self.outputs[:, None], self.losses[:, None], residuals)

    @property
    def h(self) -> Array:
        """The hidden states (T, ..., H), the part of the state that the readout sees."""
        return self.states[..., : self.residuals["h"].shape[-1]]


def forward(
    task: Task, params: Params, initial_state: Array | None = None, *, with_losses: bool = True
) -> Forward:
    """Run the network from the state ``start`` (..., S), by default zeros.

    Weights may have leading axes, biases then with a row axis, (P, D, H) and (P, 1, H): all P networks
    run at once and every result has the axes (T, P, B, ...), where B is 1 for a single sequence.
    """
    cell, Wh = task.cell, params["Wh"]
    H = Wh.shape[-2]
    u = _with_leading_axes(task.x, Wh.ndim) @ params["Wx"] + params["b"]
    T = len(u)
    states = np.zeros((T + 1, *u.shape[1:-1], cell.state_vectors * H))
    if initial_state is not None:
        states[0] = initial_state
    traces = np.empty_like(u)
    for t in range(T):
        states[t + 1], traces[t] = cell.step(Wh, u[t], states[t])
    residuals = cell.residuals(Wh, states[:-1], traces, states[1:])
    outputs = states[1:, ..., :H] @ params["Wy"] + params["by"]
    losses = (
        task.loss.value(outputs, _with_leading_axes(task.target, outputs.ndim - 1))
        if with_losses
        else np.empty(0)
    )
    return Forward(states[1:], outputs, losses, residuals)


def _with_leading_axes(rows: Array, ndim: int) -> Array:
    """A sequence (T, n) seen by networks with leading axes; sequences side by side as they are."""
    return rows.reshape(len(rows), *[1] * (ndim - 1), -1) if rows.ndim == 2 and ndim > 2 else rows

"""Evaluation on the whole text: one forward pass from its start, in a single lane."""

import numpy as np

from ...bptt.arrays import Array
from ...bptt.cells import Cell
from ...bptt.forward_pass import Forward, Task, forward
from ...bptt.tasks import Text
from ...bptt.weights import shapes, unflatten


def read_through(
    cell: Cell, text: Text, row: Array, H: int, start: int = 0, state: Array | None = None
) -> Forward:
    """The forward pass of P networks over the text from step ``start`` on, (T, P, 1, ...); row (P, n)."""
    x, targets = (part[start:] for part in text.rows)
    task = Task(cell, text.loss, x, targets, np.full(len(x), 1 / len(x)))
    with np.errstate(all="ignore"):
        return forward(task, unflatten(row, shapes(cell, *_sizes(text, H))), state)


def on_text(cell: Cell, text: Text, row: Array, H: int) -> tuple[Array, Array]:
    """Mean loss and accuracy, (P,) each."""
    run = read_through(cell, text, row, H)
    right = run.outputs.argmax(axis=-1) == text.rows[1].argmax(axis=-1)[:, None, None]
    losses = np.ascontiguousarray(run.losses[..., 0].T)  # summed in the same order for any number of networks
    return losses.mean(axis=-1), right.mean(axis=(0, 2))


def _sizes(text: Text, H: int) -> tuple[int, int, int]:
    D, V = text.sizes
    return D, H, V

"""What a race measures of its networks: loss and accuracy on a text, or the answers of a task."""

from typing import Protocol

import numpy as np

from ...bptt.arrays import Array
from ...bptt.one_hot import dense, positions
from ...bptt.tasks import Text
from ...bptt.training import Trainer, Update
from .cost_model import POINTS
from .params import TrainingParams
from .reading import on_text

SHORT, MORE_POINTS = 50, 100  # up to so many symbols, so many points
LAST = 0.75  # the final value of a task is the mean over the run after this fraction of it


class Meter(Protocol):
    """Measures P networks while they are trained; NaN where a network's outputs are not finite."""

    def count(self, update: Update) -> None:
        """Add what one update shows."""

    def measure(self, weights: Array, made: int) -> tuple[Array, Array | None]:
        """Value and accuracy of every network (P,) after ``made`` updates, for weights (P, n)."""

    def final(self) -> tuple[Array, Array | None]:
        """Value and accuracy of every network (P,) at the end."""

    def learned_at(self) -> list[int | None] | None:
        """For every network the first measured update at which all was right."""


def meter_of(params: TrainingParams, trainer: Trainer, updates: int, networks: int) -> Meter:
    """The meter of a run of so many updates."""
    if isinstance(trainer.stream, Text):
        return TextMeter(trainer, trainer.stream, params.hidden, networks)
    return TaskMeter(params.task == "adding", updates, networks)


def goals(params: TrainingParams, total: int) -> list[int]:
    """Where the points of a curve lie in a run of ``total`` updates or steps.

    A text is measured before the first update too. A short one has more points.
    """
    if params.task != "text":
        return sorted({round(total * i / POINTS) for i in range(1, POINTS + 1)} - {0})
    n = MORE_POINTS if params.L <= SHORT else POINTS
    return sorted({round(total * i / n) for i in range(n + 1)})


class TextMeter:
    """Loss and accuracy on the whole text, which the current weights read once in a single lane."""

    def __init__(self, trainer: Trainer, text: Text, H: int, networks: int) -> None:
        self.cell, self.text, self.H = trainer.cell, text, H
        self.last: tuple[Array, Array] = np.zeros(0), np.zeros(0)
        self.right_since: Array = np.full(networks, np.nan)

    def count(self, update: Update) -> None:
        """Do nothing: only the weights count, not what they were updated on."""

    def measure(self, weights: Array, made: int) -> tuple[Array, Array]:
        """Loss and accuracy of every network, (P,) each."""
        loss, accuracy = on_text(self.cell, self.text, weights, self.H)
        self.last = loss, np.where(np.isfinite(loss), accuracy, np.nan)
        self.right_since[np.isnan(self.right_since) & (self.last[1] == 1)] = made
        return self.last

    def final(self) -> tuple[Array, Array]:
        """Loss and accuracy of the final weights."""
        return self.last

    def learned_at(self) -> list[int | None]:
        """For every network the first measured update at which all symbols were predicted; None if never."""
        return [None if np.isnan(u) else int(u) for u in self.right_since]


class TaskMeter:
    """Accuracy (or squared error) over the losses that count, averaged between plotted points.

    The final value is the mean over the last quarter of the updates.
    """

    def __init__(self, by_error: bool, updates: int, networks: int) -> None:
        self.by_error, self.updates = by_error, updates
        self.since, self.late = np.zeros((2, networks)), np.zeros((2, networks))

    def count(self, update: Update) -> None:
        """Add the outputs of one update."""
        counts = np.broadcast_to(update.task.factors != 0, update.run.outputs.shape[:-1])
        o, targets = update.run.outputs, update.task.targets
        if self.by_error:
            good = np.square(o - dense(targets)).sum(axis=-1)
        else:
            good = np.where(np.isfinite(o).all(axis=-1), o.argmax(-1) == positions(targets), np.nan)
        sums = np.stack([np.where(counts, good, 0).sum(axis=(0, 2)), counts.sum(axis=(0, 2))])
        self.since = self.since + sums
        if update.number > LAST * self.updates:
            self.late = self.late + sums

    def measure(self, weights: Array, made: int) -> tuple[Array, None]:
        """The mean of every network (P,) since the last call."""
        sums, self.since = self.since, np.zeros_like(self.since)
        return np.asarray(sums[0] / sums[1]), None

    def final(self) -> tuple[Array, None]:
        """The mean of every network (P,) over the last quarter of the updates."""
        return np.asarray(self.late[0] / self.late[1]), None

    def learned_at(self) -> None:
        """None: these tasks draw new symbols forever."""

"""Seeds of a contestant that are trained side by side, as a leading axis of the weights."""

from typing import NamedTuple

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.training import Update
from .. import sensitivity
from .contestants import Contestant
from .meters import meter_of
from .setup import Setup


class Point(NamedTuple):
    """Value and accuracy of S networks, gradient norms since the point before, differences of the twins."""

    value: Array
    accuracy: Array | None
    norms: list[Array]
    differences: Array


class Final(NamedTuple):
    """Value, accuracy, and update at which all was right of S networks; ``change`` is that of the twins."""

    value: Array
    accuracy: Array | None
    learned_at: list[int | None] | None
    change: Array


class Batch:
    """Trains S networks and their twins update by update, and counts what that takes.

    ``made`` updates have read ``read`` steps of a lane, in ``back`` steps of backward passes, the longest of
    them ``longest``. ``diverged_at`` (S,) is the update after which the weights of a network were no longer
    finite, 0 if they are. ``norms`` are the gradient norms (S,) of every update since ``point`` was called.
    """

    def __init__(self, ready: Setup, one: Contestant, updates: int) -> None:
        """Prepare a run of about so many updates."""
        self.trainer, self.H = ready.trainer(one), ready.params.hidden
        self.weights = ready.first_weights(self.trainer, one.init)
        self.S = len(ready.seeds)
        self.meter = meter_of(ready.params, self.trainer, updates, self.S + ready.twins)
        self.made = self.read = self.back = 0
        self.longest = max(len(window) for window in self.trainer.backward_windows())
        self.diverged_at = np.zeros(self.S, dtype=int)
        self.norms: list[Array] = []
        self._updates = self.trainer.updates(self.weights, self.H, ready.optimizer())

    def update(self) -> None:
        """Make one update."""
        update = next(self._updates)
        self.made, self.weights = update.number, update.new_weights
        self.read += self._new_steps(update)
        self.back += len(update.window)
        self.longest = max(self.longest, len(update.window))
        self.norms.append(norm(update.raw_gradient[: self.S]))
        self.diverged_at[(self.diverged_at == 0) & ~np.isfinite(self.norms[-1])] = update.number
        self.meter.count(update)

    def _new_steps(self, update: Update) -> int:
        """The steps read; an episode is read to its end, however short the backward pass is."""
        if self.trainer.stream.episodic:
            return self.trainer.stream.length
        return update.window.stop - max(update.window.newest_from, update.window.start)

    def point(self) -> Point:
        """What is measured now."""
        norms, self.norms = self.norms, []
        value, accuracy = self.meter.measure(self.weights, self.made)
        twins = self.weights[self.S :]
        differences = sensitivity.difference(self.weights[: len(twins)], twins)
        return Point(value[: self.S], None if accuracy is None else accuracy[: self.S], norms, differences)

    def final(self) -> Final:
        """The final values."""
        value, accuracy = self.meter.final()
        learned, S = self.meter.learned_at(), self.S
        change = np.abs(value[S:] - value[: len(value) - S])
        return Final(value[:S], None if accuracy is None else accuracy[:S], learned and learned[:S], change)

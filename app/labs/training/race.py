"""A race: several contestants trained on the same data from the same initial weights, over several seeds.

Its events can be streamed while it is computed; its result is what they add up to.
"""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.tasks import Text
from ...bptt.training import Update
from .contestants import Contestant
from .cost_model import POINTS, plan, seconds
from .params import TrainingParams
from .reading import on_text
from .sampling import sample
from .setup import Setup, setup

Event = tuple[str, dict[str, Any]]
SHORT, MORE_POINTS = 50, 100  # up to so many symbols, so many points
SAMPLES_AT = (0.0, 0.03, 0.15, 0.5, 1.0)  # fractions of the run after which text is sampled
LAST = 0.75  # the final value of a task is the mean over the run after this fraction of it


class Race:
    """Runs all contestants in turn, a few updates each."""

    def __init__(self, params: TrainingParams) -> None:
        self.params = params
        longest = max(plan(params, one).steps for one in params.contestants)
        ready = setup(params, steps=longest)
        self.runs = [Run(ready, one) for one in params.contestants]
        self.work = [seconds(params, one) for one in params.contestants]

    def events(self) -> Iterator[Event | None]:
        """Run; yield each event, and None wherever the work may be stopped."""
        yield "start", {"race": self.result}
        running = {i: run.points() for i, run in enumerate(self.runs)}
        while running:
            for i, points in list(running.items()):
                for point in points:
                    if point:
                        yield "point", {"contestant": i, **point}
                        break
                    yield None
                else:
                    del running[i]

    @property
    def result(self) -> dict[str, Any]:
        """The result as far as it is computed."""
        return {**axes(self.params), "contestants": [run.result for run in self.runs]}

    @property
    def progress(self) -> float:
        """The share of the estimated time that is done."""
        shares = (run.made / run.planned.updates for run in self.runs)
        return sum(w * share for w, share in zip(self.work, shares, strict=True)) / sum(self.work)


def axes(params: TrainingParams) -> dict[str, Any]:
    """What is measured, and the ranges of the curves."""
    planned = [plan(params, one) for one in params.contestants]
    measure = {"text": "loss", "adding": "error"}.get(params.task, "accuracy")
    return {
        "measure": measure,
        "chance": 1 / params.cues if measure == "accuracy" else None,
        "match": "updates" if params.task in ("episodes", "adding") else params.match,
        "x_max": {"steps": max(p.steps for p in planned), "updates": max(p.updates for p in planned)},
    }


def columns() -> dict[str, list[Any]]:
    """An empty curve: one list for each number of a point."""
    return {name: [] for name in ("u", "steps", "mean", "min", "max", "accuracy", "grad")}


def spread(each: Array) -> dict[str, Any]:
    """Mean, minimum and maximum over the seeds (S,)."""
    return {"mean": each.mean(), "min": each.min(), "max": each.max()}


class Run:
    """Trains one contestant; ``result`` is its part of the race's result so far."""

    def __init__(self, ready: Setup, one: Contestant) -> None:
        self.ready, self.params = ready, ready.params
        self.planned = plan(self.params, one)
        self.trainer = ready.trainer(one)
        self.made = self.read = self.back = 0
        text = self.trainer.stream
        self.meter = TextMeter(self, text) if isinstance(text, Text) else TaskMeter(self)
        self.result: dict[str, Any] = {
            "entry": one.entry,
            "cell": one.cell,
            "scheme": one.scheme,
            "state": one.state,
            **{name: one.settings.get(name) for name in ("k", "k1", "cut")},
            "cached_steps": max(len(window) for window in self.trainer.backward_windows()),
            "backward_steps": self.planned.computed,
            "updates": self.planned.updates,
            "steps": self.planned.steps,
            "points": columns(),
            "final": None,
            "accuracy": None,
            "learned_at": None,
            "samples": [],
        }

    def points(self) -> Iterator[dict[str, Any] | None]:
        """Train to the end of the budget; yield the points, and None after every other update."""
        U = self.planned.updates
        row = self.ready.first_weights(self.trainer)
        measured = self.meter.points(U)
        sampled = {_nearest(measured, at * U) for at in SAMPLES_AT}
        norms: list[Array] = []
        computing, start = 0.0, time.perf_counter()
        if 0 in measured:
            first = self._point(row, norms, 0 in sampled)
            computing = time.perf_counter() - start
            yield first | {"seconds": computing}
        updates = self.trainer.updates(row, self.params.hidden, self.ready.optimizer())
        while self.made < U:
            start = time.perf_counter()
            update = next(updates)
            self.made = update.number
            self.read += self._new_steps(update)
            self.back += len(update.window)
            norms.append(norm(update.raw_gradient))
            self.meter.count(update)
            point = None
            if self.made in measured:
                point = self._point(update.new_weights, norms, self.made in sampled)
                norms = []
            if self.made == U:
                self._end()
            computing += time.perf_counter() - start
            yield point and point | {"seconds": computing}

    def _new_steps(self, update: Update) -> int:
        """The steps read; an episode is read to its end, however short the backward pass is."""
        if self.trainer.stream.episodic:
            return self.trainer.stream.length
        return update.window.stop - max(update.window.newest_from, update.window.start)

    def _point(self, row: Array, norms: list[Array], sampled: bool) -> dict[str, Any]:
        value, accuracy = self.meter.measure(row)
        point = {
            "u": self.made,
            "steps": self.read,
            **spread(value),
            "accuracy": None if accuracy is None else accuracy.mean(),
            "grad": np.mean(norms) if norms else None,
        }
        for name, column in self.result["points"].items():
            column.append(point[name])
        if sampled and isinstance(self.trainer.stream, Text):
            text = sample(self.trainer, row[0], self.params.hidden, self.params.seed)
            self.result["samples"].append({"u": self.made, "text": text})
            point["sample"] = self.result["samples"][-1]
        return point

    def _end(self) -> None:
        each, accuracy = self.meter.final()
        self.result["backward_steps"] = self.back
        self.result["steps"] = self.read
        self.result["final"] = spread(each) | {"each": each}
        self.result["accuracy"] = None if accuracy is None else spread(accuracy)
        self.result["learned_at"] = self.meter.learned_at()


class TextMeter:
    """Loss and accuracy on the whole text, which the current weights read once in a single lane."""

    def __init__(self, run: Run, text: Text) -> None:
        self.run, self.text = run, text
        self.last: tuple[Array, Array] = np.zeros(0), np.zeros(0)
        self.right_since: Array = np.full(len(run.ready.seeds), np.nan)

    def points(self, U: int) -> set[int]:
        """The updates after which to measure, from 0 (the initial weights) on."""
        n = MORE_POINTS if len(self.text.sequence.tokens) <= SHORT else POINTS
        return {round(U * i / n) for i in range(n + 1)}

    def count(self, update: Update) -> None:
        """Do nothing: only the weights count, not what they were updated on."""

    def measure(self, row: Array) -> tuple[Array, Array]:
        """Loss and accuracy of every seed, (S,) each."""
        self.last = on_text(self.run.trainer.cell, self.text, row, self.run.params.hidden)
        first = np.isnan(self.right_since) & (self.last[1] == 1)
        self.right_since[first] = self.run.made
        return self.last

    def final(self) -> tuple[Array, Array]:
        """Loss and accuracy of the final weights."""
        return self.last

    def learned_at(self) -> list[int | None]:
        """For every seed the first measured update at which all symbols were predicted; None if never."""
        return [None if np.isnan(u) else int(u) for u in self.right_since]


class TaskMeter:
    """Accuracy (or squared error) over the losses that count, averaged between plotted points.

    The final value is the mean over the last quarter of the updates.
    """

    def __init__(self, run: Run) -> None:
        self.by_error = run.params.task == "adding"
        self.U = run.planned.updates
        S = len(run.ready.seeds)
        self.since, self.late = np.zeros((2, S)), np.zeros((2, S))

    def points(self, U: int) -> set[int]:
        """The updates after which to measure."""
        return {round(U * i / POINTS) for i in range(1, POINTS + 1)} - {0}

    def count(self, update: Update) -> None:
        """Add the outputs of one update."""
        counts = np.broadcast_to(update.task.factors != 0, update.run.outputs.shape[:-1])
        o, target = update.run.outputs, update.task.target
        good = np.square(o - target).sum(axis=-1) if self.by_error else o.argmax(-1) == target.argmax(-1)
        sums = np.stack([np.where(counts, good, 0).sum(axis=(0, 2)), counts.sum(axis=(0, 2))])
        self.since = self.since + sums
        if update.number > LAST * self.U:
            self.late = self.late + sums

    def measure(self, row: Array) -> tuple[Array, None]:
        """The mean of every seed (S,) since the last call."""
        sums, self.since = self.since, np.zeros_like(self.since)
        return np.asarray(sums[0] / sums[1]), None

    def final(self) -> tuple[Array, None]:
        """The mean of every seed (S,) over the last quarter of the updates."""
        return np.asarray(self.late[0] / self.late[1]), None

    def learned_at(self) -> None:
        """None: these tasks draw new symbols forever."""


def _nearest(points: set[int], target: float) -> int:
    return min(points, key=lambda u: (abs(u - target), u))

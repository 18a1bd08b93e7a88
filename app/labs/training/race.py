"""Several contestants on the same data from the same first weights, over several seeds, point by point.

A race is told as events, so that it can be watched; the whole of it is what they add up to.
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
SHORT, MORE_POINTS = 50, 100  # of a text so short, more points
SAMPLED = (0.0, 0.03, 0.15, 0.5, 1.0)  # where in the run samples are drawn
LAST = 0.75  # of the run: what comes after is the final measure of tasks without an end


class Race:
    """All contestants side by side."""

    def __init__(self, params: TrainingParams) -> None:
        self.params = params
        longest = max(plan(params, one).steps for one in params.contestants)
        ready = setup(params, steps=longest)
        self.runs = [Run(ready, one) for one in params.contestants]
        self.work = [seconds(params, one) for one in params.contestants]

    def events(self) -> Iterator[Event | None]:
        """Run it; yield what is new, and None whenever it may be stopped."""
        yield "start", {"race": self.whole}
        going = {i: run.points() for i, run in enumerate(self.runs)}
        while going:
            for i, points in list(going.items()):
                for found in points:
                    if found:
                        yield "point", {"contestant": i, **found}
                        break
                    yield None
                else:
                    del going[i]

    @property
    def whole(self) -> dict[str, Any]:
        """All of it, as far as it has got."""
        return {**head(self.params), "contestants": [run.told for run in self.runs]}

    @property
    def done(self) -> float:
        """The share of the estimated work that is done."""
        made = (run.made / run.planned.updates for run in self.runs)
        return sum(w * share for w, share in zip(self.work, made, strict=True)) / sum(self.work)


def head(params: TrainingParams) -> dict[str, Any]:
    """What is measured, and how far the axis goes."""
    planned = [plan(params, one) for one in params.contestants]
    measure = {"text": "loss", "adding": "error"}.get(params.task, "accuracy")
    return {
        "measure": measure,
        "chance": 1 / params.cues if measure == "accuracy" else None,
        "match": "updates" if params.task in ("episodes", "adding") else params.match,
        "x_max": {"steps": max(p.steps for p in planned), "updates": max(p.updates for p in planned)},
    }


def columns() -> dict[str, list[Any]]:
    """Points by the name of their numbers."""
    return {name: [] for name in ("u", "steps", "mean", "min", "max", "accuracy", "grad")}


def spread(each: Array) -> dict[str, Any]:
    """Over the seeds (S,)."""
    return {"mean": each.mean(), "min": each.min(), "max": each.max()}


class Run:
    """One contestant on its way; ``told`` is what there is to say of it so far."""

    def __init__(self, ready: Setup, one: Contestant) -> None:
        self.ready, self.params = ready, ready.params
        self.planned = plan(self.params, one)
        self.trainer = ready.trainer(one)
        self.made = self.read = self.back = 0
        text = self.trainer.stream
        self.meter = TextMeter(self, text) if isinstance(text, Text) else TaskMeter(self)
        self.told: dict[str, Any] = {
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
        """Train to the end of the budget; yield points, and None after every other update."""
        U = self.planned.updates
        row = self.ready.first_weights(self.trainer)
        wanted = self.meter.points(U)
        sampled = {_nearest(wanted, at * U) for at in SAMPLED}
        norms: list[Array] = []
        computing, begun = 0.0, time.perf_counter()
        if 0 in wanted:
            first = self._point(row, norms, 0 in sampled)
            computing = time.perf_counter() - begun
            yield first | {"seconds": computing}
        updates = self.trainer.updates(row, self.params.hidden, self.ready.optimizer())
        while self.made < U:
            begun = time.perf_counter()
            update = next(updates)
            self.made = update.number
            self.read += self._new_steps(update)
            self.back += len(update.window)
            norms.append(norm(update.raw_gradient))
            self.meter.see(update)
            point = None
            if self.made in wanted:
                point = self._point(update.new_weights, norms, self.made in sampled)
                norms = []
            if self.made == U:
                self._end()
            computing += time.perf_counter() - begun
            yield point and point | {"seconds": computing}

    def _new_steps(self, update: Update) -> int:
        """An episode is read to its end, however little of it is walked back."""
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
        for name, column in self.told["points"].items():
            column.append(point[name])
        if sampled and isinstance(self.trainer.stream, Text):
            text = sample(self.trainer, row[0], self.params.hidden, self.params.seed)
            self.told["samples"].append({"u": self.made, "text": text})
            point["sample"] = self.told["samples"][-1]
        return point

    def _end(self) -> None:
        each, accuracy = self.meter.final()
        self.told["backward_steps"] = self.back
        self.told["steps"] = self.read
        self.told["final"] = spread(each) | {"each": each}
        self.told["accuracy"] = None if accuracy is None else spread(accuracy)
        self.told["learned_at"] = self.meter.learned_at()


class TextMeter:
    """Loss and accuracy of the weights of a moment on the whole text, read once by a single lane."""

    def __init__(self, run: Run, text: Text) -> None:
        self.run, self.text = run, text
        self.last: tuple[Array, Array] = np.zeros(0), np.zeros(0)
        self.right_since: Array = np.full(len(run.ready.seeds), np.nan)

    def points(self, U: int) -> set[int]:
        """After which updates to measure; before the first one too."""
        n = MORE_POINTS if len(self.text.sequence.tokens) <= SHORT else POINTS
        return {round(U * i / n) for i in range(n + 1)}

    def see(self, update: Update) -> None:
        """Nothing: what counts are the weights, whatever was read last."""

    def measure(self, row: Array) -> tuple[Array, Array]:
        """Of every seed, (S,) each."""
        self.last = on_text(self.run.trainer.cell, self.text, row, self.run.params.hidden)
        first = np.isnan(self.right_since) & (self.last[1] == 1)
        self.right_since[first] = self.run.made
        return self.last

    def final(self) -> tuple[Array, Array]:
        """Of the last weights."""
        return self.last

    def learned_at(self) -> list[int | None]:
        """At which measured update every symbol was predicted for the first time."""
        return [None if np.isnan(u) else int(u) for u in self.right_since]


class TaskMeter:
    """What came out where it counted, since the last point: the share that was right, or squared error."""

    def __init__(self, run: Run) -> None:
        self.by_error = run.params.task == "adding"
        self.U = run.planned.updates
        S = len(run.ready.seeds)
        self.since, self.late = np.zeros((2, S)), np.zeros((2, S))

    def points(self, U: int) -> set[int]:
        """After which updates to measure."""
        return {round(U * i / POINTS) for i in range(1, POINTS + 1)} - {0}

    def see(self, update: Update) -> None:
        """Count what an update read."""
        counts = np.broadcast_to(update.task.factors != 0, update.run.outputs.shape[:-1])
        o, wanted = update.run.outputs, update.task.target
        good = np.square(o - wanted).sum(axis=-1) if self.by_error else o.argmax(-1) == wanted.argmax(-1)
        seen = np.stack([np.where(counts, good, 0).sum(axis=(0, 2)), counts.sum(axis=(0, 2))])
        self.since = self.since + seen
        if update.number > LAST * self.U:
            self.late = self.late + seen

    def measure(self, row: Array) -> tuple[Array, None]:
        """Of every seed, (S,), and begin anew."""
        found, self.since = self.since, np.zeros_like(self.since)
        return np.asarray(found[0] / found[1]), None

    def final(self) -> tuple[Array, None]:
        """Over the last quarter of the run."""
        return np.asarray(self.late[0] / self.late[1]), None

    def learned_at(self) -> None:
        """Nothing: of these tasks no symbol is for ever right."""


def _nearest(points: set[int], wanted: float) -> int:
    return min(points, key=lambda u: (abs(u - wanted), u))

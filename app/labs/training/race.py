"""A race: several contestants trained on the same data from the same initial weights, over several seeds.

Its events can be streamed while it is computed; its result is what they add up to.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...bptt.arrays import Array
from ...bptt.tasks import Text
from ..sensitivity import TWINS, is_sensitive
from .batch import Batch
from .contestants import Contestant
from .cost_model import plan, seconds, stream_length
from .meters import goals
from .params import TrainingParams
from .sampling import sample
from .setup import Setup, setup

Event = tuple[str, dict[str, Any]]
SAMPLES_AT = (0.0, 0.03, 0.15, 0.5, 1.0)  # fractions of the run after which text is sampled


class Race:
    """Runs all contestants in turn, a few updates each."""

    def __init__(self, params: TrainingParams) -> None:
        self.params = params
        ready = setup(params, steps=stream_length(params), twins=TWINS)
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
        result = {**axes(self.params), "contestants": [run.result for run in self.runs]}
        for name, longest in result["x_max"].items():  # of random cuts only the mean is known before
            result["x_max"][name] = max(longest, *(run.result[name] for run in self.runs))
        return result

    @property
    def progress(self) -> float:
        """The share of the estimated time that is done."""
        return sum(w * run.share for w, run in zip(self.work, self.runs, strict=True)) / sum(self.work)


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


def spread(each: Array, diverged: NDArray[np.bool_] | None = None) -> dict[str, Any]:
    """Mean, minimum and maximum over the seeds (S,) that do not diverge; NaN where none is left."""
    counts = np.isfinite(each)
    if diverged is not None and not diverged.all():
        counts &= ~diverged
    finite = each[counts]
    if not finite.size:
        return dict.fromkeys(("mean", "min", "max"), np.nan)
    return {"mean": finite.mean(), "min": finite.min(), "max": finite.max()}


class Run:
    """Trains one contestant; ``result`` is its part of the race's result so far."""

    def __init__(self, ready: Setup, one: Contestant) -> None:
        self.params, self.planned = ready.params, plan(ready.params, one)
        self.batches = [Batch(part, one, self.planned.updates) for part in ready.batches(one)]
        by_steps = one.random and self.params.task == "text" and self.params.match == "steps"
        self.unit = "read" if by_steps else "made"  # where cuts are random, updates do not count the steps
        self.total = self.params.budget if by_steps else self.planned.updates
        self.values: list[tuple[Array, Array | None]] = []  # value and accuracy of every point, (S,) each
        self.result: dict[str, Any] = {
            "entry": one.entry,
            "cell": one.cell,
            "scheme": one.scheme,
            "state": one.state,
            **{name: one.settings.get(name) for name in ("k", "k1", "cut")},
            **({"cuts": list(one.settings["cuts"])} if one.scheme == "cuts" else {}),
            "cached_steps": max(batch.longest for batch in self.batches),
            "backward_steps": self.planned.computed,
            "updates": self.planned.updates,
            "steps": self.planned.steps,
            "updates_by_seed": None,
            "points": columns(),
            "final": None,
            "accuracy": None,
            "learned_at": None,
            "diverged_at": [None] * len(ready.seeds),
            "sensitive_from": None,
            "final_change": None,
            "samples": [],
            "reset_gate": one.reset_gate if one.cell == "gru" else None,
            "init": one.init,
            "shuffled": one.shuffled,
        }

    @property
    def made(self) -> int:
        """Updates made, the mean over the batches."""
        return self._mean("made")

    @property
    def share(self) -> float:
        """The share of the run that is done."""
        done: int = sum(min(getattr(batch, self.unit), self.total) for batch in self.batches)
        return done / (self.total * len(self.batches))

    def points(self) -> Iterator[dict[str, Any] | None]:
        """Train to the end of the budget; yield the points, and None after every update."""
        measured = goals(self.params, self.total)
        sampled = {_nearest(measured, at * self.total) for at in SAMPLES_AT}
        computing = 0.0
        for goal in measured:
            start = time.perf_counter()
            for batch in self.batches:
                while getattr(batch, self.unit) < goal:
                    batch.update()
                    computing += time.perf_counter() - start
                    yield None
                    start = time.perf_counter()
            point = self._point(goal in sampled)
            if goal == measured[-1]:
                self._end()
            computing += time.perf_counter() - start
            yield point | {"seconds": computing}

    def _point(self, sampled: bool) -> dict[str, Any]:
        parts = [batch.point() for batch in self.batches]
        self.values.append(
            (np.concatenate([part.value for part in parts]), _joined(part.accuracy for part in parts))
        )
        grad = np.concatenate([np.ravel(part.norms) for part in parts])
        grad = grad[np.isfinite(grad)]
        differences = np.concatenate([part.differences for part in parts])
        if self.result["sensitive_from"] is None and is_sensitive(differences):
            self.result["sensitive_from"] = self.made
        point = {
            "u": self.made,
            "steps": self._mean("read"),
            **self._over_seeds(*self.values[-1]),
            "grad": grad.mean() if grad.size else None,
        }
        for name, column in self.result["points"].items():
            column.append(point[name])
        first = self.batches[0]
        if sampled and isinstance(first.trainer.stream, Text):
            text = sample(first.trainer, first.weights[0], self.params.hidden, self.params.seed)
            self.result["samples"].append({"u": first.made, "text": text})
            point["sample"] = self.result["samples"][-1]
        self.result["diverged_at"] = point["diverged_at"] = [int(u) or None for u in self._diverged_at]
        return point | {"sensitive_from": self.result["sensitive_from"]}

    def _over_seeds(self, each: Array, accuracy: Array | None) -> dict[str, Any]:
        """Value and accuracy of a point over the seeds that have not diverged so far."""
        diverged = self._diverged_at > 0
        share = None if accuracy is None else spread(accuracy, diverged)["mean"]
        return {**spread(each, diverged), "accuracy": share}

    def _end(self) -> None:
        finals = [batch.final() for batch in self.batches]
        each, accuracy = (
            np.concatenate([part.value for part in finals]),
            _joined(part.accuracy for part in finals),
        )
        change = np.concatenate([part.change for part in finals])
        diverged = self._diverged_at > 0
        for i, of_point in enumerate(self.values if diverged.any() else []):  # also before they diverged
            for name, value in self._over_seeds(*of_point).items():
                self.result["points"][name][i] = value
        self.result |= {
            "updates": self.made,
            "steps": self._mean("read"),
            "backward_steps": self._mean("back"),
            "cached_steps": max(batch.longest for batch in self.batches),
            "updates_by_seed": [batch.made for batch in self.batches] if len(self.batches) > 1 else None,
            "final": spread(each, diverged) | {"each": each},
            "accuracy": None if accuracy is None else spread(accuracy, diverged),
            "final_change": 0.0 if self.result["sensitive_from"] is None else change.max(initial=0.0),
            "learned_at": _joined_lists(part.learned_at for part in finals),
        }

    @property
    def _diverged_at(self) -> Array:
        """The update at which each seed diverged (S,), 0 where it has not."""
        return np.concatenate([batch.diverged_at for batch in self.batches])

    def _mean(self, name: str) -> int:
        """A count of the batches, the mean where they differ."""
        counts: list[int] = [getattr(batch, name) for batch in self.batches]
        return round(sum(counts) / len(counts))


def _joined(parts: Iterable[Array | None]) -> Array | None:
    arrays = [part for part in parts if part is not None]
    return np.concatenate(arrays) if arrays else None


def _joined_lists(parts: Iterable[list[int | None] | None]) -> list[int | None] | None:
    lists = [part for part in parts if part is not None]
    return [u for part in lists for u in part] if lists else None


def _nearest(points: list[int], target: float) -> int:
    return min(points, key=lambda u: (abs(u - target), u))

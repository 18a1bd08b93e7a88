"""Lag map: final accuracy of delayed recall for several lags and block lengths."""

from collections.abc import Iterator
from typing import Any

from ..parameters import IncompatibleParameters
from .cost_model import MAX_SECONDS, plan
from .params import TrainingParams
from .race import Event, Run
from .setup import setup

SMALL = {"hidden": 16, "lanes": 8, "seeds": 5}
LAGS, KS = (4, 6, 8, 10, 14), (1, 5, 10, 20)


class LagMap:
    """Trains a small network for every cell of the map, shortest lag first; all else is as in ``params``."""

    def __init__(
        self, params: TrainingParams, lags: tuple[int, ...] = LAGS, ks: tuple[int, ...] = KS, **size: int
    ) -> None:
        """Prepare the runs; with a ``size`` (hidden, lanes, seeds) of its own, the map may cost any time.

        Raises:
            IncompatibleParameters: the task is not the stream of delayed recall, the only task that is read
                in blocks, or all cells together cost too much time.

        """
        if params.task != "recall":
            raise IncompatibleParameters("task", "no_stairs", "recall", params.task)
        self.lags, self.ks, self.size = lags, ks, size or SMALL
        self.twins = 0 if size else 1  # a map that is computed once is the same on every processor
        shared = params.resolved() | self.size
        self.cells = {  # from values that are valid one by one
            (lag, k): TrainingParams.model_construct(**shared | {"lag": lag, "contest": str(k)})
            for lag in lags
            for k in ks
        }
        self.params = params
        self.work = {at: cell.seconds for at, cell in self.cells.items()}
        if not size and self.seconds > MAX_SECONDS:
            raise IncompatibleParameters("budget", "too_much_work", MAX_SECONDS, round(self.seconds))
        self.done: dict[tuple[int, int], dict[str, Any]] = {}
        self.running = 0.0  # s of the running cell that are done

    @property
    def seconds(self) -> float:
        """Estimated time on one core."""
        return sum(self.work.values())

    def events(self) -> Iterator[Event | None]:
        """Run; yield each event, and None wherever the work may be stopped."""
        yield "start", {"map": self.result}
        for (lag, k), params in self.cells.items():
            one = params.contestants[0]
            run = Run(setup(params, steps=plan(params, one).steps, twins=self.twins), one)
            for _ in run.points():
                self.running = self.work[lag, k] * run.share
                yield None
            final = {name: run.result["final"][name] for name in ("mean", "min", "max")}
            diverged = sum(u is not None for u in run.result["diverged_at"])
            rest = {"diverged": diverged, "change": run.result["final_change"]}
            self.done[lag, k], self.running = {"lag": lag, "k": k, **final, **rest}, 0.0
            yield "cell", self.done[lag, k]

    @property
    def result(self) -> dict[str, Any]:
        """The whole map, with null in cells that are not done."""
        empty = dict.fromkeys(("mean", "min", "max"))
        return {
            "lags": list(self.lags),
            "ks": list(self.ks),
            **self.size,
            "budget": self.params.budget,
            "chance": 1 / self.params.cues,
            "cells": [self.done.get((lag, k), {"lag": lag, "k": k, **empty}) for lag, k in self.cells],
        }

    @property
    def progress(self) -> float:
        """The share of the estimated time that is done."""
        return (sum(self.work[at] for at in self.done) + self.running) / self.seconds

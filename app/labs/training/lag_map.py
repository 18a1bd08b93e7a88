"""Delayed recall at several lags and block lengths: where the stairs k = lag stand, cell by cell."""

from collections.abc import Iterator
from typing import Any

from ..parameters import Unfit
from .cost_model import MOST_SECONDS, plan
from .params import TrainingParams
from .race import Event, Run
from .setup import setup

SMALL = {"hidden": 16, "lanes": 8, "seeds": 5}
LAGS, KS = (4, 6, 8, 10, 14), (1, 5, 10, 20)


class Stairs:
    """A small network for every cell, nearest lag first; everything else as the parameters say."""

    def __init__(
        self, params: TrainingParams, lags: tuple[int, ...] = LAGS, ks: tuple[int, ...] = KS, **size: int
    ) -> None:
        """Make ready to run.

        Raises: Unfit where the task is not the stream of recall, which alone is cut in blocks, or where
        all cells together are too much work; a size of one's own is not held to that.
        """
        if params.task != "recall":
            raise Unfit("task", "no_stairs", "recall", params.task)
        self.lags, self.ks, self.size = lags, ks, size or SMALL
        asked = params.resolved() | self.size
        self.cells = {  # of values that are legal one by one
            (lag, k): TrainingParams.model_construct(**asked | {"lag": lag, "contest": str(k)})
            for lag in lags
            for k in ks
        }
        self.params = params
        self.work = {at: cell.seconds for at, cell in self.cells.items()}
        if not size and self.seconds > MOST_SECONDS:
            raise Unfit("budget", "too_much_work", MOST_SECONDS, round(self.seconds))
        self.found: dict[tuple[int, int], dict[str, Any]] = {}
        self.share = 0.0

    @property
    def seconds(self) -> float:
        """About how long it takes on one core."""
        return sum(self.work.values())

    def events(self) -> Iterator[Event | None]:
        """Run it; yield what is new, and None whenever it may be stopped."""
        yield "start", {"map": self.whole}
        for (lag, k), params in self.cells.items():
            one = params.contestants[0]
            run = Run(setup(params, steps=plan(params, one).steps), one)
            for _ in run.points():
                self.share = self.work[lag, k] * run.made / run.planned.updates
                yield None
            final = {name: run.told["final"][name] for name in ("mean", "min", "max")}
            self.found[lag, k], self.share = {"lag": lag, "k": k, **final}, 0.0
            yield "cell", self.found[lag, k]

    @property
    def whole(self) -> dict[str, Any]:
        """All of it, as far as it has got."""
        empty = dict.fromkeys(("mean", "min", "max"))
        return {
            "lags": list(self.lags),
            "ks": list(self.ks),
            **self.size,
            "budget": self.params.budget,
            "chance": 1 / self.params.cues,
            "cells": [self.found.get((lag, k), {"lag": lag, "k": k, **empty}) for lag, k in self.cells],
        }

    @property
    def done(self) -> float:
        """The share of the estimated work that is done."""
        return (sum(self.work[at] for at in self.found) + self.share) / self.seconds

"""What lanes cost and save: the state that a later lane misses at its start, and other numbers of lanes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from ...bptt.arrays import Array, norm
from ...bptt.tasks import Text
from ..parameters import Unfit
from .cost_model import MOST_SECONDS, seconds_of
from .params import TrainingParams
from .race import spread
from .reading import on_text, read_through
from .schedule import passes, schedule
from .setup import lab_itself, setup

OTHERS = (1, 2, 4, 10)
SHOWN, FOLLOWED, FIRST = 24, 60, 10  # steps: states shown, differences followed, losses at the start
FORGOTTEN = 0.01  # a difference of states below which nothing is left of it


class OtherLanes:
    """The lab's own run with other numbers of lanes, and lane 2 against a single lane's state."""

    def __init__(self, params: TrainingParams) -> None:
        """Raises: Unfit where there is no text to be read by lanes."""
        if params.task != "text":
            raise Unfit("task", "no_lanes", "text", params.task)
        self.params = params
        several = [N for N in sorted({*OTHERS, params.lanes}) if max(1, params.L // 2) >= N]
        by_updates = self._updates(params.lanes) * passes(params)
        self.planned = {N: {self._updates(N) * passes(params), by_updates} for N in several}
        self.work = {N: seconds_of(params, N, max(counts)) for N, counts in self.planned.items()}
        self.found: dict[int, dict[int, Array]] = {}
        self.share = 0.0
        if self.seconds > MOST_SECONDS:
            self.planned, self.work = {}, {}

    @property
    def seconds(self) -> float:
        """About how long it takes on one core."""
        return sum(self.work.values())

    def events(self) -> Iterator[None]:
        """Run it; yield whenever it may be stopped."""
        for N, counts in self.planned.items():
            ready = setup(self.params, lanes=N)
            trainer = ready.trainer(lab_itself(self.params))
            made = trainer.updates(ready.first_weights(trainer), self.params.hidden, ready.optimizer())
            rows = {}
            for update in islice(made, max(counts)):
                if update.number in counts:
                    rows[update.number] = update.new_weights
                self.share = self.work[N] * update.number / max(counts)
                yield None
            self.found[N], self.share = rows, 0.0

    @property
    def whole(self) -> dict[str, Any]:
        """What was found; of what would be too much work nothing."""
        params, passed = self.params, passes(self.params)
        others = [
            {
                "lanes": N,
                "updates_an_epoch": self._updates(N),
                "steps": _loss(params, rows, self._updates(N) * passed),
                "updates": _loss(params, rows, self._updates(params.lanes) * passed),
            }
            for N, rows in self.found.items()
        ]
        missed = None
        if params.lanes > 1 and 1 in self.found:
            missed = _missed(params, self.found[1][self._updates(1) * passed])
        return {"schedule": schedule(params), "missed": missed, "others": others}

    @property
    def done(self) -> float:
        """The share of the estimated work that is done."""
        return (sum(self.work[N] for N in self.found) + self.share) / (self.seconds or 1.0)

    def _updates(self, N: int) -> int:
        """In one epoch of N lanes."""
        return replace(self.params.series, N=N).iterations


def _loss(params: TrainingParams, rows: dict[int, Array], count: int) -> dict[str, Any]:
    cell, text = _single(params)
    return spread(on_text(cell, text, rows[count], params.hidden)[0]) | {"count": count}


def _single(params: TrainingParams) -> Any:
    ready = setup(params, lanes=1)
    trainer = ready.trainer(lab_itself(params))
    return trainer.cell, ready.stream


def _missed(params: TrainingParams, row: Array) -> dict[str, Any]:
    """Lane 2 begins with zeros where a single lane brings its state along; by weights of a single lane."""
    cell, text = _single(params)
    assert isinstance(text, Text)
    at, H = params.series.starts[1], params.hidden
    whole = read_through(cell, text, row, H)
    fresh = read_through(cell, text, row, H, at)
    stop = min(FOLLOWED, len(fresh.h))
    one, zeros = whole.h[at:, :, 0], fresh.h[:, :, 0]  # (T, S, H)
    distance = norm(one[:stop] - zeros[:stop]).T
    losses = {"zeros": fresh.losses[:, :, 0], "one": whole.losses[at:, :, 0]}
    return {
        "at": at,
        "seeds": list(range(params.seed, params.seed + params.seeds)),
        "zeros": zeros[:SHOWN, 0],
        "one": one[:SHOWN, 0],
        "norms": {"h": norm(one[0]), "difference": distance[:, 0]},
        "distance": distance,
        "below": [_first(line < FORGOTTEN) for line in norm(one - zeros).T],
        "first": {"steps": min(FIRST, stop)}
        | {name: loss[:FIRST].mean(axis=0) for name, loss in losses.items()},
        "half": {"two": losses["zeros"].mean(axis=0), "one": losses["one"].mean(axis=0)},
    }


def _first(true: Any) -> int | None:
    return int(true.argmax()) if true.any() else None

"""The effect of the number of lanes: cold starts of later lanes, and training with other numbers of lanes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from ...bptt.arrays import Array, norm
from ...bptt.tasks import Text
from ..parameters import IncompatibleParameters
from ..sensitivity import TWINS, is_sensitive
from .cost_model import MAX_SECONDS, seconds_of
from .loss_after import differences, loss_after
from .padding import ForgottenMask
from .params import TrainingParams
from .reading import on_text, read_through
from .schedule import passes, schedule
from .setup import lab_itself, setup

OTHERS = (1, 2, 4, 10)
STATES, DIFFERENCES, FIRST = 24, 60, 10  # steps of the states, the state differences, the first losses
FORGOTTEN = 0.01  # a state difference below this counts as forgotten


class LanesComparison:
    """Trains with other numbers of lanes, and compares the start of lane 2 with a single lane there."""

    def __init__(self, params: TrainingParams) -> None:
        """Plan the runs; none if they would take too long.

        Raises:
            IncompatibleParameters: the task has no text.

        """
        if params.task != "text":
            raise IncompatibleParameters("task", "no_lanes", "text", params.task)
        self.params = params
        self.padding = ForgottenMask(params) if params.lengths else None
        numbers = [N for N in sorted({*OTHERS, params.lanes}) if max(1, params.L // 2) >= N]
        if self.padding:  # other numbers of equal lanes say nothing about these
            numbers = []
        by_updates = self._updates(params.lanes) * passes(params)
        self.planned = {N: {self._updates(N) * passes(params), by_updates} for N in numbers}
        self.work = {N: seconds_of(params, N, max(counts)) for N, counts in self.planned.items()}
        self.done: dict[int, dict[int, Array]] = {}
        self.running = 0.0
        if self.seconds > MAX_SECONDS:
            self.planned, self.work = {}, {}

    @property
    def seconds(self) -> float:
        """Estimated time on one core."""
        return self.padding.seconds if self.padding else sum(self.work.values())

    def events(self) -> Iterator[None]:
        """Run; yield wherever the work may be stopped."""
        if self.padding:
            yield from self.padding.events()
        for N, counts in self.planned.items():
            ready = setup(self.params, lanes=N, twins=TWINS)
            trainer = ready.trainer(lab_itself(self.params))
            updates = trainer.updates(ready.first_weights(trainer), self.params.hidden, ready.optimizer())
            rows = {}
            for update in islice(updates, max(counts)):
                if update.number in counts:
                    rows[update.number] = update.new_weights
                self.running = self.work[N] * update.number / max(counts)
                yield None
            self.done[N], self.running = rows, 0.0

    @property
    def result(self) -> dict[str, Any]:
        """The result as far as it is computed."""
        params, epochs = self.params, passes(self.params)
        others = [
            {
                "lanes": N,
                "updates_an_epoch": self._updates(N),
                "steps": _loss(params, rows, self._updates(N) * epochs),
                "updates": _loss(params, rows, self._updates(params.lanes) * epochs),
            }
            for N, rows in self.done.items()
        ]
        missed = None
        if params.lanes > 1 and 1 in self.done:
            missed = _cold_start(params, self.done[1][self._updates(1) * epochs])
        padding = self.padding.result if self.padding else None
        return {"schedule": schedule(params), "missed": missed, "others": others, "padding": padding}

    @property
    def progress(self) -> float:
        """The share of the estimated time that is done."""
        if self.padding:
            return self.padding.progress
        return (sum(self.work[N] for N in self.done) + self.running) / (self.seconds or 1.0)

    def _updates(self, N: int) -> int:
        """Updates in one epoch of N lanes."""
        return replace(self.params.series, N=N).iterations


def _loss(params: TrainingParams, rows: dict[int, Array], count: int) -> dict[str, Any]:
    cell, text = _single(params)
    row = rows[count]
    return loss_after(on_text(cell, text, row, params.hidden)[0], row, params.seeds, count)


def _single(params: TrainingParams) -> Any:
    ready = setup(params, lanes=1)
    trainer = ready.trainer(lab_itself(params))
    return trainer.cell, ready.stream


def _cold_start(params: TrainingParams, row: Array) -> dict[str, Any]:
    """Lane 2 starts from zeros where a single lane carries its state over; weights of a single lane."""
    cell, text = _single(params)
    assert isinstance(text, Text)
    at, H, S = params.series.starts[1], params.hidden, params.seeds
    sensitive, row = is_sensitive(differences(row, S)), row[:S]
    carried = read_through(cell, text, row, H)
    fresh = read_through(cell, text, row, H, at)
    stop = min(DIFFERENCES, len(fresh.h))
    one, zeros = carried.h[at:, :, 0], fresh.h[:, :, 0]  # (T, S, H)
    distance = norm(one[:stop] - zeros[:stop]).T
    losses = {"zeros": fresh.losses[:, :, 0], "one": carried.losses[at:, :, 0]}
    return {
        "at": at,
        "sensitive": sensitive,
        "seeds": list(range(params.seed, params.seed + params.seeds)),
        "zeros": zeros[:STATES, 0],
        "one": one[:STATES, 0],
        "norms": {"h": norm(one[0]), "difference": distance[:, 0]},
        "distance": distance,
        "below": [_first(line < FORGOTTEN) for line in norm(one - zeros).T],
        "first": {"steps": min(FIRST, stop)}
        | {name: loss[:FIRST].mean(axis=0) for name, loss in losses.items()},
        "half": {"two": losses["zeros"].mean(axis=0), "one": losses["one"].mean(axis=0)},
    }


def _first(true: Any) -> int | None:
    return int(true.argmax()) if true.any() else None

"""What lanes cost and save: the state that a later lane misses at its start, and other numbers of lanes."""

from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.tasks import Text
from ..parameters import Unfit
from .effort import MOST_SECONDS, seconds_of
from .params import TrainingParams
from .race import spread
from .reading import on_text, read_through
from .schedule import passes, schedule
from .setup import lab_itself, setup

OTHERS = (1, 2, 4, 10)
SHOWN, FOLLOWED, FIRST = 24, 60, 10  # steps: states shown, differences followed, losses at the start
FORGOTTEN = 0.01  # a difference of states below which nothing is left of it


def run(params: TrainingParams) -> dict[str, Any]:
    """The lab's own run with other numbers of lanes, and lane 2 against a single lane's state.

    Raises:
        Unfit: there is no text to be read by lanes.

    """
    if params.task != "text":
        raise Unfit("task", "no_lanes", "text", params.task)
    several = [N for N in sorted({*OTHERS, params.lanes}) if max(1, params.L // 2) >= N]
    planned = {
        N: (_updates(params, N) * passes(params), _updates(params, params.lanes) * passes(params))
        for N in several
    }
    work = sum(seconds_of(params, N, updates) for N, both in planned.items() for updates in both)
    if work > MOST_SECONDS:
        return {"schedule": schedule(params), "missed": None, "others": []}
    others, single = [], None
    for N, (by_steps, by_updates) in planned.items():
        rows = _trained(params, N, {by_steps, by_updates})
        if N == 1:
            single = rows[by_steps]
        others.append(
            {
                "lanes": N,
                "updates_an_epoch": _updates(params, N),
                "steps": _loss(params, rows[by_steps]) | {"count": by_steps},
                "updates": _loss(params, rows[by_updates]) | {"count": by_updates},
            }
        )
    missed = _missed(params, single) if params.lanes > 1 and single is not None else None
    return {"schedule": schedule(params), "missed": missed, "others": others}


def _updates(params: TrainingParams, N: int) -> int:
    """In one epoch of N lanes."""
    return replace(params.series, N=N).iterations


def _trained(params: TrainingParams, N: int, counts: set[int]) -> dict[int, Array]:
    """The weights of all seeds after so many updates with N lanes."""
    ready = setup(params, lanes=N)
    trainer = ready.trainer(lab_itself(params))
    made = trainer.updates(ready.first_weights(trainer), params.hidden, ready.optimizer())
    rows = {}
    with np.errstate(all="ignore"):
        for update in islice(made, max(counts)):
            if update.number in counts:
                rows[update.number] = update.after
    return rows


def _loss(params: TrainingParams, row: Array) -> dict[str, Any]:
    trainer, text = _single(params)
    return spread(on_text(trainer, text, row, params.hidden)[0])


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

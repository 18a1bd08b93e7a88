"""The training lab's result, and events about long work while it is being computed."""

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from . import film
from .params import TrainingParams
from .race import Event, Race
from .schedule import schedule

PROGRESS_INTERVAL = 0.25  # s between two progress events


class Progressive(Protocol):
    """Work that emits events while it is being computed."""

    @property
    def progress(self) -> float:
        """The share of the work that is done."""

    @property
    def result(self) -> dict[str, Any]:
        """The result as far as it is computed."""

    def events(self) -> Iterator[Event | None]:
        """Run; yield each event, and None wherever the work may be stopped."""


def training_result(params: TrainingParams, race: Race) -> dict[str, Any]:
    """The result of a race that has been run, with the fields of ``TrainingResult``."""
    return {
        "params": params.resolved(),
        "schedule": schedule(params),
        "film": film.run(params) if params.task == "text" else None,
        "race": race.result,
    }


def run(work: Progressive, emit: Callable[[str, dict[str, Any]], None], stopped: Callable[[], bool]) -> bool:
    """Run to the end, with all events and regular progress; False if it was stopped."""
    start = last = time.monotonic()
    with np.errstate(
        all="ignore"
    ):  # once around all runs, which take turns and would restore each other's settings
        for event in work.events():
            if stopped():
                return False
            if event:
                emit(*event)
            now = time.monotonic()
            if now - last > PROGRESS_INTERVAL:
                last, done = now, work.progress
                left = (now - start) * (1 - done) / done if done else None
                emit("progress", {"done": done, "left": left})
    return True

"""The lab's whole answer, and the same as events while it is being computed."""

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np

from . import film
from .params import TrainingParams
from .race import Event, Race
from .schedule import schedule

OFTEN = 0.25  # s between two reports of progress


class Told(Protocol):
    """Work that is told as it goes on."""

    @property
    def done(self) -> float:
        """The share of the work that is done."""

    @property
    def whole(self) -> dict[str, Any]:
        """All of it, as far as it has got."""

    def events(self) -> Iterator[Event | None]:
        """What is new, and None whenever it may be stopped."""


def answer(params: TrainingParams, race: Race) -> dict[str, Any]:
    """Everything that the parameters decide."""
    return {
        "params": params.resolved(),
        "schedule": schedule(params),
        "film": film.run(params) if params.task == "text" else None,
        "race": race.whole,
    }


def tell(work: Told, report: Callable[[str, dict[str, Any]], None], stopped: Callable[[], bool]) -> bool:
    """Run to the end, reporting events and progress; False where it was told to stop."""
    begun = last = time.monotonic()
    with np.errstate(all="ignore"):  # around them all: what takes turns must not change it for one another
        for event in work.events():
            if stopped():
                return False
            if event:
                report(*event)
            now = time.monotonic()
            if now - last > OFTEN:
                last, done = now, work.done
                left = (now - begun) * (1 - done) / done if done else None
                report("progress", {"done": done, "left": left})
    return True

"""A training run on a text, read from the query of its link, and what it costs to repeat part of it."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from pydantic import ValidationError

from ..parameters import invalid
from .cost_model import affordable, plan, seconds_of
from .params import TrainingParams
from .setup import lab_itself


@dataclass(frozen=True)
class LinkedRun:
    """The lab's own run (first seed) that a link describes."""

    params: TrainingParams

    @property
    def max_updates(self) -> int:
        """How many updates may be repeated: at most those of the run, as far as they are affordable."""
        planned = plan(self.params, lab_itself(self.params)).updates
        return min(planned, affordable(self.params))

    def seconds(self, updates: int) -> float:
        """About how long it takes to repeat so many updates on one core."""
        return seconds_of(self.params, self.params.lanes, updates, seeds=1)


@lru_cache(maxsize=64)
def run_of(query: str) -> LinkedRun:
    """The run that the query of a link describes.

    Raises:
        PydanticCustomError: ``not_a_run``, for a query that is not valid or has no text.

    """
    values = dict(parse_qsl(query, keep_blank_values=True))
    values.pop("v", None)
    try:
        params = TrainingParams.model_validate(values)
    except ValidationError:
        raise invalid("not_a_run") from None
    if params.task != "text":
        raise invalid("not_a_run")
    return LinkedRun(params)

"""The reading schedule of a text: its lanes, blocks and passes."""

from typing import Any

from .cost_model import plan
from .params import TrainingParams
from .setup import lab_itself


def schedule(params: TrainingParams) -> dict[str, Any] | None:
    """The schedule of the lab's own run; None if the task has no text."""
    if params.task != "text":
        return None
    lanes = params.series
    return {
        "task": params.task,
        "L": lanes.L,
        "lanes": lanes.N,
        "k": lanes.k,
        "cuts": list(lanes.cuts),
        "reading": lanes.reading,
        "starts": lanes.starts,
        "length": lanes.length,
        "iterations": lanes.iterations,
        "left_out": lanes.left_out,
        "lengths": list(lanes.lengths),
        "passes": passes(params),
        "updates": plan(params, lab_itself(params)).updates,
        "blocks": lanes.blocks,
    }


def passes(params: TrainingParams) -> int:
    """The number of passes (epochs) of the lab's own run, an incomplete last one included."""
    return -(-plan(params, lab_itself(params)).updates // params.series.iterations)

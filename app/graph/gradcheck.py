"""Gradients of a graph put to the test: differences of the output, and forward mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .autodiff import Graph, Values, forward, tangents

MOVES = (1e-4, 1e-5, 1e-6)  # of an input, against its size
AGREEMENT = 1e-3  # two lengths of a move that differ by more measure nothing
DIFFERENCE_LIMIT, FORWARD_MODE_LIMIT = 1e-6, 1e-9


@dataclass(frozen=True)
class Checks:
    """Relative errors of the whole gradient, None where not measurable."""

    finite_difference: float | None
    forward_mode: float | None
    passed: bool | None


def check(graph: Graph, inputs: Mapping[str, Any], value: Values, grad: Values) -> Checks:
    """Both, for the gradients that are about to be shown."""
    with np.errstate(all="ignore"):
        return _check(graph, inputs, value, grad)


def _check(graph: Graph, inputs: Mapping[str, Any], value: Values, grad: Values) -> Checks:
    names = [node.name for node in graph.inputs]
    shown = np.array([float(grad[name]) for name in names])
    if not names or not all(np.isfinite(x).all() for x in (shown, *value.values())):
        return Checks(None, None, None)
    size = max(float(np.max(np.abs(shown))), 1e-6 * max(1.0, abs(float(value[graph.output]))))
    carried = float(np.max(np.abs(tangents(graph, value)[graph.output] - shown))) / size
    measured, doubt = _differences(graph, inputs, names)
    sure = np.isfinite(doubt) & (doubt <= AGREEMENT * size)
    gaps = np.abs(measured - shown)
    by_difference = float(np.max(gaps[sure])) / size if sure.any() else None
    right = bool(np.all(gaps[sure] <= DIFFERENCE_LIMIT * size + 10 * doubt[sure]))
    carried_found = carried if np.isfinite(carried) else None
    verdict = right and (carried_found is None or carried_found <= FORWARD_MODE_LIMIT)
    return Checks(by_difference, carried_found, verdict if sure.any() else None)


def _differences(graph: Graph, inputs: Mapping[str, Any], names: list[str]) -> tuple[Any, Any]:
    """Central differences of the output, and how far they can be doubted: two arrays (inputs)."""
    n, m = len(names), len(MOVES)
    here = np.array([float(inputs[name]) for name in names])
    h = np.array(MOVES)[:, None] * np.maximum(1.0, np.abs(here))  # (m, n)
    away = np.concatenate([h[..., None] * np.eye(n), -h[..., None] * np.eye(n), np.zeros((m, n, n))])
    moved = here + away  # (3m, n, n): which move, of which input, the inputs
    f = np.broadcast_to(
        forward(graph, {name: moved[..., i] for i, name in enumerate(names)})[graph.output], (3 * m, n)
    )
    there, back, still = f[:m], f[m : 2 * m], f[2 * m :]
    slopes, bends = (there - back) / (2 * h), (there - 2 * still + back) / h
    # A smooth function's bend shrinks with the move; one that stays is a kink of relu.
    kinks = np.abs(bends[1:] - bends[:-1] * np.divide(MOVES[1:], MOVES[:-1])[:, None])
    doubts = np.abs(np.diff(slopes, axis=0)) + kinks
    doubts = np.where(np.isfinite(doubts), doubts, np.inf)
    best = np.argmin(doubts, axis=0)
    one = np.arange(n)
    return slopes[best + 1, one], doubts[best, one]

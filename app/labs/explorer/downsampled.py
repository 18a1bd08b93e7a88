"""Downsample results of long sequences: tables are pooled, and wide arrays cut to a window of steps."""

from typing import Any

import numpy as np

from ...bptt.arrays import Array

WHOLE_UP_TO = 200  # steps
GRADIENTS = ("dh_output", "dh_future", "dh", "dc", "da")
FORWARD = ("a", "slope", "o", "p")


def downsampled(answer: dict[str, Any], start: int) -> dict[str, Any]:
    """The answer unchanged up to 200 steps; beyond, tables pooled by ⌈T/200⌉, arrays from ``start`` on."""
    T = len(answer["tokens"])
    if T <= WHOLE_UP_TO:
        return answer
    p = -(-T // WHOLE_UP_TO)
    start = min(start, T - WHOLE_UP_TO)
    steps = slice(start, start + WHOLE_UP_TO)
    forward = _windowed(answer["forward"], FORWARD, steps)
    if "gates" in forward:
        forward["gates"] = {name: values[steps] for name, values in forward["gates"].items()}
    return {
        **answer,
        "pool": p,
        "window": {"start": start, "stop": start + WHOLE_UP_TO},
        "forward": forward,
        "blocks": [_entered(block, steps) for block in answer["blocks"]],
        **{name: _windowed(answer[name], GRADIENTS, steps) for name in ("full", "truncated")},
        **{name: _by_cells(answer[name], p, np.fmax) for name in ("credit", "credit_c") if name in answer},
        "kept": _by_cells(answer["kept"], p, np.add) / _by_cells(np.tri(T), p, np.add),
    }


def _windowed(part: dict[str, Any], names: tuple[str, ...], steps: slice) -> dict[str, Any]:
    return {
        name: values[steps] if name in names and values is not None else values
        for name, values in part.items()
    }


def _entered(block: dict[str, Any], steps: slice) -> dict[str, Any]:
    if steps.start <= block["start"] < steps.stop:
        return block
    return block | {name: None for name in ("h_in", "c_in") if name in block}


def _by_cells(table: Array, p: int, join: np.ufunc) -> Array:
    """A table (T, T), NaN above the diagonal, reduced by ``join`` over cells of p × p: (⌈T/p⌉, ⌈T/p⌉)."""
    edges = np.arange(0, len(table), p)
    if join is np.add:
        table = np.nan_to_num(table, nan=0.0)
    joined = np.asarray(join.reduceat(join.reduceat(table, edges, axis=0), edges, axis=1))
    joined[np.triu_indices(len(edges), 1)] = np.nan
    return joined

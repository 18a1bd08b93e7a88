"""Downsample results of long sequences: tables are pooled, and wide arrays cut to a window of steps."""

from typing import Any

import numpy as np

from ...bptt.arrays import Array

MAX_STEPS = 200  # that a result holds in full
CREDIT = ("credit", "credit_c", "credit_c_future")
POOLED = CREDIT[:2]
GRADIENTS = ("dh_output", "dh_future", "dh", "dc", "da")
FORWARD = ("a", "slope", "o", "p")


def downsampled(result: dict[str, Any], start: int) -> dict[str, Any]:
    """The result unchanged up to 200 steps; beyond, tables pooled by ⌈T/200⌉, arrays from ``start`` on."""
    T = len(result["tokens"])
    if T <= MAX_STEPS:
        return result
    p = -(-T // MAX_STEPS)
    start = min(start, T - MAX_STEPS)
    steps = slice(start, start + MAX_STEPS)
    forward = _windowed(result["forward"], FORWARD, steps)
    if "gates" in forward:
        forward["gates"] = {name: values[steps] for name, values in forward["gates"].items()}
    return {
        **{name: part for name, part in result.items() if name != "credit_c_future"},
        "pool": p,
        "window": {"start": start, "stop": start + MAX_STEPS},
        "forward": forward,
        "blocks": [_block_in_window(block, steps) for block in result["blocks"]],
        **{name: _gradients(result[name], steps) for name in ("full", "truncated")},
        **{name: _pool(result[name], p, np.fmax) for name in POOLED if name in result},
        "kept": _pool(result["kept"], p, np.add) / _pool(np.tri(T), p, np.add),
    }


def _gradients(part: dict[str, Any], steps: slice) -> dict[str, Any]:
    """Without what no picture of so many steps shows: what c_{t+1} hands on to c_t, and numbers of dx_t."""
    shown = {name: values for name, values in part.items() if name not in ("dc_future", "dx")}
    return _windowed(shown, GRADIENTS, steps)


def _windowed(part: dict[str, Any], names: tuple[str, ...], steps: slice) -> dict[str, Any]:
    return {
        name: values[steps] if name in names and values is not None else values
        for name, values in part.items()
    }


def _block_in_window(block: dict[str, Any], steps: slice) -> dict[str, Any]:
    if steps.start <= block["start"] < steps.stop:
        return block
    return block | {name: None for name in ("h_in", "c_in") if name in block}


def _pool(table: Array, p: int, join: np.ufunc) -> Array:
    """A table (T, T), NaN above the diagonal, reduced by ``join`` over cells of p × p: (⌈T/p⌉, ⌈T/p⌉)."""
    edges = np.arange(0, len(table), p)
    if join is np.add:
        table = np.nan_to_num(table, nan=0.0)
    joined = np.asarray(join.reduceat(join.reduceat(table, edges, axis=0), edges, axis=1))
    joined[np.triu_indices(len(edges), 1)] = np.nan
    return joined

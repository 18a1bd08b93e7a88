"""JSON encoding of results: numbers rounded to significant digits, no -0.0, null where not finite."""

from typing import Any

import numpy as np
import orjson

from ..bptt.arrays import Array

EXACT = 17  # significant digits that distinguish all float64 numbers
_EXACT_POWERS = 22  # 10**22 is the largest power of ten that a float64 holds exactly


def to_json(result: Any, digits: int = EXACT) -> bytes:
    """A tree of dicts, lists and arrays as JSON."""
    return orjson.dumps(_rounded_tree(result, digits), option=orjson.OPT_SERIALIZE_NUMPY)


def _rounded_tree(node: Any, digits: int) -> Any:
    if isinstance(node, dict):
        return {name: _rounded_tree(value, digits) for name, value in node.items()}
    if isinstance(node, list):
        return [_rounded_tree(value, digits) for value in node]
    if isinstance(node, (float, np.ndarray)) and np.asarray(node).dtype == np.float64:
        rounded = significant(np.asarray(node), digits) + 0.0  # -0.0 becomes 0.0
        return np.ascontiguousarray(rounded) if rounded.ndim else float(rounded)
    return node


def significant(x: Array, digits: int) -> Array:
    """x rounded to so many significant digits: each number is the float64 nearest to the rounded decimal."""
    if digits >= EXACT:
        return x
    with np.errstate(all="ignore"):
        shift = digits - 1 - np.floor(np.log10(np.abs(x)))
        power = 10.0 ** np.abs(shift)
        rounded = np.where(shift >= 0, np.rint(x * power) / power, np.rint(x / power) * power)
    far = np.isfinite(shift) & (np.abs(shift) > _EXACT_POWERS)
    rounded[far] = [float(f"{value:.{digits - 1}e}") for value in x[far]]
    return np.where(np.isfinite(rounded), rounded, x)  # 0 stays 0, the largest float64 stays finite

"""Reading JSON: an object of nested lists by name, as ``{name: tensor.tolist()}`` gives it."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ..refused import Refused
from .contents import Contents


def recognizes(data: bytes) -> bool:
    """Whether it begins like an object."""
    return data.lstrip()[:1] == b"{"


def read(data: bytes) -> Contents:
    """The arrays of a file, and of objects inside, whose names are joined by dots.

    Raises:
        Refused: ``file_damaged``, or ``file_not_floats`` with the name of what is no array of numbers.

    """
    try:
        content = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Refused("file_damaged") from None
    arrays = dict(_arrays(content, ""))
    return Contents(arrays, "float32" if all(map(_fits_float32, arrays.values())) else "float64")


def _fits_float32(array: Array) -> bool:
    """Whether the numbers are those of a float32 array, written out exactly or in its shortest form."""
    with np.errstate(over="ignore"):
        rounded = array.astype(np.float32)
    exact = rounded.astype(np.float64) == array
    shortest = np.array([float(str(number)) for number in rounded.ravel()]).reshape(array.shape) == array
    return bool((exact | shortest).all())


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _arrays(content: Any, name: str) -> Iterator[tuple[str, Array]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _arrays(value, f"{name}.{key}" if name else key)
        return
    try:
        array = np.array(content)
    except (ValueError, OverflowError):  # lists of different lengths
        raise Refused("file_not_floats", name) from None
    if array.dtype.kind not in "if" or array.size == 0:
        raise Refused("file_not_floats", name)
    yield name, array.astype(np.float64)

"""Reading JSON: an object of nested lists by name, as ``{name: tensor.tolist()}`` gives it.

Most JSON has nothing to do with weights, so what is no array of numbers is only named in a file with some.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ..layouts import LAYOUTS
from ..refused import Refused
from .contents import Contents

NAMES = frozenset(name for layout in LAYOUTS for name in layout.weight_names)
LAYER_NUMBER = re.compile(r"_l\d+(_reverse)?$")
EXPECTED = "weight_ih_l0, weight_hh_l0, fc.weight"


def recognizes(data: bytes) -> bool:
    """Whether it begins like an object or a list."""
    return data.lstrip()[:1] in {b"{", b"["}


def read(data: bytes) -> Contents:
    """The arrays of a file, and of objects inside, whose names are joined by dots.

    Raises:
        Refused: ``file_damaged``, ``file_damaged_json`` with line and column, ``file_not_floats`` with the
            name of what is no array of numbers, or ``file_no_weights`` if besides no name is one of a
            recurrent layer, or there is no list.

    """
    try:
        content = json.loads(data, parse_constant=_refuse)
    except json.JSONDecodeError as problem:
        raise Refused("file_damaged_json", problem.lineno, problem.colno) from None
    except (ValueError, RecursionError):
        raise Refused("file_damaged") from None
    named = dict(_leaves(content, ""))
    try:
        arrays = {name: _array(value, name) for name, value in named.items()}
    except Refused:
        if not any(map(_is_of_a_layer, named)):
            raise Refused("file_no_weights", "", EXPECTED) from None
        raise
    if not any(array.ndim for array in arrays.values()):
        raise Refused("file_no_weights", "", EXPECTED)
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


def _leaves(content: Any, name: str) -> Iterator[tuple[str, Any]]:
    """What is no object, by the names on the way to it."""
    if not isinstance(content, dict):
        yield name, content
        return
    for key, value in content.items():
        yield from _leaves(value, f"{name}.{key}" if name else key)


def _is_of_a_layer(name: str) -> bool:
    """Whether it ends like an array of a layout, perhaps with the number of the layer."""
    plain = LAYER_NUMBER.sub("", name.replace("/", "."))
    return any(plain == known or plain.endswith(f".{known}") for known in NAMES)


def _array(value: Any, name: str) -> Array:
    try:
        array = np.array(value)
    except (ValueError, OverflowError):  # lists of different lengths
        raise Refused("file_not_floats", name) from None
    if array.dtype.kind not in "if" or array.size == 0:
        raise Refused("file_not_floats", name)
    return array.astype(np.float64)

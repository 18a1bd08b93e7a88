"""Number formats of arrays in files: float64, float32, float16, bfloat16, read as float64."""

from collections.abc import Iterable

import numpy as np

from ...bptt.arrays import Array
from ..refused import Refused

FORMATS = {"float64": "<f8", "float32": "<f4", "float16": "<f2"}
COARSEST_FIRST = ("bfloat16", "float16", "float32", "float64")


def decoded(data: bytes, precision: str, shape: Iterable[int], name: str) -> Array:
    """The array (``file_shape``) from little-endian bytes of a number format.

    Raises:
        Refused: ``file_not_floats`` for another format, ``file_damaged`` for other numbers of bytes.

    """
    if precision == "bfloat16":  # the first half of a float32
        flat = (np.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4").astype(np.float64)
    elif precision in FORMATS:
        flat = np.frombuffer(data, FORMATS[precision]).astype(np.float64)
    else:
        raise Refused("file_not_floats", name)
    return reshaped(flat, shape, name)


def reshaped(flat: Array, shape: Iterable[int], name: str) -> Array:
    """The numbers in this shape; ``file_damaged`` if there are more or fewer."""
    try:
        return flat.reshape(tuple(shape))
    except ValueError:
        raise Refused("file_damaged", name) from None


def coarsest(precisions: Iterable[str]) -> str:
    """The number format with the largest rounding errors; float64 if there is none."""
    return min(precisions, key=COARSEST_FIRST.index, default="float64")

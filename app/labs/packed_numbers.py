"""Numbers packed into text: f32: or f64: and base64url of little-endian floats, as links carry weights.

Several such texts with periods between them are one list: so a few numbers that float32 would round are exact
beside many that it has.
"""

import base64
import binascii
from collections.abc import Iterable
from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike, NDArray

FORMATS = {"f32": "<f4", "f64": "<f8"}
BETWEEN = "."


def is_packed(text: str) -> bool:
    """Whether the text says that it is packed numbers."""
    return text[:4].removesuffix(":") in FORMATS


def packed(numbers: ArrayLike, form: str) -> str:
    """The numbers as a text; ``f32`` rounds them to float32."""
    data = np.asarray(numbers, dtype=FORMATS[form]).tobytes()
    return f"{form}:{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def packed_exactly(arrays: Iterable[ArrayLike]) -> str:
    """The numbers of all arrays as one text, each array in the shortest form that does not round it."""
    flat = [np.asarray(array, dtype=np.float64).reshape(-1) for array in arrays]
    runs = groupby(flat, lambda numbers: "f32" if _fits_float32(numbers) else "f64")
    return BETWEEN.join(packed(np.concatenate([*run]), form) for form, run in runs)


def _fits_float32(numbers: NDArray[np.float64]) -> bool:
    with np.errstate(over="ignore"):
        return bool(np.array_equal(numbers.astype(np.float32).astype(np.float64), numbers))


def unpacked(text: str) -> list[float]:
    """The numbers in a packed text.

    Raises:
        ValueError: A part is not base64url without padding, or ends within a number.

    """
    return [number for part in text.split(BETWEEN) for number in _numbers_in(part)]


def _numbers_in(text: str) -> list[float]:
    form, _, code = text.partition(":")
    try:
        data = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        numbers = np.frombuffer(data, FORMATS[form]).astype(float).tolist()
    except (binascii.Error, ValueError, KeyError):
        raise ValueError(text[:20]) from None
    if "=" in code:
        raise ValueError(text[:20])
    return [*numbers]

"""Numbers packed into text: f32: or f64: and base64url of little-endian floats, as links carry weights."""

import base64
import binascii

import numpy as np
from numpy.typing import ArrayLike

FORMATS = {"f32": "<f4", "f64": "<f8"}


def is_packed(text: str) -> bool:
    """Whether the text says that it is packed numbers."""
    return text[:4].removesuffix(":") in FORMATS


def packed(numbers: ArrayLike, form: str) -> str:
    """The numbers as a text; ``f32`` rounds them to float32."""
    data = np.asarray(numbers, dtype=FORMATS[form]).tobytes()
    return f"{form}:{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def unpacked(text: str) -> list[float]:
    """The numbers in a packed text.

    Raises:
        ValueError: It is not base64url without padding, or ends within a number.

    """
    form, _, code = text.partition(":")
    try:
        data = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        numbers = np.frombuffer(data, FORMATS[form]).astype(float).tolist()
    except (binascii.Error, ValueError, KeyError):
        raise ValueError(text[:20]) from None
    if "=" in code:
        raise ValueError(text[:20])
    return [*numbers]

"""Values as Python source text, for the scripts that the labs export: lists and arrays, in ASCII."""

import pprint
from typing import Any

import numpy as np

from ..bptt.arrays import Array


def ascii_only(text: str) -> str:
    """The text for a comment, in which other characters could end the line or change its direction."""
    return text.encode("ascii", "backslashreplace").decode()


def literal(value: Any) -> str:
    """A list as Python source, ASCII only, in lines of bounded length."""
    return ascii_only(pprint.pformat(value, width=100, compact=True)) if not _text(value) else _quoted(value)


def _text(value: Any) -> bool:
    return any(isinstance(item, str) for item in value)


def _quoted(value: list[Any]) -> str:
    return "[" + ", ".join(ascii(item) for item in value) + "]"


def numbers(W: Array, digits: int | None = None) -> str:
    """An array with so many digits, or with all of them."""
    written = np.array2string(
        W,
        separator=", ",
        threshold=W.size,
        max_line_width=100,
        formatter={"float_kind": lambda value: _exact(value if digits is None else f"{value:.{digits}g}")},
    )
    return written.replace("\n", "\n    ")


def _exact(value: Any) -> str:
    number = float(value) + 0.0
    return repr(number) if np.isfinite(number) else "float('nan')"

"""Number formats with fewer bits than float64 (float32, bfloat16, float16), and rounding to them.

IEEE 754-2019 describes float32 and float16; bfloat16 has the exponents of float32 and 8 significant bits.
To add one, add a line to ``FORMATS``.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Array


@dataclass(frozen=True)
class NumberFormat:
    """A binary format: its significant bits, and the exponents of its least and greatest normal numbers."""

    name: str
    bits: int
    least: int
    greatest: int

    def round(self, x: Array) -> Array:
        """The nearest numbers of this format; halfway to the even one, beyond the largest to infinity.

        It is done at once from float64: by way of another format some halfway cases would be rounded twice.
        """
        _, exponent = np.frexp(x)  # |x| < 2**exponent
        last_bit = np.ldexp(1.0, np.maximum(exponent - 1, self.least) - (self.bits - 1))
        rounded = np.rint(x / last_bit) * last_bit
        beyond = np.where(np.isnan(x), x, np.copysign(np.inf, x))
        return np.where(np.abs(rounded) <= self.largest, rounded, beyond)

    @property
    def largest(self) -> float:
        """The largest number."""
        return (2.0 - 2.0 ** (1 - self.bits)) * 2.0**self.greatest


FORMATS = {
    number_format.name: number_format
    for number_format in (
        NumberFormat("float32", 24, -126, 127),
        NumberFormat("bfloat16", 8, -126, 127),
        NumberFormat("float16", 11, -14, 15),
    )
}

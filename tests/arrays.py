"""Arrays compared by norm: an entry near zero may differ in its last digits, or in all of them.

Rounding depends on the BLAS kernel, on SIMD code and on the order of a sum, so it is small against the whole
array and not against each of its entries.
"""

import numpy as np
from numpy.typing import ArrayLike


def assert_close(found: ArrayLike, expected: ArrayLike, rel: float = 1e-12, what: object = "") -> None:
    """Assert ‖found - expected‖ ≤ rel · max(‖found‖, ‖expected‖), and NaN or ∞ in the same places.

    A single expected number is expected of every entry.
    """
    a, b = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    assert b.shape in {a.shape, ()}, f"{what}: shape {a.shape} instead of {b.shape}"
    b = np.broadcast_to(b, a.shape)
    finite = np.isfinite(a) & np.isfinite(b)
    assert np.array_equal(a[~finite], b[~finite], equal_nan=True), f"{what}: NaN or ∞ elsewhere"
    a, b = a[finite], b[finite]
    scale = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    if scale == 0:
        return
    a, b = a / scale, b / scale  # so that no square overflows or underflows
    gap, size = np.linalg.norm(a - b), max(np.linalg.norm(a), np.linalg.norm(b))
    assert gap <= rel * size, f"{what}: apart by {gap / size:.1e} of the norm, more than {rel}"

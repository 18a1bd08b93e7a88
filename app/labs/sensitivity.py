"""Sensitivity of a run to rounding, which differs between processors: twins that differ in the last bit.

In a chaotic run the difference grows exponentially, until the twin is simply another run. Emulated older
processors end up to 50 times as far from this one as a twin does, and a number near a half of its last digit
is rounded the other way by a twentieth of what is visible elsewhere: hence the factor CAUTION.
"""

import numpy as np

from ..bptt.arrays import Array, norm

LAST_BIT = 2.0**-52
CAUTION = 1000  # times a twin's difference: the difference that another processor may make
VISIBLE = 5e-6  # relative: half a unit of the fifth digit of 9.9999
TWINS = 2  # of a race: the first seeds have one


def nudged(rows: Array) -> Array:
    """The same weights (P, n), each changed by its last bit up or down; zeros stay."""
    signs = np.random.RandomState(0).choice([-1.0, 1.0], size=rows.shape)
    return np.asarray(rows * (1.0 + LAST_BIT * signs))


def difference(rows: Array, twins: Array) -> Array:
    """Relative differences (P,) of rows (P, n) and twins, 0 where both have diverged, NaN where one has."""
    lost = ~np.isfinite(rows).all(axis=-1) & ~np.isfinite(twins).all(axis=-1)
    size = norm(rows)
    return np.where(lost, 0.0, norm(rows - twins) / np.where(size > 0, size, 1.0))


def is_sensitive(differences: Array) -> bool:
    """Whether another processor may show other digits, given relative differences to twins."""
    return bool((CAUTION * np.nan_to_num(differences, nan=np.inf) > VISIBLE).any())

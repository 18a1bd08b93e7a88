"""A loss over the seeds after a number of updates, with how far rounding may change it."""

from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ..sensitivity import difference, is_sensitive
from .race import spread


def loss_after(losses: Array, row: Array, S: int, count: int) -> dict[str, Any]:
    """The losses of S seeds and their twins (S + twins,) with their weights (S + twins, n)."""
    each, twins = np.split(losses, [S])
    change = np.abs(twins - each[: len(twins)]) if is_sensitive(differences(row, S)) else np.zeros(1)
    diverged = int((~np.isfinite(each)).sum())
    return spread(each) | {"count": count, "diverged": diverged, "change": np.nanmax(change)}


def differences(row: Array, S: int) -> Array:
    """How far the twins of the first seeds are from them, for S seeds and their twins (S + twins, n)."""
    twins = row[S:]
    return difference(row[: len(twins)], twins)

"""Gradients under many truncation lengths at once, from one backward pass with a row per loss.

Where a step receives from the losses of the next steps up to some end, as in windows and blocks, what it
receives for every k is a partial sum of the same rows.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .arrays import Array

Ends = NDArray[np.intp]

ENDS: dict[str, Callable[[Ends, Ends], Ends]] = {
    "window": lambda k, t: t + k,
    "blocks": lambda k, t: (t // k + 1) * k,
}
"""The step before which lie the losses that reach step t, by scheme: of the sliding window, and of blocks."""


def ends_of(scheme: str, ks: list[int], T: int) -> Ends:
    """The ends of the losses that reach every step, (K, T)."""
    return np.minimum(ENDS[scheme](np.array(ks)[:, None], np.arange(T)), T)


def state_gradients(J: Array, dh_output: Array, ends: Ends) -> Array:
    """∂L/∂state (K, T, S), where step t receives the losses t … ends[k, t]-1.

    J (T, S, S) are the Jacobians of the steps, dh_output (T, S) the gradients from the outputs.
    """
    rows = np.zeros_like(dh_output)
    gradients = np.empty((len(ends), *dh_output.shape))
    for t in reversed(range(len(J))):
        rows[t] = dh_output[t]
        gradients[:, t] = np.cumsum(rows[t:], axis=0)[ends[:, t] - 1 - t]
        rows[t:] = rows[t:] @ J[t]
    return gradients

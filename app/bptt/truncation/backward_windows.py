"""Truncated BPTT run window by window, without a weights table: the independent check of the table.

Windows do not depend on each other, so all windows that contain a step are processed side by side. In
order of time they are adjacent.
"""

import numpy as np

from ..arrays import Array
from .scheme import BackwardWindow, Scheme


def gradient_by_windows(scheme: Scheme, J: Array, dh_output: Array) -> Array:
    """The truncated gradient of every state, (T, S), summed over the backward windows of the scheme.

    J (T, S, S) are the Jacobians of the steps, dh_output (T, S) the gradients from the outputs.
    """
    T, S = dh_output.shape
    windows = scheme.backward_windows(T)
    start, stop, newest_from = np.array([(w.start, w.stop, w.newest_from) for w in windows]).T
    dstate_by_window = np.zeros((len(windows), S))
    dstate = np.zeros((T, S))
    for t in reversed(range(T)):
        active = slice(np.searchsorted(stop, t, "right"), np.searchsorted(start, t, "right"))
        has_loss = newest_from[active] <= t
        dstate_by_window[active][has_loss] += dh_output[t]
        dstate[t] = dstate_by_window[active].sum(axis=0)
        dstate_by_window[active] = scheme.edge_scale * (dstate_by_window[active] @ J[t])
    return dstate


def window_gradients(
    window: BackwardWindow, edge_scale: float, J: Array, dh_output: Array
) -> tuple[Array, Array]:
    """Gradients of the states in one window, from outputs and from later steps, (stop - start, S) each."""
    from_output = np.zeros((len(window), dh_output.shape[1]))
    first_loss = window.newest_from - window.start
    from_output[first_loss:] = dh_output[window.newest_from : window.stop]
    future = np.zeros_like(from_output)
    for i in range(len(window) - 1, 0, -1):
        future[i - 1] = edge_scale * ((from_output[i] + future[i]) @ J[window.start + i])
    return from_output, future

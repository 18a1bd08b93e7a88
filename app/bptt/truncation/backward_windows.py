"""Every scheme run as its own algorithm, walk by walk, without a table: the oracle of the table.

Walks do not depend on one another, so those under way at a step go back side by side: oldest first,
they are neighbours.
"""

import numpy as np

from ..arrays import Array
from .scheme import BackwardWindow, Scheme


def gradient_by_windows(scheme: Scheme, J: Array, dh_output: Array) -> Array:
    """The truncated gradient of every state, (T, S), as the scheme's own algorithm finds it.

    J (T, S, S) are the Jacobians of the steps, dh_output (T, S) what each state gets from its own output.
    """
    T, S = dh_output.shape
    windows = scheme.backward_windows(T)
    start, stop, newest_from = np.array([(w.start, w.stop, w.newest_from) for w in windows]).T
    carried = np.zeros((len(windows), S))
    dstate = np.zeros((T, S))
    for t in reversed(range(T)):
        on = slice(np.searchsorted(stop, t, "right"), np.searchsorted(start, t, "right"))
        fed = newest_from[on] <= t
        carried[on][fed] += dh_output[t]
        dstate[t] = carried[on].sum(axis=0)
        carried[on] = scheme.edge_scale * (carried[on] @ J[t])
    return dstate


def window_gradients(
    window: BackwardWindow, edge_scale: float, J: Array, dh_output: Array
) -> tuple[Array, Array]:
    """One walk by itself: what its states get from their outputs and from the future, (stop - start, S)."""
    from_output = np.zeros((len(window), dh_output.shape[1]))
    fed = window.newest_from - window.start
    from_output[fed:] = dh_output[window.newest_from : window.stop]
    future = np.zeros_like(from_output)
    for i in range(len(window) - 1, 0, -1):
        future[i - 1] = edge_scale * ((from_output[i] + future[i]) @ J[window.start + i])
    return from_output, future

"""Every scheme run as its own algorithm, walk by walk, without a table: the oracle of the table.

Walks do not depend on one another, so those of a scheme go back side by side.
"""

import numpy as np

from ..arrays import Array
from .scheme import Scheme, Walk


def walk(scheme: Scheme, J: Array, dh_output: Array) -> Array:
    """The truncated gradient of every state, (T, S), as the scheme's own algorithm finds it.

    J (T, S, S) are the Jacobians of the steps, dh_output (T, S) what each state gets from its own output.
    """
    T, S = dh_output.shape
    walks = scheme.walks(T)
    start, stop, newest_from = np.array([(w.start, w.stop, w.newest_from) for w in walks]).T
    carried = np.zeros((len(walks), S))
    dstate = np.zeros((T, S))
    for back in range(max(len(w) for w in walks)):
        t = stop - 1 - back
        on = np.flatnonzero(t >= start)
        t = t[on]
        carried[on] += np.where((t >= newest_from[on])[:, None], dh_output[t], 0.0)
        np.add.at(dstate, t, carried[on])
        carried[on] = scheme.crossing * (carried[on][:, None] @ J[t])[:, 0]
    return dstate


def along(walk: Walk, crossing: float, J: Array, dh_output: Array) -> tuple[Array, Array]:
    """One walk by itself: what its states get from their outputs and from the future, (stop - start, S)."""
    own = np.zeros((len(walk), dh_output.shape[1]))
    fed = walk.newest_from - walk.start
    own[fed:] = dh_output[walk.newest_from : walk.stop]
    future = np.zeros_like(own)
    for i in range(len(walk) - 1, 0, -1):
        future[i - 1] = crossing * ((own[i] + future[i]) @ J[walk.start + i])
    return own, future

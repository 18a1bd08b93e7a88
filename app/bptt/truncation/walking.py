"""Every scheme run as its own algorithm, walk by walk, without a table: the oracle of the table.

Walks do not depend on one another, so those of a scheme go back side by side.
"""

import numpy as np

from ..arrays import Array
from .scheme import Scheme


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

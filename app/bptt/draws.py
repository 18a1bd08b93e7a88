"""Many draws of the randomized truncation side by side (Tallec & Ollivier 2017, arXiv 1705.08209).

At fixed weights a draw is the plain recursion with a factor at every edge, r_{t-1} = m_t (dstate_t J_t),
so a batch of draws goes back as the rows of one matrix.
"""

import numpy as np

from .arrays import RECURRENT, Array, Params
from .cells import at_step
from .passes import Forward, Task
from .truncation.randomized import Randomized


def gradients(
    task: Task, params: Params, run: Forward, J: Array, dh_output: Array, cut: float, n: int
) -> tuple[Array, Array]:
    """The recurrent parameters' gradients as one vector for each draw 0 … n-1, (n, P), (n, P).

    First as the scheme has them, each crossed edge dividing by the probability of crossing it; then
    without that factor, which is biased.
    """
    T = len(J)
    crossed = np.array([Randomized(cut, seed).crossed(T) for seed in range(n)], dtype=np.float64)
    factors = np.concatenate([crossed / (1.0 - cut), crossed])  # (2n, T)
    cell, Wh = task.cell, params["Wh"]
    H, G = len(Wh), len(cell.gates)
    dWx = np.zeros((2 * n, *params["Wx"].shape))
    dWh = np.zeros((2 * n, G, H, H))
    db = np.zeros((2 * n, G * H))
    left = cell.left_factors(run.tape)
    carried = np.zeros((2 * n, dh_output.shape[1]))
    for t in reversed(range(T)):
        dstate = dh_output[t] + carried
        da = cell.pullback(Wh, at_step(run.tape, t), dstate)
        by_gate = da.reshape(2 * n, G, 1, H)
        dWh += left[t][:, :, None] * by_gate
        for symbol in np.flatnonzero(task.x[t]):
            dWx[:, symbol] += task.x[t, symbol] * da
        db += da
        carried = factors[:, t, None] * (dstate @ J[t])
    total = {"Wx": dWx, "Wh": dWh.swapaxes(1, 2), "b": db}
    together = np.concatenate([total[name].reshape(2 * n, -1) for name in RECURRENT], axis=1)
    return together[:n], together[n:]

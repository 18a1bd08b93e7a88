"""Gradients of many samples of the randomized truncation at once (Tallec & Ollivier 2017, arXiv:1705.08209).

At fixed weights one sample is the ordinary backward recursion with a random factor m_t at every edge,
r_{t-1} = m_t (dstate_t J_t), so a batch of samples is backpropagated as the rows of one matrix.
"""

import numpy as np

from .arrays import Array, Params, recurrent
from .backward_pass import parameter_gradients
from .forward_pass import Forward, Task
from .truncation.randomized import Randomized


def gradients(
    task: Task, params: Params, run: Forward, J: Array, dh_output: Array, cut: float, seeds: range
) -> tuple[Array, Array]:
    """Gradients of the recurrent parameters, one vector per seed, unbiased (n, P) and biased (n, P).

    The unbiased ones divide by the probability of keeping an edge at every edge kept; the biased ones do
    not. J (T, S, S) are the Jacobians of the steps, dh_output (T, S) the gradients from the outputs, and
    P is the number of recurrent parameters.
    """
    (T, S), n = dh_output.shape, len(seeds)
    uncut = np.array([Randomized(cut, seed).uncut_edges(T) for seed in seeds], dtype=np.float64)
    factors = np.concatenate([uncut / (1.0 - cut), uncut])  # (2n, T)
    dstate = np.empty((2 * n, T, S))
    dstate_future = np.zeros((2 * n, S))
    for t in reversed(range(T)):
        dstate[:, t] = dh_output[t] + dstate_future
        dstate_future = factors[:, t, None] * (dstate[:, t] @ J[t])
    totals = parameter_gradients(task, params, run, np.zeros_like(task.target), dstate).totals
    flat = np.concatenate([totals[name].reshape(2 * n, -1) for name in recurrent(totals)], axis=1)
    return flat[:n], flat[n:]

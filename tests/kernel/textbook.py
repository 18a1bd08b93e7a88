"""The network written once more for `autograd`: forward only, one step at a time, straight from the books.

It shares no line with the kernel. A truncated gradient is the gradient of the same losses on pieces
of the network whose incoming state is held constant.
"""

from collections.abc import Callable
from typing import Any

import autograd.numpy as np
from autograd import grad, jacobian
from numpy.random import RandomState

from app.bptt.cells.gru import Gru
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.cells.lstm import Lstm
from app.bptt.cells.rnn import Elman
from app.bptt.truncation import SCHEMES


def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))


ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": lambda a: np.maximum(a, 0.0),
    "identity": lambda a: a,
}


def rnn(cell, W, x, h):
    """Elman 1990."""
    return ACTIVATIONS[cell.activation](h @ W["Wh"] + x @ W["Wx"] + W["b"])


def lstm(cell, W, x, state):
    """Hochreiter & Schmidhuber 1997 with a forget gate; gates side by side as f, g, i, o."""
    n = len(state) // 2
    h, c = state[:n], state[n:]
    a = h @ W["Wh"] + x @ W["Wx"] + W["b"]
    f, g, i, o = sigmoid(a[:n]), np.tanh(a[n : 2 * n]), sigmoid(a[2 * n : 3 * n]), sigmoid(a[3 * n :])
    c = f * c + i * g
    return np.concatenate([o * np.tanh(c), c])


def gru(cell, W, x, h):
    """Cho et al. 2014; gates side by side as z, r, n, reset before Wh."""
    n = len(h)
    zr = sigmoid(h @ W["Wh"][:, : 2 * n] + x @ W["Wx"][:, : 2 * n] + W["b"][: 2 * n])
    z, r = zr[:n], zr[n:]
    new = np.tanh((r * h) @ W["Wh"][:, 2 * n :] + x @ W["Wx"][:, 2 * n :] + W["b"][2 * n :])
    return (1.0 - z) * h + z * new


def gru_reset_after(cell, W, x, h):
    """As cuDNN and PyTorch write it: the product with Wh has a bias, and then the reset; gates as z, r, n."""
    (Uz, Ur, Un), (Vz, Vr, Vn), (bz, br, bn) = (
        [W[name][..., i * len(h) : (i + 1) * len(h)] for i in range(3)] for name in ("Wh", "Wx", "b")
    )
    z, r = sigmoid(h @ Uz + x @ Vz + bz), sigmoid(h @ Ur + x @ Vr + br)
    new = np.tanh(x @ Vn + bn + r * (h @ Un + W["bh"]))
    return (1.0 - z) * h + z * new


CELL_STEPS = {Elman: rnn, Lstm: lstm, Gru: gru, GruResetAfter: gru_reset_after}
LOSSES = {
    "cross_entropy": lambda o, wanted: -np.log(np.sum(wanted * np.exp(o)) / np.sum(np.exp(o))),
    "squared_error": lambda o, wanted: np.sum((o - wanted) ** 2) / 2,
}


def name_in(registry: dict[str, Any], thing: object) -> str:
    return next(name for name, kind in registry.items() if kind is type(thing))


def step(cell, W, x, state):
    """The state after one step."""
    return CELL_STEPS[type(cell)](cell, W, x, state)


def loss(task, W, t, state):
    """g L_t from the state after step t."""
    o = state[: len(W["Wy"])] @ W["Wy"] + W["by"]
    return task.factors[t] * LOSSES[task.loss.name](o, task.target[t])


def incoming(task, W):
    """The state that enters each step, and behind them the last one: (T + 1, S)."""
    states = [np.zeros(task.cell.state_vectors * len(W["Wy"]))]
    for x in task.x:
        states.append(step(task.cell, W, x, states[-1]))
    return np.array(states)


def piece(task, W, start, stop, newest_from, state):
    """Losses newest_from … stop - 1 of the network that begins at step ``start`` in ``state``."""
    total = 0.0
    for t in range(start, stop):
        state = step(task.cell, W, task.x[t], state)
        if t >= newest_from:
            total = total + loss(task, W, t, state)
    return total


def full(scheme, task, W, held):
    return piece(task, W, 0, len(task.x), 0, held[0])


def blocks(scheme, task, W, held):
    T = len(task.x)
    return sum(piece(task, W, a, min(a + scheme.k, T), a, held[a]) for a in range(0, T, scheme.k))


def window(scheme, task, W, held):
    starts = [max(0, s - scheme.k + 1) for s in range(len(task.x))]
    return sum(piece(task, W, a, s + 1, s, held[a]) for s, a in enumerate(starts))


def tbptt(scheme, task, W, held):
    T, total = len(task.x), 0.0
    for newest in range(0, T, scheme.k1):
        end = newest + scheme.k1
        start = max(0, end - max(scheme.k, scheme.k1))
        total = total + piece(task, W, start, min(end, T), newest, held[start])
    return total


def randomized(scheme, task, W, held):
    T, state, total = len(task.x), held[0], 0.0
    drawn = RandomState(scheme.cut_seed).random_sample(T - 1)
    for t in range(T):
        if t > 0:
            edge_scale = 0.0 if drawn[t - 1] < scheme.cut else 1 / (1 - scheme.cut)
            state = held[t] + edge_scale * (
                state - held[t]
            )  # the value of h, `edge_scale` times its gradient
        state = step(task.cell, W, task.x[t], state)
        total = total + loss(task, W, t, state)
    return total


def cuts(scheme, task, W, held):
    """The network run on with its state detached at every cut."""
    T, state, total = len(task.x), held[0], 0.0
    for t in range(T):
        state = held[t] if t in scheme.cuts else state  # a constant: no gradient flows back from step t
        state = step(task.cell, W, task.x[t], state)
        total = total + loss(task, W, t, state)
    return total


TRUNCATED: dict[str, Callable[..., Any]] = {
    "full": full,
    "blocks": blocks,
    "window": window,
    "tbptt": tbptt,
    "randomized": randomized,
    "cuts": cuts,
}


def gradient(scheme, task, W):
    """The gradient of all weights under a truncation scheme, by automatic differentiation."""
    held = incoming(task, W)
    truncated = TRUNCATED[name_in(SCHEMES, scheme)]
    return grad(lambda W: truncated(scheme, task, W, held))(W)


def jacobians(task, W):
    """∂state_t/∂state_{t-1} of every step, (T, S, S)."""
    states = incoming(task, W)
    return np.array(
        [jacobian(lambda state, x=x: step(task.cell, W, x, state))(states[t]) for t, x in enumerate(task.x)]
    )

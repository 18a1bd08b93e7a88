"""A recurrent network written out a second time, for autograd to differentiate: the independent oracle.

``stop(s, t)`` tells whether the loss at s may go back past step t; nothing of the kernel is used.
"""

from collections.abc import Callable

import autograd.numpy as anp
from autograd import grad
from autograd.tracer import getval

F = {
    "tanh": anp.tanh,
    "sigmoid": lambda a: 1 / (1 + anp.exp(-a)),
    "relu": lambda a: anp.maximum(a, 0.0),
    "identity": lambda a: a,
}


def step(params, x, h, activation):
    return F[activation](anp.dot(h, params["Wh"]) + anp.dot(x, params["Wx"]) + params["b"])


def loss_of(params, h, wanted, loss):
    o = anp.dot(h, params["Wy"]) + params["by"]
    if loss == "squared_error":
        return 0.5 * anp.sum((o - wanted) ** 2)
    top = anp.max(o)
    return anp.log(anp.sum(anp.exp(o - top))) + top - anp.sum(o * wanted)


def gradient_of_loss(
    s: int, params, x, wanted, activation: str, loss: str, crossing: Callable[[int, int], float]
):
    """The gradient of loss s, each edge t → t-1 multiplied by crossing(s, t): 1 whole, 0 cut."""

    def value(p):
        h = anp.zeros(len(params["Wh"]))
        for t in range(s + 1):
            factor = crossing(s, t) if t else 1.0
            h = factor * h + (1 - factor) * getval_deep(h)
            h = step(p, x[t], h, activation)
        return loss_of(p, h, wanted[s], loss)

    return grad(value)(params)


def getval_deep(h):
    """The value alone: no gradient goes through it."""
    while hasattr(h, "_value"):
        h = getval(h)
    return h

"""Gradient descent on the full gradient of the total loss, W ← W - lr·dW, some updates long."""

import numpy as np

from .arrays import Params
from .passes import Forward, Task, forward, from_output, output_gradient, parameter_gradients


def total_loss(task: Task, run: Forward) -> float:
    """Σ g L_t over the steps that have a loss."""
    has_loss = task.factors != 0
    return float(np.dot(task.factors[has_loss], run.losses[has_loss]))


def full_gradient(task: Task, params: Params, run: Forward) -> Params:
    """By the plain recursion, all losses in one row: dstate_{t-1} = e_{t-1} Wyᵀ + dstate_t J_t."""
    e = output_gradient(task, run)
    dstate = from_output(task, params, e)
    J = task.cell.jacobians(params["Wh"], run.tape)
    for t in range(len(J) - 1, 0, -1):
        dstate[t - 1] += dstate[t] @ J[t]
    return parameter_gradients(task, params, run, e, dstate).totals


def descend(task: Task, params: Params, updates: int, lr: float) -> tuple[Params, list[float]]:
    """The weights after so many updates, and the total loss before each and after the last.

    Stops where a weight is no longer finite; the list of losses is then shorter.
    """
    losses: list[float] = []
    for _ in range(updates):
        run = forward(task, params)
        losses.append(total_loss(task, run))
        gradient = full_gradient(task, params, run)
        params = {name: W - lr * gradient[name] for name, W in params.items()}
        if not all(np.isfinite(W).all() for W in params.values()):
            return params, losses
    return params, [*losses, total_loss(task, forward(task, params))]

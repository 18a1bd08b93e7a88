"""Gradient descent on the full gradient of the total loss, W ← W - lr·dW, some updates long."""

import numpy as np

from .arrays import Params
from .backward_pass import backward, gradient_from_output, output_gradient, parameter_gradients_summed
from .forward_pass import Forward, Task, forward


def total_loss(task: Task, run: Forward) -> float:
    """Σ g L_t over the steps that have a loss."""
    has_loss = task.factors != 0
    return float(np.dot(task.factors[has_loss], run.losses[has_loss]))


def full_gradient(task: Task, params: Params, run: Forward) -> Params:
    """By the plain recursion over one sequence."""
    d_output = output_gradient(task, run)
    _, da = backward(task, params, run, gradient_from_output(task, params, d_output))
    rows = Task(task.cell, task.loss, task.x[:, None], task.target[:, None], task.factors[:, None])
    return parameter_gradients_summed(rows, params, run.as_batch(), d_output[:, None], da[:, None])


def descend(task: Task, params: Params, updates: int, lr: float) -> tuple[Params, list[float]]:
    """The weights after so many updates, and the total loss before each and after the last.

    An update that would make a weight infinite is not made, nor is any after it: the list of losses is
    then shorter, and the weights are the last finite ones.
    """
    run = forward(task, params)
    losses = [total_loss(task, run)]
    for _ in range(updates):
        gradient = full_gradient(task, params, run)
        moved = {name: W - lr * gradient[name] for name, W in params.items()}
        if not all(np.isfinite(W).all() for W in moved.values()):
            break
        params, run = moved, forward(task, moved)
        losses.append(total_loss(task, run))
    return params, losses

"""Gradient descent with the full BPTT gradient of the total loss: W ← W - lr·dW.

A learned initial state is one more parameter, by the name ``INITIAL_STATE``: h₋₁ ← h₋₁ - lr·∂L/∂h₋₁.
"""

from collections.abc import Collection

import numpy as np

from .arrays import Array, Params, join_vectors
from .backward_pass import (
    backward,
    output_gradient,
    parameter_gradients_summed,
)
from .cells import at_step
from .forward_pass import Forward, Task, forward

INITIAL_STATE = "initial_state"
"""The name of the initial state (S,) among the parameters, where it is learned."""


def total_loss(task: Task, run: Forward) -> float:
    """Total loss Σ g_t L_t over the steps that have a loss."""
    has_loss = task.factors != 0
    return float(np.dot(task.factors[has_loss], run.losses[has_loss]))


def full_gradient(task: Task, params: Params, run: Forward) -> Params:
    """The gradient of the total loss of one sequence by full BPTT, one array per parameter."""
    d_output = output_gradient(task, run)
    dstate, da = backward(task, params, run, d_output)
    rows = Task(task.cell, task.loss, task.x[:, None], task.target[:, None], task.factors[:, None])
    gradient = parameter_gradients_summed(rows, params, run.as_batch(), d_output[:, None], da[:, None])
    if INITIAL_STATE in params:
        gradient[INITIAL_STATE] = _initial_state_gradient(task, params, run, dstate)
    return gradient


def _initial_state_gradient(task: Task, params: Params, run: Forward, dstate: Array) -> Array:
    """∂L/∂state₋₁ (S,): what step 0 passes to the state before it."""
    factors = task.cell.factors(at_step(run.residuals, 0))
    return join_vectors(task.cell.vjp(params["Wh"], factors, dstate[0])[1])


def descend(
    task: Task, params: Params, updates: int, lr: float, held: Collection[str] = ()
) -> tuple[Params, list[float]]:
    """Weights after ``updates`` updates, and the total loss before each update and after the last.

    Parameters whose names are ``held`` stay as they are. An initial state among the parameters learns, too;
    otherwise it is the task's, and stays.

    Descent stops before an update that would make a weight infinite or NaN. The list of losses is then
    shorter than ``updates + 1``, and the weights are the last finite ones.
    """
    run = forward(task, params, params.get(INITIAL_STATE))
    losses = [total_loss(task, run)]
    for _ in range(updates):
        gradient = full_gradient(task, params, run)
        moved = {name: W if name in held else W - lr * gradient[name] for name, W in params.items()}
        if not all(np.isfinite(W).all() for W in moved.values()):
            break
        params, run = moved, forward(task, moved, moved.get(INITIAL_STATE))
        losses.append(total_loss(task, run))
    return params, losses

"""BPTT in a number format, emulated: float64 arithmetic, rounded once per operation (see ``rounded_steps``).

Gradients of weights are added up step by step, and each sum is rounded. The states of a plain RNN in float16
and bfloat16 are those of PyTorch's nn.RNN on the CPU to the bit. Its gradients are not, because its products
add up in another order; their errors have the same size, and they vanish at the same steps.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Array, Params
from .cells import Cell, Residuals
from .forward_pass import Task, input_terms
from .number_formats import NumberFormat
from .rounded_steps import Round, Steps, steps_of


@dataclass(frozen=True)
class LowPrecision:
    """States (T, S), the gradient of Wh, and that of one loss by the states up to it.

    ``dWh`` (H, G·H) is the gradient of the total loss. It comes from the loss times 2**``loss_scale`` and is
    divided by that again. ``one_loss`` (s + 1, S) is that of the loss at step s alone, times the same.
    """

    states: Array
    dWh: Array
    one_loss: Array


def run(task: Task, params: Params, number_format: NumberFormat, s: int, loss_scale: int = 0) -> LowPrecision:
    """Run a single sequence forward and back in a number format; the loss at s is also followed alone."""
    round_ = number_format.round
    W = {name: round_(part) for name, part in params.items()}
    steps = steps_of(task.cell, W, round_)
    with np.errstate(all="ignore"):  # what overflows is part of the result
        states, saved = _forward(task, W, steps)
        dh_output = _from_outputs(task, W, states, s, loss_scale, round_)
        dWh, one_loss = _backward(steps, saved, dh_output, s)
        return LowPrecision(states[1:].reshape(len(saved), -1), round_(np.ldexp(dWh, -loss_scale)), one_loss)


def _forward(task: Task, W: Params, steps: Steps) -> tuple[Array, list[Residuals]]:
    """States (T + 1, C, H), the initial one first, and what every step saves."""
    rounded = Task(task.cell, task.loss, steps.round(task.x), task.target, task.factors)
    u = steps.round(input_terms(rounded, W["Wx"], W["b"]))
    C, (T, _, H) = task.cell.state_vectors, u.shape
    states = np.zeros((T + 1, C, H))
    if task.initial_state is not None:
        states[0] = steps.round(task.initial_state.reshape(C, H))
    return states, [steps.forward(u[t], states[t : t + 2]) for t in range(T)]


def _from_outputs(task: Task, W: Params, states: Array, s: int, loss_scale: int, round_: Round) -> Array:
    """What the outputs pass to the hidden states, (T, 2, H): of the total loss, and of the one at s alone."""
    outputs = round_(states[1:, 0] @ W["Wy"] + W["by"])
    alone = (np.arange(len(outputs)) == s).astype(np.float64)
    factors = np.ldexp(np.stack([task.factors, alone]), loss_scale)[..., None]
    d_output = np.stack([task.loss.gradient(outputs, task.target, factor) for factor in factors], axis=1)
    d_output = round_(np.where(factors.swapaxes(0, 1) == 0, 0.0, d_output))
    return round_(d_output @ W["Wy"].T)


def _backward(steps: Steps, saved: list[Residuals], dh_output: Array, s: int) -> tuple[Array, Array]:
    cell, round_, (_, _, H) = steps.cell, steps.round, dh_output.shape
    dWh, one_loss = np.zeros_like(steps.W["Wh"]), np.zeros((s + 1, cell.state_vectors * H))
    passed = np.zeros((cell.state_vectors, 2, H))
    for t in reversed(range(len(saved))):
        passed[0] += dh_output[t]
        dstate = round_(passed)
        if t <= s:
            one_loss[t] = dstate[:, 1].reshape(-1)
        da, passed = steps.backward(saved[t], dstate.copy())
        dWh = round_(dWh + round_(_term(cell, saved[t], da[0], round_)))
    return dWh, one_loss


def _term(cell: Cell, residuals: Residuals, da: Array, round_: Round) -> Array:
    """What a step adds to the gradient of Wh."""
    dm, inputs = round_(cell.recurrent_gradients(residuals, da)), cell.recurrent_inputs(residuals)
    by_gate = np.split(dm, len(inputs))
    return np.concatenate([np.outer(h, part) for h, part in zip(inputs, by_gate, strict=True)], axis=1)

"""Gradient check of the displayed run, by three methods that share no code with the backward pass.

Forward mode carries a tangent through every step (Williams & Zipser 1989). Central differences evaluate the
loss at weights moved along a direction. The truncation scheme is run window by window, without its table.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import Array, Params, norm, recurrent
from .backward_pass import gradient_from_output, parameter_gradients
from .cells import at_step
from .forward_pass import Forward, Task, forward
from .metrics import as_vector
from .truncation import Scheme
from .truncation.backward_windows import gradient_by_windows

STEP_LENGTHS = (1e-4, 1e-5, 1e-6)  # in weight space
MAX_UNCERTAINTY = 1e-3  # relative uncertainty above which a finite difference is not used
CANCELLATION_LIMIT = 1e-5  # a derivative below this times the sum of its terms is compared with the sum
FORWARD_MODE_LIMIT = TRUNCATION_LIMIT = 1e-9
DIFFERENCE_LIMIT = 1e-5


@dataclass(frozen=True)
class Checks:
    """Relative errors, None where not measurable; ``passed`` if all others are within their limits."""

    forward_mode: float | None
    finite_difference: float | None
    truncation: float | None
    passed: bool | None
    growth: float
    """Largest norm of the change of a hidden state for a unit change of the weights, to first order."""


def direction(gradients: Params, seed: int = 0) -> Params:
    """A random unit direction in weight space, with the signs of the gradient so that no terms cancel."""
    stream = np.random.RandomState(seed)
    rough = {name: np.abs(stream.standard_normal(dW.shape)) for name, dW in gradients.items()}
    length = norm(as_vector(rough, tuple(rough)))
    return {name: np.where(gradients[name] < 0, -v, v) / length for name, v in rough.items()}


def directional_derivative(gradients: Params, v: Params) -> float:
    """Directional derivative of the loss along v according to ``gradients``: their inner product."""
    return sum(float(np.sum(gradients[name] * v[name])) for name in v)


@dataclass(frozen=True)
class Tangent:
    """Derivative of the loss along a direction, the sum of its absolute terms, and the largest ‖ḣ_t‖."""

    derivative: float
    terms: float
    growth: float


def forward_mode(task: Task, params: Params, run: Forward, d_output: Array, v: Params) -> Tangent:
    """Derivative of the loss along v by forward-mode differentiation through every step."""
    cell, Wh, H = task.cell, params["Wh"], params["Wh"].shape[0]
    u_dot = task.x @ v["Wx"] + v["b"]
    state_dot = np.zeros_like(run.states[0])
    h_dot = np.empty_like(run.h)
    for t in range(len(u_dot)):
        state_dot = cell.jvp(Wh, at_step(run.residuals, t), v["Wh"], u_dot[t], state_dot, v.get("bh"))
        h_dot[t] = state_dot[:H]
    o_dot = h_dot @ params["Wy"] + run.h @ v["Wy"] + v["by"]
    terms = d_output * o_dot
    return Tangent(float(np.sum(terms)), float(np.sum(np.abs(terms))), float(np.max(norm(h_dot))))


def finite_differences(task: Task, params: Params, v: Params) -> tuple[Array, Array]:
    """Central differences of the loss along v, and forward minus backward differences, for each step length.

    The networks at all moved weights run as one batch.
    """
    offsets = np.array([0.0, *(sign * step for step in STEP_LENGTHS for sign in (1, -1))])
    moved = {}
    for name, W in params.items():
        W, dW = np.atleast_2d(W), np.atleast_2d(v[name])
        moved[name] = W + offsets[:, None, None] * dW
    loss = forward(task, moved).losses[..., 0]  # (T, offsets)
    has_loss = task.factors != 0
    total = task.factors[has_loss] @ loss[has_loss]
    center, ahead, behind, steps = total[0], total[1::2], total[2::2], np.array(STEP_LENGTHS)
    return (ahead - behind) / (2 * steps), ((ahead - center) - (center - behind)) / steps


def difference_error(measured: Array, curvatures: Array, expected: float) -> tuple[float | None, float]:
    """Relative error of ``expected`` (None if too uncertain) and the uncertainty of the measurement.

    Where the loss is smooth, the difference between forward and backward differences shrinks with the step.
    One that does not shrink is a kink of ReLU, where a central difference is the mean of two slopes, however
    short the step.
    """
    scale = np.maximum(np.abs(measured[1:]), np.abs(measured[:-1]))
    with np.errstate(invalid="ignore", divide="ignore"):
        kink = curvatures[1:] - curvatures[:-1] * np.divide(STEP_LENGTHS[1:], STEP_LENGTHS[:-1])
        uncertainty = (np.abs(np.diff(measured)) + np.abs(kink)) / scale
    if not np.isfinite(uncertainty).any() or np.nanmin(uncertainty) > MAX_UNCERTAINTY:
        return None, np.nan
    best = int(np.nanargmin(uncertainty))
    return relative_error(float(measured[best + 1]), expected), float(uncertainty[best])


def relative_error(a: float, b: float, floor: float = 0.0) -> float | None:
    """|a - b| relative to the larger of |a|, |b| and ``floor``; 0 if all are 0, None if not finite."""
    largest = max(abs(a), abs(b), floor)
    if not np.isfinite(largest) or not np.isfinite(a - b):
        return None
    return abs(a - b) / largest if largest > 0 else 0.0


def truncation_error(
    task: Task, params: Params, run: Forward, d_output: Array, scheme: Scheme, truncated: Params
) -> float | None:
    """Largest relative error of the truncated gradients against the scheme run window by window."""
    dh_output = gradient_from_output(task, params, d_output)
    dstate = gradient_by_windows(scheme, task.cell.jacobians(params["Wh"], run.residuals), dh_output)
    oracle = parameter_gradients(task, params, run, d_output, dstate[None]).totals
    errors = []
    for name in recurrent(truncated):
        G = truncated[name].ravel()
        F = oracle[name][0].ravel()
        size = float(norm(F))
        error = float(norm(G - F))
        if not np.isfinite(size) or not np.isfinite(error):
            return None
        errors.append(error / size if size > 0 else error)
    return max(errors)


def check(
    task: Task, params: Params, run: Forward, d_output: Array, scheme: Scheme, full: Params, truncated: Params
) -> Checks:
    """Check the gradients to be displayed by all three methods.

    ``full`` and ``truncated`` are the parameter gradients, ``d_output`` (T, V) is ∂L/∂o.
    """
    v = direction(full)
    expected = directional_derivative(full, v)
    tangent = forward_mode(task, params, run, d_output, v)
    by_tangent = relative_error(tangent.derivative, expected, CANCELLATION_LIMIT * tangent.terms)
    by_difference, uncertainty = difference_error(*finite_differences(task, params, v), expected)
    by_windows = truncation_error(task, params, run, d_output, scheme, truncated)
    verdicts = [
        error <= limit
        for error, limit in (
            (by_tangent, FORWARD_MODE_LIMIT),
            (by_difference, DIFFERENCE_LIMIT + 10 * uncertainty),
            (by_windows, TRUNCATION_LIMIT),
        )
        if error is not None
    ]
    return Checks(by_tangent, by_difference, by_windows, all(verdicts) if verdicts else None, tangent.growth)

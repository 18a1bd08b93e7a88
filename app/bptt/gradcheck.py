"""Gradients put to the test on the very run that is shown, by three roads that share nothing with the sweep.

Forward mode carries the tangent of every step along (Williams & Zipser 1989); differences move the
weights a little both ways and look at the loss; and every scheme is run as its own algorithm.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import RECURRENT, Array, Params, norm
from .backward_pass import gradient_from_output, parameter_gradients
from .cells import at_step
from .forward_pass import Forward, Task, forward
from .metrics import as_vector
from .truncation import Scheme
from .truncation.backward_windows import gradient_by_windows

STEPS = (1e-4, 1e-5, 1e-6)  # lengths of the moves in weight space
AGREEMENT = 1e-3  # two step lengths that differ by more measure nothing
CANCELLED = 1e-5  # a slope that is smaller than this against its own terms is compared with the terms
FORWARD_MODE_LIMIT = TRUNCATION_LIMIT = 1e-9
DIFFERENCE_LIMIT = 1e-5


@dataclass(frozen=True)
class Checks:
    """Relative errors, None where not measurable, and whether all that was measurable is within its limit."""

    forward_mode: float | None
    finite_difference: float | None
    truncation: float | None
    passed: bool | None
    growth: float
    """How far a move of length 1 in weight space moves a hidden state at most, to first order."""


def direction(gradients: Params, seed: int = 0) -> Params:
    """A random direction of length 1 in weight space, turned so that no component works against another."""
    stream = np.random.RandomState(seed)
    rough = {name: np.abs(stream.standard_normal(dW.shape)) for name, dW in gradients.items()}
    length = norm(as_vector(rough, tuple(rough)))
    return {name: np.where(gradients[name] < 0, -v, v) / length for name, v in rough.items()}


def directional_derivative(gradients: Params, v: Params) -> float:
    """Gradient · direction: how fast the loss should grow that way."""
    return sum(float(np.sum(gradients[name] * v[name])) for name in v)


@dataclass(frozen=True)
class Tangent:
    """How fast the loss grows along a direction, the size of the terms in that sum, the largest ‖ḣ_t‖."""

    slope: float
    terms: float
    growth: float


def forward_mode(task: Task, params: Params, run: Forward, d_output: Array, v: Params) -> Tangent:
    """How fast the loss really grows along v, by the tangent of every step."""
    cell, Wh, H = task.cell, params["Wh"], params["Wh"].shape[0]
    u_dot = task.x @ v["Wx"] + v["b"]
    state_dot = np.zeros_like(run.states[0])
    h_dot = np.empty_like(run.h)
    for t in range(len(u_dot)):
        state_dot = cell.jvp(Wh, at_step(run.residuals, t), v["Wh"], u_dot[t], state_dot)
        h_dot[t] = state_dot[:H]
    o_dot = h_dot @ params["Wy"] + run.h @ v["Wy"] + v["by"]
    terms = d_output * o_dot
    return Tangent(float(np.sum(terms)), float(np.sum(np.abs(terms))), float(np.max(norm(h_dot))))


def differences(task: Task, params: Params, v: Params) -> tuple[Array, Array]:
    """Central differences of the loss along v, and the one ahead less the one behind, for each of STEPS.

    All their networks run at once.
    """
    moves = np.array([0.0, *(sign * step for step in STEPS for sign in (1, -1))])
    moved = {}
    for name, W in params.items():
        W, dW = np.atleast_2d(W), np.atleast_2d(v[name])
        moved[name] = W + moves[:, None, None] * dW
    loss = forward(task, moved).losses[..., 0]  # (T, moves)
    has_loss = task.factors != 0
    total = task.factors[has_loss] @ loss[has_loss]
    here, there, back, steps = total[0], total[1::2], total[2::2], np.array(STEPS)
    return (there - back) / (2 * steps), ((there - here) - (here - back)) / steps


def difference_error(measured: Array, bends: Array, expected: float) -> tuple[float | None, float]:
    """The relative error of ``expected`` and the uncertainty of the measurement; None if too uncertain.

    Where the loss is smooth its bend shrinks with the step; a bend that stays is a kink (of relu), and
    there a central difference is the mean of two slopes however short the step.
    """
    scale = np.maximum(np.abs(measured[1:]), np.abs(measured[:-1]))
    with np.errstate(invalid="ignore", divide="ignore"):
        kink = bends[1:] - bends[:-1] * np.divide(STEPS[1:], STEPS[:-1])
        doubt = (np.abs(np.diff(measured)) + np.abs(kink)) / scale
    if not np.isfinite(doubt).any() or np.nanmin(doubt) > AGREEMENT:
        return None, np.nan
    best = int(np.nanargmin(doubt))
    return relative(float(measured[best + 1]), expected), float(doubt[best])


def relative(a: float, b: float, least: float = 0.0) -> float | None:
    """The difference of two numbers against the larger, or ``least``; 0 if both are 0, None if unknown."""
    largest = max(abs(a), abs(b), least)
    if not np.isfinite(largest) or not np.isfinite(a - b):
        return None
    return abs(a - b) / largest if largest > 0 else 0.0


def truncation_error(
    task: Task, params: Params, run: Forward, d_output: Array, scheme: Scheme, truncated: Params
) -> float | None:
    """Largest relative error of a parameter's truncated gradient against the scheme's own algorithm."""
    dh_output = gradient_from_output(task, params, d_output)
    own = gradient_by_windows(scheme, task.cell.jacobians(params["Wh"], run.residuals), dh_output)
    oracle = parameter_gradients(task, params, run, d_output, own[None]).totals
    errors = []
    for name in RECURRENT:
        G = truncated[name].ravel()
        F = oracle[name][0].ravel()
        size = float(norm(F))
        gap = float(norm(G - F))
        if not np.isfinite(size) or not np.isfinite(gap):
            return None
        errors.append(gap / size if size > 0 else gap)
    return max(errors)


def check(
    task: Task, params: Params, run: Forward, d_output: Array, scheme: Scheme, full: Params, truncated: Params
) -> Checks:
    """All three, for the gradients that are about to be shown."""
    v = direction(full)
    expected = directional_derivative(full, v)
    tangent = forward_mode(task, params, run, d_output, v)
    by_tangent = relative(tangent.slope, expected, CANCELLED * tangent.terms)
    by_difference, doubt = difference_error(*differences(task, params, v), expected)
    by_walking = truncation_error(task, params, run, d_output, scheme, truncated)
    verdicts = [
        error <= limit
        for error, limit in (
            (by_tangent, FORWARD_MODE_LIMIT),
            (by_difference, DIFFERENCE_LIMIT + 10 * doubt),
            (by_walking, TRUNCATION_LIMIT),
        )
        if error is not None
    ]
    return Checks(by_tangent, by_difference, by_walking, all(verdicts) if verdicts else None, tangent.growth)

"""Gradient check of a computation graph: central differences of the output, and forward mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .autodiff import Graph, Values, forward, forward_mode

RELATIVE_STEPS = (1e-4, 1e-5, 1e-6)  # step lengths relative to the size of an input
MAX_UNCERTAINTY = 1e-3  # relative uncertainty above which a finite difference is not used
DIFFERENCE_LIMIT, FORWARD_MODE_LIMIT = 1e-6, 1e-9


@dataclass(frozen=True)
class Checks:
    """Relative errors of the gradient, None where not measurable; ``passed`` if all others are small."""

    finite_difference: float | None
    forward_mode: float | None
    passed: bool | None


def check(graph: Graph, inputs: Mapping[str, Any], value: Values, grad: Values) -> Checks:
    """Check the gradients ``grad`` at the values ``value`` by both methods."""
    with np.errstate(all="ignore"):
        return _check(graph, inputs, value, grad)


def _check(graph: Graph, inputs: Mapping[str, Any], value: Values, grad: Values) -> Checks:
    names = [node.name for node in graph.inputs]
    gradient = np.array([float(grad[name]) for name in names])
    if not names or not all(np.isfinite(x).all() for x in (gradient, *value.values())):
        return Checks(None, None, None)
    size = max(float(np.max(np.abs(gradient))), 1e-6 * max(1.0, abs(float(value[graph.output]))))
    forward_mode_error = float(np.max(np.abs(forward_mode(graph, value)[graph.output] - gradient))) / size
    measured, uncertainty = _finite_differences(graph, inputs, names)
    certain = np.isfinite(uncertainty) & (uncertainty <= MAX_UNCERTAINTY * size)
    errors = np.abs(measured - gradient)
    difference_error = float(np.max(errors[certain])) / size if certain.any() else None
    within_limit = bool(np.all(errors[certain] <= DIFFERENCE_LIMIT * size + 10 * uncertainty[certain]))
    measured_forward_mode = forward_mode_error if np.isfinite(forward_mode_error) else None
    verdict = within_limit and (measured_forward_mode is None or measured_forward_mode <= FORWARD_MODE_LIMIT)
    return Checks(difference_error, measured_forward_mode, verdict if certain.any() else None)


def _finite_differences(graph: Graph, inputs: Mapping[str, Any], names: list[str]) -> tuple[Any, Any]:
    """Central differences of the output by each input, and their uncertainties, (inputs,) each."""
    n, m = len(names), len(RELATIVE_STEPS)
    point = np.array([float(inputs[name]) for name in names])
    h = np.array(RELATIVE_STEPS)[:, None] * np.maximum(1.0, np.abs(point))  # (m, n)
    offsets = np.concatenate([h[..., None] * np.eye(n), -h[..., None] * np.eye(n), np.zeros((m, n, n))])
    moved = point + offsets  # (3m, n, n): offset, moved input, inputs
    f = np.broadcast_to(
        forward(graph, {name: moved[..., i] for i, name in enumerate(names)})[graph.output], (3 * m, n)
    )
    ahead, behind, center = f[:m], f[m : 2 * m], f[2 * m :]
    slopes, curvatures = (ahead - behind) / (2 * h), (ahead - 2 * center + behind) / h
    # The curvature term of a smooth function shrinks with the step; one that does not is a kink of ReLU.
    kinks = np.abs(
        curvatures[1:] - curvatures[:-1] * np.divide(RELATIVE_STEPS[1:], RELATIVE_STEPS[:-1])[:, None]
    )
    uncertainties = np.abs(np.diff(slopes, axis=0)) + kinks
    uncertainties = np.where(np.isfinite(uncertainties), uncertainties, np.inf)
    best = np.argmin(uncertainties, axis=0)
    each = np.arange(n)
    return slopes[best + 1, each], uncertainties[best, each]

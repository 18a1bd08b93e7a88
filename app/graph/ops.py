"""Operations of a computation graph: forward functions and their local derivatives.

To add one, add an entry to ``OPS``; if formulas may call it, add its name to ``FUNCTIONS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..bptt.activations import sigmoid, sigmoid_slope, tanh_slope
from ..bptt.arrays import Array


@dataclass(frozen=True)
class Op:
    """One operation.

    ``forward`` maps the arguments to y, and ``local_derivatives`` maps y and the arguments to ∂y/∂argument
    for each argument. ``symbol`` is displayed in the node (the name of the node if empty). ``expression`` is
    y as text and ``derivatives`` are the local derivatives as text, where {0}, {1} … stand for the arguments
    and {y} for the result.
    """

    symbol: str
    expression: str
    forward: Callable[..., Any]
    local_derivatives: Callable[..., tuple[Any, ...]]
    derivatives: tuple[str, ...]


def _power(y: Array, a: Array, b: Array) -> tuple[Any, Any]:
    """Derivatives of a**b by base and exponent; 0 where the limit is 0 although a factor is infinite.

    0**b has no derivative at b = 0, where it falls from 1 to 0. Like ReLU's at 0, it counts as 0, as in
    PyTorch and JAX.
    """
    by_base = np.where(b == 0, 0.0, b * np.power(a, b - 1))
    by_exponent = np.where((a == 0) & (b >= 0), 0.0, y * np.log(a))
    return by_base, by_exponent


def _kept_slope(y: Array, a: Array) -> Any:
    """tanh'(a) = 1 - y² of the y that the forward pass kept; from a where y is so near ±1 that digits go.

    They differ only in ``autodiff.descent_in_place``, where a has moved and y has not.
    """
    return np.where(np.abs(y) < 0.99, 1 - y * y, tanh_slope(a))


def _neuron(y: Array, w: Array, h: Array, u: Array, x: Array) -> tuple[Any, ...]:
    slope = _kept_slope(y, w * h + u * x)
    return slope * h, slope * w, slope * x, slope * u


def _first(y: Array, u: Array, x: Array) -> tuple[Any, ...]:
    slope = _kept_slope(y, u * x)
    return slope * x, slope * u


OPS: dict[str, Op] = {
    "add": Op("+", "{0} + {1}", lambda a, b: a + b, lambda y, a, b: (1.0, 1.0), ("1", "1")),
    "sub": Op("−", "{0} − {1}", lambda a, b: a - b, lambda y, a, b: (1.0, -1.0), ("1", "−1")),
    "mul": Op("×", "{0} · {1}", lambda a, b: a * b, lambda y, a, b: (b, a), ("{1}", "{0}")),
    "div": Op("÷", "{0} / {1}", np.divide, lambda y, a, b: (1 / b, -y / b), ("1/{1}", "−{y}/{1}")),
    "pow": Op("**", "{0} ** {1}", np.power, _power, ("{1}·{0}**({1}−1)", "{y}·log {0}")),
    "neg": Op("−", "−{0}", lambda a: -a, lambda y, a: (-1.0,), ("−1",)),
    "copy": Op("", "{0}", lambda a: a, lambda y, a: (1.0,), ("1",)),
    "tanh": Op("tanh", "tanh {0}", np.tanh, lambda y, a: (tanh_slope(a),), ("(1 − {y}²)",)),
    "sigmoid": Op("σ", "σ({0})", sigmoid, lambda y, a: (sigmoid_slope(a),), ("{y}(1 − {y})",)),
    "relu": Op(
        "relu",
        "relu {0}",
        lambda a: np.where(a > 0, a, 0 * np.abs(a)),  # NaN stays NaN, and no -0.0
        lambda y, a: (np.where(a > 0, 1.0, 0 * a),),
        ("[{0} > 0]",),
    ),
    "exp": Op("exp", "exp {0}", np.exp, lambda y, a: (y,), ("{y}",)),
    "log": Op("log", "log {0}", np.log, lambda y, a: (1 / a,), ("1/{0}",)),
    "linear": Op(
        "", "{0} + {1}·{2}", lambda b, c, a: b + c * a, lambda y, b, c, a: (1.0, a, c), ("1", "{2}", "{1}")
    ),
    "neuron": Op(
        "",
        "tanh({0}·{1} + {2}·{3})",
        lambda w, h, u, x: np.tanh(w * h + u * x),
        _neuron,
        ("(1 − {y}²)·{1}", "(1 − {y}²)·{0}", "(1 − {y}²)·{3}", "(1 − {y}²)·{2}"),
    ),
    "first": Op(
        "",
        "tanh({0}·{1})",
        lambda u, x: np.tanh(u * x),
        _first,
        ("(1 − {y}²)·{1}", "(1 − {y}²)·{0}"),
    ),
}
"""``linear``, ``neuron`` and ``first`` are used by presets: one step of a recursion in one node."""

FUNCTIONS = ("tanh", "sigmoid", "relu", "exp", "log")
"""Functions that a formula may call."""

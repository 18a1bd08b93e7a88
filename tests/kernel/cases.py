"""Small networks to test on: every cell and every scheme, with all the settings that it obeys."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from app.bptt.activations import ACTIVATIONS
from app.bptt.arrays import RECURRENT, Array, Params, norm
from app.bptt.backward_pass import (
    Backward,
    Gradients,
    backward_per_loss,
    gradient_from_output,
    output_gradient,
    parameter_gradients,
)
from app.bptt.cells import FORMS, Cell
from app.bptt.forward_pass import Forward, Task, forward
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.truncation import SCHEMES, Scheme, settings_of

D, H, V = 3, 4, 5  # all different, so that no mistaken shape fits
REDUCTIONS: list[tuple[Any, str]] = [
    *(("every", "mean"), ("every", "sum"), ("last", "mean"), ("last", "sum")),
    *(((0, 2), "mean"), ((0, 2), "sum")),
]


def every(kind: type[Any], values: dict[str, tuple[Any, ...]]) -> list[Any]:
    """A cell or a scheme with every combination of those of the values that it obeys."""
    names = settings_of(kind)
    chosen = product(*(values[name] for name in names))
    return [kind(**dict(zip(names, choice, strict=True))) for choice in chosen]


ALL_CELLS: list[Cell] = [
    cell for kind in FORMS for cell in every(kind, {"activation": tuple(ACTIVATIONS), "gate_bias": (1.0,)})
]
ONE_OF_EACH_CELL: list[Cell] = [kind() for kind in FORMS]


def lengths(T: int) -> tuple[int, ...]:
    """Where a truncation shows its edges: one step, a ragged tail, all but one, all, more than all."""
    return tuple(sorted({1, 2, 4, max(1, T - 1), T, T + 2}))


def cut_lists(T: int) -> tuple[tuple[int, ...], ...]:
    """No cut, the first edge, the last, both, every edge, a ragged tail, and a cut beyond the end."""
    edges = (1, T - 1), (2, 5), (T // 2, T, T + 3)
    inside = {tuple(sorted({t for t in cuts if t > 0})) for cuts in edges}
    return (), (1,), (max(1, T - 1),), tuple(range(1, T)), *sorted(inside)


def schemes(T: int, kind: type[Scheme] | None = None) -> list[Scheme]:
    values: dict[str, tuple[Any, ...]] = {"k": lengths(T), "k1": lengths(T), "cuts": cut_lists(T)}
    values |= {"cut": (0.0, 0.4, 0.9), "cut_seed": (0, 1)}
    kinds = [kind] if kind else SCHEMES.values()
    return [scheme for kind in kinds for scheme in every(kind, values)]


def random_task(
    cell: Cell,
    loss: str = "cross_entropy",
    at: Any = "every",
    reduction: Any = "mean",
    T: int = 7,
) -> Task:
    """Dense inputs, and for squared error dense targets, so that no zero hides a mistake."""
    stream = np.random.RandomState(0)
    x = stream.standard_normal((T, D))
    one_hot = np.eye(V)[stream.randint(V, size=T)]
    wanted = one_hot if loss == "cross_entropy" else stream.standard_normal((T, V))
    return Task(cell, LOSSES[loss], x, wanted, loss_factors(T, at, reduction))


def random_weights(cell: Cell, seed: int = 1, size: float = 0.6) -> Params:
    """Weights and biases, none of them zero."""
    stream = np.random.RandomState(seed)
    G = len(cell.gates) * H
    shapes = {"Wx": (D, G), "Wh": (H, G), "b": (G,)} | ({"bh": (H,)} if cell.recurrent_bias else {})
    shapes |= {"Wy": (H, V), "by": (V,)}
    return {name: size * stream.standard_normal(shape) for name, shape in shapes.items()}


@dataclass(frozen=True)
class Run:
    """A task taken through the kernel, its gradients under several schemes."""

    forward: Forward
    e: Array
    J: Array
    back: Backward
    gradients: Gradients

    def totals(self, i: int = 0) -> Params:
        """The parameter gradients under the i-th scheme."""
        totals = self.gradients.totals
        return {name: dW[i] if name in RECURRENT else dW for name, dW in totals.items()}


def run(task: Task, W: Params, *schemes: Scheme) -> Run:
    T = len(task.x)
    pass_ = forward(task, W)
    e = output_gradient(task, pass_)
    J = task.cell.jacobians(W["Wh"], pass_.residuals)
    kept = np.stack([scheme.weights_table(T) for scheme in schemes])
    back = backward_per_loss(J, gradient_from_output(task, W, e), kept, task.factors != 0)
    return Run(pass_, e, J, back, parameter_gradients(task, W, pass_, e, back.dh))


def assert_same_gradients(G: Params, F: Params, tolerance: float = 1e-12) -> None:
    """Equal shapes, and differences small against each parameter's gradient."""
    assert G.keys() == F.keys()
    for name in F:
        assert G[name].shape == F[name].shape, name
        gap, size = norm(G[name].ravel() - F[name].ravel()), norm(F[name].ravel())
        assert gap <= tolerance * size, f"d{name}: {gap} against {size}"

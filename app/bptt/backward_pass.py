"""Backward pass through time of a recurrent network, in one row or with a row per loss.

Backpropagation is linear in the gradient it carries, so one backward sweep with a row per loss,
dh[s, t] = ∂(g L_s)/∂h_t, holds the exact gradient and every truncated one: a truncation scheme is a
table of weights kept[s, t] on these rows (Werbos 1990; Williams & Peng 1990).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, Params, norm, squares_are_safe
from .cells import at_step
from .forward_pass import Forward, Task


@dataclass(frozen=True)
class Backward:
    """Gradients of the states: dh_output (T, S) shared by all tables, dh_future (K, T, S) one for each.

    ``sizes[t]`` are the norms at step t of the rows alive there, (C, R), one for each carried vector; the
    first of them is row ``first[t]``, and row i belongs to loss ``losses[i]``.
    """

    dh_output: Array
    dh_future: Array
    norms: list[Array]
    first_row: list[int]
    loss_steps: NDArray[np.intp]

    @property
    def dh(self) -> Array:
        """∂L/∂h_t, (K, T, S)."""
        return self.dh_output + self.dh_future

    @property
    def credit(self) -> Array:
        """‖∂(g L_s)/∂h_t‖ for each carried vector, (C, T, T).

        Not-a-number without a loss, above the diagonal, and out of every table's reach.
        """
        T, C = len(self.norms), len(self.norms[0])
        rows = np.full((C, len(self.loss_steps), T), np.nan)
        for t, (first, size) in enumerate(zip(self.first_row, self.norms, strict=True)):
            rows[:, first : first + size.shape[1], t] = size
        credit = np.full((C, T, T), np.nan)
        credit[:, self.loss_steps] = rows
        return credit


def output_gradient(task: Task, run: Forward) -> Array:
    """e_t = ∂L/∂o_t, (T, ..., V); zeros where there is no loss."""
    d_output, factors = task.loss.gradient(run.outputs, task.target), task.factors[..., None]
    return factors * d_output if factors.all() else np.where(factors == 0, 0.0, factors * d_output)


def gradient_from_output(task: Task, params: Params, d_output: Array) -> Array:
    """The gradient each state gets from its own output, e_t Wyᵀ, of the whole state (T, ..., S)."""
    H = params["Wy"].shape[-2]
    dstate = np.zeros((*d_output.shape[:-1], task.cell.state_vectors * H))
    dstate[..., :H] = d_output @ params["Wy"].mT
    return dstate


def backward(
    task: Task, params: Params, run: Forward, own: Array, edge_scale: float = 1.0
) -> tuple[Array, Array]:
    """Back through time with all losses in one row, without a Jacobian: cheap enough for every update.

    ``own`` (T, ..., S) is what each state gets from its own output; what one step hands back is multiplied
    by ``crossing``. Returns ∂L/∂state (T, ..., S) and the gradient of the pre-activations da (T, ..., G·H).
    """
    cell, Wh = task.cell, params["Wh"]
    dstate = own.copy()
    da = np.empty((*own.shape[:-1], Wh.shape[-1]))
    for t in range(len(own) - 1, 0, -1):
        da[t], back = cell.vjp(Wh, at_step(run.residuals, t), dstate[t])
        dstate[t - 1] += back if edge_scale == 1.0 else edge_scale * back
    da[0] = cell.vjp_preactivation(Wh, at_step(run.residuals, 0), dstate[0])
    return dstate, da


def parameter_gradients_summed(
    task: Task, params: Params, run: Forward, d_output: Array, da: Array
) -> Params:
    """The gradients of all weights, in their shapes, from e (T, ..., B, V) and da (T, ..., B, G·H)."""
    by_gate = np.split(da, len(task.cell.gates), axis=-1)
    left = np.unstack(task.cell.recurrent_inputs(run.residuals), axis=-2)
    Wh = (
        _sum_of_outer_products(left[0], da)
        if len(left) == 1
        else np.concatenate(
            [_sum_of_outer_products(h, part) for h, part in zip(left, by_gate, strict=True)], axis=-1
        )
    )
    return {
        "Wx": _sum_of_outer_products(task.x, da),
        "Wh": Wh,
        "b": da.sum(axis=(0, -2)).reshape(params["b"].shape),
        "Wy": _sum_of_outer_products(run.h, d_output),
        "by": d_output.sum(axis=(0, -2)).reshape(params["by"].shape),
    }


def _sum_of_outer_products(left: Array, right: Array) -> Array:
    """Σ leftᵀ right over time and the rows: (T, ..., B, m), (T, ..., B, n) -> (..., m, n)."""
    together = [
        np.moveaxis(part, 0, -3).reshape(*part.shape[1:-2], -1, part.shape[-1]) for part in (left, right)
    ]
    return np.asarray(together[0].mT @ together[1])


def backward_per_loss(
    J: Array,
    dh_output: Array,
    weights_tables: Array,
    has_loss: NDArray[np.bool_],
    state_vectors_of: Callable[[int, Array], Array] | None = None,
) -> Backward:
    """One sweep back through time with a row per loss, dh[s, t-1] = dh[s, t] J_t, for every table at once.

    ``J`` (T, S, S) are the Jacobians of the steps, ``kept`` (K, T, T) holds K tables, ``has_loss``
    (T,) tells which steps have a loss. A row lives from its loss back to the last step that any table
    lets it reach, so a table of short reach costs time and memory in proportion to T. ``carried`` takes
    the rows of step t apart into the vectors (C, R, H) whose norms are wanted.
    """
    losses = np.flatnonzero(has_loss)
    tables = weights_tables if has_loss.all() else weights_tables[:, losses]  # (K, losses, T)
    first, last = lifetimes(tables, losses)

    def back(
        measure: Callable[[Array], Array], combine: Callable[[Array, Array], Array]
    ) -> tuple[list[Array], Array]:
        rows = np.zeros((len(losses), dh_output.shape[1]))
        norms: list[Array] = []
        future = np.zeros((len(J), len(weights_tables), dh_output.shape[1]))
        for t in reversed(range(len(J))):
            a, b, own = first[t], last[t], int(has_loss[t])
            if own:
                rows[a] = dh_output[t]
            alive = rows[a:b]
            norms.append(measure(alive[None] if state_vectors_of is None else state_vectors_of(t, alive)))
            future[t] = combine(tables[:, a + own : b, t], alive[own:])
            rows[a:b] = alive @ J[t]
        return norms[::-1], future

    with np.errstate(over="ignore", invalid="ignore"):
        squares, future = back(lambda rows: np.vecdot(rows, rows), np.matmul)
    if squares_are_safe(np.concatenate(squares, axis=-1)):
        norms = [np.sqrt(size) for size in squares]
    else:
        norms, future = back(norm, weighted_sum)
    return Backward(dh_output, future.transpose(1, 0, 2), norms, first, losses)


def lifetimes(tables: Array, losses: NDArray[np.intp]) -> tuple[list[int], list[int]]:
    """Which rows [first[t], last[t]) are alive at each step t: born, and wanted here or further back."""
    T = tables.shape[-1]
    reach = tables.any(axis=0).argmax(axis=1)  # the first step each loss reaches
    last = np.zeros(T, dtype=np.intp)
    np.maximum.at(last, reach, np.arange(len(losses)) + 1)
    return np.searchsorted(losses, np.arange(T)).tolist(), np.maximum.accumulate(last).tolist()


def weighted_sum(weight: Array, rows: Array) -> Array:
    """weight (K, R) · rows (R, S) -> (K, S); a row of weight 0 adds nothing, however large it has grown."""
    if np.isfinite(rows).all():
        return weight @ rows
    return np.asarray(np.where(weight[..., None] == 0, 0.0, weight[..., None] * rows).sum(axis=1))


@dataclass(frozen=True)
class Gradients:
    """Parameter gradients with leading axes (K,), and each step's share of them as norms (K, T)."""

    da: Array
    totals: Params
    step_norms: dict[str, Array]


def parameter_gradients(
    task: Task, params: Params, run: Forward, d_output: Array, dstate: Array
) -> Gradients:
    """From dL/dstate (K, T, S) and e (T, V) to the gradients of all weights, one set per leading K.

    dWh = Σ h_{t-1}ᵀ da_t, dWx = Σ x_tᵀ da_t, db = Σ da_t, dWy = Σ h_tᵀ e_t, dby = Σ e_t.
    """
    cell, H = task.cell, params["Wh"].shape[0]
    da = cell.vjp_preactivation(params["Wh"], run.residuals, dstate)
    by_gate = da.reshape(*da.shape[:-1], len(cell.gates), H)  # (K, T, G, H)
    left = cell.recurrent_inputs(run.residuals)  # (T, G or 1, H)
    dWh = left.transpose(1, 2, 0) @ by_gate.swapaxes(-3, -2)  # (K, G, H, H)
    size = norm(da)
    return Gradients(
        da,
        {
            "Wx": task.x.T @ da,
            "Wh": dWh.swapaxes(-3, -2).reshape(*da.shape[:-2], H, len(cell.gates) * H),
            "b": da.sum(axis=-2),
            "Wy": run.h.T @ d_output,
            "by": d_output.sum(axis=0),
        },
        {
            "Wx": norm(task.x) * size,
            "Wh": norm(norm(left) * norm(by_gate)),
            "b": size,
        },
    )

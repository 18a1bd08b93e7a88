"""Backward pass: backpropagation through time (BPTT), for all losses together or one row per loss.

Backpropagation is linear in the gradient it carries. One backward pass with a row per loss,
dh[s, t] = ∂(g L_s)/∂h_t, therefore contains the full gradient and every truncated one: a truncation scheme
is a table of weights w[s, t] on these rows (Werbos 1990; Williams & Peng 1990).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, Params, by_network, empty_by_network, norm, split_vectors, squares_are_safe, times
from .forward_pass import Forward, Task


@dataclass(frozen=True)
class Backward:
    """Gradients of the states from ``backward_per_loss``, under each of K weights tables.

    ``dh_output`` (T, S) comes from the outputs and is the same for all tables; ``dh_future`` (K, T, S) comes
    from later steps. ``norms[t]`` (C, R) are the norms of the rows alive at step t, one for each of the C
    vectors of the state; row i of step t belongs to the loss ``loss_steps[first_row[t] + i]``.

    Example: T = 4, a loss at every step, blocks of 2. Then ``first_row`` is [0, 1, 2, 3], and ``norms[2]``
    has the shape (C, 2): at step 2 the losses of steps 2 and 3 are alive.
    """

    dh_output: Array
    dh_future: Array
    norms: list[Array]
    first_row: list[int]
    loss_steps: NDArray[np.intp]

    @property
    def dh(self) -> Array:
        """∂L/∂state_t, (K, T, S)."""
        return self.dh_output + self.dh_future

    @property
    def credit(self) -> Array:
        """‖∂(g L_s)/∂h_t‖ for each vector of the state, (C, T, T), the loss s first.

        NaN where s has no loss, above the diagonal, and where no table reaches.
        """
        T, C = len(self.norms), len(self.norms[0])
        rows = np.full((C, len(self.loss_steps), T), np.nan)
        for t, (first, size) in enumerate(zip(self.first_row, self.norms, strict=True)):
            rows[:, first : first + size.shape[1], t] = size
        credit = np.full((C, T, T), np.nan)
        credit[:, self.loss_steps] = rows
        return credit


def output_gradient(task: Task, run: Forward) -> Array:
    """∂L/∂o_t of the total loss, (T, ..., V); 0 where there is no loss, even if the output is not finite."""
    factors = task.factors[..., None]
    d_output = task.loss.gradient(run.outputs, task.targets, factors)
    return d_output if factors.all() else np.where(factors == 0, 0.0, d_output)


def hidden_gradient_from_output(params: Params, d_output: Array) -> Array:
    """The gradient that each hidden state receives from its own output, ∂L/∂o_t Wyᵀ (T, ..., H)."""
    return times(d_output, _transposed_in_memory(params["Wy"]).mT)


def gradient_from_output(task: Task, params: Params, d_output: Array) -> Array:
    """The gradient that each state receives from its own output, ∂L/∂o_t Wyᵀ, padded to (T, ..., S)."""
    dh = hidden_gradient_from_output(params, d_output)
    others = np.zeros((*dh.shape[:-1], (task.cell.state_vectors - 1) * dh.shape[-1]))
    return np.concatenate([dh, others], axis=-1) if others.size else dh


def backward(
    task: Task, params: Params, run: Forward, d_output: Array, edge_scale: float = 1.0
) -> tuple[Array, Array]:
    """BPTT of all losses together, without Jacobians: fast enough for every training update.

    ``d_output`` (T, ..., V) is the gradient of the outputs. The gradient that a step passes to the step
    before is multiplied by ``edge_scale``. Returns ∂L/∂state, one vector after another (T, C, ..., H), and
    the gradient of the pre-activations, da (T, ..., G·H).
    """
    cell, Wh = task.cell, _transposed_in_memory(params["Wh"])
    dstate = hidden_gradient_from_output(params, d_output)[:, None]
    if cell.state_vectors > 1:
        zeros = np.zeros((len(dstate), cell.state_vectors - 1, *dstate.shape[2:]))
        dstate = np.concatenate([dstate, zeros], axis=1)
    T, _, *rows, _ = dstate.shape
    da = empty_by_network(T, *rows, Wh.shape[-1])
    factors = cell.factors(run.residuals)
    if Wh.ndim == 3 and len(Wh) == 1:  # products of two axes are faster
        factors = [factor[:, 0] for factor in factors]
        cell.backward(Wh[0], factors, dstate[:, :, 0], da[:, 0], edge_scale)
    else:
        cell.backward(Wh, factors, dstate, da, edge_scale)
    return dstate, da


def parameter_gradients_summed(
    task: Task, params: Params, run: Forward, d_output: Array, da: Array
) -> Params:
    """Gradients of all parameters, in their shapes, summed over time and batch.

    ``d_output`` (T, ..., B, V) and ``da`` (T, ..., B, G·H) are the gradients of outputs and pre-activations.
    """
    dm = task.cell.recurrent_gradients(run.residuals, da)
    same = dm is da
    x, h, da, d_output = (by_network(part) for part in (task.x, run.h, da, d_output))
    dm = da if same else by_network(dm)
    inputs = [by_network(part) for part in task.cell.recurrent_inputs(run.residuals)]
    by_gate = np.split(dm, len(inputs), axis=-1) if len(inputs) > 1 else [dm]
    recurrent = [left.mT @ right for left, right in zip(inputs, by_gate, strict=True)]
    ones, H = np.ones(da.shape[-2]), h.shape[-1]  # a product with ones is a sum, and faster
    return {
        "Wx": x.mT @ da,
        "Wh": np.concatenate(recurrent, axis=-1) if len(recurrent) > 1 else recurrent[0],
        "b": (ones @ da).reshape(params["b"].shape),
        **({"bh": (ones @ dm[..., -H:]).reshape(params["bh"].shape)} if task.cell.recurrent_bias else {}),
        "Wy": (d_output.mT @ h).mT,  # BLAS is faster this way where H, unlike V, is a multiple of 8
        "by": (ones @ d_output).reshape(params["by"].shape),
    }


def _transposed_in_memory(W: Array) -> Array:
    """The same matrices (..., m, n) with contiguous transposes, which makes products with Wᵀ faster."""
    return np.ascontiguousarray(W.mT).mT


def backward_per_loss(
    J: Array,
    dh_output: Array,
    weights_tables: Array,
    has_loss: NDArray[np.bool_],
    state_vectors_of: Callable[[int, Array], Array] | None = None,
) -> Backward:
    """BPTT with a row per loss, dh[s, t-1] = dh[s, t] J_t, under K weights tables at once.

    ``J`` (T, S, S) are the Jacobians of the steps, ``weights_tables`` is (K, T, T), and ``has_loss`` (T,)
    marks the steps with a loss. A row is alive from its loss back to the first step that any table lets it
    reach, so short tables cost time and memory proportional to T. ``state_vectors_of`` splits the rows
    (R, S) of a step into the vectors (C, R, H) whose norms are measured; None takes whole rows.
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
            a, b, is_new = first[t], last[t], int(has_loss[t])
            if is_new:
                rows[a] = dh_output[t]
            alive = rows[a:b]
            norms.append(measure(alive[None] if state_vectors_of is None else state_vectors_of(t, alive)))
            future[t] = combine(tables[:, a + is_new : b, t], alive[is_new:])
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
    """Bounds first[t], last[t] (exclusive) of the rows alive at each step t, as lists of length T."""
    T = tables.shape[-1]
    reach = tables.any(axis=0).argmax(axis=1)  # the first step each loss reaches
    last = np.zeros(T, dtype=np.intp)
    np.maximum.at(last, reach, np.arange(len(losses)) + 1)
    return np.searchsorted(losses, np.arange(T)).tolist(), np.maximum.accumulate(last).tolist()


def weighted_sum(weight: Array, rows: Array) -> Array:
    """weight (K, R) · rows (R, S) -> (K, S). A row of weight 0 adds nothing, even if it is not finite."""
    if np.isfinite(rows).all():
        return weight @ rows
    return np.asarray(np.where(weight[..., None] == 0, 0.0, weight[..., None] * rows).sum(axis=1))


@dataclass(frozen=True)
class Gradients:
    """Gradients of pre-activations da (K, T, G·H) and of parameters, and the norm of each step's term (K, T).

    In ``totals``, Wx, Wh, b and bh have a leading axis K; Wy and by do not: no truncation changes them.
    """

    da: Array
    totals: Params
    step_norms: dict[str, Array]


def input_gradient(params: Params, da: Array) -> Array:
    """The gradient of each input, dx_t = da_t Wxᵀ (..., T, D).

    It ends there: an input reaches the network only through u_t = x_t Wx + b, and none follows from another.
    """
    return times(da, _transposed_in_memory(params["Wx"]).mT)


def parameter_gradients(
    task: Task, params: Params, run: Forward, d_output: Array, dstate: Array
) -> Gradients:
    """Parameter gradients from ``dstate`` (K, T, S) = ∂L/∂state and ``d_output`` (T, V) = ∂L/∂o.

    dWh = Σ h_{t-1}ᵀ da_t, dWx = Σ x_tᵀ da_t, db = Σ da_t, dWy = Σ h_tᵀ ∂L/∂o_t, dby = Σ ∂L/∂o_t. In a cell
    that multiplies its recurrent products dm_t takes the place of da_t in dWh, and dbh is the sum of its last
    part.
    """
    cell, H = task.cell, params["Wh"].shape[0]
    vectors = split_vectors(dstate, cell.state_vectors)
    da, _ = cell.vjp(params["Wh"], cell.factors(run.residuals), vectors)
    dm = cell.recurrent_gradients(run.residuals, da)
    by_gate = dm.reshape(*dm.shape[:-1], len(cell.gates), H)  # (K, T, G, H)
    left = np.stack(cell.recurrent_inputs(run.residuals), axis=-2)  # (T, G or 1, H)
    dWh = left.transpose(1, 2, 0) @ by_gate.swapaxes(-3, -2)  # (K, G, H, H)
    size, own = norm(da), cell.recurrent_bias
    return Gradients(
        da,
        {
            "Wx": task.x.T @ da,
            "Wh": dWh.swapaxes(-3, -2).reshape(*da.shape[:-2], H, len(cell.gates) * H),
            "b": da.sum(axis=-2),
            **({"bh": dm[..., -H:].sum(axis=-2)} if own else {}),
            "Wy": run.h.T @ d_output,
            "by": d_output.sum(axis=0),
        },
        {
            "Wx": norm(task.x) * size,
            "Wh": norm(norm(left) * norm(by_gate)),
            "b": size,
            **({"bh": norm(dm[..., -H:])} if own else {}),
        },
    )

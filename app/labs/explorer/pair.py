"""One loss and one step: how ∂L_s reaches h_t, factor by factor (Pascanu et al. 2013, arXiv 1211.5063)."""

from typing import Any

import numpy as np
from pydantic import Field

from ...bptt.arrays import Array, norm
from ...bptt.backward_pass import Gradients, input_gradient, parameter_gradients
from ...bptt.forward_pass import Task
from ..parameters import IncompatibleParameters, Integer
from .network import Network, build_network
from .params import BpttParams

MAX_MATRICES, AT_EACH_END = 12, 4  # up to 12 factors have their matrices; of more, 4 at each end


class PairParams(BpttParams):
    """The explorer's parameters, a loss and a step."""

    s: Integer = Field(0, ge=0, le=999, description="The step of the loss.")
    t: Integer = Field(0, ge=0, le=999, description="The step of the state; at most s.")


def run(params: PairParams) -> dict[str, Any]:
    """The row of loss s in the credit matrix, its terms, and ∂state_s/∂state_t = J_s … J_{t+1}.

    Raises:
        IncompatibleParameters: there is no loss at s, or t is later than s.

    """
    with np.errstate(all="ignore"):
        net = build_network(params)
        s, t = params.s, params.t
        if s >= net.T:
            raise IncompatibleParameters("s", "beyond_last_step", net.T - 1, s)
        if not net.has_loss[s]:
            raise IncompatibleParameters("s", "no_loss_here", int(np.flatnonzero(net.has_loss)[-1]), s)
        if t > s:
            raise IncompatibleParameters("t", "later_than_loss", s, t)
        rows, kept = one_row(net, s), net.scheme().weights_table(net.T)[s]
        gradients = gradients_of_loss(net, rows, s)
        return {
            "s": s,
            "t": t,
            "kept": kept[t],
            "kept_row": kept[: s + 1],
            **dict(zip(("credit", "credit_c"), credit_of(net, rows), strict=False)),
            "terms": terms(gradients),
            **factors(net, s, t),
            "credit_x": norm(input_gradient(net.W, gradients.da[0])),
        }


def one_row(net: Network, s: int) -> Array:
    """∂(g L_s)/∂state_t for t = 0 … s, (s + 1, S)."""
    rows = np.empty((s + 1, net.dh_output.shape[1]))
    rows[s] = net.dh_output[s]
    for t in range(s, 0, -1):
        rows[t - 1] = rows[t] @ net.J[t]
    return rows


def credit_of(net: Network, rows: Array) -> list[Array]:
    """Norms of the gradients by each state vector, (s + 1,) each."""
    here = {name: values[: len(rows)] for name, values in net.forward.residuals.items()}
    return [
        norm(part)
        for part in np.split(net.cell.total_derivative(here, rows), net.cell.state_vectors, axis=-1)
    ]


def gradients_of_loss(net: Network, rows: Array, s: int) -> Gradients:
    """The gradients of this loss alone, with the steps up to it."""
    task, stop = net.task, s + 1
    early = Task(task.cell, task.loss, task.x[:stop], task.target[:stop], task.factors[:stop])
    d_output = np.zeros_like(net.d_output[:stop])
    d_output[s] = net.d_output[s]
    return parameter_gradients(early, net.W, net.forward.up_to(stop), d_output, rows[None])


def terms(gradients: Gradients) -> dict[str, Any]:
    """Norms of each step's contribution to the gradients of a loss; Wy has only the term of its own step."""
    norms: dict[str, Any] = {name: norms[0] for name, norms in gradients.step_norms.items()}
    return norms | {"Wy": norm(gradients.totals["Wy"].ravel())}


def factors(net: Network, s: int, t: int) -> dict[str, Any]:
    """The Jacobians J_s … J_{t+1}, their product, and the largest singular value of every partial product."""
    J = net.J[s:t:-1]
    sigma = np.array([_singular(matrix) for matrix in J]).reshape(-1, 2)
    product, norms = np.eye(net.J.shape[1]), []
    for factor in J:
        product = product @ factor
        norms.append(_singular(product)[0])
    included = [len(J) <= MAX_MATRICES or i < AT_EACH_END or i >= len(J) - AT_EACH_END for i in range(len(J))]
    largest, smallest = _singular(product)
    return {
        "factors": [
            {"step": s - i, "matrix": J[i] if included[i] else None, "sigma_max": big, "sigma_min": small}
            for i, (big, small) in enumerate(sigma)
        ],
        "product": {"matrix": product, "sigma_max": largest, "sigma_min": smallest},
        "norms": norms,
    }


def _singular(matrix: Array) -> tuple[float, float]:
    if not np.isfinite(matrix).all():
        return np.nan, np.nan
    sigma = np.linalg.svd(matrix, compute_uv=False)
    return float(sigma[0]), float(sigma[-1])

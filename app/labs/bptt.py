"""The explorer: what flows forward at fixed weights, what flows back, and what truncation cuts."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from ..bptt import gradcheck, measures, sequences, weights
from ..bptt.arrays import RECURRENT, Array, Params, norm
from ..bptt.cells import CELLS, Cell
from ..bptt.losses import LOSSES, loss_factors
from ..bptt.passes import (
    Backward,
    Forward,
    Gradients,
    Task,
    forward,
    from_output,
    output_gradient,
    parameter_gradients,
    sweep,
)
from ..bptt.truncation import SCHEMES, Full, Scheme, build
from .bptt_params import BpttParams

BY_K_UP_TO = 100  # steps up to which every k is worked out


def run(params: BpttParams) -> dict[str, Any]:
    """The explorer's whole answer, arrays not yet rounded; its fields are those of ``BpttResult``."""
    with np.errstate(all="ignore"):  # what is not finite is part of the answer
        return _run(params)


def _run(params: BpttParams) -> dict[str, Any]:
    symbols = sequences.graphemes(params.text)
    T = params.steps or len(symbols) - 1
    settings = params.model_dump(include=set(BpttParams.model_fields)) | {"steps": T}
    cell: Cell = build(CELLS[params.cell], settings)
    scheme: Scheme = build(SCHEMES[params.truncation], settings)
    sequence = sequences.next_symbol(symbols, T)
    V = len(sequence.vocabulary)
    task = Task(
        cell,
        LOSSES[params.loss],
        sequence.one_hot(sequence.tokens),
        sequence.one_hot(sequence.targets),
        loss_factors(T, params.loss_at, params.reduction),
    )
    W = weights.initial(cell, V, params.hidden, V, params.gain, params.seed)

    pass_ = forward(task, W)
    e = output_gradient(task, pass_)
    J = cell.jacobians(W["Wh"], pass_.tape)
    has_loss = task.factors != 0
    every_k = schemes_by_k(scheme, T)
    kept = np.stack([s.kept(T) for s in (Full(), scheme, *every_k)])
    back = sweep(J, from_output(task, W, e), kept, has_loss)
    gradients = parameter_gradients(task, W, pass_, e, back.dh)
    exact, truncated, *_ = (one_of(gradients.totals, i) for i in range(2))

    sigma_max, sigma_min = measures.singular_values(J)
    above = np.triu(np.ones((T, T), dtype=bool), 1)
    counted = ~above & has_loss[:, None]
    return {
        "params": settings,
        "vocabulary": sequence.vocabulary,
        "tokens": sequence.tokens,
        "targets": sequence.targets,
        "weights": W,
        "forward": _forward(task, pass_),
        "blocks": _blocks(kept[1], pass_),
        "walks": [asdict(walk) for walk in scheme.walks(T)],
        "kept": np.where(above, np.nan, kept[1]),
        "credit": back.credit,
        "full": _gradients(back, gradients, exact, 0),
        "truncated": _gradients(back, gradients, truncated, 1),
        "comparison": {n: asdict(like) for n, like in measures.comparison(truncated, exact).items()},
        "cells_kept": int(np.count_nonzero(kept[1][counted])),
        "cells_total": int(np.count_nonzero(counted)),
        "by_k": _by_k(every_k, scheme.least_k, gradients.totals, exact, kept[2:], counted),
        "k_full": scheme.full_at(T),
        "jacobian": {
            "sigma_max": sigma_max,
            "sigma_min": sigma_min,
            "spectral_radius": weights.spectral_radius(W["Wh"]),
        },
        "cost": {
            name: asdict(measures.cost(s, cell, V, params.hidden, has_loss))
            for name, s in (("full", Full()), ("truncated", scheme))
        },
        "checks": asdict(gradcheck.check(task, W, pass_, e, scheme, exact, truncated)),
        "overflow_at": _overflow_at(pass_, back.dh[0]),
    }


def schemes_by_k(scheme: Scheme, T: int) -> list[Scheme]:
    """The same scheme at every k up to where it is full; empty where it has no k, or T is long."""
    end = scheme.full_at(T)
    if end is None or T > BY_K_UP_TO:
        return []
    return [replace(scheme, k=k) for k in range(scheme.least_k, end + 1)]  # type: ignore[type-var]


def one_of(totals: Params, i: int) -> Params:
    """The i-th of several gradients that share those of the readout."""
    return {name: dW[i] if name in RECURRENT else dW for name, dW in totals.items()}


def _forward(task: Task, pass_: Forward) -> dict[str, Any]:
    has_loss = task.factors != 0
    return {
        "h0": np.zeros(pass_.h.shape[1]),
        "h": pass_.h,
        **task.cell.internals(pass_.tape),
        "o": pass_.outputs,
        "p": task.loss.probabilities(pass_.outputs) if task.loss.probabilities else None,
        "loss": np.where(has_loss, pass_.losses, np.nan),
        "total_loss": np.dot(task.factors[has_loss], pass_.losses[has_loss]),
    }


def _blocks(kept: Array, pass_: Forward) -> list[dict[str, Any]]:
    before = pass_.tape["h"]
    return [{"start": a, "stop": b, "h_in": before[a]} for a, b in measures.closed_runs(kept)]


def _gradients(back: Backward, gradients: Gradients, totals: Params, i: int) -> dict[str, Any]:
    H = totals["Wy"].shape[0]
    return {
        "dh_output": back.dh_output[:, :H],
        "dh_future": back.dh_future[i, :, :H],
        "dh": back.dh[i, :, :H],
        "da": gradients.da[i],
        "dh_norm": norm(back.dh[i, :, :H]),
        "step_norms": {name: norms[i] for name, norms in gradients.step_norms.items()},
        "gradients": totals,
    }


def _by_k(
    schemes: list[Scheme], first: int, totals: Params, exact: Params, kept: Array, counted: Array
) -> dict[str, Any] | None:
    if not schemes:
        return None
    several = {name: totals[name][2:] for name in RECURRENT}
    like = measures.likeness(measures.flat(several, RECURRENT, lead=1), measures.flat(exact, RECURRENT))
    return {
        "k": list(range(first, first + len(schemes))),
        "cosine": like.cosine,
        "relative_error": like.relative_error,
        "cells_kept": np.count_nonzero((kept != 0) & counted, axis=(1, 2)),
    }


def _overflow_at(pass_: Forward, dh: Array) -> dict[str, Any] | None:
    ahead = np.isfinite(pass_.states).all(axis=1) & np.isfinite(pass_.outputs).all(axis=1)
    if not ahead.all():
        return {"pass": "forward", "step": int(ahead.argmin())}
    back = np.asarray(np.isfinite(dh).all(axis=1))[::-1]
    if not back.all():
        return {"pass": "backward", "step": len(back) - 1 - int(back.argmin())}
    return None

"""Explorer: forward pass, full and truncated gradients, and their comparison, at fixed weights."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...bptt import gradcheck, metrics, randomized_samples
from ...bptt.arrays import Array, Params, norm, recurrent
from ...bptt.backward_pass import (
    Backward,
    Gradients,
    backward_per_loss,
    input_gradient,
    parameter_gradients,
)
from ...bptt.cells import at_step
from ...bptt.gradient_descent import total_loss
from ...bptt.spectral_radius import spectral_radius
from ...bptt.truncation import SCHEMES, Full, Scheme
from .downsampled import CREDIT, downsampled
from .network import Network, build_network
from .params import BpttParams

BY_K_UP_TO = 100  # steps up to which every k is computed
SAMPLES = 200
MAX_SAMPLED_NUMBERS = 2_000_000  # numbers of pre-activation gradients held at once, all samples together
GROWTH = 30  # lengths at which the cost is given, up to three times the sequence's length


def run(params: BpttParams, start: int = 0) -> dict[str, Any]:
    """The explorer's result with the fields of ``BpttResult``; arrays are not rounded yet.

    For a long sequence, wide arrays hold the steps from ``start`` on only.
    """
    with np.errstate(all="ignore"):  # numbers that are not finite are part of the result
        return downsampled(_run(build_network(params)), start)


def _run(net: Network) -> dict[str, Any]:
    task, T, W = net.task, net.T, net.W
    scheme, has_loss = net.scheme(), net.has_loss
    names = compared_schemes(net.settings)
    every_k = schemes_by_k(scheme, T)
    tables = [*(net.scheme(name) for name in names), *every_k]
    full, chosen = names.index("full"), names.index(net.settings["truncation"])
    kept = np.stack([table.weights_table(T) for table in tables])
    back = backward_per_loss(net.J, net.dh_output, kept, has_loss, _state_vectors_of(net))
    credit = back.credit
    gradients = parameter_gradients(task, W, net.forward, net.d_output, back.dh)
    totals = [one_of(gradients.totals, i) for i in range(len(names))]
    exact, truncated = totals[full], totals[chosen]

    sigma_max, sigma_min = metrics.singular_values(net.J)
    checks = gradcheck.check(task, W, net.forward, net.d_output, scheme, exact, truncated)
    above = np.triu(np.ones((T, T), dtype=bool), 1)
    counted = ~above & has_loss[:, None]
    return {
        "params": net.settings,
        "vocabulary": net.sequence.vocabulary,
        "tokens": net.sequence.tokens,
        "targets": net.sequence.targets,
        "weights": W,
        "training": {
            "loss": net.losses,
            "sensitive": net.is_sensitive(checks.growth),
        },
        "forward": _forward(net),
        "blocks": _blocks(kept[chosen], net),
        "walks": [asdict(window) for window in scheme.backward_windows(T)],
        "kept": np.where(above, np.nan, kept[chosen]),
        **dict(zip(CREDIT, credit, strict=False)),
        "full": _gradients(net, back, gradients, exact, full),
        "truncated": _gradients(net, back, gradients, truncated, chosen),
        "comparison": {n: asdict(like) for n, like in metrics.comparison(truncated, exact).items()},
        "cells_kept": int(np.count_nonzero(kept[chosen][counted])),
        "cells_total": int(np.count_nonzero(counted)),
        "schemes": {
            name: _scheme(net, name, kept[i], counted, totals[i], exact) for i, name in enumerate(names)
        },
        "draws": _samples(net, exact),
        "by_k": _by_k(every_k, scheme.min_k, gradients.totals, exact, kept[len(names) :], counted),
        "k_full": scheme.full_from_k(T),
        "jacobian": {
            "sigma_max": sigma_max,
            "sigma_min": sigma_min,
            "spectral_radius": _by_gate(net, spectral_radius),
            "sigma_max_Wh": _by_gate(net, lambda Wh: float(np.linalg.norm(Wh, 2))),
            **_last_loss(net, back, credit),
        },
        "cost": {
            **{
                name: asdict(metrics.cost(s, net.cell, task.x.shape[1], len(W["Wh"]), has_loss))
                for name, s in (("full", Full()), ("truncated", scheme))
            },
            "growth": _growth(net, scheme),
        },
        "checks": asdict(checks),
        "overflow_at": _overflow_at(net, back.dh[full]),
    }


def compared_schemes(settings: dict[str, Any]) -> list[str]:
    """The names of the schemes that are compared: without any cuts of one's own, these are full BPTT."""
    has_cuts = settings["cuts"] or settings["truncation"] == "cuts"
    return [name for name in SCHEMES if name != "cuts" or has_cuts]


def schemes_by_k(scheme: Scheme, T: int) -> list[Scheme]:
    """The same scheme at every k up to where it is full; empty where it has no k, or T is long."""
    end = scheme.full_from_k(T)
    if end is None or T > BY_K_UP_TO:
        return []
    return [replace(scheme, k=k) for k in range(scheme.min_k, end + 1)]  # type: ignore[type-var]


def one_of(totals: Params, i: int) -> Params:
    """The i-th of several gradients; those of the readout are shared."""
    return {name: dW[i] if name in recurrent(totals) else dW for name, dW in totals.items()}


def _state_vectors_of(net: Network) -> Any:
    """Splits rows into state vectors with total derivatives, and what c receives from later steps alone.

    None where the state is one vector.
    """
    if net.cell.state_vectors == 1:
        return None

    def state_vectors_of(t: int, rows: Array) -> Array:
        total = net.cell.total_derivative(at_step(net.forward.residuals, t), rows)
        along_c = rows[:, total.shape[1] // 2 :]
        return np.stack([*np.split(total, net.cell.state_vectors, axis=-1), along_c])

    return state_vectors_of


def _forward(net: Network) -> dict[str, Any]:
    task, pass_, has_loss = net.task, net.forward, net.has_loss
    return {
        **_initial(net, "h0", "c0"),
        "h": pass_.h,
        **_activations(net),
        "o": pass_.outputs,
        "p": task.loss.probabilities(pass_.outputs) if task.loss.probabilities else None,
        "loss": np.where(has_loss, pass_.losses, np.nan),
        "total_loss": total_loss(task, pass_),
    }


def _initial(net: Network, *names: str) -> dict[str, Array]:
    """The vectors of the state that enters step 0."""
    C, S = net.cell.state_vectors, net.forward.states.shape[1]
    state = np.zeros(S) if net.task.initial_state is None else net.task.initial_state
    return dict(zip(names, np.split(state, C), strict=False))


def _activations(net: Network) -> dict[str, Any]:
    values = net.cell.activations(net.forward.residuals)
    return values if len(net.cell.gates) == 1 else {"gates": values}


def _blocks(kept: Array, net: Network) -> list[dict[str, Any]]:
    names = ("h_in", "c_in")[: net.cell.state_vectors]
    before = np.stack([np.concatenate([*_initial(net, "h", "c").values()]), *net.forward.states[:-1]])
    return [
        {"start": a, "stop": b, **dict(zip(names, np.split(before[a], net.cell.state_vectors), strict=True))}
        for a, b in metrics.closed_blocks(kept)
    ]


def _gradients(net: Network, back: Backward, gradients: Gradients, totals: Params, i: int) -> dict[str, Any]:
    H = len(net.W["Wh"])
    total = net.cell.total_derivative(net.forward.residuals, back.dh[i])
    dx = input_gradient(net.W, gradients.da[i])
    initial = back.dh[i, 0] @ net.J[0]  # only what reaches step 0 reaches the state before it
    return {
        "dh_output": back.dh_output[:, :H],
        "dh_future": back.dh_future[i, :, :H],
        "dh": back.dh[i, :, :H],
        **(
            {"dc": total[:, H:], "dc_future": back.dh_future[i, :, H:], "dc_norm": norm(total[:, H:])}
            if net.cell.state_vectors > 1
            else {}
        ),
        "da": gradients.da[i],
        "dh_norm": norm(back.dh[i, :, :H]),
        "step_norms": {name: norms[i] for name, norms in gradients.step_norms.items()},
        "gradients": totals,
        "dx": dx,
        "dx_norm": norm(dx),
        **dict(zip(("dh_initial", "dc_initial"), np.split(initial, net.cell.state_vectors), strict=False)),
    }


def _scheme(
    net: Network, name: str, kept: Array, counted: NDArray[np.bool_], totals: Params, exact: Params
) -> dict[str, Any]:
    """One scheme with the requested settings: its similarity to full BPTT, and its cost."""
    like = metrics.similarity(*(metrics.as_vector(part, recurrent(exact)) for part in (totals, exact)))
    cost = metrics.cost(net.scheme(name), net.cell, net.task.x.shape[1], len(net.W["Wh"]), net.has_loss)
    reach = (kept != 0).argmax(axis=1)
    return {
        "cells_kept": int(np.count_nonzero(kept[counted])),
        **asdict(like),
        **{key: value for key, value in asdict(cost).items() if key != "cached_floats"},
        "reach": [int(t) if loss else None for t, loss in zip(reach, net.has_loss, strict=True)],
    }


def _samples(net: Network, exact: Params) -> dict[str, Any] | None:
    if net.settings["truncation"] != "randomized":
        return None
    F = metrics.as_vector(exact, recurrent(exact))
    at_once = max(1, min(SAMPLES, MAX_SAMPLED_NUMBERS // (net.T * net.W["Wh"].shape[1])))
    sums: Array = np.zeros((2, len(F)))
    likes: tuple[list[metrics.Similarity], ...] = ([], [])
    for first in range(0, SAMPLES, at_once):
        seeds = range(first, min(first + at_once, SAMPLES))
        sampled = randomized_samples.gradients(
            net.task, net.W, net.forward, net.J, net.dh_output, net.settings["cut"], seeds
        )
        for gradients, total, like in zip(sampled, sums, likes, strict=True):
            total += gradients.sum(axis=0)
            like.append(metrics.similarity(gradients, F))

    def spread(total: Array, like: list[metrics.Similarity]) -> dict[str, Any]:
        mean = metrics.similarity(total / SAMPLES, F)
        return {
            "cosine": np.concatenate([one.cosine for one in like]),
            "relative_error": np.concatenate([one.relative_error for one in like]),
            "mean": {"cosine": mean.cosine, "relative_error": mean.relative_error},
        }

    return {"n": SAMPLES, "unbiased": spread(sums[0], likes[0]), "biased": spread(sums[1], likes[1])}


def _by_k(
    schemes: list[Scheme], first: int, totals: Params, exact: Params, kept: Array, counted: NDArray[np.bool_]
) -> dict[str, Any] | None:
    if not schemes:
        return None
    names = recurrent(exact)
    several = {name: totals[name][-len(schemes) :] for name in names}
    like = metrics.similarity(metrics.as_vector(several, names, lead=1), metrics.as_vector(exact, names))
    return {
        "k": list(range(first, first + len(schemes))),
        "cosine": like.cosine,
        "relative_error": like.relative_error,
        "cells_kept": np.count_nonzero((kept != 0) & counted, axis=(1, 2)),
    }


def _by_gate(net: Network, measure: Any) -> Any:
    """A measure of Wh, or of each gate's part of it."""
    Wh, gates = net.W["Wh"], net.cell.gates
    if not np.isfinite(Wh).all():
        return np.nan if len(gates) == 1 else dict.fromkeys(gates, np.nan)
    per_gate = [measure(part) for part in np.split(Wh, len(gates), axis=1)]
    return per_gate[0] if len(gates) == 1 else dict(zip(gates, per_gate, strict=True))


def _last_loss(net: Network, back: Backward, credit: Array) -> dict[str, Any]:
    """What the last loss's gradient became on its way back to step 0, and what Wh alone would make of it."""
    s = int(np.flatnonzero(net.has_loss)[-1])
    sizes: Array = np.hypot.reduce(credit[: net.cell.state_vectors, s])
    by_Wh = np.nan
    if len(net.cell.gates) == 1:
        by_Wh = metrics.ratio_by_Wh_alone(back.dh_output[s], net.W["Wh"], s)
    return {"last_loss_ratio": sizes[0] / sizes[s], "last_loss_ratio_Wh": by_Wh}


def _growth(net: Network, scheme: Scheme) -> dict[str, Any]:
    """Steps stored at once, at other lengths of the same kind of sequence."""
    lengths = sorted({net.T, *np.linspace(1, 3 * net.T, GROWTH).astype(int).tolist()})
    losses = [_has_loss_at_length(n, net.has_loss) for n in lengths]
    return {
        "T": lengths,
        "full": lengths,
        "truncated": [metrics.cached_steps(scheme, has_loss) for has_loss in losses],
    }


def _has_loss_at_length(n: int, has_loss: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a sequence of n steps has losses: only at its end, as this one, or these over and over."""
    if not has_loss.all() and not has_loss[:-1].any():
        return np.asarray(np.arange(n) == n - 1)
    repeated = np.resize(has_loss[::-1], n)[::-1]
    return repeated if repeated.any() else np.asarray(np.arange(n) == n - 1)


def _overflow_at(net: Network, dh: Array) -> dict[str, Any] | None:
    pass_ = net.forward
    if net.stopped_at is not None:
        return {"pass": "update", "step": net.stopped_at}
    ahead = np.isfinite(pass_.states).all(axis=1) & np.isfinite(pass_.outputs).all(axis=1)
    if not ahead.all():
        return {"pass": "forward", "step": int(ahead.argmin())}
    back = np.asarray(np.isfinite(dh).all(axis=1))[::-1]
    if not back.all():
        return {"pass": "backward", "step": len(back) - 1 - int(back.argmin())}
    return None

"""The run in number formats with fewer bits, and their rounding errors beside the errors of truncation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...bptt import low_precision, metrics
from ...bptt.arrays import Array, norm
from ...bptt.backward_pass import parameter_gradients
from ...bptt.number_formats import FORMATS, NumberFormat
from ...bptt.truncation_by_k import ENDS, ends_of, state_gradients
from ..parameters import Integer
from .network import Network, build_network
from .pair import one_row
from .params import CELL_FACTOR, BpttParams

EVERY_K_UP_TO, RATIO = 32, 1.2  # every k, and then about every fifth one more
MAX_NUMBERS_AT_ONCE = 500_000  # of pre-activation gradients
STEP_SECONDS, STEP_H2_SECONDS = 4e-4, 2e-7  # of one step, and of one step and H²
AT_REST = 8  # steps at which a gradient that no longer changes is the same


class FormatsParams(BpttParams):
    """The explorer's parameters, and the loss scaling."""

    loss_scale: Integer = Field(
        0,
        ge=0,
        le=24,
        description="Base-2 logarithm of the loss scaling: the loss is multiplied by 2^loss_scale before the "
        "backward pass, and the gradient of Wh is divided by it afterwards.",
    )

    @property
    def seconds(self) -> float:
        """Estimated time on one core."""
        by_step = STEP_SECONDS + CELL_FACTOR.get(self.cell, 1) * STEP_H2_SECONDS * self.hidden**2
        return super().seconds + self.T * by_step


def run(params: FormatsParams) -> dict[str, Any]:
    """The formats' results, with the fields of ``FormatsResult``."""
    with np.errstate(all="ignore"):
        net = build_network(params)
        s = int(np.flatnonzero(net.has_loss)[-1])
        ks = ks_up_to(net.T)
        exact, *by_k = _gradients_by_k(net, ks)
        errors = {
            name: metrics.similarity(rows, exact).relative_error
            for name, rows in zip(ENDS, by_k, strict=True)
        }
        g = net.task.factors[s]
        row = one_row(net, s)[::-1] / g
        return {
            "s": s,
            "loss_scale": params.loss_scale,
            "k": ks,
            **errors,
            "norms": norm(row),
            "formats": [
                _in(number_format, net, s, params.loss_scale, exact, row, errors["window"], ks)
                for number_format in FORMATS.values()
            ],
        }


def ks_up_to(T: int) -> list[int]:
    """The truncation lengths whose errors are computed; the last one is T."""
    further = (EVERY_K_UP_TO * RATIO ** np.arange(1, 20)).astype(int)
    return sorted({*range(1, min(T, EVERY_K_UP_TO) + 1), *further[further < T].tolist(), T})


def _gradients_by_k(net: Network, ks: list[int]) -> list[Array]:
    """The gradient of Wh as one vector: exact (n,), and for each scheme at every k (K, n)."""
    ends = np.concatenate([ends_of(scheme, ks, net.T) for scheme in ENDS])
    dstate = state_gradients(net.J, net.dh_output, ends)
    at_once = max(1, MAX_NUMBERS_AT_ONCE // (net.T * net.W["Wh"].shape[1]))
    parts = [
        parameter_gradients(net.task, net.W, net.forward, net.d_output, dstate[i : i + at_once]).totals["Wh"]
        for i in range(0, len(dstate), at_once)
    ]
    rows = np.concatenate(parts).reshape(len(dstate), -1)
    return [rows[len(ks) - 1], *np.split(rows, len(ENDS))]


def _in(
    number_format: NumberFormat,
    net: Network,
    s: int,
    loss_scale: int,
    exact: Array,
    exact_row: Array,
    window: Array,
    ks: list[int],
) -> dict[str, Any]:
    found = low_precision.run(net.task, net.W, number_format, s, loss_scale)
    back = found.one_loss[::-1]
    error = float(metrics.similarity(found.dWh.reshape(-1), exact).relative_error)
    size = np.ldexp(norm(back), -loss_scale)
    stuck_from = _stuck_from(back, exact_row)
    return {
        "name": number_format.name,
        "error": error,
        "zero_after": _first((back == 0).all(axis=1) & exact_row.any(axis=1)),
        "unit_zero_after": _first(((back == 0) & (exact_row != 0)).any(axis=1)),
        "stuck_after": stuck_from,
        "stuck_at": None if stuck_from is None else float(size[stuck_from]),
        "norms": size,
        "overflow": bool(not np.isfinite(found.states).all() or not np.isfinite(found.dWh).all()),
        "window": _window_within(error, window, ks),
    }


def _first(marked: NDArray[np.bool_]) -> int | None:
    return int(marked.argmax()) if marked.any() else None


def _stuck_from(back: Array, exact: Array) -> int | None:
    """After how many steps back a gradient is the same at every earlier step, though not in float64.

    None if it goes on changing almost to the end, or if it is 0.
    """
    moves = (back[1:] != back[:-1]).any(axis=1)
    last_move = len(moves) - int(moves[::-1].argmax()) if moves.any() else 0
    if last_move > len(back) - AT_REST or not np.isfinite(back).all() or not back[-1].any():
        return None
    return None if np.array_equal(exact[last_move], exact[-1]) else last_move


def _window_within(error: float, window: Array, ks: list[int]) -> int | None:
    """The shortest window whose error, and that of every longer one, is at most the error of the format."""
    if not np.isfinite(error):
        return None
    beyond = np.flatnonzero(~(window <= error))
    i = int(beyond[-1]) + 1 if beyond.size else 0
    return ks[i] if i < len(ks) else None

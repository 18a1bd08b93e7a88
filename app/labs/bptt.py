"""The explorer: what flows forward at fixed weights, what flows back, and what truncation cuts."""

from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ..bptt import gradcheck, measures, sequences, weights
from ..bptt.activations import ACTIVATIONS
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
from .parameters import Integer, Number, OneOf, control, problem, written_integer

MAX_STEPS = 200
MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 1001, 1300, 256
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
}
BY_K_UP_TO = 100  # steps up to which every k is worked out


class BpttParams(BaseModel):
    """Everything that decides the explorer's answer; names, defaults and bounds are a public contract."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(
        "hello",
        description="The sequence: 2 to 1001 symbols after NFC, at most 1300 code points, 256 different ones",
        json_schema_extra=control("main") | {"limits": TEXT_LIMITS},
    )
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS), BeforeValidator(written_integer)] | None = Field(
        None,
        description="T, the number of steps: shorter crops the text, longer repeats it; by default all of it",
        json_schema_extra=control("main"),
    )
    unit: Literal["char"] = Field("char", description="What a symbol is: a grapheme.")
    cell: Annotated[str, OneOf(CELLS)] = Field("rnn", description="The recurrent cell.")
    activation: Annotated[str, OneOf(ACTIVATIONS)] = Field(
        "tanh", description="The activation function f of the rnn cell.", json_schema_extra=control()
    )
    hidden: Integer = Field(8, ge=1, le=64, description="H, the hidden size.", json_schema_extra=control())
    gain: Number = Field(
        1.0,
        ge=0,
        le=3,
        description="The spectral radius that Wh is scaled to.",
        json_schema_extra=control(step=0.05),
    )
    gate_bias: Number = Field(
        1.0, ge=-3, le=5, description="How far a keeping gate starts open; no rnn has one."
    )
    seed: Integer = Field(0, ge=0, le=9999, description="Which initial weights.", json_schema_extra=control())
    loss: Annotated[str, OneOf(LOSSES)] = Field(
        "cross_entropy", description="The loss of one step.", json_schema_extra=control()
    )
    loss_at: Literal["every", "last"] = Field(
        "every", description="A loss at every step, or only at the last.", json_schema_extra=control()
    )
    reduction: Literal["mean", "sum"] = Field(
        "mean", description="The total loss: mean or sum of the steps' losses.", json_schema_extra=control()
    )
    truncation: Annotated[str, OneOf(SCHEMES)] = Field(
        "blocks", description="How the backward pass is truncated.", json_schema_extra=control("main")
    )
    k: Integer = Field(
        2, ge=1, le=1000, description="Steps kept (k2 of tbptt).", json_schema_extra=control("main")
    )
    k1: Integer = Field(
        1, ge=1, le=1000, description="tbptt: losses per backward walk.", json_schema_extra=control()
    )
    cut: Number = Field(
        0.3,
        ge=0,
        le=0.9,
        description="randomized: the probability that an edge is cut.",
        json_schema_extra=control(step=0.05),
    )
    cut_seed: Integer = Field(
        0, ge=0, le=9999, description="randomized: which draw.", json_schema_extra=control()
    )

    @field_validator("text")
    @classmethod
    def _text_within_bounds(cls, text: str) -> str:
        if len(text) > 4 * MAX_CODE_POINTS:  # NFC never shrinks a text to less than a quarter
            raise problem("too_long", MAX_CODE_POINTS)
        symbols = sequences.graphemes(text)
        if len(symbols) < MIN_SYMBOLS:
            raise problem("too_few_symbols", MIN_SYMBOLS)
        if len(symbols) > MAX_SYMBOLS:
            raise problem("too_many_symbols", MAX_SYMBOLS)
        text = "".join(symbols)
        if len(text) > MAX_CODE_POINTS:
            raise problem("too_long", MAX_CODE_POINTS)
        if len(set(symbols)) > MAX_VOCABULARY:
            raise problem("too_many_different", MAX_VOCABULARY)
        return text

    @model_validator(mode="after")
    def _text_within_steps(self) -> "BpttParams":
        if self.steps is None and len(sequences.graphemes(self.text)) - 1 > MAX_STEPS:
            raise problem("steps_needed", MAX_STEPS)
        return self


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

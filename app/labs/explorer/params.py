"""The explorer's parameters: names, defaults and bounds, which are a public contract."""

import math
from functools import lru_cache
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from ...bptt import weights
from ...bptt.arrays import Array
from ...bptt.cells import CELLS, cell_type
from ...bptt.cells import Cell as CellOfKernel
from ...bptt.losses import LOSSES, LossAt, loss_steps
from ...bptt.sequences import HOLE, MAX_NUMBER, UNITS, Symbol, make_sequence
from ...bptt.truncation import SCHEMES, parse_cuts
from ..packed_numbers import is_packed, unpacked
from ..parameters import (
    HELD,
    OF_GRU,
    WITH_GAIN,
    WITH_GATE_BIAS,
    Activation,
    BlockLength,
    Cell,
    Gain,
    GateBias,
    Hidden,
    Init,
    Integer,
    LearningRate,
    Number,
    OneOf,
    Recurrence,
    ResetGate,
    Seed,
    canonical_cuts,
    canonical_steps,
    control,
    held,
    invalid,
    normalize,
    parse_integer,
    symbols,
    target_symbols,
)
from ..training.link import LinkedRun, run_of

MAX_STEPS = 1000
MAX_HIDDEN = 64
MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 1001, 1300, 256
MAX_WEIGHT, MAX_WEIGHTS_LENGTH = 100, 20_000
MAX_STATE_LENGTH = 2_000
MAX_TRAINED_LENGTH = 12_000
MAX_CUTS_LENGTH = 5_000
MAX_STEPS_TIMES_HIDDEN = 32_000
MAX_STEPS_TIMES_UPDATES = 40_000
MIN_SECONDS, UPDATE_SECONDS, SECONDS = 0.02, 3e-5, 2.5e-7  # a run, a step of an update, a step and H²
CELL_FACTOR = {"lstm": 3, "gru": 3}  # time relative to the rnn
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
    "not_numbers": int(MAX_NUMBER),
}


LOSS_AT = ("every", "last")
LOSS_AT_SCHEMA = {
    "anyOf": [
        {"type": "string", "enum": [*LOSS_AT]},
        {"type": "string", "pattern": "^[0-9, ]*[0-9][0-9, ]*$"},
    ]
}
FIRST_CUTS = [106, 4043]
"""Cut seeds that cut the first edge, and the second but not the first; seed 0 cuts none of the first 14."""
INITIAL = {"weights": [""], "trained": [""]}  # what only initial weights depend on
WITHOUT_UPDATES = {"updates": ["0"]}


class BpttParams(BaseModel):
    """Parameters that decide the explorer's result; names, defaults and bounds are a public contract."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(
        "hello",
        description="The sequence: 2 to 1001 symbols after NFC, 256 different ones, at most 1300 code "
        "points; numbers up to ±1000.",
        examples=["hello", "the quick brown fox"],
        json_schema_extra=control(
            "main", limits=TEXT_LIMITS, usual={name: unit.default_text for name, unit in UNITS.items()}
        ),
    )
    targets: str = Field(
        "",
        description="Custom targets, one per symbol of the text; empty for the next symbol. The target · "
        "(U+00B7) is none: the step has no loss.",
        examples=["yyyyn"],
        json_schema_extra=control("reading", limits={"too_long": MAX_CODE_POINTS}),
    )
    vocabulary: str = Field(
        "",
        description="The symbols in the order of the inputs and outputs, such as those of a trained model, "
        "with all of the text and the targets. Empty for these in order of first appearance.",
        examples=["abcdefghijklmnopqrstuvwxyz"],
        json_schema_extra=control(
            "reading", limits={"too_long": MAX_CODE_POINTS}, only_with={"unit": ["char", "word"]}
        ),
    )
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS), BeforeValidator(parse_integer)] | None = Field(
        None,
        description="T, the number of steps: fewer crop the text, more repeat it; by default the whole text.",
        json_schema_extra=control("main"),
    )
    unit: Annotated[str, OneOf(UNITS)] = Field(
        "char",
        description="What counts as one symbol: a grapheme, a word, or a number (then the loss is squared "
        "error).",
        json_schema_extra=control("reading"),
    )
    cell: Cell = Field(
        "rnn",
        json_schema_extra=control("network", gates={name: len(cell.gates) for name, cell in CELLS.items()}),
    )
    activation: Activation = Field("tanh", json_schema_extra=control("network"))
    reset_gate: ResetGate = Field("before", json_schema_extra=control("network", only_with=OF_GRU))
    hidden: Hidden = Field(
        8, le=MAX_HIDDEN, json_schema_extra=control("network", times_steps=MAX_STEPS_TIMES_HIDDEN)
    )
    init: Init = Field("gain", json_schema_extra=control("network", only_with=INITIAL))
    gain: Gain = Field(
        1.0,
        json_schema_extra=control("network", step=0.05, only_with=INITIAL | WITH_GAIN, not_with=HELD),
    )
    recurrence: Recurrence = Field("learned", json_schema_extra=control("network"))
    gate_bias: GateBias = Field(
        1.0, json_schema_extra=control("network", step=0.5, only_with=INITIAL | WITH_GATE_BIAS)
    )
    seed: Seed = Field(
        0,
        description="Seed of the initial weights.",
        json_schema_extra=control("network", only_with=INITIAL),
    )
    weights: str = Field(
        "",
        description="Custom weights: Wx, Wh, b, Wy, by in row-major order, within ±100, comma-separated or "
        "packed: f32: or f64: and base64url of little-endian floats, or several such parts with periods "
        "between them. A gru with reset_gate=after has bh after b. gain and seed are then ignored.",
        json_schema_extra=control(
            "network", limits={"not_numbers": MAX_WEIGHT, "too_long": MAX_WEIGHTS_LENGTH}
        ),
    )
    trained: str = Field(
        "",
        description="Weights from a training run: the query of a training link with the same text, cell, "
        " activation and hidden size; gain and seed are then ignored.",
        examples=["text=hello&k=2"],
        json_schema_extra=control(limits={"too_long": MAX_TRAINED_LENGTH}),
    )
    at_update: Integer = Field(
        0, ge=0, le=100_000, description="trained: the number of updates after which the weights are taken."
    )
    h0: str = Field(
        "",
        description="The initial state h₋₁, which enters step 0: H numbers within ±100, comma-separated; "
        "empty for zeros. Updates change it only with initial_state=learned.",
        examples=["0.5,-0.5,0,0,0,0,0,0"],
        json_schema_extra=control(
            "network", limits={"not_numbers": MAX_WEIGHT, "too_long": MAX_STATE_LENGTH}
        ),
    )
    c0: str = Field(
        "",
        description="lstm: the initial cell state c₋₁, as h0.",
        json_schema_extra=control(
            "network",
            only_with={"cell": ["lstm"]},
            limits={"not_numbers": MAX_WEIGHT, "too_long": MAX_STATE_LENGTH},
        ),
    )
    loss: Annotated[str, OneOf(LOSSES)] = Field(
        "cross_entropy",
        description="The loss of one step.",
        json_schema_extra=control("loss", only_with={"unit": ["char", "word"]}, idle_value="squared_error"),
    )
    loss_at: Annotated[str, WithJsonSchema(LOSS_AT_SCHEMA)] = Field(
        "every",
        description="Which steps have a loss: every step, the last, or the listed ones. A step without a "
        "target has none.",
        examples=["last", "2,5,9"],
        json_schema_extra=control("loss", own={"not_steps": MAX_STEPS - 1, "too_long": MAX_CUTS_LENGTH}),
    )
    reduction: Literal["mean", "sum"] = Field(
        "mean",
        description="Whether the total loss is the mean or the sum of the losses.",
        json_schema_extra=control("loss"),
    )
    truncation: Annotated[str, OneOf(SCHEMES)] = Field(
        "blocks", description="The truncation scheme; full for none.", json_schema_extra=control("main")
    )
    k: BlockLength = Field(
        2,
        description="The number of steps a gradient may travel back, its own included (k2 of tbptt; less "
        "than k1 counts as k1).",
        json_schema_extra=control("main", at_least="k1"),
    )
    k1: BlockLength = Field(
        1, description="tbptt: steps between backward passes.", json_schema_extra=control("main")
    )
    cut: Number = Field(
        0.3,
        ge=0,
        le=0.9,
        description="randomized: the probability that an edge is cut.",
        json_schema_extra=control("main", step=0.05),
    )
    cut_seed: Seed = Field(
        0,
        description="randomized: seed of the cuts.",
        json_schema_extra=control("main", draws=FIRST_CUTS),
    )
    cuts: str = Field(
        "",
        description="cuts: the steps t, comma-separated, before which the recurrence is cut: no gradient "
        "flows from step t back to step t-1. Empty for no cut.",
        examples=["2,5,9"],
        json_schema_extra=control("main", limits={"not_cuts": MAX_STEPS - 1, "too_long": MAX_CUTS_LENGTH}),
    )

    updates: Integer = Field(
        0,
        ge=0,
        le=500,
        description="Gradient-descent updates on the full gradient before the run.",
        json_schema_extra=control("training", times_steps=MAX_STEPS_TIMES_UPDATES),
    )
    lr: LearningRate = Field(0.1, json_schema_extra=control("training", step=0.01, not_with=WITHOUT_UPDATES))
    initial_state: Literal["given", "learned"] = Field(
        "given",
        description="learned: every update also moves the initial state, h₋₁ and of an lstm c₋₁, by -lr "
        "times its full gradient; h0 and c0 are where it begins.",
        json_schema_extra=control("training", not_with=WITHOUT_UPDATES),
    )

    @model_validator(mode="before")
    @classmethod
    def _default_text_of_the_unit(cls, query: Any) -> Any:
        unit = UNITS.get(query.get("unit", "")) if isinstance(query, dict) else None
        return {"text": unit.default_text} | query if unit else query

    @field_validator("text", "targets", "vocabulary")
    @classmethod
    def _normalized(cls, text: str) -> str:
        return normalize(text, MAX_CODE_POINTS)

    @field_validator("text")
    @classmethod
    def _has_a_step(cls, text: str) -> str:
        if len(symbols("char", text)) < MIN_SYMBOLS:  # words and numbers are even fewer
            raise invalid("too_few_symbols", MIN_SYMBOLS)
        return text

    @field_validator("weights")
    @classmethod
    def _numbers(cls, weights: str) -> str:
        if len(weights) > MAX_WEIGHTS_LENGTH:
            raise invalid("too_long", MAX_WEIGHTS_LENGTH)
        if is_packed(weights):
            _unpacked(weights)
        else:
            _read("number", weights, "weights", MAX_WEIGHT)
        return weights

    @field_validator("h0", "c0")
    @classmethod
    def _state_numbers(cls, state: str) -> str:
        if len(state) > MAX_STATE_LENGTH:
            raise invalid("too_long", MAX_STATE_LENGTH)
        try:
            symbols("number", state, MAX_WEIGHT)
        except ValueError:
            raise invalid("not_numbers", MAX_WEIGHT) from None
        return state

    @field_validator("cuts")
    @classmethod
    def _canonical_cuts(cls, cuts: str) -> str:
        return canonical_cuts(cuts, MAX_STEPS - 1, MAX_CUTS_LENGTH)

    @field_validator("loss_at")
    @classmethod
    def _canonical_steps(cls, written: str) -> str:
        return canonical_steps(written, LOSS_AT, MAX_STEPS - 1, MAX_CUTS_LENGTH)

    @field_validator("trained")
    @classmethod
    def _is_a_run(cls, query: str) -> str:
        if len(query) > MAX_TRAINED_LENGTH:
            raise invalid("too_long", MAX_TRAINED_LENGTH)
        if query:
            run_of(query)
        return query

    @model_validator(mode="after")
    def _k_counts(self) -> "BpttParams":
        """With tbptt a k below k1 counts as k1, and is answered as k1: no loss may be lost."""
        if self.truncation == "tbptt" and self.k < self.k1:
            object.__setattr__(self, "k", self.k1)
        return self

    @model_validator(mode="after")
    def _run_fits(self) -> "BpttParams":
        run = self.run
        if run is None:
            return self
        shared = ("activation", "hidden", "symbols")
        same_cell = cell_type(run.params.cell, run.params.reset_gate) is self.cell_type
        is_text = self.unit == "char" and not (
            self.targets or self.vocabulary
        )  # only then can they be compared
        fits = is_text and same_cell
        if not fits or any(getattr(run.params, name) != getattr(self, name) for name in shared):
            raise invalid("trained_otherwise", None, "trained", self.trained)
        if self.at_update > run.max_updates:
            raise invalid("too_large", run.max_updates, "at_update", self.at_update)
        return self

    @model_validator(mode="after")
    def _compatible(self) -> "BpttParams":
        inputs, wanted = _read(self.unit, self.text, "text"), _read_targets(self.unit, self.targets)
        symbols_wanted = [target for target in wanted if target != HOLE]
        if len(inputs) < MIN_SYMBOLS:
            raise invalid("too_few_symbols", MIN_SYMBOLS, "text", self.text)
        if len(inputs) > MAX_SYMBOLS:
            raise invalid("too_many_symbols", MAX_SYMBOLS, "text", self.text)
        for name, read in (("text", inputs), ("targets", [*inputs, *symbols_wanted])):
            if self.unit != "number" and len(set(read)) > MAX_VOCABULARY:
                raise invalid("too_many_different", MAX_VOCABULARY, name, getattr(self, name))
        self._require_vocabulary()
        if wanted and len(wanted) != len(inputs):
            raise invalid("targets_count", len(inputs), "targets", len(wanted))
        if self.T > MAX_STEPS:
            raise invalid("steps_needed", MAX_STEPS, "steps", "")
        if self.T * self.hidden > MAX_STEPS_TIMES_HIDDEN:
            raise invalid("too_wide", MAX_STEPS_TIMES_HIDDEN // self.T, "hidden", self.hidden)
        if self.T * self.updates > MAX_STEPS_TIMES_UPDATES:
            raise invalid("too_many_updates", MAX_STEPS_TIMES_UPDATES // self.T, "updates", self.updates)
        if isinstance(self.losses, tuple) and self.losses[-1] >= self.T:
            raise invalid("loss_beyond", self.T - 1, "loss_at", self.losses[-1])
        if not loss_steps(self.losses, make_sequence([*inputs], wanted, self.T).has_target).any():
            raise invalid("no_loss_left", 1, "targets", self.targets)
        last_cut = max(parse_cuts(self.cuts), default=0)
        if self.truncation == "cuts" and last_cut >= self.T:
            raise invalid("cut_beyond", self.T - 1, "cuts", last_cut)
        given, needed = (
            len(self.custom_weights),
            sum(math.prod(shape) for shape in self.weight_shapes.values()),
        )
        if self.weights and given != needed:
            raise invalid("weights_count", needed, "weights", given)
        for name, vector in self.initial_vectors.items():
            if vector and len(vector) != self.hidden:
                raise invalid("weights_count", self.hidden, name, len(vector))
        return self

    def _require_vocabulary(self) -> None:
        """Every symbol is in a vocabulary that is given, and in it once."""
        given, used = self.vocabulary_symbols, [*self.symbols, *self.given_targets]
        if not given:
            return
        if len(given) > MAX_VOCABULARY:
            raise invalid("too_many_different", MAX_VOCABULARY, "vocabulary", self.vocabulary)
        known = set(given)  # a list would be searched for each of a thousand symbols
        if len(known) < len(given):
            twice = next(symbol for symbol in given if given.count(symbol) > 1)
            raise invalid("twice_in_vocabulary", None, "vocabulary", twice)
        missing = next((symbol for symbol in used if symbol not in known), None)
        if missing is not None:
            raise invalid("not_in_vocabulary", None, "vocabulary", missing)

    @property
    def vocabulary_symbols(self) -> list[Symbol]:
        """The symbols of the vocabulary that is given; empty without one, and for numbers."""
        if self.unit == "number" or not self.vocabulary:
            return []
        return [*symbols(self.unit, self.vocabulary)]

    @property
    def symbols(self) -> list[Symbol]:
        """The symbols of the text."""
        return [*symbols(self.unit, self.text)]

    @property
    def target_symbols(self) -> list[Symbol]:
        """The symbols of the custom targets; empty without them."""
        return [*target_symbols(self.unit, self.targets)]

    @property
    def given_targets(self) -> list[Symbol]:
        """The custom targets without holes."""
        return [target for target in self.target_symbols if target != HOLE]

    @property
    def losses(self) -> LossAt:
        """Which steps have a loss, among those that have a target."""
        if self.loss_at in LOSS_AT:
            return self.loss_at  # type: ignore[return-value]
        return tuple(map(int, self.loss_at.split(",")))

    @property
    def T(self) -> int:
        """The number of steps; by default what the text has."""
        return self.steps or len(self.symbols) - (0 if self.target_symbols else 1)

    @property
    def seconds(self) -> float:
        """Estimated time on one core, right within a factor of two."""
        by_step = UPDATE_SECONDS * self.updates + SECONDS * self.hidden**2
        before = self.run.seconds(self.at_update) if self.run else 0
        return MIN_SECONDS + before + CELL_FACTOR.get(self.cell, 1) * self.T * by_step

    @property
    def run(self) -> LinkedRun | None:
        """The training run that the weights come from; None if they do not."""
        return run_of(self.trained) if self.trained else None

    @property
    def held(self) -> frozenset[str]:
        """The names of the weights that are held at zero."""
        return held(self.recurrence)

    @property
    def custom_weights(self) -> list[Symbol]:
        """The custom weights in one row; empty without them."""
        if is_packed(self.weights):
            return [*_unpacked(self.weights)]
        return [*symbols("number", self.weights, MAX_WEIGHT)]

    @property
    def initial_vectors(self) -> dict[str, list[Symbol]]:
        """The vectors of the initial state by name, as far as the cell has them; empty ones are zeros."""
        names = ("h0", "c0")[: self.cell_type.state_vectors]
        return {name: [*symbols("number", getattr(self, name), MAX_WEIGHT)] for name in names}

    @property
    def given_state(self) -> Array | None:
        """The initial state (S,) before any update, None for zeros."""
        vectors = self.initial_vectors.values()
        if not any(vectors):
            return None
        return np.array([vector or [0.0] * self.hidden for vector in vectors], dtype=np.float64).ravel()

    @property
    def learns_state(self) -> bool:
        """Whether updates move the initial state."""
        return self.updates > 0 and self.initial_state == "learned"

    @property
    def cell_type(self) -> type[CellOfKernel]:
        """The class of the cell."""
        return cell_type(self.cell, self.reset_gate)

    @property
    def weight_shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the weight arrays."""
        known = self.vocabulary_symbols or {*self.symbols, *self.given_targets}
        V = 1 if self.unit == "number" else len(known)
        return weights.shapes(self.cell_type, V, self.hidden, V)


@lru_cache(maxsize=16)  # one request asks for the same ones several times
def _unpacked(weights: str) -> tuple[float, ...]:
    """The packed weights, or a validation error."""
    try:
        numbers = unpacked(weights)
    except ValueError:
        raise invalid("not_packed", None, "weights", weights[:20]) from None
    if not all(abs(number) <= MAX_WEIGHT for number in numbers):  # false for nan, too
        raise invalid("not_numbers", MAX_WEIGHT, "weights", weights[:20])
    return tuple(numbers)


def _read_targets(unit: str, text: str) -> list[Symbol]:
    """Targets of one's own, or a validation error."""
    try:
        return [*target_symbols(unit, text)]
    except ValueError as unreadable:
        raise invalid("not_numbers", int(MAX_NUMBER), "targets", str(unreadable)) from None


def _read(unit: str, text: str, parameter: str, limit: float = MAX_NUMBER) -> tuple[Symbol, ...]:
    """The symbols of a text, or a validation error."""
    try:
        return symbols(unit, text, limit)
    except ValueError as unreadable:
        raise invalid("not_numbers", int(limit), parameter, str(unreadable)) from None

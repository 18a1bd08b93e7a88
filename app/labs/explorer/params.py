"""The explorer's parameters: names, defaults and bounds, which are a public contract."""

import math
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ...bptt import weights
from ...bptt.activations import ACTIVATIONS
from ...bptt.cells import CELLS
from ...bptt.losses import LOSSES
from ...bptt.sequences import MAX_NUMBER, UNITS, Symbol, numbers
from ...bptt.truncation import SCHEMES
from ..parameters import Integer, Number, OneOf, control, invalid, written_integer
from ..training.link import LinkedRun, run_of

MAX_STEPS = 1000
MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 1001, 1300, 256
MAX_WEIGHT, MAX_WEIGHTS_LENGTH = 100, 20_000
MAX_TRAINED_LENGTH = 12_000
MAX_STEPS_TIMES_HIDDEN = 32_000
MAX_STEPS_TIMES_UPDATES = 40_000
MIN_SECONDS, UPDATE_SECONDS, SECONDS = 0.02, 3e-5, 2.5e-7  # a run, a step of an update, a step and H²
GATED = {"lstm": 3, "gru": 3}  # times as long
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
    "not_numbers": int(MAX_NUMBER),
}


class BpttParams(BaseModel):
    """Everything that decides the explorer's answer; names, defaults and bounds are a public contract."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(
        "hello",
        description="The sequence: 2 to 1001 symbols after NFC, 256 different ones, at most 1300 code "
        "points; numbers up to ±1000.",
        json_schema_extra=control(
            "main", limits=TEXT_LIMITS, usual={name: unit.default_text for name, unit in UNITS.items()}
        ),
    )
    targets: str = Field(
        "",
        description="Own targets, as many as the text has symbols; empty: the next symbol.",
        json_schema_extra=control("reading", limits={"too_long": MAX_CODE_POINTS}),
    )
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS), BeforeValidator(written_integer)] | None = Field(
        None,
        description="T, the number of steps: shorter crops the text, longer repeats it; by default all of it",
        json_schema_extra=control("main"),
    )
    unit: Annotated[str, OneOf(UNITS)] = Field(
        "char",
        description="What a symbol is: a grapheme, a word, or a number (then the loss is squared error).",
        json_schema_extra=control("reading"),
    )
    cell: Annotated[str, OneOf(CELLS)] = Field(
        "rnn",
        description="The recurrent cell.",
        json_schema_extra=control("network", gates={name: len(cell.gates) for name, cell in CELLS.items()}),
    )
    activation: Annotated[str, OneOf(ACTIVATIONS)] = Field(
        "tanh", description="The activation function f of the rnn cell.", json_schema_extra=control("network")
    )
    hidden: Integer = Field(
        8,
        ge=1,
        le=64,
        description="H, the hidden size.",
        json_schema_extra=control("network", times_steps=MAX_STEPS_TIMES_HIDDEN),
    )
    gain: Number = Field(
        1.0,
        ge=0,
        le=3,
        description="The spectral radius that Wh is scaled to.",
        json_schema_extra=control("network", step=0.05, only_with={"weights": [""], "trained": [""]}),
    )
    gate_bias: Number = Field(
        1.0,
        ge=-3,
        le=5,
        description="lstm, gru: how far the keeping gate starts open.",
        json_schema_extra=control("network", step=0.5, only_with={"weights": [""], "trained": [""]}),
    )
    seed: Integer = Field(
        0,
        ge=0,
        le=9999,
        description="Which initial weights.",
        json_schema_extra=control("network", only_with={"weights": [""], "trained": [""]}),
    )
    weights: str = Field(
        "",
        description="Own weights: Wx, Wh, b, Wy, by, row by row; gain and seed are then ignored.",
        json_schema_extra=control(
            "network", limits={"not_numbers": MAX_WEIGHT, "too_long": MAX_WEIGHTS_LENGTH}
        ),
    )
    trained: str = Field(
        "",
        description="Weights out of a training run: the query of its link, of this very text, cell, "
        "activation and hidden; gain and seed are then ignored.",
        json_schema_extra=control(limits={"too_long": MAX_TRAINED_LENGTH}),
    )
    at_update: Integer = Field(
        0, ge=0, le=100_000, description="trained: after how many updates.", json_schema_extra={}
    )
    loss: Annotated[str, OneOf(LOSSES)] = Field(
        "cross_entropy",
        description="The loss of one step.",
        json_schema_extra=control("loss", only_with={"unit": ["char", "word"]}),
    )
    loss_at: Literal["every", "last"] = Field(
        "every", description="A loss at every step, or only at the last.", json_schema_extra=control("loss")
    )
    reduction: Literal["mean", "sum"] = Field(
        "mean",
        description="The total loss: mean or sum of the steps' losses.",
        json_schema_extra=control("loss"),
    )
    truncation: Annotated[str, OneOf(SCHEMES)] = Field(
        "blocks", description="How the backward pass is truncated.", json_schema_extra=control("main")
    )
    k: Integer = Field(
        2, ge=1, le=1000, description="Steps kept (k2 of tbptt).", json_schema_extra=control("main")
    )
    k1: Integer = Field(
        1,
        ge=1,
        le=1000,
        description="tbptt: losses per backward walk.",
        json_schema_extra=control("truncation"),
    )
    cut: Number = Field(
        0.3,
        ge=0,
        le=0.9,
        description="randomized: the probability that an edge is cut.",
        json_schema_extra=control("truncation", step=0.05),
    )
    cut_seed: Integer = Field(
        0, ge=0, le=9999, description="randomized: which draw.", json_schema_extra=control("truncation")
    )

    updates: Integer = Field(
        0,
        ge=0,
        le=500,
        description="Gradient descent updates on the full gradient, made before looking.",
        json_schema_extra=control("training", times_steps=MAX_STEPS_TIMES_UPDATES),
    )
    lr: Number = Field(
        0.1,
        ge=0,
        le=10,
        description="The learning rate of the updates.",
        json_schema_extra=control("training", step=0.01, not_with={"updates": ["0"]}),
    )

    @model_validator(mode="before")
    @classmethod
    def _usual_text_of_the_unit(cls, asked: Any) -> Any:
        unit = UNITS.get(asked.get("unit", "")) if isinstance(asked, dict) else None
        return {"text": unit.default_text} | asked if unit else asked

    @field_validator("text", "targets")
    @classmethod
    def _composed(cls, text: str) -> str:
        if len(text) > 4 * MAX_CODE_POINTS:  # NFC never shrinks a text to less than a quarter
            raise invalid("too_long", MAX_CODE_POINTS)
        text = unicodedata.normalize("NFC", text)
        if len(text) > MAX_CODE_POINTS:
            raise invalid("too_long", MAX_CODE_POINTS)
        return text

    @field_validator("text")
    @classmethod
    def _at_least_a_step(cls, text: str) -> str:
        if len(UNITS["char"].read(text)) < MIN_SYMBOLS:  # then there are not enough words or numbers either
            raise invalid("too_few_symbols", MIN_SYMBOLS)
        return text

    @field_validator("weights")
    @classmethod
    def _numbers(cls, weights: str) -> str:
        if len(weights) > MAX_WEIGHTS_LENGTH:
            raise invalid("too_long", MAX_WEIGHTS_LENGTH)
        _read("number", weights, "weights", MAX_WEIGHT)
        return weights

    @field_validator("trained")
    @classmethod
    def _run(cls, query: str) -> str:
        if len(query) > MAX_TRAINED_LENGTH:
            raise invalid("too_long", MAX_TRAINED_LENGTH)
        if query:
            run_of(query)
        return query

    @model_validator(mode="after")
    def _trained_for_this(self) -> "BpttParams":
        run = self.run
        if run is None:
            return self
        shared = ("cell", "activation", "hidden", "symbols")
        same = all(getattr(run.params, name) == getattr(self, name) for name in shared)
        if not same or self.unit != "char" or self.target_symbols:
            raise invalid("trained_otherwise", None, "trained", self.trained)
        if self.at_update > run.max_updates:
            raise invalid("too_large", run.max_updates, "at_update", self.at_update)
        return self

    @model_validator(mode="after")
    def _together(self) -> "BpttParams":
        symbols, targets = _read(self.unit, self.text, "text"), _read(self.unit, self.targets, "targets")
        if len(symbols) < MIN_SYMBOLS:
            raise invalid("too_few_symbols", MIN_SYMBOLS, "text", self.text)
        if len(symbols) > MAX_SYMBOLS:
            raise invalid("too_many_symbols", MAX_SYMBOLS, "text", self.text)
        for name, read in (("text", symbols), ("targets", [*symbols, *targets])):
            if self.unit != "number" and len(set(read)) > MAX_VOCABULARY:
                raise invalid("too_many_different", MAX_VOCABULARY, name, getattr(self, name))
        if targets and len(targets) != len(symbols):
            raise invalid("targets_count", len(symbols), "targets", len(targets))
        if self.T > MAX_STEPS:
            raise invalid("steps_needed", MAX_STEPS, "steps", "")
        if self.T * self.hidden > MAX_STEPS_TIMES_HIDDEN:
            raise invalid("too_wide", MAX_STEPS_TIMES_HIDDEN // self.T, "hidden", self.hidden)
        if self.T * self.updates > MAX_STEPS_TIMES_UPDATES:
            raise invalid("too_many_updates", MAX_STEPS_TIMES_UPDATES // self.T, "updates", self.updates)
        given, needed = len(self.own_weights), sum(math.prod(shape) for shape in self.weight_shapes.values())
        if self.weights and given != needed:
            raise invalid("weights_count", needed, "weights", given)
        return self

    @property
    def symbols(self) -> list[Symbol]:
        """The text in its unit."""
        return UNITS[self.unit].read(self.text)

    @property
    def target_symbols(self) -> list[Symbol]:
        """The own targets, or none."""
        return UNITS[self.unit].read(self.targets)

    @property
    def T(self) -> int:
        """The number of steps: where it is not asked for, what the text gives."""
        return self.steps or len(self.symbols) - (0 if self.target_symbols else 1)

    @property
    def seconds(self) -> float:
        """About how long the answer takes to compute on one core: measured, right within a factor of two."""
        by_step = UPDATE_SECONDS * self.updates + SECONDS * self.hidden**2
        before = self.run.seconds(self.at_update) if self.run else 0
        return MIN_SECONDS + before + GATED.get(self.cell, 1) * self.T * by_step

    @property
    def run(self) -> LinkedRun | None:
        """The training run that the weights come from."""
        return run_of(self.trained) if self.trained else None

    @property
    def own_weights(self) -> list[Symbol]:
        """All weights in a row, or none where the seed makes them."""
        return UNITS["number"].read(self.weights)

    @property
    def weight_shapes(self) -> dict[str, tuple[int, ...]]:
        """Of every parameter of this network."""
        V = 1 if self.unit == "number" else len({*self.symbols, *self.target_symbols})
        return weights.shapes(CELLS[self.cell], V, self.hidden, V)


def _read(unit: str, text: str, parameter: str, most: float = MAX_NUMBER) -> list[Symbol]:
    """The text in its unit, or the problem that it cannot be read."""
    try:
        return numbers(text, most) if unit == "number" else UNITS[unit].read(text)
    except ValueError as unreadable:
        raise invalid("not_numbers", int(most), parameter, str(unreadable)) from None

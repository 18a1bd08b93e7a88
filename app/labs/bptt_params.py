"""The explorer's parameters: names, defaults and bounds, which are a public contract."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ..bptt import sequences
from ..bptt.activations import ACTIVATIONS
from ..bptt.cells import CELLS
from ..bptt.losses import LOSSES
from ..bptt.truncation import SCHEMES
from .parameters import Integer, Number, OneOf, control, problem, written_integer

MAX_STEPS = 200
MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 1001, 1300, 256
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
}


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
    cell: Annotated[str, OneOf(CELLS)] = Field(
        "rnn", description="The recurrent cell.", json_schema_extra=control()
    )
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
        1.0,
        ge=-3,
        le=5,
        description="lstm, gru: how far the keeping gate starts open.",
        json_schema_extra=control(step=0.5),
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

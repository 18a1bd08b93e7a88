"""The training lab's parameters: names, defaults and bounds, which are a public contract."""

import unicodedata
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ...bptt.activations import ACTIVATIONS
from ...bptt.cells import CELLS
from ...bptt.clipping import CLIPPINGS
from ...bptt.lanes import Lanes
from ...bptt.optimizers import OPTIMIZERS
from ...bptt.sequences import UNITS, Symbol
from ..parameters import Integer, Number, OneOf, control, invalid
from .contestants import Contestant, canonical, read
from .cost_model import MAX_NUMBERS, MAX_SECONDS, cached_numbers, seconds
from .texts import TEXTS

MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 2001, 2600, 256
MAX_CONTESTANTS, MAX_CONTEST_LENGTH = 8, 200
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
}
OF_TEXT = {"task": ["text"]}
USUAL = {"text": "1,2,full", "recall": "1,10,20", "episodes": "1,5,full", "adding": "1,5,full"}
RECALL = {"task": ["recall", "episodes"]}


class TrainingParams(BaseModel):
    """Everything that decides a training run; names, defaults and bounds are a public contract."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    task: Literal["text", "recall", "episodes", "adding"] = Field(
        "text",
        description="What is learned: the next character, delayed recall (a stream, or episodes), or adding.",
        json_schema_extra=control("main"),
    )
    text: str = Field(
        "hello",
        description="The text: 2 to 2001 graphemes after NFC, or one of the bundled texts "
        + ", ".join(TEXTS)
        + ".",
        json_schema_extra=control("main", only_with=OF_TEXT, limits=TEXT_LIMITS, usual={"char": "hello"}),
    )
    k: Integer = Field(2, ge=1, le=1000, description="The block length.", json_schema_extra=control("main"))
    lr: Number = Field(
        0.3, ge=0, le=10, description="The learning rate.", json_schema_extra=control("main", step=0.01)
    )
    state: Literal["carried", "zeros"] = Field(
        "carried",
        description="In which state a block begins: what the one before left, or zeros.",
        json_schema_extra=control("main"),
    )
    cell: Annotated[str, OneOf(CELLS)] = Field(
        "rnn", description="The recurrent cell.", json_schema_extra=control("network")
    )
    activation: Annotated[str, OneOf(ACTIVATIONS)] = Field(
        "tanh", description="The activation function f of the rnn cell.", json_schema_extra=control("network")
    )
    hidden: Integer = Field(
        8, ge=1, le=128, description="H, the hidden size.", json_schema_extra=control("network")
    )
    gain: Number = Field(
        1.0,
        ge=0,
        le=3,
        description="The spectral radius that Wh is scaled to.",
        json_schema_extra=control("network", step=0.05),
    )
    gate_bias: Number = Field(
        1.0,
        ge=-3,
        le=5,
        description="lstm, gru: how far the keeping gate starts open.",
        json_schema_extra=control("network", step=0.5),
    )
    seed: Integer = Field(
        0,
        ge=0,
        le=9999,
        description="The first seed, of weights and of drawn data.",
        json_schema_extra=control("network"),
    )
    lanes: Integer = Field(
        1,
        ge=1,
        le=64,
        description="N, the lanes (or episodes) of a mini-batch; of a text at most half its length.",
        json_schema_extra=control("order"),
    )
    reading: Literal["formula", "book"] = Field(
        "formula",
        description="Where lanes start and how an epoch ends: at i·⌊L/N⌋ and back, or as the book's code.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    reset: Literal["epoch", "never"] = Field(
        "epoch",
        description="Whether an epoch begins with the state zero.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    shuffle: Literal["0", "1"] = Field(
        "0",
        description="1: the blocks of an epoch in random order.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = Field(
        "sgd", description="How a gradient becomes a change.", json_schema_extra=control("update")
    )
    clip: Annotated[str, OneOf(CLIPPINGS)] = Field(
        "none",
        description="Gradients clipped by their norm, or number by number.",
        json_schema_extra=control("update"),
    )
    clip_at: Number = Field(
        1.0,
        ge=0.001,
        le=100,
        description="The limit of clipping.",
        json_schema_extra=control("update", step=0.1, not_with={"clip": ["none"]}),
    )
    divide: Literal["length", "k"] = Field(
        "length",
        description="A block's loss is divided by its length, or by k where the last block is short.",
        json_schema_extra=control("update", only_with=OF_TEXT),
    )
    match: Literal["steps", "updates"] = Field(
        "steps",
        description="What is equal for all contestants: steps read, or updates made.",
        json_schema_extra=control("race", only_with={"task": ["text", "recall"]}),
    )
    budget: Integer = Field(
        80,
        ge=1,
        le=100_000,
        description="How many: steps a lane, or updates; of episodes always updates.",
        json_schema_extra=control("race"),
    )
    contest: str = Field(
        "",
        description="The contestants, up to 8: k, or cell, scheme and state before it as in gru.window:5; "
        "full; zeros.10; tbptt:k1:k2; randomized:c. By default those that suit the task.",
        json_schema_extra=control("race", limits={"contestants": MAX_CONTESTANTS}),
    )
    seeds: Integer = Field(
        5, ge=1, le=10, description="How many seeds, from seed on.", json_schema_extra=control("race")
    )
    lag: Integer = Field(
        10,
        ge=1,
        le=64,
        description="Steps from the cue to the question; of adding: steps of an episode, at least 2.",
        json_schema_extra=control("task", not_with=OF_TEXT),
    )
    distractors: Integer = Field(
        8,
        ge=1,
        le=26,
        description="Kinds of distractors.",
        json_schema_extra=control("task", only_with=RECALL),
    )
    cues: Integer = Field(
        2, ge=2, le=8, description="Kinds of cues.", json_schema_extra=control("task", only_with=RECALL)
    )
    gap: Integer = Field(
        8,
        ge=0,
        le=32,
        description="Most distractors between two episodes of the stream.",
        json_schema_extra=control("task", only_with={"task": ["recall"]}),
    )

    @field_validator("text")
    @classmethod
    def _readable(cls, text: str) -> str:
        if text in TEXTS:
            return text
        if len(text) > 4 * MAX_CODE_POINTS:  # NFC never shrinks a text to less than a quarter
            raise invalid("too_long", MAX_CODE_POINTS)
        text = unicodedata.normalize("NFC", text)
        if len(text) > MAX_CODE_POINTS:
            raise invalid("too_long", MAX_CODE_POINTS)
        symbols = UNITS["char"].read(text)
        if len(symbols) < MIN_SYMBOLS:
            raise invalid("too_few_symbols", MIN_SYMBOLS)
        if len(symbols) > MAX_SYMBOLS:
            raise invalid("too_many_symbols", MAX_SYMBOLS)
        if len(set(symbols)) > MAX_VOCABULARY:
            raise invalid("too_many_different", MAX_VOCABULARY)
        return text

    @field_validator("contest")
    @classmethod
    def _written(cls, written: str) -> str:
        if not written:
            return written
        if len(written) > MAX_CONTEST_LENGTH:
            raise invalid("too_long", MAX_CONTEST_LENGTH)
        entries = [canonical(entry) for entry in written.split(",")]
        for entry, given in zip(entries, written.split(","), strict=True):
            if entry is None:
                raise invalid("no_contestant", given[:40])
        if len(entries) > MAX_CONTESTANTS:
            raise invalid("too_many_contestants", MAX_CONTESTANTS)
        return ",".join(dict.fromkeys(str(entry) for entry in entries))

    @model_validator(mode="after")
    def _together(self) -> "TrainingParams":
        if self.task == "text" and self.lanes > max(1, self.L // 2):
            raise invalid("too_many_lanes", max(1, self.L // 2), "lanes", self.lanes)
        if self.task == "adding" and self.lag < 2:
            raise invalid("lag_of_adding", 2, "lag", self.lag)
        for one in self.contestants:
            if self.task == "recall" and one.scheme in ("full", "randomized"):
                raise invalid("endless", one.entry, "contest", self.contest)
            if cached_numbers(self, one) > MAX_NUMBERS:
                raise invalid("walk_too_long", one.entry, "contest", self.contest)
        if self.seconds > MAX_SECONDS:
            raise invalid("too_much_work", MAX_SECONDS, "budget", round(self.seconds))
        return self

    @cached_property
    def symbols(self) -> list[Symbol]:
        """The text, grapheme by grapheme."""
        return UNITS["char"].read(TEXTS.get(self.text, self.text))

    @property
    def L(self) -> int:
        """Inputs of the text: each has a next symbol."""
        return len(self.symbols) - 1

    @property
    def series(self) -> Lanes:
        """Where the lanes read, in blocks of k."""
        return Lanes(self.L, self.lanes, self.k, self.reading)

    @cached_property
    def contestants(self) -> list[Contestant]:
        """Who takes part in the race."""
        scheme = "window" if self.task in ("episodes", "adding") else "blocks"
        return [
            read(entry, cell=self.cell, state=self.state, scheme=scheme, cut_seed=self.seed)
            for entry in (self.contest or USUAL[self.task]).split(",")
        ]

    def resolved(self) -> dict[str, Any]:
        """Every parameter, and who the contestants are."""
        return self.model_dump(include=set(TrainingParams.model_fields)) | {
            "contest": ",".join(one.entry for one in self.contestants)
        }

    @cached_property
    def seconds(self) -> float:
        """About how long the race takes to compute on one core."""
        return sum(seconds(self, one) for one in self.contestants)

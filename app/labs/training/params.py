"""The training lab's parameters: names, defaults and bounds, which are a public contract."""

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ...bptt.clipping import CLIPPINGS
from ...bptt.lanes import Lanes
from ...bptt.optimizers import OPTIMIZERS
from ...bptt.sequences import Symbol
from ...bptt.truncation import parse_cuts
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
    control,
    held,
    invalid,
    normalize,
    symbols,
)
from .contestants import ORDERS, Contestant, canonical, read, shuffles_nothing
from .cost_model import MAX_NUMBERS, MAX_SECONDS, cached_numbers, seconds
from .texts import TEXTS

MIN_SYMBOLS, MAX_SYMBOLS, MAX_CODE_POINTS, MAX_VOCABULARY = 2, 2001, 2600, 256
MAX_CONTESTANTS, MAX_CONTEST_LENGTH = 8, 200
MAX_LANES, MAX_LENGTHS_LENGTH = 64, 320
MAX_CUT, MAX_CUTS_LENGTH = MAX_SYMBOLS - 2, 400
TEXT_LIMITS = {
    "too_few_symbols": MIN_SYMBOLS,
    "too_many_symbols": MAX_SYMBOLS,
    "too_long": MAX_CODE_POINTS,
    "too_many_different": MAX_VOCABULARY,
}
OF_TEXT = {"task": ["text"]}
_LENGTH = re.compile(r"0*[1-9][0-9]{0,3}")
DEFAULT_CONTESTANTS = {"text": "1,2,full", "recall": "1,10,20", "episodes": "1,5,full", "adding": "1,5,full"}
RECALL = {"task": ["recall", "episodes"]}


class TrainingParams(BaseModel):
    """Parameters that decide a training run; names, defaults and bounds are a public contract."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    task: Literal["text", "recall", "episodes", "adding"] = Field(
        "text",
        description="What the network must learn: the next character, delayed recall (in a stream or in "
        "episodes), or adding.",
        json_schema_extra=control("main"),
    )
    text: str = Field(
        "hello",
        description="The text: 2 to 2001 graphemes after NFC, or one of the bundled texts "
        + ", ".join(TEXTS)
        + ".",
        examples=["hello", next(iter(TEXTS))],
        json_schema_extra=control("main", only_with=OF_TEXT, limits=TEXT_LIMITS, usual={"char": "hello"}),
    )
    k: BlockLength = Field(2, description="The block length.", json_schema_extra=control("main"))
    cuts: str = Field(
        "",
        description="Blocks of unequal length in place of those of k: the steps t of a lane, "
        "comma-separated, before which a block ends. Empty for blocks of k.",
        examples=["2,5,9"],
        json_schema_extra=control(
            "order", only_with=OF_TEXT, limits={"not_cuts": MAX_CUT, "too_long": MAX_CUTS_LENGTH}
        ),
    )
    lr: LearningRate = Field(0.3, json_schema_extra=control("main", step=0.01))
    state: Literal["carried", "zeros"] = Field(
        "carried",
        description="The initial state of a block: the final state of the preceding block, or zeros.",
        json_schema_extra=control("main"),
    )
    cell: Cell = Field("rnn", json_schema_extra=control("network"))
    activation: Activation = Field("tanh", json_schema_extra=control("network"))
    reset_gate: ResetGate = Field("before", json_schema_extra=control("network", only_with=OF_GRU))
    hidden: Hidden = Field(8, le=128, json_schema_extra=control("network"))
    init: Init = Field("gain", json_schema_extra=control("network"))
    gain: Gain = Field(
        1.0, json_schema_extra=control("network", step=0.05, only_with=WITH_GAIN, not_with=HELD)
    )
    recurrence: Recurrence = Field("learned", json_schema_extra=control("network"))
    gate_bias: GateBias = Field(1.0, json_schema_extra=control("network", step=0.5, only_with=WITH_GATE_BIAS))
    seed: Seed = Field(
        0,
        description="The first seed, of initial weights and random data.",
        json_schema_extra=control("network"),
    )
    lanes: Integer = Field(
        1,
        ge=1,
        le=MAX_LANES,
        description="N, the lanes (or episodes) of a mini-batch; at most half the length of the text.",
        json_schema_extra=control("order", only_with={"lengths": [""]}),
    )
    lengths: str = Field(
        "",
        description="Lanes of unequal length in place of N equal ones: the steps of each, comma-separated, "
        "longest first. The shorter ones are padded to the longest. Empty for lanes of equal length.",
        examples=["20,12,5"],
        json_schema_extra=control("order", only_with=OF_TEXT, limits={"too_long": MAX_LENGTHS_LENGTH}),
    )
    padding: Literal["masked", "counted"] = Field(
        "masked",
        description="lengths: whether the losses of the padding are left out, or counted, as without a mask.",
        json_schema_extra=control("order", only_with=OF_TEXT, not_with={"lengths": [""]}),
    )
    reading: Literal["formula", "book"] = Field(
        "formula",
        description="Where lanes start and how an epoch ends: lane i at i·⌊L/N⌋, or as in the book's code.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    reset: Literal["epoch", "never"] = Field(
        "epoch",
        description="Whether the state is reset to zero at the start of every epoch, or never.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    shuffle: Literal["0", "1"] = Field(
        "0",
        description="1: the blocks of an epoch are read in random order.",
        json_schema_extra=control("order", only_with=OF_TEXT),
    )
    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = Field(
        "sgd",
        description="The optimizer: momentum has μ = 0.9, rmsprop and adam have the constants of PyTorch.",
        json_schema_extra=control("update"),
    )
    clip: Annotated[str, OneOf(CLIPPINGS)] = Field(
        "none",
        description="Gradient clipping, by norm or by value.",
        json_schema_extra=control("update"),
    )
    clip_at: Number = Field(
        1.0,
        ge=0.001,
        le=100,
        description="The limit of gradient clipping.",
        json_schema_extra=control("update", step=0.1, not_with={"clip": ["none"]}),
    )
    divide: Literal["length", "k"] = Field(
        "length",
        description="Whether the loss of a short last block is divided by its length, or by k.",
        json_schema_extra=control("update", only_with=OF_TEXT),
    )
    match: Literal["steps", "updates"] = Field(
        "steps",
        description="Which budget all contestants share: steps read, or updates.",
        json_schema_extra=control("race", only_with={"task": ["text", "recall"]}, idle_value="updates"),
    )
    budget: Integer = Field(
        80,
        ge=1,
        le=100_000,
        description="Steps per lane, or updates; always updates in episodes and adding.",
        json_schema_extra=control("race"),
    )
    contest: str = Field(
        "",
        description="Up to 8 contestants, comma-separated. Each is k, optionally after a cell, a scheme and "
        "a state, as in gru.window:5; full; zeros.10; tbptt:k1:k2; randomized:c; cuts:t1:t2. Empty for the "
        "task's defaults. After gru, after or before is its reset_gate: gru.after.10. An init is a word too: "
        "orthogonal.full. Of a text, shuffled or ordered says how its blocks are read: shuffled.20.",
        examples=["1,10,full", "rnn.10,lstm.10", "zeros.20,tbptt:5:10", "identity.full,shuffled.20"],
        json_schema_extra=control("race", limits={"contestants": MAX_CONTESTANTS}),
    )
    seeds: Integer = Field(
        5, ge=1, le=10, description="The number of seeds, from `seed` on.", json_schema_extra=control("race")
    )
    lag: Integer = Field(
        10,
        ge=1,
        le=64,
        description="Steps from the cue to the question; adding: steps of an episode, at least 2.",
        json_schema_extra=control("main", not_with=OF_TEXT),
    )
    distractors: Integer = Field(
        8,
        ge=1,
        le=26,
        description="The number of different distractors.",
        json_schema_extra=control("task", only_with=RECALL),
    )
    cues: Integer = Field(
        2,
        ge=2,
        le=8,
        description="The number of different cues.",
        json_schema_extra=control("task", only_with=RECALL),
    )
    gap: Integer = Field(
        8,
        ge=0,
        le=32,
        description="The maximum number of distractors between two episodes of the stream.",
        json_schema_extra=control("task", only_with={"task": ["recall"]}),
    )

    @field_validator("text")
    @classmethod
    def _readable(cls, text: str) -> str:
        if text in TEXTS:
            return text
        text = normalize(text, MAX_CODE_POINTS)
        read_ones = symbols("char", text)
        if len(read_ones) < MIN_SYMBOLS:
            raise invalid("too_few_symbols", MIN_SYMBOLS)
        if len(read_ones) > MAX_SYMBOLS:
            raise invalid("too_many_symbols", MAX_SYMBOLS)
        if len(set(read_ones)) > MAX_VOCABULARY:
            raise invalid("too_many_different", MAX_VOCABULARY)
        return text

    @field_validator("cuts")
    @classmethod
    def _steps(cls, cuts: str) -> str:
        return canonical_cuts(cuts, MAX_CUT, MAX_CUTS_LENGTH)

    @field_validator("lengths")
    @classmethod
    def _longest_first(cls, lengths: str) -> str:
        """In the order of pack_padded_sequence; the film shows the first one, which has no padding."""
        if len(lengths) > MAX_LENGTHS_LENGTH:
            raise invalid("too_long", MAX_LENGTHS_LENGTH)
        parts = [part.strip() for part in lengths.split(",") if part.strip()]
        if not all(_LENGTH.fullmatch(part) for part in parts) or len(parts) > MAX_LANES:
            raise invalid("not_lengths", MAX_LANES)
        return ",".join(map(str, sorted(map(int, parts), reverse=True)))

    @field_validator("contest")
    @classmethod
    def _canonical(cls, contest: str) -> str:
        if not contest:
            return contest
        if len(contest) > MAX_CONTEST_LENGTH:
            raise invalid("too_long", MAX_CONTEST_LENGTH)
        entries = [canonical(entry) for entry in contest.split(",")]
        for entry, given in zip(entries, contest.split(","), strict=True):
            if entry is None:
                raise invalid("no_contestant", given[:40])
        if len(entries) > MAX_CONTESTANTS:
            raise invalid("too_many_contestants", MAX_CONTESTANTS)
        return ",".join(dict.fromkeys(str(entry) for entry in entries))

    @model_validator(mode="after")
    def _lengths_count(self) -> "TrainingParams":
        """Lanes of their own lengths are as many as there are lengths."""
        if self.task == "text" and self.lengths:
            if sum(self.lane_lengths) > self.L:
                raise invalid("lengths_beyond", self.L, "lengths", sum(self.lane_lengths))
            object.__setattr__(self, "lanes", len(self.lane_lengths))
        return self

    @model_validator(mode="after")
    def _compatible(self) -> "TrainingParams":
        if self.task == "text" and not self.lengths and self.lanes > max(1, self.L // 2):
            raise invalid("too_many_lanes", max(1, self.L // 2), "lanes", self.lanes)
        if self.task == "adding" and self.lag < 2:
            raise invalid("lag_of_adding", 2, "lag", self.lag)
        for entry in self.contest.split(","):
            if shuffles_nothing(entry, self.own_scheme, self.task == "text"):
                raise invalid("no_blocks_to_shuffle", entry, "contest", self.contest)
        for one in self.contestants:
            if self.task == "recall" and one.scheme in ("full", "randomized", "cuts"):
                raise invalid("endless", one.entry, "contest", self.contest)
            if cached_numbers(self, one) > MAX_NUMBERS:
                raise invalid("walk_too_long", one.entry, "contest", self.contest)
        if self.seconds > MAX_SECONDS:
            raise invalid("too_much_work", MAX_SECONDS, "budget", round(self.seconds))
        return self

    @cached_property
    def symbols(self) -> list[Symbol]:
        """The graphemes of the text."""
        return [*symbols("char", TEXTS.get(self.text, self.text))]

    @property
    def L(self) -> int:
        """The number of inputs: all symbols but the last."""
        return len(self.symbols) - 1

    @property
    def series(self) -> Lanes:
        """The lanes of the text, in blocks of k."""
        cuts = parse_cuts(self.cuts)
        return Lanes(self.L, self.lanes, self.k, self.reading, cuts, self.lane_lengths)

    @property
    def lane_lengths(self) -> tuple[int, ...]:
        """The lengths of the lanes, where they have their own."""
        return tuple(map(int, self.lengths.split(","))) if self.lengths else ()

    @property
    def held(self) -> frozenset[str]:
        """The names of the weights that are held at zero."""
        return held(self.recurrence)

    @property
    def own_scheme(self) -> str:
        """The scheme of a contestant that names none."""
        return "window" if self.task in ("episodes", "adding") else "blocks"

    @cached_property
    def contestants(self) -> list[Contestant]:
        """The contestants of the race; an entry that means the same run as one before it is left out."""
        entries = (self.contest or DEFAULT_CONTESTANTS[self.task]).split(",")
        lab = {
            "cell": self.cell,
            "state": self.state,
            "scheme": self.own_scheme,
            "reset_gate": self.reset_gate,
            "init": self.init,
            "order": ORDERS[int(self.shuffle)] if self.task == "text" else "",
        }
        read_ones = [read(entry, **lab) for entry in entries]
        runs = {one.run: one for one in reversed(read_ones)}
        return [one for one in read_ones if runs[one.run] is one]

    def resolved(self) -> dict[str, Any]:
        """All parameters, with the contestants in their canonical form."""
        return self.model_dump(include=set(TrainingParams.model_fields)) | {
            "contest": ",".join(one.entry for one in self.contestants)
        }

    @cached_property
    def seconds(self) -> float:
        """Estimated time of the race on one core."""
        return sum(seconds(self, one) for one in self.contestants)

"""The graph lab's parameters: names, defaults and bounds, which are a public contract."""

import unicodedata
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ...bptt.sequences import NUMBER
from ...graph.autodiff import Graph
from ...graph.formula import MAX_LENGTH, FormulaError, parse
from ..parameters import Integer, Number, OneOf, control, invalid
from .presets import PRESETS

MAX_VALUE, MAX_VALUES_LENGTH = 1e6, 600
NO_CONTROL = control()  # changed at the nodes and by buttons


class GraphParams(BaseModel):
    """Parameters that decide the graph lab's result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    preset: Annotated[str, OneOf(PRESETS)] = Field(
        "product", description="Which graph to use without a formula.", json_schema_extra=NO_CONTROL
    )
    formula: str = Field(
        "",
        description="A custom formula: + - * / ** and tanh, sigmoid, relu, exp, log of numbers and names.",
        examples=["tanh(w*x + b)"],
        json_schema_extra=control("main", limits={"too_long": MAX_LENGTH}),
    )
    values: str = Field(
        "",
        description="Values of inputs; b:1 sets all of b.0, b.1 …; unknown names are ignored.",
        examples=["x:4,y:1"],
        json_schema_extra=NO_CONTROL,
    )
    n: Integer = Field(
        3,
        ge=2,
        le=12,
        description="The length of the graphs chain, recursion, ar and latent.",
        json_schema_extra=control(
            "main", only_with={"preset": ["chain", "recursion", "ar", "latent"], "formula": [""]}
        ),
    )
    tau: Integer = Field(
        2,
        ge=1,
        le=12,
        description="ar: the order, how many past values are used; at most n.",
        json_schema_extra=control("main", only_with={"preset": ["ar"], "formula": [""]}, at_most="n"),
    )
    lr: Number = Field(
        0.1,
        ge=0,
        le=2,
        description="The learning rate of a descent step.",
        json_schema_extra=control("foot", step=0.05),
    )
    steps: Integer = Field(
        0,
        ge=0,
        le=100,
        description="Descent steps before the state that is shown.",
        json_schema_extra=NO_CONTROL,
    )

    @field_validator("formula")
    @classmethod
    def _parses(cls, formula: str) -> str:
        formula = unicodedata.normalize("NFC", formula[: 4 * MAX_LENGTH])
        if not formula.strip():
            return ""
        try:
            parse(formula)
        except FormulaError as error:
            raise invalid(error.code, error.position) from None
        return formula

    @field_validator("values")
    @classmethod
    def _are_values(cls, values: str) -> str:
        if len(values) > MAX_VALUES_LENGTH:
            raise invalid("too_long", MAX_VALUES_LENGTH)
        for part in _parts(values):
            name, number = _read(part)
            if not _is_name(name) or not NUMBER.fullmatch(number) or not abs(float(number)) <= MAX_VALUE:
                raise invalid("not_values", part.strip()[:40])
        return values

    @model_validator(mode="after")
    def _tau_counts(self) -> "GraphParams":
        """A tau above n counts as n, and is answered as n: there are no more past values."""
        if self.preset == "ar" and not self.formula and self.tau > self.n:
            object.__setattr__(self, "tau", self.n)
        return self

    @cached_property
    def graph(self) -> Graph:
        """The graph of the formula or the preset."""
        return parse(self.formula) if self.formula else PRESETS[self.preset](self.n, self.tau)

    @cached_property
    def start(self) -> dict[str, float]:
        """The value of every input before any descent step: its own, its family's, or its default."""
        given = {name: float(number) for name, number in map(_read, _parts(self.values))}
        return {
            node.name: given.get(node.name, given.get(node.name.partition(".")[0], node.value))
            for node in self.graph.inputs
        }

    def resolved(self) -> dict[str, Any]:
        """All parameters, with only those values that differ from the defaults."""
        values = [
            f"{node.name}:{self.start[node.name] + 0.0!r}".removesuffix(".0")
            for node in self.graph.inputs
            if self.start[node.name] != node.value
        ]
        return self.model_dump(include=set(GraphParams.model_fields)) | {"values": ",".join(values)}


def _parts(values: str) -> list[str]:
    return values.split(",") if values.strip() else []


def _read(part: str) -> tuple[str, str]:
    """The name and the number of ``x:4``, both as text without surrounding spaces."""
    name, _, number = part.partition(":")
    return unicodedata.normalize("NFKC", name.strip()), number.strip()


def _is_name(name: str) -> bool:
    """Whether an input can have this name: x, w1, b.2."""
    letters, dot, index = name.partition(".")
    return letters.isidentifier() and (not dot or index.isdecimal())

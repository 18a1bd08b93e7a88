"""Symbols of a trained network in order, which no framework's file says: given, of a text, or letters."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ...bptt.sequences import UNITS
from ..parameters import IncompatibleParameters, OneOf, normalize, symbols
from .params import MAX_CODE_POINTS

LETTERS = " abcdefghijklmnopqrstuvwxyz"


class SymbolsQuery(BaseModel):
    """What a request says of the symbols of a network."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field("", description="What the network will read; empty if that is not known yet.")
    unit: Annotated[str, OneOf(UNITS)] = Field(
        "char", description="What counts as one symbol, as in `/api/bptt`."
    )
    vocabulary: str = Field(
        "",
        description="Its symbols in order, as in `/api/bptt`. Empty for those of the text, or the letters.",
    )

    @field_validator("text", "vocabulary")
    @classmethod
    def _normalized(cls, text: str) -> str:
        return normalize(text, MAX_CODE_POINTS)


def candidates(asked: SymbolsQuery) -> list[str]:
    """The vocabularies that are likely: the given one, or else that of the text, and the letters."""
    if asked.vocabulary:
        return [asked.vocabulary]
    glue = " " if asked.unit == "word" else ""
    own = glue.join(map(str, dict.fromkeys(symbols(asked.unit, asked.text))))
    return [own, LETTERS, LETTERS[1:]]


def vocabulary_of(V: int, asked: SymbolsQuery) -> str | None:
    """V symbols with all of the text; None if they are not known, and empty for numbers.

    Raises:
        IncompatibleParameters: ``vocabulary_count`` or ``not_in_vocabulary``, of a vocabulary that is given.

    """
    if asked.unit == "number":
        return ""
    for one in candidates(asked):
        known = [*symbols(asked.unit, one)]
        missing = next((symbol for symbol in symbols(asked.unit, asked.text) if symbol not in known), None)
        if len(known) == len({*known}) == V and missing is None:
            return one
        if asked.vocabulary and (len(known) != V or len({*known}) != V):
            raise IncompatibleParameters("vocabulary", "vocabulary_count", V, len({*known}))
        if asked.vocabulary:
            raise IncompatibleParameters("vocabulary", "not_in_vocabulary", None, missing)
    return None

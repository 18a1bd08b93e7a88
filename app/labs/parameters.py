"""How parameters are written in a query: what is legal, what is said if not, how a form shows them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..bptt.sequences import NUMBER

_INTEGER = re.compile(r"(-?)0*([0-9]+)")
_ENOUGH_DIGITS = 18  # more of them are beyond every bound, and int() refuses thousands


def invalid(
    code: str, limit: object = None, parameter: str | None = None, given: object = None
) -> PydanticCustomError:
    """An error that the page can say in its reader's language: a code of the catalogues, and a limit.

    One that shows only when all parameters are known says which one is to blame, and what was given.
    """
    context = {"code": code, "limit": limit, "parameter": parameter, "given": given}
    return PydanticCustomError(code, "{code}", context)


class IncompatibleParameters(ValueError):
    """A parameter that is legal by itself, and means nothing beside the others."""

    def __init__(self, parameter: str, code: str, limit: object, given: object) -> None:
        super().__init__(f"{parameter}: {code}")
        self.parameter, self.code, self.limit, self.given = parameter, code, limit, given


def written_integer(value: object) -> object:
    """An integer written in plain digits, nothing else that Python would read as one."""
    if not isinstance(value, str):
        return value
    written = _INTEGER.fullmatch(value)
    if not written:
        raise invalid("not_integer")
    sign, digits = written.groups()
    return int(sign + digits[:_ENOUGH_DIGITS])


def _written_number(value: object) -> object:
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        raise invalid("not_number")
    return value


Integer = Annotated[int, BeforeValidator(written_integer)]
Number = Annotated[float, BeforeValidator(_written_number), Field(allow_inf_nan=False)]


@dataclass(frozen=True)
class OneOf:
    """One of the names in a registry, so that a new entry is at once a legal value."""

    names: Iterable[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.names))


FORM = "x-form"
"""The key of a parameter's JSON schema under which everything about its form control is kept."""


def control(
    group: str | None = None,
    *,
    step: float | None = None,
    only_with: dict[str, list[str]] | None = None,
    not_with: dict[str, list[str]] | None = None,
    times_steps: int | None = None,
    limits: dict[str, int] | None = None,
    usual: dict[str, str] | None = None,
    gates: dict[str, int] | None = None,
) -> dict[str, Any]:
    """How the form shows a parameter, as an extension of its JSON schema.

    - ``group``: ``main`` for the bar, otherwise a group behind More; without one there is no control.
    - ``step``: by how much a slider moves; 1 if not given.
    - ``only_with``, ``not_with``: it has an effect only beside these values of other parameters, or has none.
    - ``times_steps``: the maximum of its product with the number of steps.
    - ``limits``: the limits of a text, by the code of the error that it leads to.
    - ``usual``: the default text of every unit. ``gates``: the number of gates of every cell.
    """
    given = {name: value for name, value in locals().items() if value is not None}
    return {FORM: given}

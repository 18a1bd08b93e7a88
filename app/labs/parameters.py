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


def problem(
    code: str, limit: object = None, parameter: str | None = None, given: object = None
) -> PydanticCustomError:
    """An error that the page can say in its reader's language: a code of the catalogues, and a limit.

    One that shows only when all parameters are known says which one is to blame, and what was given.
    """
    context = {"code": code, "limit": limit, "parameter": parameter, "given": given}
    return PydanticCustomError(code, "{code}", context)


class Unfit(ValueError):
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
        raise problem("not_integer")
    sign, digits = written.groups()
    return int(sign + digits[:_ENOUGH_DIGITS])


def _written_number(value: object) -> object:
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        raise problem("not_number")
    return value


Integer = Annotated[int, BeforeValidator(written_integer)]
Number = Annotated[float, BeforeValidator(_written_number), Field(allow_inf_nan=False)]


@dataclass(frozen=True)
class OneOf:
    """One of the names in a registry, so that a new entry is at once a legal value."""

    names: Iterable[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.names))


def control(
    group: str,
    step: float = 1,
    only_with: dict[str, list[str]] | None = None,
    not_with: dict[str, list[str]] | None = None,
    times_steps: int | None = None,
) -> dict[str, Any]:
    """How the form shows a parameter: in the bar (``main``) or in a group behind More, moving in which steps.

    It means something only beside the values of ``only_with``, and nothing beside those of ``not_with``;
    ``times_steps`` is the most that it may be multiplied by the number of steps.
    """
    return {
        "group": group,
        "step": step,
        "only_with": only_with or {},
        "not_with": not_with or {},
        "times_steps": times_steps,
    }

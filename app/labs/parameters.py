"""Query parameters of all labs: types, shared parameters, validation errors, and how a form shows them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..bptt.activations import ACTIVATIONS
from ..bptt.cells import CELLS, RESETS
from ..bptt.sequences import MAX_NUMBER, NUMBER, UNITS, Symbol, nfc, numbers, targets
from ..bptt.starts import STARTS
from ..bptt.truncation import parse_cuts

_INTEGER = re.compile(r"(-?)0*([0-9]+)")
_DIGITS = re.compile(r"0*[0-9]{1,18}")
_MAX_DIGITS = 18  # longer integers exceed every bound, and int() refuses thousands of digits


def invalid(
    code: str, limit: object = None, parameter: str | None = None, given: object = None
) -> PydanticCustomError:
    """A validation error with a code of the message catalogues, and the limit that was exceeded.

    An error that depends on several parameters also names the parameter at fault and its value.
    """
    context = {"code": code, "limit": limit, "parameter": parameter, "given": given}
    return PydanticCustomError(code, "{code}", context)


class IncompatibleParameters(ValueError):
    """A parameter is valid by itself but incompatible with the others.

    ``subject`` is what it does not fit, where the sentence needs its name: the framework of a file.
    """

    def __init__(self, parameter: str, code: str, limit: object, given: object, subject: str = "") -> None:
        super().__init__(f"{parameter}: {code}")
        self.parameter, self.code, self.limit, self.given = parameter, code, limit, given
        self.subject = subject

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.parameter, self.code, self.limit, self.given, self.subject), self.__dict__


def parse_integer(value: object) -> object:
    """An integer from plain digits, without the other forms that Python accepts."""
    if not isinstance(value, str):
        return value
    match = _INTEGER.fullmatch(value)
    if not match:
        raise invalid("not_integer")
    sign, digits = match.groups()
    return int(sign + digits[:_MAX_DIGITS])


def _parse_number(value: object) -> object:
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        raise invalid("not_number")
    return value


_FROM_DIGITS = BeforeValidator(parse_integer)
_FROM_DECIMAL = BeforeValidator(_parse_number)
Integer = Annotated[int, _FROM_DIGITS]
_FINITE = Field(allow_inf_nan=False)
Number = Annotated[float, _FROM_DECIMAL, _FINITE]


@dataclass(frozen=True)
class OneOf:
    """One of the names in a registry, so that a new entry is a valid value at once."""

    names: Iterable[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.names))


# Shared by the explorer and the training lab. Bounds come before the validators, so that pydantic writes them
# into the JSON schema, and before _FINITE, so that an infinite number is too large.
Cell = Annotated[str, OneOf(CELLS), Field(description="The recurrent cell.")]
Activation = Annotated[
    str, OneOf(ACTIVATIONS), Field(description="The activation function f of the rnn cell.")
]
ResetGate = Annotated[
    str,
    OneOf(RESETS),
    Field(
        description="gru: where the reset gate is applied, before the product with Wh, r ⊙ h, or after it, "
        "r ⊙ (h Wh + bh)."
    ),
]
Hidden = Annotated[int, Field(ge=1, description="H, the hidden size."), _FROM_DIGITS]
Init = Annotated[
    str,
    OneOf(STARTS),
    Field(
        description="How the initial weights are drawn: gain scales a normal Wh to a spectral radius, "
        "orthogonal and identity are gain times such a matrix, pytorch and keras are the starts of these "
        "frameworks, with their biases and readout."
    ),
]
Gain = Annotated[
    float,
    Field(ge=0, le=3, description="The initial spectral radius of Wh; pytorch and keras ignore it."),
    _FROM_DECIMAL,
    _FINITE,
]
Recurrence = Annotated[
    Literal["learned", "zero"],
    Field(
        description="zero: Wh (of all gates) is 0, no update changes it, and gain is ignored. gain = 0 only "
        "starts Wh at 0."
    ),
]
GateBias = Annotated[
    float,
    Field(
        ge=-3,
        le=5,
        description="lstm, gru: the initial bias of the gate that retains the state.",
    ),
    _FROM_DECIMAL,
    _FINITE,
]
Seed = Annotated[int, Field(ge=0, le=9999), _FROM_DIGITS]
LearningRate = Annotated[float, Field(ge=0, le=10, description="The learning rate."), _FROM_DECIMAL, _FINITE]
BlockLength = Annotated[int, Field(ge=1, le=1000), _FROM_DIGITS]


OF_GRU = {"cell": ["gru"]}
WITH_GAIN = {"init": [name for name, start in STARTS.items() if start.takes_gain]}
WITH_GATE_BIAS = {"init": [name for name, start in STARTS.items() if start.takes_gate_bias]}
HELD = {"recurrence": ["zero"]}
"""Beside it, what the initial Wh depends on has no effect."""


def held(recurrence: str) -> frozenset[str]:
    """The names of the weights that are held at zero."""
    return frozenset({"Wh"} if recurrence == "zero" else ())


def canonical_cuts(written: str, last: int, max_length: int) -> str:
    """A list of steps in ascending order, each once.

    Raises:
        PydanticCustomError: ``too_long``, or ``not_cuts`` for what is no list of steps from 1 to ``last``.

    """
    if len(written) > max_length:
        raise invalid("too_long", max_length)
    try:
        steps = parse_cuts(written)
    except ValueError:
        raise invalid("not_cuts", last) from None
    if steps and steps[-1] > last:
        raise invalid("not_cuts", last)
    return ",".join(map(str, steps))


def canonical_steps(written: str, choices: tuple[str, ...], last: int, max_length: int) -> str:
    """One of the choices, or a list of steps from 0 on such as ``2,5,9``, in ascending order, each once.

    Raises:
        PydanticCustomError: ``not_a_choice`` for nothing, ``too_long``, or ``not_steps`` for what is no list
            of steps from 0 to ``last``.

    """
    if written in choices:
        return written
    parts = {part.strip() for part in written[: max_length + 1].split(",")} - {""}
    if len(written) > max_length:
        raise invalid("too_long", max_length)
    if not parts:
        raise invalid("not_a_choice", " or ".join(map(repr, (*choices, "2,5,9"))))
    if not all(_DIGITS.fullmatch(part) and int(part) <= last for part in parts):
        raise invalid("not_steps", last)
    return ",".join(map(str, sorted({int(part) for part in parts})))


def normalize(text: str, max_code_points: int) -> str:
    """The text in Unicode normalization form C.

    Raises:
        PydanticCustomError: ``too_long``, for more than ``max_code_points``.

    """
    if len(text) > 4 * max_code_points:  # NFC never shrinks a text to less than a quarter
        raise invalid("too_long", max_code_points)
    text = nfc(text)
    if len(text) > max_code_points:
        raise invalid("too_long", max_code_points)
    return text


def symbols(unit: str, text: str, limit: float = MAX_NUMBER) -> tuple[Symbol, ...]:
    """The symbols of a text.

    Raises:
        ValueError: a part is not a number or exceeds ``limit``, if numbers are read.

    """
    return _symbols(unit, text, limit)


@lru_cache(maxsize=16)  # one request asks for the same ones several times
def target_symbols(unit: str, text: str) -> tuple[Symbol, ...]:
    """The symbols of custom targets, or holes.

    Raises:
        ValueError: a part is neither a number nor a hole, or exceeds ``MAX_NUMBER``, if numbers are read.

    """
    return tuple(targets(unit, text)) if text else ()


@lru_cache(maxsize=16)  # as above
def _symbols(unit: str, text: str, limit: float) -> tuple[Symbol, ...]:
    return tuple(numbers(text, limit) if unit == "number" else UNITS[unit].read(text))


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
    draws: list[int] | None = None,
    own: dict[str, int] | None = None,
    at_least: str | None = None,
    at_most: str | None = None,
    idle_value: str | None = None,
) -> dict[str, Any]:
    """How the form shows a parameter, as an extension of its JSON schema.

    - ``group``: ``main`` for the bar, otherwise a group behind More; without one there is no control.
    - ``step``: by how much a slider moves; 1 if not given.
    - ``only_with``, ``not_with``: it has an effect only beside these values of other parameters, or has none.
    - ``times_steps``: the maximum of its product with the number of steps.
    - ``limits``: the limits of a text, by the code of the error that it leads to.
    - ``draws``: what the page writes instead of the default as soon as the parameter has an effect: the first
      for a sequence of two steps, the second for three, and so on; the last for all longer ones.
    - ``own``: beside its choices there is a list of one's own, with these limits.
    - ``at_least``, ``at_most``: another parameter that bounds it, where both have an effect.
    - ``idle_value``: what is used, and shown, where it has no effect.
    - ``usual``: the default text of every unit. ``gates``: the number of gates of every cell.
    """
    given = {name: value for name, value in locals().items() if value is not None}
    return {FORM: given}

"""Error responses: 422 for invalid query parameters, with a code and a limit each, and 503 under load."""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ..labs.parameters import IncompatibleParameters
from ..serving.pool import Busy
from ..serving.replies import NO_STORE
from ..words import CATALOGUES

MAX_ECHOED = 100  # characters of what the client sent
MAX_ERRORS = 20

_GROUPS = ("errors", "room_errors", "file_errors")
_SENTENCES = {code: text for group in _GROUPS for code, text in CATALOGUES["en"][group].items()}
_CODES = {
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_large", "le"),
    "literal_error": ("not_a_choice", "expected"),
    "extra_forbidden": ("unknown", None),
    "finite_number": ("not_number", None),
    "missing": ("missing", None),
    "string_too_long": ("too_long", "max_length"),
    "string_too_short": ("missing", None),
    "too_short": ("too_few_choices", "min_length"),
    "string_pattern_mismatch": ("not_a_name", "pattern"),
    "json_invalid": ("not_json", None),
}
"""By pydantic's type of an error: our code, and where its context has the limit."""


class ParameterError(BaseModel):
    """One error in a query."""

    parameter: str = Field(
        description=f"Name of the query parameter, at most {MAX_ECHOED} characters of it; empty if none."
    )
    code: str = Field(description="Stable code for programs, such as too_large or not_a_choice.")
    limit: int | float | str | None = Field(
        description="The bound that was exceeded, or the choices there are."
    )
    given: str = Field(description=f"The value that was sent, at most {MAX_ECHOED} characters of it.")
    subject: str = Field(
        "",
        description="What the parameter does not fit, such as the framework of a file; mostly empty.",
    )
    message: str = Field(description="One English sentence for people.")


class ParameterErrors(BaseModel):
    """The body of an error response."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "errors": [
                        {
                            "parameter": "hidden",
                            "code": "too_large",
                            "limit": 64,
                            "given": "65",
                            "subject": "",
                            "message": CATALOGUES["en"]["errors"]["too_large"].format(
                                parameter="hidden", limit=64, given="65"
                            ),
                        }
                    ]
                }
            ]
        }
    )

    errors: list[ParameterError] = Field(description=f"At most {MAX_ERRORS} errors.")


_DESCRIPTIONS = {
    422: "A parameter is unknown, repeated or invalid, or two parameters are incompatible.",
    503: "Too much is being computed; try again after the seconds in Retry-After.",
}
_SCHEMA = {"schema": {"$ref": "#/components/schemas/ParameterErrors"}}
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ParameterErrors, "description": description}
    for status, description in _DESCRIPTIONS.items()
}
ERRORS_AS_JSON: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {"application/json": _SCHEMA}}
    for status, description in _DESCRIPTIONS.items()
}
"""The same for operations whose other responses are not JSON."""


def parameter_error(
    parameter: str, code: str, limit: Any, given: object, subject: str = ""
) -> ParameterError:
    """An error with its English sentence."""
    name, value = _echoed(parameter), _echoed(given)
    sentence = _SENTENCES.get(code, _SENTENCES["unreadable"])
    shown = value.replace(" ", "␣") if value.isspace() else value
    message = sentence.format(parameter=name, limit=limit, given=shown, subject=subject)
    return ParameterError(
        parameter=name, code=code, limit=limit, given=value, subject=subject, message=message
    )


def from_pydantic(error: dict[str, Any]) -> ParameterError:
    """One of pydantic's errors in our terms."""
    context = error.get("ctx", {})
    code, bound = _CODES.get(error["type"], (error["type"], "limit"))
    limit = context.get(bound) if bound else None
    where, *place = map(str, error["loc"])
    if where == "body":
        if code == "too_long" and "actual_length" in context:  # of a list
            code, limit = "too_many_choices", context["max_length"]
        if code == "not_json":  # its place is that of a character
            return parameter_error(where, code, None, "")
        code = code if code in _SENTENCES else "unreadable"
        return parameter_error(".".join(place) or where, code, limit, error["input"])
    given = error["input"] if place else context.get("given")
    parameter = place[0] if place else context["parameter"]
    return parameter_error(parameter, code, limit, given)


async def invalid_query(_: Request, error: Exception) -> JSONResponse:
    """422 for parameters that are invalid by themselves."""
    assert isinstance(error, RequestValidationError)
    return error_response([from_pydantic(one) for one in error.errors()[:MAX_ERRORS]])


async def incompatible_parameters(_: Request, error: Exception) -> JSONResponse:
    """422 for a parameter that is incompatible with the others."""
    assert isinstance(error, IncompatibleParameters)
    one = parameter_error(error.parameter, error.code, error.limit, error.given, error.subject)
    return error_response([one])


async def busy(_: Request, error: Exception) -> JSONResponse:
    """503 while too much is being computed."""
    assert isinstance(error, Busy)
    message = CATALOGUES["en"]["server"]["busy"].format(seconds=error.retry_after)
    one = ParameterError(parameter="", code="busy", limit=error.retry_after, given="", message=message)
    return error_response([one], 503, {"Retry-After": str(error.retry_after)})


def error_response(
    errors: list[ParameterError], status: int = 422, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The response that lists these errors."""
    body = ParameterErrors(errors=errors).model_dump()
    return JSONResponse(body, status, headers=NO_STORE | (headers or {}))


def _echoed(value: object) -> str:
    """The beginning of what a client sent, without the halves of characters that JSON may hold."""
    return str(value)[:MAX_ECHOED].encode(errors="replace").decode()


async def no_repeats(request: Request) -> None:
    """Refuse a key that occurs twice, since programs disagree about which of its values counts.

    Raises:
        RequestValidationError: a key occurs twice.

    """
    keys = set()
    for key, value in request.query_params.multi_items():
        if key in keys:
            raise RequestValidationError([{"type": "repeated", "loc": ("query", key), "input": value}])
        keys.add(key)

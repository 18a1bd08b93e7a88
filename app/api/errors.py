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

_CODES = {
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_large", "le"),
    "literal_error": ("not_a_choice", "expected"),
    "extra_forbidden": ("unknown", None),
    "finite_number": ("not_number", None),
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


def parameter_error(parameter: str, code: str, limit: Any, given: object) -> ParameterError:
    """An error with its English sentence."""
    name, value = parameter[:MAX_ECHOED], str(given)[:MAX_ECHOED]
    sentences = CATALOGUES["en"]["errors"]
    message = sentences.get(code, sentences["unreadable"]).format(parameter=name, limit=limit, given=value)
    return ParameterError(parameter=name, code=code, limit=limit, given=value, message=message)


def from_pydantic(error: dict[str, Any]) -> ParameterError:
    """One of pydantic's errors in our terms."""
    context = error.get("ctx", {})
    code, bound = _CODES.get(error["type"], (error["type"], "limit"))
    place = [str(part) for part in error["loc"] if part != "query"]
    given = error["input"] if place else context.get("given")
    parameter = place[0] if place else context["parameter"]
    return parameter_error(parameter, code, context.get(bound) if bound else None, given)


async def invalid_query(_: Request, error: Exception) -> JSONResponse:
    """422 for parameters that are invalid by themselves."""
    assert isinstance(error, RequestValidationError)
    return error_response([from_pydantic(one) for one in error.errors()[:MAX_ERRORS]])


async def incompatible_parameters(_: Request, error: Exception) -> JSONResponse:
    """422 for a parameter that is incompatible with the others."""
    assert isinstance(error, IncompatibleParameters)
    return error_response([parameter_error(error.parameter, error.code, error.limit, error.given)])


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

"""Bad input, said clearly: which parameter, which limit, and at most 100 characters of what was given."""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from ..labs.parameters import Unfit
from ..serving.pool import Busy
from ..serving.replies import NOT_KEPT
from ..words import CATALOGUES

MOST_ECHOED = 100
MOST_LISTED = 20

_CODES = {
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_large", "le"),
    "literal_error": ("not_a_choice", "expected"),
    "extra_forbidden": ("unknown", None),
    "finite_number": ("not_number", None),
}


class Problem(BaseModel):
    """One thing that is wrong with a query."""

    parameter: str = Field(description=f"which key of the query, at most {MOST_ECHOED} characters of it")
    code: str = Field(description="stable, for programs")
    limit: int | float | str | None = Field(description="the bound that was passed, or the choices there are")
    given: str = Field(description=f"at most {MOST_ECHOED} characters of it")
    message: str = Field(description="one English sentence")


class Problems(BaseModel):
    """The body of a 422."""

    errors: list[Problem] = Field(description=f"at most {MOST_LISTED} of them")


REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"model": Problems},
    503: {
        "model": Problems,
        "description": "Too much is being computed; to be asked again after Retry-After.",
    },
}
_PROBLEMS = {"schema": {"$ref": "#/components/schemas/Problems"}}
REFUSED_AS_JSON: dict[int | str, dict[str, Any]] = {
    code: {"description": said, "content": {"application/json": _PROBLEMS}}
    for code, said in ((422, "Unprocessable Content"), (503, "Too much is being computed"))
}


def problem(parameter: str, code: str, limit: Any, given: object) -> Problem:
    """A problem with its English sentence."""
    name = parameter[:MOST_ECHOED]
    sentence = CATALOGUES["en"]["errors"].get(code, CATALOGUES["en"]["errors"]["unreadable"])
    message = sentence.format(parameter=name, limit=limit, given=str(given)[:MOST_ECHOED])
    return Problem(parameter=name, code=code, limit=limit, given=str(given)[:MOST_ECHOED], message=message)


def from_pydantic(error: dict[str, Any]) -> Problem:
    """One of pydantic's errors in our words."""
    context = error.get("ctx", {})
    code, bound = _CODES.get(error["type"], (error["type"], "limit"))
    place = [str(part) for part in error["loc"] if part != "query"]
    given = error["input"] if place else context.get("given")
    parameter = place[0] if place else context["parameter"]
    return problem(parameter, code, context.get(bound) if bound else None, given)


async def unprocessable(_: Request, error: Exception) -> JSONResponse:
    """The answer to a query that breaks a rule."""
    assert isinstance(error, RequestValidationError)
    found = [from_pydantic(one) for one in error.errors()[:MOST_LISTED]]
    return _refused(found)


async def unfit(_: Request, error: Exception) -> JSONResponse:
    """The answer to a query whose parameters do not go together."""
    assert isinstance(error, Unfit)
    found = problem(error.parameter, error.code, error.limit, error.given)
    return _refused([found])


async def busy(_: Request, error: Exception) -> JSONResponse:
    """The answer while too much is being computed."""
    assert isinstance(error, Busy)
    sentence = CATALOGUES["en"]["server"]["busy"].format(seconds=error.retry_after)
    found = Problem(parameter="", code="busy", limit=error.retry_after, given="", message=sentence)
    return _refused([found], 503, {"Retry-After": str(error.retry_after)})


def _refused(found: list[Problem], status: int = 422, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(Problems(errors=found).model_dump(), status, headers=NOT_KEPT | (headers or {}))


def no_repeats(request: Request) -> None:
    """Which of two values counts, no two programs agree on: a key stands once."""
    seen = set()
    for key, value in request.query_params.multi_items():
        if key in seen:
            raise RequestValidationError([{"type": "repeated", "loc": ("query", key), "input": value}])
        seen.add(key)

"""How a lab's result becomes a response: computed in the pool, written as JSON, cached by its parameters."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field

from ..labs.parameters import Integer
from ..serving.json_encoding import EXACT
from ..serving.replies import IMMUTABLE, REVALIDATE
from ..serving.response_cache import Key

JSON = "application/json"
NO_HEADERS: Mapping[str, str] = {}


class OutputOptions(BaseModel):
    """Parameters that decide how a result is written."""

    v: Literal["1"] = Field("1", description="Version of the query parameters; there is only one so far.")
    digits: Integer = Field(
        5, ge=3, le=EXACT, description="Number of significant digits of all numbers in the result."
    )


class PythonSource(Response):
    """The source of a Python script."""

    media_type = "text/x-python"


async def compute(app: FastAPI, work: Callable[[], bytes], seconds: float) -> bytes:
    """The result of ``work``, which takes about so many seconds, from one of the worker processes.

    Raises:
        Busy: too much work is waiting already.

    """
    body: bytes = await app.state.pool.run(lambda: app.state.workers.call(work), seconds)
    return body


async def answer(
    request: Request,
    key: Key,
    make: Callable[[], Awaitable[bytes]],
    media_type: str = JSON,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    """The response whose body ``make`` returns, taken from the cache where ``key`` is known."""
    caching = IMMUTABLE if "engine" in request.path_params else REVALIDATE
    response: Response = await request.app.state.responses.answer(
        request, key, make, media_type, {**caching, **headers}
    )
    return response

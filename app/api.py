"""The labs over HTTP, as JSON."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from .labs import bptt
from .labs.bptt_params import BpttParams
from .labs.bptt_result import BpttResult
from .labs.parameters import Integer
from .problems import Problems, no_repeats
from .serving.encoding import EXACT, to_json
from .serving.pool import compute

router = APIRouter(dependencies=[Depends(no_repeats)])


class BpttQuery(BpttParams):
    """The explorer's parameters, and how the answer is written."""

    v: Literal["1"] = Field("1", description="Version of the meaning of a link.")
    digits: Integer = Field(5, ge=3, le=EXACT, description="Significant digits of every number.")


@router.head("/api/bptt", include_in_schema=False)
@router.get("/api/bptt", response_model=BpttResult, responses={422: {"model": Problems}})
async def explore(params: Annotated[BpttQuery, Query()]) -> Any:
    """Forward and backward pass of one recurrent network, exact and truncated, as these parameters ask."""
    body = await compute(lambda: to_json(bptt.run(params), params.digits))
    return Response(body, media_type="application/json")


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The server is up."""
    return {"status": "ok"}

"""The labs over HTTP, as JSON."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from .labs import bptt, pair, script, walk
from .labs.bptt_params import BpttParams
from .labs.bptt_result import BpttResult
from .labs.parameters import Integer
from .labs.small_results import PairResult, WalkResult
from .problems import Problems, no_repeats
from .serving.encoding import EXACT, to_json
from .serving.pool import compute

router = APIRouter(dependencies=[Depends(no_repeats)])


class _Written(BaseModel):
    """How an answer is written."""

    v: Literal["1"] = Field("1", description="Version of the meaning of a link.")
    digits: Integer = Field(5, ge=3, le=EXACT, description="Significant digits of every number.")


class BpttQuery(BpttParams, _Written):
    """The explorer's parameters, and how the answer is written."""

    start: Integer = Field(
        0, ge=0, le=999, alias="from", description="Above 200 steps: where the window of wide arrays begins."
    )


class WalkQuery(walk.WalkParams, _Written):
    """One backward walk of the explorer's run."""


class PairQuery(pair.PairParams, _Written):
    """One loss and one step of the explorer's run."""


class ScriptQuery(script.ScriptParams, _Written):
    """The explorer's run as a script; digits are those of float64."""


class Script(Response):
    """The source of a Python script."""

    media_type = "text/x-python"


REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": Problems}}


_PROBLEMS = {"schema": {"$ref": "#/components/schemas/Problems"}}
REFUSED_AS_JSON: dict[int | str, dict[str, Any]] = {
    422: {"description": "Unprocessable Content", "content": {"application/json": _PROBLEMS}}
}


async def _answer(run: Callable[[Any], dict[str, Any]], params: _Written) -> Response:
    body = await compute(lambda: to_json(run(params), params.digits))
    return Response(body, media_type="application/json")


@router.head("/api/bptt", include_in_schema=False)
@router.get("/api/bptt", response_model=BpttResult, responses=REFUSED)
async def explore(params: Annotated[BpttQuery, Query()]) -> Any:
    """Forward and backward pass of one recurrent network, exact and truncated, as these parameters ask."""
    return await _answer(lambda asked: bptt.run(asked, asked.start), params)


@router.head("/api/walk", include_in_schema=False)
@router.get("/api/walk", response_model=WalkResult, responses=REFUSED)
async def one_walk(params: Annotated[WalkQuery, Query()]) -> Any:
    """One backward walk of the truncation's own algorithm; all walks added up are the truncated gradient."""
    return await _answer(walk.run, params)


@router.head("/api/pair", include_in_schema=False)
@router.get("/api/pair", response_model=PairResult, responses=REFUSED)
async def one_pair(params: Annotated[PairQuery, Query()]) -> Any:
    """How one loss reaches one step: its row of the credit matrix, its terms, and the Jacobians."""
    return await _answer(pair.run, params)


@router.head("/api/script", include_in_schema=False)
@router.get("/api/script", response_class=Script, responses=REFUSED_AS_JSON)
async def as_script(params: Annotated[ScriptQuery, Query()]) -> Response:
    """The very run as a script that runs alone and prints the numbers on screen."""
    source = await compute(lambda: script.run(params))
    name = f'attachment; filename="bptt_{params.library}.py"'
    return Script(source, headers={"Content-Disposition": name})


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The server is up."""
    return {"status": "ok"}

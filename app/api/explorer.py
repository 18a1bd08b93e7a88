"""The labs over HTTP, as JSON, at ``/api/…``, and for caches at ``/api/{engine}/…``."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import Field

from ..labs.explorer import pair, script, walk
from ..labs.explorer import run as bptt
from ..labs.explorer.params import BpttParams
from ..labs.explorer.result import BpttResult
from ..labs.explorer.small_results import PairResult, WalkResult
from ..labs.parameters import Integer
from ..presets import PRESETS
from ..serving.answers import FIRST
from ..serving.encoding import to_json
from .answering import JSON, NO_HEADERS, OutputOptions, answer, compute
from .errors import REFUSED, REFUSED_AS_JSON, no_repeats

router = APIRouter(dependencies=[Depends(no_repeats)])


class BpttQuery(BpttParams, OutputOptions):
    """The explorer's parameters, and how the answer is written."""

    start: Integer = Field(
        0, ge=0, le=999, alias="from", description="Above 200 steps: where the window of wide arrays begins."
    )


class WalkQuery(walk.WalkParams, OutputOptions):
    """One backward walk of the explorer's run."""


class PairQuery(pair.PairParams, OutputOptions):
    """One loss and one step of the explorer's run."""


class ScriptQuery(script.ScriptParams, OutputOptions):
    """The explorer's run as a script; digits are those of float64."""


class Script(Response):
    """The source of a Python script."""

    media_type = "text/x-python"


async def _answer(
    request: Request,
    lab: str,
    params: BpttParams,
    work: Callable[[], bytes],
    media_type: str = JSON,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    async def make() -> bytes:
        return await compute(request.app, work, params.seconds)

    return await answer(request, _key(lab, params), make, media_type, headers)


def _key(lab: str, params: BpttParams) -> str:
    return f"{lab}?{params.model_copy(update={'steps': params.T}).model_dump_json()}"


async def warm(app: FastAPI) -> None:
    """Have the answers of all presets at hand."""
    for link in PRESETS.values():
        params = BpttQuery.model_validate(dict(parse_qsl(urlsplit(link).query)))
        await app.state.answers.get(
            _key("bptt", params),
            FIRST,
            lambda params=params: compute(app, lambda: _explored(params), params.seconds),
        )


def _explored(params: BpttQuery) -> bytes:
    return to_json(bptt.run(params, params.start), params.digits)


@router.head("/bptt", include_in_schema=False)
@router.get("/bptt", response_model=BpttResult, responses=REFUSED)
async def explore(request: Request, params: Annotated[BpttQuery, Query()]) -> Any:
    """Forward and backward pass of one recurrent network, exact and truncated, as these parameters ask."""
    return await _answer(request, "bptt", params, lambda: _explored(params))


@router.head("/walk", include_in_schema=False)
@router.get("/walk", response_model=WalkResult, responses=REFUSED)
async def one_walk(request: Request, params: Annotated[WalkQuery, Query()]) -> Any:
    """One backward walk of the truncation's own algorithm; all walks added up are the truncated gradient."""
    return await _answer(request, "walk", params, lambda: to_json(walk.run(params), params.digits))


@router.head("/pair", include_in_schema=False)
@router.get("/pair", response_model=PairResult, responses=REFUSED)
async def one_pair(request: Request, params: Annotated[PairQuery, Query()]) -> Any:
    """How one loss reaches one step: its row of the credit matrix, its terms, and the Jacobians."""
    return await _answer(request, "pair", params, lambda: to_json(pair.run(params), params.digits))


@router.head("/script", include_in_schema=False)
@router.get("/script", response_class=Script, responses=REFUSED_AS_JSON)
async def as_script(request: Request, params: Annotated[ScriptQuery, Query()]) -> Response:
    """The very run as a script that runs alone and prints the numbers on screen."""
    name = {"Content-Disposition": f'attachment; filename="bptt_{params.library}.py"'}
    return await _answer(
        request, "script", params, lambda: script.run(params).encode(), "text/x-python", name
    )

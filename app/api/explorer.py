"""The labs over HTTP, as JSON, at ``/api/…``, and for caches at ``/api/{engine}/…``."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import BaseModel, Field

from ..labs.explorer import pair, script, walk
from ..labs.explorer import run as bptt
from ..labs.explorer.params import BpttParams
from ..labs.explorer.result import BpttResult
from ..labs.explorer.small_results import PairResult, WalkResult
from ..labs.parameters import Integer
from ..presets import PRESETS
from ..serving.answers import FIRST
from ..serving.encoding import EXACT, to_json
from ..serving.replies import ASKED_AGAIN, FOR_EVER, NOT_KEPT
from ..serving.version import ENGINE
from .errors import REFUSED, REFUSED_AS_JSON, no_repeats

router = APIRouter(dependencies=[Depends(no_repeats)])


class Written(BaseModel):
    """How an answer is written."""

    v: Literal["1"] = Field("1", description="Version of the meaning of a link.")
    digits: Integer = Field(5, ge=3, le=EXACT, description="Significant digits of every number.")


class BpttQuery(BpttParams, Written):
    """The explorer's parameters, and how the answer is written."""

    start: Integer = Field(
        0, ge=0, le=999, alias="from", description="Above 200 steps: where the window of wide arrays begins."
    )


class WalkQuery(walk.WalkParams, Written):
    """One backward walk of the explorer's run."""


class PairQuery(pair.PairParams, Written):
    """One loss and one step of the explorer's run."""


class ScriptQuery(script.ScriptParams, Written):
    """The explorer's run as a script; digits are those of float64."""


class Script(Response):
    """The source of a Python script."""

    media_type = "text/x-python"


NO_MORE: Mapping[str, str] = {}


async def _make(app: FastAPI, work: Callable[[], bytes], params: BpttParams) -> bytes:
    made: bytes = await app.state.pool.run(work, params.seconds)
    return made


async def _answer(
    request: Request,
    lab: str,
    params: BpttParams,
    work: Callable[[], bytes],
    kind: str = "application/json",
    headers: Mapping[str, str] = NO_MORE,
) -> Response:
    question, app = _question(lab, params), request.app
    return await answer(request, question, lambda: _make(app, work, params), kind, headers)


async def answer(
    request: Request,
    question: str,
    make: Callable[[], Awaitable[bytes]],
    kind: str = "application/json",
    headers: Mapping[str, str] = NO_MORE,
) -> Response:
    """What ``make`` makes of a question, from memory where it was made before."""
    engine = request.path_params.get("engine")
    kept = FOR_EVER if engine == ENGINE else NOT_KEPT if engine else ASKED_AGAIN
    response: Response = await request.app.state.answers.answer(
        request, question, make, kind, {**kept, **headers}
    )
    return response


def _question(lab: str, params: BpttParams) -> str:
    return f"{lab}?{params.model_copy(update={'steps': params.T}).model_dump_json()}"


async def warm(app: FastAPI) -> None:
    """Have the answers of all presets at hand."""
    for link in PRESETS.values():
        params = BpttQuery.model_validate(dict(parse_qsl(urlsplit(link).query)))
        await app.state.answers.get(
            _question("bptt", params),
            FIRST,
            lambda params=params: _make(app, lambda: _explored(params), params),
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

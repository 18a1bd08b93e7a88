"""The explorer's API: GET /api/bptt, /walk, /pair, /formats, /script, and the file of /weights."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import Field

from ..labs.explorer import network_file as file_lab
from ..labs.explorer import number_formats as formats_lab
from ..labs.explorer import pair as pair_lab
from ..labs.explorer import run as lab
from ..labs.explorer import script as script_lab
from ..labs.explorer import walk as walk_lab
from ..labs.explorer.params import BpttParams
from ..labs.explorer.result import BpttResult
from ..labs.explorer.small_results import FormatsResult, PairResult, WalkResult
from ..labs.parameters import Integer
from ..presets import PRESETS
from ..serving.json_encoding import to_json
from ..serving.response_cache import STORED_CODING, Key
from .answering import JSON, NO_HEADERS, OutputOptions, PythonSource, answer, compute
from .errors import ERRORS, ERRORS_AS_JSON, no_repeats

router = APIRouter(tags=["explorer"], dependencies=[Depends(no_repeats)])


class BpttQuery(BpttParams, OutputOptions):
    """The explorer's parameters, and how the result is written."""

    start: Integer = Field(
        0,
        ge=0,
        le=999,
        alias="from",
        description="First step of the window of wide arrays; used only above 200 steps.",
    )


class WalkQuery(walk_lab.WalkParams, OutputOptions):
    """The explorer's parameters, and which backward pass."""


class PairQuery(pair_lab.PairParams, OutputOptions):
    """The explorer's parameters, and a loss and a step."""


class FormatsQuery(formats_lab.FormatsParams, OutputOptions):
    """The explorer's parameters, and the loss scaling."""


class ScriptQuery(script_lab.ScriptParams, OutputOptions):
    """The explorer's parameters, and a library; ``digits`` has no effect."""


class FileQuery(file_lab.NetworkFileParams, OutputOptions):
    """The explorer's parameters, a framework and a number format; ``digits`` has no effect."""


class WeightsOfNetwork(Response):
    """A file with the weights of a network."""

    media_type = "application/octet-stream"


@router.head("/bptt", include_in_schema=False)
@router.get(
    "/bptt", response_model=BpttResult, responses=ERRORS, summary="Full and truncated BPTT of one network"
)
async def bptt(request: Request, params: Annotated[BpttQuery, Query()]) -> Any:
    """Run one recurrent network forward over a text and backward, without and with truncation.

    The result has the activations, the gradients of every step, the gradients of the weights, how the
    truncated gradients differ from the full ones, what the passes cost, and numerical checks.

    Example: `/api/bptt?text=hello&truncation=blocks&k=2`
    """
    return await _answer(request, "bptt", params, partial(_run, params))


@router.head("/walk", include_in_schema=False)
@router.get("/walk", response_model=WalkResult, responses=ERRORS, summary="One backward pass of a scheme")
async def walk(request: Request, params: Annotated[WalkQuery, Query()]) -> Any:
    """Run one of the backward passes that the truncation scheme makes, step by step.

    The sum over all of the scheme's backward passes is its truncated gradient.

    Example: `/api/walk?text=hello&truncation=window&k=2&walk=3`
    """
    return await _answer(request, "walk", params, partial(_walk, params))


@router.head("/pair", include_in_schema=False)
@router.get(
    "/pair", response_model=PairResult, responses=ERRORS, summary="The gradient of one loss at one step"
)
async def pair(request: Request, params: Annotated[PairQuery, Query()]) -> Any:
    """Follow the gradient of the loss at step `s` back to the state at step `t`.

    The result has the Jacobians between the two steps, their product and singular values, and what every
    step contributes to the gradients of the weights.

    Example: `/api/pair?text=hello&s=3&t=1`
    """
    return await _answer(request, "pair", params, partial(_pair, params))


@router.head("/formats", include_in_schema=False)
@router.get(
    "/formats", response_model=FormatsResult, responses=ERRORS, summary="The run in other number formats"
)
async def formats(request: Request, params: Annotated[FormatsQuery, Query()]) -> Any:
    """Compute the run in float32, bfloat16 and float16, emulated, and compare rounding with truncation.

    The result has the relative error of the gradient of Wh for every format, for sliding windows and for
    blocks of k steps, and after how many steps back the gradient of the last loss is exactly 0 in a format.

    Example: `/api/formats?text=hello&gain=0.5&loss_scale=8`
    """
    return await _answer(request, "formats", params, partial(_formats, params))


@router.head("/script", include_in_schema=False)
@router.get(
    "/script",
    response_class=PythonSource,
    responses=ERRORS_AS_JSON,
    summary="The run as a Python script",
)
async def script(request: Request, params: Annotated[ScriptQuery, Query()]) -> Response:
    """Write a standalone Python script, for NumPy or PyTorch, that computes and prints the run's numbers.

    Example: `/api/script?text=hello&k=2&library=torch`
    """
    headers = {"Content-Disposition": f'attachment; filename="bptt_{params.library}.py"'}
    return await _answer(
        request, "script", params, partial(_script, params), PythonSource.media_type, headers
    )


@router.head("/weights", include_in_schema=False)
@router.get(
    "/weights",
    response_class=WeightsOfNetwork,
    responses=ERRORS_AS_JSON,
    summary="The weights as a file of a framework",
)
async def network_file(request: Request, params: Annotated[FileQuery, Query()]) -> Response:
    """Write the weights of the run, after its `updates`, as a file that the framework reads.

    A network that the framework's own layer cannot compute is refused with the reason; `parameter` names
    what to choose otherwise. `POST /api/weights` reads such files.

    Example: `/api/weights?text=hello&cell=lstm&framework=pytorch`
    """
    headers = {"Content-Disposition": f'attachment; filename="{file_lab.file_name(params)}"'}
    work = partial(file_lab.run, params)
    return await _answer(request, "weights", params, work, WeightsOfNetwork.media_type, headers)


async def warm(app: FastAPI) -> None:
    """Compute the results of all presets that are not in the cache."""
    for link in PRESETS.values():
        params = BpttQuery.model_validate(dict(parse_qsl(urlsplit(link).query)))
        await app.state.responses.get(
            _key("bptt", params),
            STORED_CODING,
            lambda params=params: compute(app, partial(_run, params), params.seconds),
        )


def _run(params: BpttQuery) -> bytes:
    return to_json(lab.run(params, params.start), params.digits)


def _walk(params: WalkQuery) -> bytes:
    return to_json(walk_lab.run(params), params.digits)


def _pair(params: PairQuery) -> bytes:
    return to_json(pair_lab.run(params), params.digits)


def _formats(params: FormatsQuery) -> bytes:
    return to_json(formats_lab.run(params), params.digits)


def _script(params: ScriptQuery) -> bytes:
    return script_lab.run(params).encode()


async def _answer(
    request: Request,
    name: str,
    params: BpttParams,
    work: Callable[[], bytes],
    media_type: str = JSON,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    async def make() -> bytes:
        return await compute(request.app, work, params.seconds)

    return await answer(request, _key(name, params), make, media_type, headers)


def _key(name: str, params: BpttParams) -> Key:
    """The cache key of a result: all of its parameters, resolved."""
    return name, params.model_copy(update={"steps": params.T}).model_dump_json()

"""Weights of other frameworks: POST /api/weights makes a file into parameters of the explorer."""

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.requests import ClientDisconnect

from ..interchange.refused import Refused
from ..labs.explorer.symbols_of_network import SymbolsQuery
from ..labs.explorer.weights_file import MAX_FILE_MB, SECONDS, read_weights
from ..labs.explorer.weights_result import WeightsFile
from ..serving.json_encoding import to_json
from ..serving.pool import Busy
from ..serving.replies import NO_STORE
from .answering import JSON, compute
from .errors import ERRORS, ParameterErrors, error_response, no_repeats, parameter_error
from .methods import refuse_others

MAX_BYTES = MAX_FILE_MB * 2**20
AT_ONCE = 8  # files that are received or read at the same time, and so the most memory that they take
PATIENCE = 20  # s for a file to arrive
DIGITS = 5

router = APIRouter(prefix="/weights", tags=["explorer"], dependencies=[Depends(no_repeats)])


class Uploads:
    """How many files are being received and read."""

    def __init__(self) -> None:
        self.running = 0

    def __enter__(self) -> None:
        if self.running >= AT_ONCE:
            raise Busy(PATIENCE)
        self.running += 1

    def __exit__(self, *_: object) -> None:
        self.running -= 1


@router.post(
    "",
    response_model=WeightsFile,
    responses={
        408: {"model": ParameterErrors, "description": f"The file did not arrive within {PATIENCE} s."},
        413: {"model": ParameterErrors, "description": f"The file has more than {MAX_FILE_MB} MB."},
        422: {
            "model": ParameterErrors,
            "description": "The file, what it holds, or a parameter cannot be taken.",
        },
        503: ERRORS[503],
    },
    summary="Read the weights of a trained network",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def weights(request: Request, symbols: Annotated[SymbolsQuery, Query()]) -> Response:
    """Recognize the recurrent layer and the readout in a file, and return them as parameters of `/api/bptt`.

    Reads safetensors, npz and JSON with the arrays of PyTorch, Keras 3, Flax or Equinox by their names, and
    .keras, .weights.h5 and .onnx. Nothing is unpickled, and nothing is kept. Only files of this program say
    which symbols their inputs and outputs stand for: with a `text`, or a `vocabulary`, the response completes
    the parameters of a link for the others.

    Example: `/api/weights`
    """
    with request.app.state.uploads:
        try:
            data = await asyncio.wait_for(_received(request), PATIENCE)
            body = await compute(request.app, partial(_read, data, symbols), SECONDS)
        except Refused as refused:
            status = 413 if refused.code == "file_too_large" else 422
            error = parameter_error("file", refused.code, refused.limit, refused.name, refused.subject)
            return error_response([error], status)
        except TimeoutError:
            return error_response([parameter_error("file", "file_late", PATIENCE, "")], 408)
        except ClientDisconnect:
            return Response(status_code=408)
    return Response(body, media_type=JSON, headers=NO_STORE)


refuse_others(router, "", "GET", "HEAD", "POST")


async def _received(request: Request) -> bytes:
    """The body, of which no more is read than is allowed.

    Raises:
        Refused: ``file_too_large``.

    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            raise Refused("file_too_large", "", MAX_FILE_MB)
        parts.append(part)
    return b"".join(parts)


def _read(data: bytes, symbols: SymbolsQuery) -> bytes:
    return to_json(read_weights(data, symbols), DIGITS)

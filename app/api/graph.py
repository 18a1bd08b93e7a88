"""The graph lab's API: /api/graph."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from ..labs.graph.params import GraphParams
from ..labs.graph.result import GraphResult
from ..labs.graph.run import SECONDS, run
from ..serving.json_encoding import to_json
from .answering import OutputOptions, answer, compute
from .errors import ERRORS, no_repeats

router = APIRouter(prefix="/graph", tags=["graph"], dependencies=[Depends(no_repeats)])


class GraphQuery(GraphParams, OutputOptions):
    """The graph lab's parameters, and how the result is written."""


@router.head("", include_in_schema=False)
@router.get(
    "", response_model=GraphResult, responses=ERRORS, summary="Backpropagation on a small computation graph"
)
async def graph(request: Request, params: Annotated[GraphQuery, Query()]) -> Any:
    """Compute the values of a graph forward, the gradients backward, and one step of gradient descent.

    The graph is one of the presets or comes from a formula.

    Example: `/api/graph?formula=tanh(w*x)&values=w:0.5,x:2`
    """

    async def make() -> bytes:
        return await compute(request.app, partial(_run, params), SECONDS)

    return await answer(request, ("graph", params.model_dump_json()), make)


def _run(params: GraphQuery) -> bytes:
    return to_json(run(params), params.digits)

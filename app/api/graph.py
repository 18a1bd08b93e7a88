"""The graph lab over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from ..labs.graph.params import GraphParams
from ..labs.graph.result import GraphResult
from ..labs.graph.run import SECONDS, run
from ..serving.encoding import to_json
from .answering import OutputOptions, answer, compute
from .errors import REFUSED, no_repeats

router = APIRouter(prefix="/graph", dependencies=[Depends(no_repeats)])


class GraphQuery(GraphParams, OutputOptions):
    """The graph lab's parameters, and how the answer is written."""


@router.head("", include_in_schema=False)
@router.get("", response_model=GraphResult, responses=REFUSED)
async def graph(request: Request, params: Annotated[GraphQuery, Query()]) -> Any:
    """A small computation graph: values forward, gradients backward, one step of gradient descent."""

    async def make() -> bytes:
        return await compute(request.app, lambda: to_json(run(params), params.digits), SECONDS)

    return await answer(request, f"graph?{params.model_dump_json()}", make)

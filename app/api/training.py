"""The training lab's API (/api/training): JSON, long work as events (SSE), the loop as a script."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from ..labs.parameters import Integer
from ..labs.training import film as film_lab
from ..labs.training import script as script_lab
from ..labs.training.lag_map import LagMap
from ..labs.training.lanes import LanesComparison
from ..labs.training.params import TrainingParams
from ..labs.training.race import Race
from ..labs.training.result import FilmResult, LanesResult, MapResult, TrainingResult
from ..labs.training.result_events import Progressive, run, training_result
from ..serving.compression import accepts
from ..serving.gzip_parts import EventStream, GzipStream, deflated
from ..serving.jobs import Finished, Job, Jobs, Stopped
from ..serving.json_encoding import to_json
from ..serving.pool import Busy
from ..serving.replies import NO_STORE, reply
from ..serving.response_cache import Key
from ..serving.worker_processes import Emit, IsStopped
from .answering import OutputOptions, PythonSource, answer, compute
from .errors import ERRORS, ERRORS_AS_JSON, no_repeats

router = APIRouter(prefix="/training", tags=["training"], dependencies=[Depends(no_repeats)])

SCRIPT_SECONDS = 0.02
RETRY_AFTER = 5  # s after which a client may ask again when this server stops
EVENTS = "text/event-stream"
STREAM_HEADERS = {"X-Accel-Buffering": "no", "Vary": "Accept-Encoding", **NO_STORE}
_STRING = {"type": "string"}
_EVENT = {"type": "object", "properties": {"event": _STRING, "data": _STRING, "id": _STRING}}
EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {EVENTS: {"schema": _EVENT}},
        "description": "Server-sent events; the data of each is JSON.",
    },
    **ERRORS_AS_JSON,
}
LastEventId = Annotated[
    str, Header(description="Id of the last event received: events after it are sent, without repeats.")
]


class TrainingQuery(TrainingParams, OutputOptions):
    """The training lab's parameters, and how the result is written."""


class FilmQuery(TrainingQuery):
    """The training lab's parameters, and which blocks."""

    number: Integer = Field(
        1, ge=1, le=100_000, alias="pass", description="Which pass over the text; 1 is the first."
    )
    start: Integer = Field(
        0, ge=0, le=2000, alias="from", description="The first block of the result, in the order of reading."
    )


class LoopQuery(script_lab.ScriptParams, OutputOptions):
    """The training lab's parameters, the framework of the script and its run."""


Task = tuple[Progressive, Callable[[], dict[str, Any]]]
"""Work, and what returns its result when it is done."""


@router.head("", include_in_schema=False)
@router.get(
    "", response_model=TrainingResult, responses=ERRORS, summary="Train several networks side by side"
)
async def training(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """Train all contestants from the same initial weights on the same data, over several seeds.

    The result has the order of reading, the first pass over the text block by block, and the learning
    curves. Long runs take up to about 20 seconds; `/api/training/events` reports them as they go on.

    Example: `/api/training?text=hello&budget=20&contest=1,2,full&seeds=2`
    """
    return await _result(request, "training", params, params.seconds, partial(_race, params))


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses=EVENT_STREAM,
    summary="The same as events while it is computed",
)
async def training_events(
    request: Request, params: Annotated[TrainingQuery, Query()], last_event_id: LastEventId = ""
) -> Response:
    """Send `start`, then `point` and `progress` events, and at the end `done` with the whole result.

    A computation that fails ends with `failed`. The work stops two seconds after the last client has left.

    Example: `/api/training/events?text=hello&budget=20&contest=1,2,full&seeds=2`
    """
    return await _events(request, "training", params, params.seconds, partial(_race, params), last_event_id)


@router.head("/map", include_in_schema=False)
@router.get(
    "/map", response_model=MapResult, responses=ERRORS, summary="Recall accuracy by lag and block length"
)
async def training_map(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """Train a small network on delayed recall for several lags and block lengths.

    Each cell of the map is the final accuracy at one lag and one block length.

    Example: `/api/training/map?task=recall&budget=40`
    """
    seconds = LagMap(params).seconds
    return await _result(request, "map", params, seconds, partial(_map, params))


@router.get(
    "/map/events",
    response_class=StreamingResponse,
    responses=EVENT_STREAM,
    summary="The same map as events while it is computed",
)
async def training_map_events(
    request: Request, params: Annotated[TrainingQuery, Query()], last_event_id: LastEventId = ""
) -> Response:
    """Send `start`, then `cell` and `progress` events, and at the end `done` with the whole map.

    Example: `/api/training/map/events?task=recall&budget=40`
    """
    seconds = LagMap(params).seconds
    return await _events(request, "map", params, seconds, partial(_map, params), last_event_id)


@router.head("/events", include_in_schema=False)
@router.head("/map/events", include_in_schema=False)
async def events_headers(params: Annotated[TrainingQuery, Query()]) -> Response:
    """The headers of a stream of events; nothing is computed for them."""
    return Response(media_type=EVENTS, headers=STREAM_HEADERS)


@router.head("/film", include_in_schema=False)
@router.get(
    "/film", response_model=FilmResult, responses=ERRORS, summary="One pass over the text, block by block"
)
async def training_film(request: Request, params: Annotated[FilmQuery, Query()]) -> Any:
    """Show up to 12 blocks of one pass: the forward pass, the backward pass and the update of each.

    Example: `/api/training/film?text=hello&k=2&pass=2`
    """
    lab = _lab(params)

    async def make() -> bytes:
        return await compute(request.app, partial(_film, params), film_lab.seconds(lab, params.number))

    return await answer(request, _key("film", params), make)


@router.head("/lanes", include_in_schema=False)
@router.get(
    "/lanes", response_model=LanesResult, responses=ERRORS, summary="What the number of lanes changes"
)
async def training_lanes(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """Train with other numbers of lanes (batch sizes), and compare the state at the start of lane 2.

    Lane 2 starts from zeros where a single lane would carry its state over.

    Example: `/api/training/lanes?text=banana&lanes=2&budget=20`
    """
    seconds = LanesComparison(params).seconds
    return await _result(request, "lanes", params, seconds, partial(_lanes, params))


@router.head("/loop", include_in_schema=False)
@router.get(
    "/loop",
    response_class=PythonSource,
    responses=ERRORS_AS_JSON,
    summary="The training loop as a Python script",
)
async def training_loop(request: Request, params: Annotated[LoopQuery, Query()]) -> Response:
    """Write a standalone script, for NumPy, PyTorch, Keras 3 or JAX, that trains as the lab does.

    It prints the losses of film and race on a text, and the curve of the race for other tasks, whose data it
    draws itself. Without `entry` it is the lab's own run on a text, else the first contestant.

    Example: `/api/training/loop?text=hello&k=2&library=torch`
    """
    headers = {"Content-Disposition": f'attachment; filename="bptt_training_{params.library}.py"'}

    async def make() -> bytes:
        return await compute(request.app, partial(_script, params), SCRIPT_SECONDS)

    key = "training/loop", params.model_dump_json()
    return await answer(request, key, make, PythonSource.media_type, headers)


def _script(params: LoopQuery) -> bytes:
    return script_lab.run(params).encode()


def _lab(params: TrainingQuery) -> TrainingParams:
    """The lab's parameters without the output options."""
    return TrainingParams.model_validate(params.model_dump(include=set(TrainingParams.model_fields)))


def _race(params: TrainingQuery) -> Task:
    lab = _lab(params)
    race = Race(lab)
    return race, lambda: training_result(lab, race)


def _map(params: TrainingQuery) -> Task:
    work = LagMap(_lab(params))
    return work, lambda: work.result


def _lanes(params: TrainingQuery) -> Task:
    work = LanesComparison(_lab(params))
    return work, lambda: work.result


def _film(params: FilmQuery) -> bytes:
    return to_json(film_lab.run(_lab(params), params.number, params.start), params.digits)


def _finished(start: Callable[[], Task], digits: int, emit: Emit, is_stopped: IsStopped) -> Finished:
    """Do the work in a worker process."""
    progressive, result = start()
    if not run(progressive, lambda name, data: emit(_event(name, to_json(data, digits))), is_stopped):
        raise Stopped
    body = to_json(result(), digits)
    event = _event("done", body)
    return Finished(body, event, deflated(event))


def _key(name: str, params: TrainingQuery) -> Key:
    """The cache key of a result: all of its parameters."""
    return f"training/{name}", params.model_dump_json()


async def _result(
    request: Request, name: str, params: TrainingQuery, seconds: float, start: Callable[[], Task]
) -> Response:
    """The result when it is complete, from a job that others may be listening to."""
    key = _key(name, params)

    async def make() -> bytes:
        job = await _join(request, key, params.digits, seconds, start)
        try:
            finished: Finished = await request.app.state.jobs.result(job)
        except Stopped:
            raise Busy(RETRY_AFTER) from None
        return finished.body

    return await answer(request, key, make)


async def _events(
    request: Request,
    name: str,
    params: TrainingQuery,
    seconds: float,
    start: Callable[[], Task],
    last_event_id: str,
) -> Response:
    """The events after ``last_event_id``; only ``done``, packed once for all, if it is in the cache."""
    key, state = _key(name, params), request.app.state
    body = state.responses.cached(key)
    if body is not None:

        async def known() -> bytes:
            return _event("done", await asyncio.to_thread(body))

        return await reply(
            request,
            lambda coding: state.responses.get((*key, "events"), coding, known),
            EVENTS,
            STREAM_HEADERS,
        )
    job = await _join(request, key, params.digits, seconds, start)
    headers, stream = dict(STREAM_HEADERS), EventStream()
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        headers["Content-Encoding"], stream = "gzip", GzipStream()
    events = _stream(state.jobs, job, _next_number(last_event_id, job), stream)
    return StreamingResponse(events, media_type=EVENTS, headers=headers)


def _next_number(last_event_id: str, job: Job) -> int:
    """The number of the next event; 0 for a client that has received none, or events of an earlier job."""
    name, _, number = last_event_id.partition(".")
    known = name == job.name and re.fullmatch("[0-9]{1,9}", number)
    return int(number) + 1 if known else 0


async def _join(request: Request, key: Key, digits: int, seconds: float, start: Callable[[], Task]) -> Job:
    def work(emit: Emit, is_stopped: IsStopped) -> Finished:
        finished: Finished = request.app.state.workers.stream(
            partial(_finished, start, digits), emit, is_stopped
        )
        return finished

    async def store(body: bytes) -> None:
        await request.app.state.responses.store(key, body)

    jobs: Jobs = request.app.state.jobs
    return await jobs.join(key, work, seconds, store)


async def _stream(jobs: Jobs, job: Job, number: int, stream: EventStream) -> AsyncIterator[bytes]:
    """Numbered server-sent events, comments that keep the connection open, and the final event."""
    async for event in jobs.listen(job, number):
        if event:
            yield stream.part(b"id: %s.%d\n" % (job.name.encode(), number) + event)
            number += 1
        else:
            yield stream.part(b":\n\n")
    try:
        finished = await jobs.result(job)
    except Exception:  # is in the log; the client needs a final event
        finished = FAILED
    yield stream.last(finished.event, finished.packed)


def _event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)


_FAILURE = _event("failed", b"{}")
FAILED = Finished(b"", _FAILURE, deflated(_FAILURE))

"""The training lab over HTTP: one answer a question, and for what takes longer a stream of events."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from ..labs.parameters import Integer
from ..labs.training import film
from ..labs.training.lag_map import Stairs
from ..labs.training.lanes import OtherLanes
from ..labs.training.params import TrainingParams
from ..labs.training.race import Race
from ..labs.training.result import FilmResult, LanesResult, MapResult, TrainingResult
from ..labs.training.result_events import Told, tell
from ..labs.training.result_events import answer as whole_answer
from ..serving.encoding import to_json
from ..serving.jobs import Job, Jobs, Stopped, Tell
from ..serving.pool import Busy
from ..serving.replies import NOT_KEPT
from .answering import OutputOptions, answer, compute
from .errors import REFUSED, REFUSED_AS_JSON, no_repeats

router = APIRouter(prefix="/training", dependencies=[Depends(no_repeats)])

SOON = 5  # s until another server may be asked
STREAM = {"X-Accel-Buffering": "no", **NOT_KEPT}
_STRING = {"type": "string"}
_EVENT = {"type": "object", "properties": {"event": _STRING, "data": _STRING, "id": _STRING}}
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": _EVENT}}, "description": "Events; their data is JSON."},
    **REFUSED_AS_JSON,
}


class TrainingQuery(TrainingParams, OutputOptions):
    """The training lab's parameters, and how the answer is written."""


class FilmQuery(TrainingQuery):
    """The training lab's parameters, and which frames."""

    number: Integer = Field(
        1, ge=1, le=100_000, alias="pass", description="Which pass over the text; 1 is the first."
    )
    start: Integer = Field(
        0, ge=0, le=2000, alias="from", description="From which block on, in the order played."
    )


Make = Callable[[], tuple[Told, Callable[[], dict[str, Any]]]]


@router.head("", include_in_schema=False)
@router.get("", response_model=TrainingResult, responses=REFUSED)
async def train(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """The whole of a training run: schedule, film of the first pass, race."""
    return await _awaited(request, "training", params, params.seconds, lambda: _race(params))


@router.get("/events", response_class=StreamingResponse, responses=STREAMED)
async def train_as_told(
    request: Request, params: Annotated[TrainingQuery, Query()], last_event_id: Annotated[str, Header()] = ""
) -> Response:
    """The same while it is being computed: `start`, `point` and `progress`, and at last `done`, the whole."""
    return await _told(request, "training", params, params.seconds, lambda: _race(params), last_event_id)


@router.head("/map", include_in_schema=False)
@router.get("/map", response_model=MapResult, responses=REFUSED)
async def stairs(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """Final accuracy of recall by lag and block length, for a small network."""
    work = Stairs(params).seconds
    return await _awaited(request, "map", params, work, lambda: _alone(Stairs(_lab(params))))


@router.get("/map/events", response_class=StreamingResponse, responses=STREAMED)
async def stairs_as_told(
    request: Request, params: Annotated[TrainingQuery, Query()], last_event_id: Annotated[str, Header()] = ""
) -> Response:
    """The same cell by cell: `start`, `cell` and `progress`, and at last `done`, the whole."""
    work = Stairs(params).seconds
    return await _told(request, "map", params, work, lambda: _alone(Stairs(_lab(params))), last_event_id)


@router.head("/film", include_in_schema=False)
@router.get("/film", response_model=FilmResult, responses=REFUSED)
async def one_film(request: Request, params: Annotated[FilmQuery, Query()]) -> Any:
    """One pass over the text, block by block: up to 12 of its frames."""
    lab = _lab(params)

    async def make() -> bytes:
        return await compute(
            request.app,
            lambda: to_json(film.run(lab, params.number, params.start), params.digits),
            film.seconds(lab, params.number),
        )

    return await answer(request, _question("film", params), make)


@router.head("/lanes", include_in_schema=False)
@router.get("/lanes", response_model=LanesResult, responses=REFUSED)
async def other_lanes(request: Request, params: Annotated[TrainingQuery, Query()]) -> Any:
    """Other numbers of lanes, and what a later lane misses at its start."""
    work = OtherLanes(params).seconds
    return await _awaited(request, "lanes", params, work, lambda: _alone(OtherLanes(_lab(params))))


def _lab(params: TrainingQuery) -> TrainingParams:
    """The lab's parameters alone."""
    return TrainingParams.model_validate(params.model_dump(include=set(TrainingParams.model_fields)))


def _race(params: TrainingQuery) -> tuple[Told, Callable[[], dict[str, Any]]]:
    lab = _lab(params)
    race = Race(lab)
    return race, lambda: whole_answer(lab, race)


def _alone(work: Stairs | OtherLanes) -> tuple[Told, Callable[[], dict[str, Any]]]:
    return work, lambda: work.whole


def _question(lab: str, params: TrainingQuery) -> str:
    return f"training/{lab}?{params.model_dump_json()}"


async def _awaited(request: Request, lab: str, params: TrainingQuery, seconds: float, make: Make) -> Response:
    """The whole, when it is done: by a job that others may be listening to."""
    question = _question(lab, params)

    async def whole() -> bytes:
        job = await _join(request, question, params.digits, seconds, make)
        try:
            found: bytes = await request.app.state.jobs.whole(job)
        except Stopped:
            raise Busy(SOON) from None
        return found

    return await answer(request, question, whole)


async def _told(
    request: Request, lab: str, params: TrainingQuery, seconds: float, make: Make, last_event_id: str
) -> Response:
    """Events from the one after ``last_event_id`` on; where the whole is known already, that alone."""
    question, app = _question(lab, params), request.app
    known = app.state.answers.known(question)
    if known is not None:
        return StreamingResponse(_once(_event("done", known)), media_type="text/event-stream", headers=STREAM)
    job = await _join(request, question, params.digits, seconds, make)
    events = _story(app.state.jobs, job, _next(last_event_id, job))
    return StreamingResponse(events, media_type="text/event-stream", headers=STREAM)


def _next(last_event_id: str, job: Job) -> int:
    """The number of the event to go on with: 0 for who has heard none, or those of a job that is gone."""
    name, _, number = last_event_id.partition(".")
    heard = name == job.name and re.fullmatch("[0-9]{1,9}", number)
    return int(number) + 1 if heard else 0


async def _join(request: Request, question: str, digits: int, seconds: float, make: Make) -> Job:
    def work(say: Tell, stopped: Callable[[], bool]) -> bytes:
        told, whole = make()
        if not tell(told, lambda name, data: say(_event(name, to_json(data, digits))), stopped):
            raise Stopped
        return to_json(whole(), digits)

    async def keep(whole: bytes) -> None:
        await request.app.state.answers.keep(question, whole)

    jobs: Jobs = request.app.state.jobs
    return await jobs.join(question, work, seconds, keep)


async def _story(jobs: Jobs, job: Job, number: int) -> AsyncIterator[bytes]:
    """Server-sent events with their numbers, a comment where there is nothing to tell, and the end."""
    async for event in jobs.listen(job, number):
        if event:
            yield b"id: %s.%d\n" % (job.name.encode(), number) + event
            number += 1
        else:
            yield b":\n\n"
    try:
        yield _event("done", await jobs.whole(job))
    except Exception:  # which the log tells; whoever listens needs an end
        yield _event("failed", b"{}")


async def _once(event: bytes) -> AsyncIterator[bytes]:
    yield event


def _event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)

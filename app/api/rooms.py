"""Rooms of a live lecture (/api/rooms): open, steer, follow by events or by asking again, vote, end."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import Message

from ..rooms.address import Address
from ..rooms.refusals import EndedRoom, Refused, UnknownRoom
from ..rooms.room import Ballot, Change, Room
from ..rooms.rooms import Rooms
from ..serving.direct_writing import direct_write
from ..serving.replies import NO_STORE, matches
from ..serving.version import digest
from .errors import ParameterErrors, error_response, parameter_error
from .methods import refuse_others

MAX_BODY = 40 * 1024  # bytes: an address of 32 KiB and all the rest
MAX_BALLOT = 2 * 1024  # bytes
EVENTS = "text/event-stream"
STREAM_HEADERS = {"X-Accel-Buffering": "no", **NO_STORE}
VALUE_HEADERS = {"Cache-Control": "private, no-cache"}

STATUSES = {
    "no_token": 401,
    "wrong_token": 403,
    "no_room": 404,
    "vote_closed": 409,
    "other_question": 409,
    "room_ended": 410,
    "body_too_large": 413,
    "not_a_choice": 422,
    "too_many_choices": 422,
    "wrong_numbers": 429,
}
"""By code; all others are 503, since another try may succeed."""

_DESCRIPTIONS = {
    401: "The steering token is missing.",
    403: "The steering token is another room's.",
    404: "No room has this number: nobody opened it, or a restart lost it and its lecturer is away.",
    409: "The vote is closed, or it is on another question or in another round.",
    413: f"The body has more than {MAX_BODY} bytes, or a ballot more than {MAX_BALLOT}.",
    422: "A field is unknown, missing or invalid.",
    429: "Too many numbers that are no room's were asked for from this address.",
    503: "Too many rooms, listeners or votes, or live lectures are off or interrupted.",
}


class OpenedRoom(BaseModel):
    """A new room."""

    room: str = Field(description="Its number, six digits.", examples=["482913"])
    steer: str = Field(description="The token that steers it; the server keeps only its hash.")


class Farewell(BaseModel):
    """What the end of a lecture leaves to its audience."""

    model_config = ConfigDict(extra="forbid", strict=True)

    address: Address | None = Field(None, description="What to read on, such as the talk; null for nothing.")


class RoomEnded(ParameterErrors):
    """The body of the response for a lecture that has ended."""

    address: Address | None = Field(description="What the lecture leaves to its audience, if anything.")


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    found: dict[int | str, dict[str, Any]] = {
        status: {"model": ParameterErrors, "description": _DESCRIPTIONS[status]} for status in statuses
    }
    return found | {410: {"model": RoomEnded, "description": "The lecture has ended."}}


_OF_A_ROOM = (404, 422, 429, 503)


class _Bounded(APIRoute):
    """A route that reads no more of a body than it allows."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        limit = MAX_BALLOT if self.path.endswith("/votes") else MAX_BODY

        async def bounded(request: Request) -> Response:
            size = 0

            async def receive() -> Message:
                nonlocal size
                message = await request.receive()
                size += len(message.get("body", b""))
                if size > limit:
                    raise _TooLarge
                return message

            try:
                return await handler(Request(request.scope, receive))
            except _TooLarge:
                raise Refused("body_too_large", "body", limit=limit) from None
            except HTTPException as error:
                if error.status_code != 400:
                    raise
                unreadable = {"type": "unreadable", "loc": ("body",), "input": ""}  # by the JSON parser
                raise RequestValidationError([unreadable]) from None

        return bounded


class _TooLarge(HTTPException):
    """Passes through FastAPI's reading of the body."""

    def __init__(self) -> None:
        super().__init__(413)


router = APIRouter(prefix="/rooms", tags=["rooms"], route_class=_Bounded)
_BEARER = HTTPBearer(auto_error=False, scheme_name="steer", description="The steering token of the room.")
Number = Annotated[
    str,
    Path(
        alias="room",
        pattern="^[0-9]{6}$",
        description="The number of the room, six digits.",
        examples=["482913"],
    ),
]


async def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> str:
    """The steering token of a request.

    Raises:
        Refused: there is none.

    """
    if credentials is None:
        raise Refused("no_token", "Authorization")
    return credentials.credentials


Token = Annotated[str, Depends(_token)]


@router.post(
    "",
    status_code=201,
    response_model=OpenedRoom,
    responses={503: {"model": ParameterErrors, "description": _DESCRIPTIONS[503]}},
    summary="Open a room",
)
async def open_room(request: Request) -> JSONResponse:
    """Open a room for a live lecture, and get its number and the token that steers it.

    The room ends two hours after its lecturer's page was last heard of.

    Example: `/api/rooms`
    """
    number, token = await _rooms(request).open()
    return JSONResponse({"room": number, "steer": token}, 201, headers=NO_STORE)


@router.head("/{room}", include_in_schema=False)
@router.get("/{room}", response_model=Room, responses=_errors(*_OF_A_ROOM), summary="The value of a room")
async def room_value(request: Request, number: Number) -> Response:
    """What everybody in the room sees: for networks that break streams, to be asked for every few seconds.

    `ETag` and `If-None-Match` save sending what is known.

    Example: `/api/rooms/482913`
    """
    body = await _rooms(request).value(number)
    etag = f'"{digest([body])}"'
    headers = {**VALUE_HEADERS, "ETag": etag}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


@router.get(
    "/{room}/events",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {EVENTS: {"schema": {"type": "string"}}},
            "description": "Server-sent events; the data of each is JSON.",
        },
        **_errors(*_OF_A_ROOM),
    },
    summary="The value of a room whenever it changes",
)
async def room_events(request: Request, number: Number) -> Response:
    """Send the present value as the event `room`, and again after every change, five times a second at most.

    `count` has the numbers of listeners and votes whenever they change, `ended` is the last event of a
    lecture. Who reads slowly is sent the latest value, not all of them. A comment every 15 s keeps the
    connection open.

    Example: `/api/rooms/482913/events`
    """
    channel = await _rooms(request).join(number)
    events = channel.listen(direct_write(request.scope))
    return StreamingResponse(events, media_type=EVENTS, headers=STREAM_HEADERS)


@router.head("/{room}/events", include_in_schema=False)
async def room_events_headers(request: Request, number: Number) -> Response:
    """The headers of the stream."""
    await _rooms(request).value(number)
    return Response(media_type=EVENTS, headers=STREAM_HEADERS)


@router.put(
    "/{room}",
    status_code=204,
    responses={
        201: {"description": "The room was lost, by a restart, and is open again under its number."},
        **_errors(401, 403, 413, *_OF_A_ROOM),
    },
    summary="Steer a room",
)
async def steer_room(request: Request, number: Number, token: Token, change: Change) -> Response:
    """Say all that the room shall hold, every 15 s at least: after 40 s of silence its lecturer is away.

    Votes stay for as long as the question is the same; the second round of a question is beside the first. A
    number that no room has is opened again with this token, so a lecture survives a restart of the server.

    Example: `/api/rooms/482913`
    """
    is_new = await _rooms(request).steer(number, token, change)
    return Response(status_code=201 if is_new else 204, headers=NO_STORE)


@router.post(
    "/{room}/votes", status_code=204, responses=_errors(409, 413, *_OF_A_ROOM), summary="Vote in a room"
)
async def vote_in_room(request: Request, number: Number, ballot: Ballot) -> Response:
    """Answer the question of the room. Until the vote is closed a later answer replaces the voter's earlier.

    Nobody is sent the distribution before that.

    Example: `/api/rooms/482913/votes`
    """
    await _rooms(request).vote(number, ballot)
    return Response(status_code=204, headers=NO_STORE)


@router.delete(
    "/{room}", status_code=204, responses=_errors(401, 403, 413, *_OF_A_ROOM), summary="End the lecture"
)
async def end_room(
    request: Request, number: Number, token: Token, farewell: Farewell | None = None
) -> Response:
    """End the room and delete its votes. For two hours its number answers 410, with the address that is left.

    Example: `/api/rooms/482913`
    """
    await _rooms(request).end(number, token, farewell.address if farewell else None)
    return Response(status_code=204, headers=NO_STORE)


refuse_others(router, "/{room}", "DELETE", "GET", "HEAD", "PUT")


async def refused(request: Request, error: Exception) -> JSONResponse:
    """The response to what a room refuses."""
    assert isinstance(error, Refused)
    if isinstance(error, UnknownRoom) and request.client is not None:
        try:
            request.app.state.wrong_numbers.count(request.client.host, error.given)
        except Refused as too_many:
            error = too_many
    status = STATUSES.get(error.code, 503)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    one = parameter_error(error.parameter, error.code, error.limit, error.given)
    if not isinstance(error, EndedRoom):
        return error_response([one], status, headers)
    body = RoomEnded(errors=[one], address=error.address)
    return JSONResponse(body.model_dump(), status, headers=NO_STORE)


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.rooms
    return rooms

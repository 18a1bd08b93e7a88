"""One stored body as an HTTP response: in the coding the client likes, or 304 where it has it already."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from .cache import Stored
from .coding import IDENTITY, chosen

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
ASKED_AGAIN = {"Cache-Control": "public, no-cache"}
NOT_KEPT = {"Cache-Control": "no-store"}


async def reply(
    request: Request,
    stored: Callable[[str], Awaitable[Stored]],
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """The response to ``request``, whose body ``stored`` gives for a coding."""
    coding = chosen(request.headers.get("accept-encoding", ""))
    body, tag = await stored(coding)
    etag = f'"{tag}-{coding}"'
    said = {**headers, "ETag": etag, "Vary": "Accept-Encoding"}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=said)
    if coding != IDENTITY:
        said["Content-Encoding"] = coding
    return Response(body, headers=said, media_type=media_type)


def _has(if_none_match: str, etag: str) -> bool:
    """Whether a client names this tag among those it has; compared weakly (RFC 9110 §13.1.2)."""
    return if_none_match.strip() == "*" or etag in (
        tag.strip().removeprefix("W/") for tag in if_none_match.split(",")
    )

"""HTTP responses from stored bodies: content negotiation, ETag with 304, and Cache-Control headers."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from .cache import Stored
from .compression import IDENTITY, negotiate

IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
REVALIDATE = {"Cache-Control": "public, no-cache"}
NO_STORE = {"Cache-Control": "no-store"}


async def reply(
    request: Request,
    stored: Callable[[str], Awaitable[Stored]],
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """The response to ``request``, with the body that ``stored`` returns for the negotiated coding."""
    coding = negotiate(request.headers.get("accept-encoding", ""))
    body, tag = await stored(coding)
    etag = f'"{tag}-{coding}"'
    all_headers = {**headers, "ETag": etag, "Vary": "Accept-Encoding"}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=all_headers)
    if coding != IDENTITY:
        all_headers["Content-Encoding"] = coding
    return Response(body, headers=all_headers, media_type=media_type)


def matches(if_none_match: str, etag: str) -> bool:
    """Whether If-None-Match contains this tag, by weak comparison (RFC 9110 §13.1.2)."""
    return if_none_match.strip() == "*" or etag in (
        tag.strip().removeprefix("W/") for tag in if_none_match.split(",")
    )

"""Middleware: 414 above 32 KiB of path and query, 400 for non-ASCII bytes in them."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

MAX_URL = 32 * 1024  # bytes of path and query


class RequestLimits:
    """ASGI middleware that refuses such requests before any route sees them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = _error(scope) if scope["type"] == "http" else None
        await (app or self.app)(scope, receive, send)


def _error(scope: Scope) -> ASGIApp | None:
    path, query = scope.get("raw_path") or scope["path"].encode(), scope["query_string"]
    if len(path) + len(query) > MAX_URL:
        return _text("The URL is longer than 32 KiB.", 414)
    if not (path + query).isascii():
        return _text("A URL consists of ASCII characters; percent-encode all others.", 400)
    return None


def _text(message: str, status: int) -> ASGIApp:
    return PlainTextResponse(message, status, headers={"Cache-Control": "no-store"})

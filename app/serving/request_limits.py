"""Middleware: 414 above 32 KiB of path and query, 404 for long paths, 400 for what no query should hold."""

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .replies import NO_STORE

MAX_URL = 32 * 1024  # bytes of path and query
MAX_PATH = 1000  # bytes; no page has a longer one, and every route would compare it
MAX_PARAMETERS = 1000  # far more than there are; each unknown one is an error of its own


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
    if len(path) > MAX_PATH:
        return JSONResponse({"detail": "Not Found"}, 404, headers=NO_STORE)
    if query.count(b"&") >= MAX_PARAMETERS:
        return _text(f"The query has more than {MAX_PARAMETERS} parameters.", 400)
    return None


def _text(message: str, status: int) -> ASGIApp:
    return PlainTextResponse(message, status, headers=NO_STORE)

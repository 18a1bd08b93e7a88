"""What no route needs to see: addresses that are too long, or hold bytes that no address may hold."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LONGEST = 32 * 1024  # bytes of path and query


class Gate:
    """ASGI middleware that answers these itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = _refusal(scope) if scope["type"] == "http" else None
        await (app or self.app)(scope, receive, send)


def _refusal(scope: Scope) -> ASGIApp | None:
    path, query = scope.get("raw_path") or scope["path"].encode(), scope["query_string"]
    if len(path) + len(query) > LONGEST:
        return _said("The address is longer than 32 kB.", 414)
    if not (path + query).isascii():
        return _said("An address holds ASCII alone; everything else is percent-encoded.", 400)
    return None


def _said(sentence: str, status: int) -> ASGIApp:
    return PlainTextResponse(sentence, status, headers={"Cache-Control": "no-store"})

"""Middleware: security headers of every response (Content-Security-Policy and others)."""

import asyncio
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; "  # plotly.js writes a few style attributes
    "img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types qr-code; "  # no text becomes markup; QR codes do
    "frame-ancestors "
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOT_FRAMED = {
    "Content-Security-Policy": f"{POLICY}'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
OF_A_LECTURE = {  # the page of a live lecture shows other pages of this site
    **NOT_FRAMED,
    "Content-Security-Policy": f"{POLICY}'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMED = {  # * is every site, but no notebook in an editor and no file
    "Content-Security-Policy": f"{POLICY}* vscode-webview: file:",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
STOPPING = PlainTextResponse("The server is stopping.", 503, headers={"Retry-After": "5"})
EMBED = "/embed/"
SHOWN_IN_LECTURES = re.compile(r"/[a-z]{2}/(?!live/)")
PREVIEW = "/preview"  # images that are shown beside a link on other sites


class SecurityHeaders:
    """ASGI middleware that adds the headers; only /embed/ pages may be framed by other sites."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | _framing(scope["path"]))
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, with_headers)
        except (
            asyncio.CancelledError
        ):  # the server is shutting down, and this request takes longer than it waits
            if started:
                raise
            await STOPPING(scope, receive, with_headers)


def _framing(path: str) -> dict[str, str]:
    """The headers that say who may show this in a frame."""
    if path.startswith((EMBED, PREVIEW)):
        return FRAMED
    return OF_A_LECTURE if SHOWN_IN_LECTURES.match(path) else NOT_FRAMED

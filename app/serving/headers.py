"""Headers that every response carries: scripts, styles and data come from this server alone."""

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; "  # plotly.js writes a few style attributes
    "img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ALONE = {
    "Content-Security-Policy": f"{POLICY}'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
FRAMED = {"Content-Security-Policy": f"{POLICY}*", "Cross-Origin-Resource-Policy": "cross-origin"}
STOPPING = PlainTextResponse("The server is stopping.", 503, headers={"Retry-After": "5"})
FRAMES = "/embed/"
PREVIEW = "/preview.png"  # shown beside a link on other sites


class Headers:
    """ASGI middleware that adds them; only what is meant for it may stand in other sites' frames."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                framed = scope["path"].startswith(FRAMES) or scope["path"] == PREVIEW
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | (FRAMED if framed else ALONE))
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, with_headers)
        except asyncio.CancelledError:  # the server stops, and this would take longer than it is given
            if begun:
                raise
            await STOPPING(scope, receive, with_headers)

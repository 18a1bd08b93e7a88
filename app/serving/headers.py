"""Headers that every response carries: scripts, styles and data come from this server alone."""

from starlette.datastructures import MutableHeaders
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
FRAMES = "/embed/"
PREVIEW = "/preview.png"  # shown beside a link on other sites


class Headers:
    """ASGI middleware that adds them; only what is meant for it may stand in other sites' frames."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                framed = scope["path"].startswith(FRAMES) or scope["path"] == PREVIEW
                MutableHeaders(scope=message).update(HEADERS | (FRAMED if framed else ALONE))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)

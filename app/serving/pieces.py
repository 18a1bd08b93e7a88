"""Middleware: long bodies are sent in pieces, so that little is buffered for a client that does not read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE = 32 * 1024  # bytes


class Pieces:
    """ASGI middleware that waits after every piece until the client has read most of it.

    The pieces are views of the one body that all clients are sent.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_pieces(message: Message) -> None:
            body = message.get("body", b"")
            if len(body) <= PIECE:
                await send(message)
                return
            rest = memoryview(body)
            while len(rest) > PIECE:
                await send({"type": message["type"], "body": rest[:PIECE], "more_body": True})
                rest = rest[PIECE:]
            await send({**message, "body": rest})

        await self.app(scope, receive, send_pieces)

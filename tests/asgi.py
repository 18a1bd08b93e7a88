"""Clients of the application without a server between: all of them in one event loop, as on a real one."""

import asyncio


class Client:
    """One request, whose client leaves when it is told to, and reads nothing while it is asleep."""

    def __init__(
        self,
        app,
        path: str,
        query: bytes = b"",
        *,
        method: str = "GET",
        body: bytes = b"",
        extensions: dict | None = None,
        **headers: str,
    ) -> None:
        self._left, self._awake, self.sent = asyncio.Event(), asyncio.Event(), []
        self._awake.set()
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", b"bptt.example"), *_encoded(headers)],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "extensions": extensions or {},
        }
        self._messages = iter([{"type": "http.request", "body": body, "more_body": False}])
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        for message in self._messages:
            return message
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message) -> None:
        await self._awake.wait()
        if not self._left.is_set():
            self.sent.append(message)

    def leave(self) -> None:
        self._left.set()

    def sleep(self) -> None:
        self._awake.clear()

    def wake(self) -> None:
        self._awake.set()

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

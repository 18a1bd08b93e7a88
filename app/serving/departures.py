"""Clients that leave before their response is there: what is done for them alone is canceled."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

Result = TypeVar("Result")


class ClientGone(Exception):
    """Nobody is there to be answered."""


async def unless_gone(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of ``work``, which is canceled when the client closes the connection.

    Raises:
        ClientGone: it did.

    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_departure(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()


async def _departure(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass  # the body, which no route reads


async def client_gone(_: Request, error: Exception) -> Response:
    """A response that is not sent."""
    assert isinstance(error, ClientGone)
    return Response(status_code=499)  # what nginx writes into its log

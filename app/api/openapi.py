"""What the OpenAPI document says about the API as a whole: title, description, tags and operation ids."""

import asyncio
import re
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from .. import __version__
from .answering import answer

PATH = "/openapi.json"
TAGS = [
    {"name": "explorer", "description": "One recurrent network at fixed weights: full and truncated BPTT."},
    {
        "name": "training",
        "description": "Truncated BPTT as it is used in practice, with updates of the weights.",
    },
    {"name": "graph", "description": "Backpropagation on a small computation graph."},
    {"name": "rooms", "description": "Live lectures: phones follow one address, and the class votes."},
    {"name": "sharing", "description": "QR codes of links to this site."},
    {"name": "health", "description": "For monitoring."},
]
DESCRIPTION = """The numbers behind the pages of BPTT Explorer, which teaches backpropagation through time.

- Every operation of a lab is a GET request and takes the same query parameters as the lab's page: the query
  of a page's link, without the fragment, can be sent to the API as it is.
- Invalid parameters are refused with status 422, with the parameter, a code and the limit. Parameters have
  defaults, so every operation except `/api/qr.svg` also works without a query.
- Rooms of live lectures are the only thing that the server keeps, and only while they last.
- Arrays are nested lists in row-major order; their shapes are in the descriptions of the fields. T is the
  number of steps, D and V the sizes of inputs and outputs, H the hidden size, G the number of gates.
- `null` stands for a number that is not finite or does not exist.
- The key `x-form` of a parameter's schema describes its control on the page and may be ignored.
"""


router = APIRouter(include_in_schema=False)


@router.api_route(PATH, methods=["GET", "HEAD"])
async def document(request: Request) -> Response:
    """The OpenAPI document, written once: FastAPI's own route writes it for every request."""

    async def make() -> bytes:
        return await asyncio.to_thread(lambda: orjson.dumps(request.app.openapi()))

    return await answer(request, ("openapi",), make)


def operation_id(route: APIRoute) -> str:
    """The operation's path as a name, such as ``training_map_events``: as stable as the path is.

    What only reads has no method in its name: ``rooms_room`` reads a room, ``rooms_room_put`` writes it.
    """
    writes = sorted((route.methods or set()) - {"GET", "HEAD"})
    name = "/".join([route.path_format.removeprefix("/api"), *writes]).lower()
    return re.sub(r"\W+", "_", name).strip("_")


ABOUT: dict[str, Any] = {
    "title": "BPTT Explorer",
    "summary": "Backpropagation through time, full and truncated, as numbers",
    "description": DESCRIPTION,
    "version": __version__,
    "license_info": {"name": "MIT", "identifier": "MIT"},
    "openapi_tags": TAGS,
    "root_path_in_servers": False,
}
"""Arguments of ``FastAPI``."""

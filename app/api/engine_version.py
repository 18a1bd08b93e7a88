"""The engine version in a path, /api/{engine}/…: 409 for another version than this server's, 404 for none.

A page asks for the version that it was served with. After a deployment its results would come from other
code, so the page is told to reload instead.
"""

import re

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse

from ..serving.replies import NO_STORE
from ..serving.version import BYTES, ENGINE
from ..words import CATALOGUES
from .errors import ParameterError, error_response

_VERSION = re.compile(f"[0-9a-f]{{{2 * BYTES}}}")


class OtherEngine(Exception):
    """The request names the engine of another version of this site."""


async def this_engine(engine: str) -> None:
    """Refuse the paths of other versions.

    Raises:
        HTTPException: 404, where the path names no version at all.
        OtherEngine: the version is not that of this server.

    """
    if not _VERSION.fullmatch(engine):
        raise HTTPException(404, headers=NO_STORE)
    if engine != ENGINE:
        raise OtherEngine


async def other_engine(_: Request, error: Exception) -> JSONResponse:
    """409 for the engine of another version."""
    assert isinstance(error, OtherEngine)
    message = CATALOGUES["en"]["server"]["updated"]
    one = ParameterError(parameter="", code="updated", limit=None, given="", message=message)
    return error_response([one], 409)

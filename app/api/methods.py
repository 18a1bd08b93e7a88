"""405 for the methods that a path of several routes does not have; Starlette names those of one route."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException

METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}


def refuse_others(router: APIRouter, path: str, *allowed: str) -> None:
    """Every method but the ``allowed`` ones gets 405, whose header ``Allow`` lists all of these."""
    headers = {"Allow": ", ".join(sorted(allowed))}

    @router.api_route(path, methods=sorted(METHODS.difference(allowed)), include_in_schema=False)
    async def other_method() -> None:
        raise HTTPException(405, headers=headers)

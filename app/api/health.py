"""Health checks: /healthz (the server runs) and /readyz (a small network gives the right gradient)."""

import asyncio
import math
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from ..labs.explorer import run as lab
from ..labs.explorer.params import BpttParams
from ..serving.replies import NO_STORE

router = APIRouter(tags=["health"])

# "a" gives h = 1, so o = (1, 0), and the target is "b": by hand, L = ln(1 + e) and dL/dWx = 1/(1 + 1/e)
TINY = BpttParams(text="ab", hidden=1, weights="1,0,0.5,0,1,0,0,0", activation="identity", reduction="sum")
LOSS, SLOPE = 1.3132616875182228, 0.7310585786300049
TOLERANCE = 1e-12  # relative


class Health(BaseModel):
    """The state of the server."""

    status: Literal["ok", "wrong"] = Field(description="Whether it works: ok or wrong.")


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", response_model=Health, summary="Whether the server runs")
async def healthz() -> JSONResponse:
    """Answer at once, without computing anything.

    Example: `/healthz`
    """
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    response_model=Health,
    responses={503: {"model": Health, "description": "The server computes wrong numbers."}},
    summary="Whether the server computes correctly",
)
async def readyz(request: Request) -> JSONResponse:
    """Compute the loss and a gradient of a tiny network and compare them with the values found by hand.

    Example: `/readyz`
    """
    right = await request.app.state.readiness.result()
    status, code = ("ok", 200) if right else ("wrong", 503)
    return JSONResponse({"status": status}, code, headers=NO_STORE)


class Readiness:
    """Whether the server computes correctly; those who ask at the same time share one computation."""

    def __init__(self) -> None:
        self._running: asyncio.Task[bool] | None = None

    async def result(self) -> bool:
        """Whether it does, computed in a thread of its own, whatever waits for the others."""
        if self._running is None or self._running.done():
            self._running = asyncio.ensure_future(asyncio.to_thread(_is_right))
        return await asyncio.shield(self._running)


def _is_right() -> bool:
    result = lab.run(TINY)
    computed = result["forward"]["total_loss"], result["full"]["gradients"]["Wx"][0, 0]
    return all(
        math.isclose(one, by_hand, rel_tol=TOLERANCE)
        for one, by_hand in zip(computed, (LOSS, SLOPE), strict=True)
    )

"""Health checks: /healthz (the server runs) and /readyz (a small network gives the right gradient)."""

import asyncio
import math
import time
from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from ..labs.explorer import run as lab
from ..labs.explorer.params import BpttParams
from ..rooms.rooms import Rooms
from ..serving.replies import NO_STORE

router = APIRouter(tags=["health"])

# "a" gives h = 1, so o = (1, 0), and the target is "b": by hand, L = ln(1 + e) and dL/dWx = 1/(1 + 1/e)
TINY = BpttParams(text="ab", hidden=1, weights="1,0,0.5,0,1,0,0,0", activation="identity", reduction="sum")
LOSS, SLOPE = 1.3132616875182228, 0.7310585786300049
TOLERANCE = 1e-12  # relative


class Health(BaseModel):
    """The state of the server."""

    status: Literal["ok", "wrong"] = Field(description="Whether it works: ok or wrong.")


class RoomsHealth(BaseModel):
    """The live lectures of this process."""

    store: Literal["memory", "redis", "off"] = Field(
        description="Where rooms are kept; off for several processes without BPTT_ROOMS_URL."
    )
    reachable: bool = Field(description="Whether the store answers.")
    followed: int = Field(description="How many rooms somebody follows here.")
    listeners: int = Field(description="How many pages follow them by events.")
    max_listeners: int = Field(description="How many may, as connections and open files allow.")


class Readiness(Health):
    """The state of the server, and of its live lectures."""

    rooms: RoomsHealth = Field(description="Live lectures; they do not decide the status.")


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
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "The server computes wrong numbers."}},
    summary="Whether the server computes correctly",
)
async def readyz(request: Request) -> JSONResponse:
    """Compute the loss and a gradient of a tiny network and compare them with the values found by hand.

    Example: `/readyz`
    """
    right = await request.app.state.readiness.result()
    status: Literal["ok", "wrong"] = "ok" if right else "wrong"
    code = 200 if right else 503
    rooms: Rooms = request.app.state.rooms
    body = Readiness(
        status=status,
        rooms=RoomsHealth(
            store=rooms.store.kind,
            reachable=rooms.store.is_reachable(),
            followed=rooms.followed(),
            listeners=rooms.listeners(),
            max_listeners=rooms.max_listeners,
        ),
    )
    return JSONResponse(body.model_dump(), code, headers=NO_STORE)


class ReadinessCheck:
    """Whether the server computes correctly; all who ask within a second share one computation."""

    FRESH = 1.0  # s

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._running: asyncio.Task[bool] | None = None
        self._started = 0.0

    async def result(self) -> bool:
        """Whether it does, computed in a thread of its own, whatever waits for the others."""
        old = self._clock() - self._started >= self.FRESH
        if self._running is None or (self._running.done() and (old or self._running.exception())):
            self._running = asyncio.ensure_future(asyncio.to_thread(_is_right))
            self._started = self._clock()
        return await asyncio.shield(self._running)


def _is_right() -> bool:
    result = lab.run(TINY)
    computed = result["forward"]["total_loss"], result["full"]["gradients"]["Wx"][0, 0]
    return all(
        math.isclose(one, by_hand, rel_tol=TOLERANCE)
        for one, by_hand in zip(computed, (LOSS, SLOPE), strict=True)
    )

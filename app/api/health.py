"""Whether this server is up, and whether it computes right."""

import asyncio
import math

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ..labs.explorer import run as bptt
from ..labs.explorer.params import BpttParams
from ..serving.replies import NOT_KEPT

router = APIRouter()

# "a" is read as h = 1, so o = (1, 0), and "b" is wanted: by hand, L = ln(1 + e) and dL/dWx = 1/(1 + 1/e)
TINY = BpttParams(text="ab", hidden=1, weights="1,0,0.5,0,1,0,0,0", activation="identity", reduction="sum")
LOSS, SLOPE = 1.3132616875182228, 0.7310585786300049
NEAR = 1e-12


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> JSONResponse:
    """The server is up."""
    return JSONResponse({"status": "ok"}, headers=NOT_KEPT)


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", responses={503: {"description": "It computes wrongly."}})
async def readyz() -> JSONResponse:
    """A tiny computation comes out as it does by hand."""
    right = await asyncio.to_thread(_is_right)  # at once, whoever waits for a core
    said = ("ok", 200) if right else ("wrong", 503)
    return JSONResponse({"status": said[0]}, said[1], headers=NOT_KEPT)


def _is_right() -> bool:
    answer = bptt.run(TINY)
    found = answer["forward"]["total_loss"], answer["full"]["gradients"]["Wx"][0, 0]
    return all(
        math.isclose(one, by_hand, rel_tol=NEAR) for one, by_hand in zip(found, (LOSS, SLOPE), strict=True)
    )

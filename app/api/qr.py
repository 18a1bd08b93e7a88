"""The address of a page as a QR code."""

import io
from typing import Annotated, Literal

import segno
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from ..labs.parameters import problem
from ..serving.replies import ASKED_AGAIN, NOT_KEPT, reply
from .errors import REFUSED_AS_JSON, no_repeats

router = APIRouter(dependencies=[Depends(no_repeats)])

LONGEST = 2000  # characters of an address that a phone still reads from a wall
QUIET_ZONE = 4  # modules


class QrQuery(BaseModel):
    """Which page of this site."""

    model_config = ConfigDict(extra="forbid")

    v: Literal["1"] = Field("1", description="Version of the meaning of a link.")
    path: str = Field(
        description="Path, query and hash of a page of this site, /ko/?v=1#t=1; no other site is ever drawn."
    )

    @field_validator("path")
    @classmethod
    def _of_this_site(cls, path: str) -> str:
        if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isascii():
            raise problem("not_a_path")
        if any(letter.isspace() or not letter.isprintable() for letter in path):
            raise problem("not_a_path")
        if len(path) > LONGEST:
            raise problem("too_long", LONGEST)
        return path


class Svg(Response):
    """A drawing."""

    media_type = "image/svg+xml"


@router.head("/qr.svg", include_in_schema=False)
@router.get("/qr.svg", response_class=Svg, responses=REFUSED_AS_JSON)
async def qr(request: Request, params: Annotated[QrQuery, Query()]) -> Response:
    """The address of a page of this site as a QR code, black on white.

    Where the site does not know its own address (``BPTT_PUBLIC_URL``), the one this request came to is
    taken, and then no cache may keep the drawing.
    """
    public = request.app.state.settings.public_url
    address = (public or f"{request.url.scheme}://{request.url.netloc}") + params.path
    return await reply(
        request,
        lambda coding: request.app.state.answers.get(f"qr?{address}", coding, lambda: _drawn(address)),
        Svg.media_type,
        ASKED_AGAIN if public else NOT_KEPT,
    )


async def _drawn(address: str) -> bytes:
    drawing = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawing, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return drawing.getvalue()

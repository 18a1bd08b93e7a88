"""QR codes of this site's pages: /api/qr.svg."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from .. import qr_code
from ..labs.parameters import IncompatibleParameters, invalid
from ..serving.departures import unless_gone
from ..serving.origin import origin
from ..serving.replies import NO_STORE, REVALIDATE, reply
from ..serving.site_path import site_path
from .errors import ERRORS_AS_JSON, no_repeats

router = APIRouter(tags=["sharing"], dependencies=[Depends(no_repeats)])

MAX_LENGTH = 2000  # characters of a path that a phone can still read from a projection
SECONDS_PER_BYTE = 1.2e-6


class QrQuery(BaseModel):
    """Which page of this site."""

    model_config = ConfigDict(extra="forbid")

    v: Literal["1"] = Field("1", description="Version of the meaning of a link.")
    path: str = Field(
        description="Path, query and fragment of a page of this site; addresses of other sites are refused.",
        examples=["/en/?v=1&text=hello#t=1"],
    )

    @field_validator("path")
    @classmethod
    def _of_this_site(cls, path: str) -> str:
        if len(path) > MAX_LENGTH:
            raise invalid("too_long", MAX_LENGTH)
        checked = site_path(path)
        if checked is None:
            raise invalid("not_a_path")
        return checked


class Svg(Response):
    """An SVG image."""

    media_type = "image/svg+xml"


@router.head("/qr.svg", include_in_schema=False)
@router.get(
    "/qr.svg", response_class=Svg, responses=ERRORS_AS_JSON, summary="A page of this site as a QR code"
)
async def qr(request: Request, params: Annotated[QrQuery, Query()]) -> Response:
    """Draw the URL of a page of this site as a black-on-white QR code.

    The URL begins with the setting `BPTT_PUBLIC_URL` or, if it is not set, with the host of this request;
    then the response must not be stored by caches.

    Example: `/api/qr.svg?path=/en/`
    """
    address = origin(request) + params.path
    if len(address.encode()) > qr_code.CAPACITY:
        raise IncompatibleParameters("path", "too_long", MAX_LENGTH, params.path)

    async def draw() -> bytes:
        body: bytes = await request.app.state.pool.run(
            lambda: drawn(address), SECONDS_PER_BYTE * len(address)
        )
        return body

    return await reply(
        request,
        lambda coding: unless_gone(request, request.app.state.responses.get(("qr", address), coding, draw)),
        Svg.media_type,
        REVALIDATE if request.app.state.settings.public_url else NO_STORE,
    )


def drawn(address: str) -> bytes:
    """The code as an SVG image."""
    return qr_code.svg(qr_code.modules(address.encode()))

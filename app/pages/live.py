"""Pages of live lectures: where the number of a room is typed, and the page that follows a lecture."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.convertors import StringConvertor, register_url_convertor

from ..serving.replies import NO_STORE
from ..words import CATALOGUES, preferred
from .rendering import GET, page


class _Room(StringConvertor):
    """The number of a room as people type it: six digits, perhaps with a space or a hyphen in the middle."""

    regex = "[0-9]{3}[ -]?[0-9]{3}"

    def convert(self, value: str) -> str:
        return value[:3] + value[-3:]


register_url_convertor("room", _Room())
router = APIRouter(include_in_schema=False)
SECTION = "live/"
WORDS = ("join", "phone", "poll", "share")
"""The parts of the catalogue that the scripts of these pages use."""


@router.api_route("/{room:room}", methods=GET)
async def in_any_language(request: Request, room: str) -> Response:
    """The address on the wall: the page of the room in the preferred language of the browser."""
    language = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(
        f"/{language}/{SECTION}{room}", 307, headers=NO_STORE | {"Vary": "Accept-Language"}
    )


@router.api_route("/{language:language}/live", methods=GET)
async def without_slash(language: str) -> Response:
    """Redirect to the URL with its final slash."""
    return RedirectResponse(f"/{language}/{SECTION}", 307, headers=NO_STORE)


@router.api_route("/{language:language}/live/", methods=GET)
async def join(request: Request, language: str) -> Response:
    """One field for the number of a room."""
    return await _page(request, language)


@router.api_route("/{language:language}/live/{room:room}", methods=GET)
async def follow(request: Request, language: str, room: str) -> Response:
    """The page that follows a lecture, one for all rooms: its scripts read the number from the URL."""
    if request.path_params["room"] != request.url.path.rsplit("/", 1)[1]:
        return RedirectResponse(f"/{language}/{SECTION}{room}", 307, headers=NO_STORE)
    return await _page(request, language)


async def _page(request: Request, language: str) -> Response:
    words = CATALOGUES[language]
    return await page(
        request,
        "live.html",
        language,
        path=SECTION,
        entry="live",
        title=words["join"]["page"],
        description=words["join"]["description"],
        context=dict,
        data=lambda: {"words": {part: words[part] for part in WORDS}},
    )

"""Pages out of templates: what all of them are given, and how they are kept."""

from collections.abc import Callable
from typing import Any

import jinja2
from fastapi import HTTPException, Request
from fastapi.responses import Response

from .. import __version__
from ..serving.encoding import to_json
from ..serving.replies import ASKED_AGAIN, NOT_KEPT
from ..serving.version import ENGINE
from ..words import CATALOGUES, LANGUAGES
from .assets import beside, files, scripts

GET = ["GET", "HEAD"]
ROOMS = {"": "explorer", "training": "training", "graph": "graph", "lessons/": "lessons"}
"""The parts of the site as the header lists them: path, and the name of its words under ``site``."""


class _Templates(jinja2.Environment):
    """Templates in which ``words.keys`` and ``words.share.copy`` are words, not methods of a dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute]
        return super().getattr(obj, attribute)


_templates = _Templates(
    loader=jinja2.FileSystemLoader(beside("templates")),
    undefined=jinja2.StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["version"] = __version__


def known(language: str) -> str:
    """The language, if the site speaks it.

    Raises:
        HTTPException: 404 for any other.

    """
    if language not in LANGUAGES:
        raise HTTPException(404, headers=NOT_KEPT)
    return language


async def page(
    request: Request,
    template: str,
    language: str,
    *,
    path: str,
    entry: str,
    title: str,
    description: str,
    given: Callable[[], dict[str, Any]],
    data: Callable[[], dict[str, Any]],
    room: str | None = None,
    words: dict[str, Any] | None = None,
    embedded: bool = False,
    status: int = 200,
) -> Response:
    """A page of the site, kept under what decides it.

    ``path`` is its address without the language, ``room`` the part of the site it belongs to, ``entry`` the
    script it begins with, ``given`` what its template is told beside the common things,
    ``data`` what its scripts are told.
    """
    words, public_url = words or CATALOGUES[language], request.app.state.settings.public_url

    async def render() -> bytes:
        common = {"language": language, "words": words}
        told = common | {"engine": ENGINE, "public_url": public_url, "embedded": embedded} | data()
        asked = {
            **common,
            "path": path,
            "room": path if room is None else room,
            "rooms": ROOMS,
            "title": title,
            "description": description,
            "public_url": public_url,
            "embedded": embedded,
            "other": next(other for other in LANGUAGES if other != language),
            "files": f"/static/{files.version}",
            "scripts": scripts(entry),
            "data": _in_script(to_json(told)),
        }
        return _templates.get_template(template).render(asked | given()).encode()

    if status != 200:
        return Response(await render(), status, headers=NOT_KEPT, media_type="text/html")
    question = f"page?{template} {language} {path} {embedded} {title} {description}"
    response: Response = await request.app.state.answers.answer(
        request, question, render, "text/html", ASKED_AGAIN
    )
    return response


def _in_script(json: bytes) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.decode().replace("<", "\\u003c")

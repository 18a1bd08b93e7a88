"""Renders pages from templates, with the context that all share, and caches them."""

from collections.abc import Callable
from typing import Any

import jinja2
from fastapi import HTTPException, Request
from fastapi.responses import Response

from .. import __version__
from ..serving.json_encoding import to_json
from ..serving.replies import NO_STORE, REVALIDATE
from ..serving.version import ENGINE
from ..words import CATALOGUES, LANGUAGES, bound, fill
from .assets import beside, files, scripts

GET = ["GET", "HEAD"]
SECTIONS = {"": "explorer", "training": "training", "graph": "graph", "lessons/": "lessons"}
"""Sections of the site as the header lists them: path, and the key of its title under ``site``."""


class _Templates(jinja2.Environment):
    """Templates in which ``words.keys`` is an item of a dict, not its method."""

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
    finalize=lambda value: bound(value) if type(value) is str else value,
)
_templates.globals["version"] = __version__
_templates.filters["fill"] = fill


def known(language: str) -> str:
    """The language, if the site has it.

    Raises:
        HTTPException: 404 for any other.

    """
    if language not in LANGUAGES:
        raise HTTPException(404, headers=NO_STORE)
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
    context: Callable[[], dict[str, Any]],
    data: Callable[[], dict[str, Any]],
    section: str | None = None,
    words: dict[str, Any] | None = None,
    embedded: bool = False,
    status: int = 200,
) -> Response:
    """A page of the site, cached by its arguments.

    ``path`` is its URL path without the language, ``section`` the section of the site, ``entry`` its entry
    script, ``context`` the context of its template beside the common one, ``data`` the data of its scripts.
    """
    words, public_url = words or CATALOGUES[language], request.app.state.settings.public_url

    async def render() -> bytes:
        common = {"language": language, "words": words}
        page_data = common | {"engine": ENGINE, "public_url": public_url, "embedded": embedded} | data()
        variables = {
            **common,
            "path": path,
            "section": path if section is None else section,
            "sections": SECTIONS,
            "title": title,
            "description": description,
            "public_url": public_url,
            "embedded": embedded,
            "other": next(other for other in LANGUAGES if other != language),
            "files": f"/static/{files.version}",
            "scripts": scripts(entry),
            "data": _in_script(to_json(page_data)),
        }
        return _templates.get_template(template).render(variables | context()).encode()

    if status != 200:
        return Response(await render(), status, headers=NO_STORE, media_type="text/html")
    key = ("page", template, language, path, str(embedded), title, description)
    response: Response = await request.app.state.responses.answer(
        request, key, render, "text/html", REVALIDATE
    )
    return response


def _in_script(json: bytes) -> str:
    """JSON that cannot end the script element that contains it."""
    return json.decode().replace("<", "\\u003c")

"""Renders each page once from its template, and fills in what depends on the link."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import jinja2
from fastapi import Request
from fastapi.responses import Response
from starlette.convertors import StringConvertor, register_url_convertor

from .. import __version__
from ..serving.cache import Stored
from ..serving.compression import IDENTITY
from ..serving.json_encoding import to_json
from ..serving.origin import origin
from ..serving.replies import NO_STORE, REVALIDATE
from ..serving.splicing import padded, splice
from ..serving.version import ENGINE, digest
from ..words import CATALOGUES, LANGUAGES, bound, fill
from .assets import IS_LEAN, beside, files, scripts, sheets
from .sheets import LATE

GET = ["GET", "HEAD"]
NO_HEADERS: Mapping[str, str] = {}
SECTIONS = {"": "explorer", "training": "training", "graph": "graph", "lessons/": "lessons"}
"""Sections of the site as the header lists them: path, and the key of its title under ``site``."""


PREVIEW_IMAGES = {"ko": "preview-ko.png", "en": "preview.png"}
LOCALES = {"ko": "ko_KR", "en": "en_US"}
MAX_PREVIEW_URL = 2000  # characters; longer links have a preview without their URL


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
_preview = _templates.get_template("preview.html")
SLOT = b"<!--preview-->\n"
"""Where the part of a page that depends on its link is, in page.html."""
DOCKED = ("explorer", "compare", "training")


def compile_templates() -> None:
    """Compile all templates, which takes far longer than to render a page; jinja2 keeps them."""
    for name in _templates.list_templates():
        _templates.get_template(name)


class _Language(StringConvertor):
    """A language of the site in a path, so that no path of the API is taken for a page."""

    regex = "|".join(LANGUAGES)


register_url_convertor("language", _Language())


class _Rendered(NamedTuple):
    """A page before and after the part that depends on its link, and the tag of both."""

    before: bytes
    after: bytes
    tag: str

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.before) + len(self.after)


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
    headers: Mapping[str, str] = NO_HEADERS,
    status: int = 200,
) -> Response:
    """A page of the site: rendered once, and filled in with ``title`` and ``description`` of its link.

    ``path`` is its URL path without the language, ``section`` the section of the site, ``entry`` its entry
    script, ``context`` the context of its template beside the common one, ``data`` the data of its scripts.
    """
    words, state = words or CATALOGUES[language], request.app.state
    public_url, cache = state.settings.public_url, state.cache
    common = {"language": language, "words": words, "public_url": public_url, "embedded": embedded}
    key = ("page", template, language, path, embedded)

    def render() -> _Rendered:
        page_data = common | {"engine": ENGINE} | data()
        variables = {
            **common,
            "path": path,
            "section": path if section is None else section,
            "sections": SECTIONS,
            "other": next(other for other in LANGUAGES if other != language),
            "files": f"/static/{files.version}",
            "scripts": scripts(entry),
            "sheets": sheets(entry),
            "fonts": IS_LEAN,  # they are made with the bundle
            "late_sheets": LATE,
            "data": _in_script(to_json(page_data)),
        }
        whole = _templates.get_template(template).render(variables | context()).encode()
        before, after = whole.split(SLOT)
        return _Rendered(before, after, digest([before, after]))

    async def filled(coding: str) -> Stored:
        rendered = await cache.get(key, lambda: asyncio.to_thread(render))
        spliced = await cache.get(
            (*key, coding, len(slot)),
            lambda: asyncio.to_thread(splice, rendered.before, rendered.after, len(slot), coding),
        )
        return Stored(spliced.fill(slot), digest([rendered.tag.encode(), slot]))

    site = origin(request)
    url = f"{site}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
    link = {
        "title": title,
        "description": description,
        "url": url if len(url) <= MAX_PREVIEW_URL else "",
        "image": f"{site if len(site) <= MAX_PREVIEW_URL else ''}/{PREVIEW_IMAGES[language]}",
        "locale": LOCALES[language],
        "other_locales": [locale for other, locale in LOCALES.items() if other != language],
        "classes": " ".join(_classes(entry, embedded=embedded, asks=bool(request.url.query))),
    }
    slot = padded(_preview.render(common | link).encode())
    if status != 200:
        return Response((await filled(IDENTITY)).body, status, headers=NO_STORE, media_type="text/html")
    response: Response = await state.responses.answer_with(
        request, filled, len(slot), "text/html", {**REVALIDATE, **headers}
    )
    return response


def _classes(entry: str, *, embedded: bool, asks: bool) -> Iterator[str]:
    """What the style sheets need to know of a page before any script; ``asks``: its link has a query."""
    if embedded:
        yield "framed"
    elif entry in DOCKED:
        yield "docked"  # on a phone its controls stand at the bottom
    if entry == "explorer" and not embedded and not asks:
        yield "start"  # the start page stands around the picture


def _in_script(json: bytes) -> str:
    """JSON that cannot end the script element that contains it."""
    return json.decode().replace("<", "\\u003c")

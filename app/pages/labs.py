"""Routes of the lab pages, of static files, and redirects to the preferred language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.convertors import StringConvertor, register_url_convertor

from ..labs.explorer.params import BpttParams
from ..labs.graph.params import GraphParams
from ..labs.training.params import TrainingParams
from ..labs.training.precomputed import lag_maps
from ..lesson_links import LESSON_LINKS
from ..lessons import LESSONS
from ..presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from ..serving.replies import NO_STORE
from ..serving.static_files import UNVERSIONED
from ..words import CATALOGUES, preferred
from . import form
from .assets import files
from .first_words import HAVE_MORE, first_words, without_help
from .preload import preload
from .previews import PREVIEWS
from .rendering import GET, PREVIEW_IMAGES, page


class _PreviewName(StringConvertor):
    """The file name of an image of link previews."""

    regex = "|".join(map(re.escape, PREVIEW_IMAGES.values()))


register_url_convertor("preview", _PreviewName())
router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=GET)
async def front(request: Request) -> Response:
    """Redirect to the preferred language of the browser, with the query."""
    return _moved(request, preferred(request.headers.get("accept-language", "")), {"Vary": "Accept-Language"})


@router.api_route("/static/{version}/{name:path}", methods=GET)
async def static(request: Request, version: str, name: str) -> Response:
    """A static file."""
    return await files.answer(request, version, name)


@router.api_route("/favicon.ico", methods=GET)
async def icon(request: Request) -> Response:
    """The icon, for clients that request it at its traditional URL."""
    return await files.answer(request, UNVERSIONED, "icon.svg")


@router.api_route("/{name:preview}", methods=GET)
async def preview(request: Request, name: str) -> Response:
    """The image of link previews in a language."""
    return await files.answer(request, UNVERSIONED, name)


@router.api_route("/{language:language}", methods=GET)
async def without_slash(request: Request, language: str) -> Response:
    """Redirect to the URL with its final slash."""
    return _moved(request, language)


@router.api_route("/{language:language}/", methods=GET)
async def explorer(request: Request, language: str) -> Response:
    """The explorer. Only its title depends on the query, which its scripts read from the URL."""
    return await _page(request, "explorer.html", language)


@router.api_route("/embed/{language:language}/", methods=GET)
async def embedded(request: Request, language: str) -> Response:
    """The explorer for a frame in another page."""
    return await _page(request, "explorer.html", language, embedded=True)


@router.api_route("/{language:language}/ab", methods=GET)
async def compare(request: Request, language: str) -> Response:
    """Two explorer states above each other, on one time axis and one scale."""
    return await _page(request, "compare.html", language, path="ab")


@router.api_route("/{language:language}/training", methods=GET)
async def training(request: Request, language: str) -> Response:
    """The training lab."""
    return await _page(request, "training.html", language, path="training")


@router.api_route("/embed/{language:language}/training", methods=GET)
async def embedded_training(request: Request, language: str) -> Response:
    """The training lab for a frame in another page."""
    return await _page(request, "training.html", language, path="training", embedded=True)


@router.api_route("/{language:language}/graph", methods=GET)
async def graph(request: Request, language: str) -> Response:
    """The graph lab."""
    return await _page(request, "graph.html", language, path="graph")


@router.api_route("/embed/{language:language}/graph", methods=GET)
async def embedded_graph(request: Request, language: str) -> Response:
    """The graph lab for a frame in another page."""
    return await _page(request, "graph.html", language, path="graph", embedded=True)


@dataclass(frozen=True)
class _Lab:
    """A lab's parameters, control groups and presets, the catalogue key of its words, and its extra data."""

    params: type[BaseModel]
    groups: tuple[str, ...]
    presets: dict[str, str]
    words: str = ""
    data: Callable[[], dict[str, Any]] = dict


_EXPLORER = _Lab(BpttParams, form.GROUPS, PRESETS)
_LABS = {
    "training": _Lab(
        TrainingParams, form.TRAINING_GROUPS, TRAINING_PRESETS, "training", lambda: {"stairs": lag_maps()}
    ),
    "graph": _Lab(GraphParams, (), GRAPH_PRESETS, "graphlab"),
}


async def _page(
    request: Request, template: str, language: str, path: str = "", *, embedded: bool = False
) -> Response:
    words, lab = CATALOGUES[language], _LABS.get(path, _EXPLORER)
    query = request.query_params
    link_preview = PREVIEWS[path](query, words)
    about = words[lab.words or "site"]
    if lab.words:  # whose parameters and presets have their own words
        words = words | {part: words[part] | words[lab.words][part] for part in ("params", "presets")}
    if path in HAVE_MORE:  # the sentences about the controls, too
        words = words | {"params": without_help(words["params"])}
    return await page(
        request,
        template,
        language,
        path=path,
        section=path if path in _LABS else "",
        entry=template.removesuffix(".html"),
        title=link_preview.title or about["title"],
        description=link_preview.description or about["description"],
        words=words,
        embedded=embedded,
        headers=preload(path, query),
        context=lambda: {
            "presets": lab.presets,
            "galleries": [("", len(PRESETS)), *((it, len(_LABS[it].presets)) for it in _LABS)],
            "controls": form.controls(lab.params),
            "groups": lab.groups,
            "lessons": len(LESSONS),
        },
        data=lambda: {
            **lab.data(),
            "controls": form.as_data(lab.params),
            "explained": LESSON_LINKS,
            **first_words(path, words, language),
        },
    )


def _moved(request: Request, language: str, headers: dict[str, str] | None = None) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{language}/{query}", 307, headers=NO_STORE | (headers or {}))

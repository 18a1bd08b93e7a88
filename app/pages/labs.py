"""The pages of the labs, and the files they need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from ..explained import EXPLAINED
from ..labs.explorer.params import BpttParams
from ..labs.graph.params import GraphParams
from ..labs.training.params import TrainingParams
from ..labs.training.precomputed import measured
from ..lessons import LESSONS
from ..presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from ..serving.replies import NOT_KEPT
from ..words import CATALOGUES, preferred
from . import form
from .assets import files
from .previews import Preview
from .previews import preview as preview_of
from .rendering import GET, known, page

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=GET)
async def front(request: Request) -> Response:
    """To the reader's language, the question kept."""
    return _moved(request, preferred(request.headers.get("accept-language", "")), {"Vary": "Accept-Language"})


@router.api_route("/static/{version}/{name:path}", methods=GET)
async def static(request: Request, version: str, name: str) -> Response:
    """A file that pages need."""
    return await files.answer(request, version, name)


@router.api_route("/favicon.ico", methods=GET)
async def icon(request: Request) -> Response:
    """For who asks for it without being told where it is."""
    return await files.answer(request, "", "icon.svg")


@router.api_route("/preview.png", methods=GET)
async def preview(request: Request) -> Response:
    """The picture beside a link that is pasted somewhere."""
    return await files.answer(request, "", "preview.png")


@router.api_route("/{language}", methods=GET)
async def slash(request: Request, language: str) -> Response:
    """An address without its last letter."""
    return _moved(request, known(language))


@router.api_route("/{language}/", methods=GET)
async def explorer(request: Request, language: str) -> Response:
    """The explorer. But for its title it is the same for every query: its scripts read the address bar."""
    return await _page(request, "explorer.html", language)


@router.api_route("/embed/{language}/", methods=GET)
async def embedded(request: Request, language: str) -> Response:
    """The explorer without anything around it, for a frame in another page."""
    return await _page(request, "explorer.html", language, embedded=True)


@router.api_route("/{language}/ab", methods=GET)
async def ab(request: Request, language: str) -> Response:
    """Two questions side by side, on one time axis and one scale."""
    return await _page(request, "compare.html", language, path="ab")


@router.api_route("/{language}/training", methods=GET)
async def training(request: Request, language: str) -> Response:
    """The training lab: truncated backpropagation as it is run, with weights that move."""
    return await _page(request, "training.html", language, path="training")


def _stairs() -> dict[str, Any]:
    return {"stairs": measured()}


@router.api_route("/embed/{language}/training", methods=GET)
async def embedded_training(request: Request, language: str) -> Response:
    """The training lab without anything around it, for a frame in another page."""
    return await _page(request, "training.html", language, path="training", embedded=True)


@router.api_route("/{language}/graph", methods=GET)
async def graph(request: Request, language: str) -> Response:
    """The graph lab: backpropagation on a small graph, one node at a time."""
    return await _page(request, "graph.html", language, path="graph")


@router.api_route("/embed/{language}/graph", methods=GET)
async def embedded_graph(request: Request, language: str) -> Response:
    """The graph lab without anything around it, for a frame in another page."""
    return await _page(request, "graph.html", language, path="graph", embedded=True)


@dataclass(frozen=True)
class _Lab:
    """What a page shows: whose controls, which presets, words in place of the common ones, and more data."""

    params: type[BaseModel]
    groups: tuple[str, ...]
    presets: dict[str, str]
    words: str = ""
    data: Callable[[], dict[str, Any]] = dict


_EXPLORER = _Lab(BpttParams, form.GROUPS, PRESETS)
_LABS = {
    "training": _Lab(TrainingParams, form.TRAINING_GROUPS, TRAINING_PRESETS, "training", _stairs),
    "graph": _Lab(GraphParams, (), GRAPH_PRESETS, "graphlab"),
}


async def _page(
    request: Request, template: str, language: str, path: str = "", *, embedded: bool = False
) -> Response:
    words, lab = CATALOGUES[known(language)], _LABS.get(path, _EXPLORER)
    shown = preview_of(request.query_params, words) if lab is _EXPLORER else Preview()
    about = words[lab.words or "site"]
    if lab.words:  # where a parameter means something of its own
        words = words | {part: words[part] | words[lab.words][part] for part in ("params", "presets")}
    return await page(
        request,
        template,
        language,
        path=path,
        room=path if path in _LABS else "",
        entry=template.removesuffix(".html"),
        title=shown.title or about["title"],
        description=shown.description or about["description"],
        words=words,
        embedded=embedded,
        given=lambda: {
            "presets": lab.presets,
            "controls": form.controls(lab.params),
            "groups": lab.groups,
            "lessons": len(LESSONS),
        },
        data=lambda: lab.data() | {"controls": form.as_data(lab.params), "explained": EXPLAINED},
    )


def _moved(request: Request, language: str, headers: dict[str, str] | None = None) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{language}/{query}", 307, headers=NOT_KEPT | (headers or {}))

"""The pages, and the files they need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jinja2
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from . import form
from .files import beside, files, scripts
from .labs.bptt_params import BpttParams
from .labs.training.measured import measured
from .labs.training.params import TrainingParams
from .presets import PRESETS, TRAINING_PRESETS
from .previews import Preview
from .previews import preview as preview_of
from .serving.encoding import to_json
from .serving.replies import ASKED_AGAIN, NOT_KEPT
from .serving.version import ENGINE
from .words import CATALOGUES, LANGUAGES, preferred

router = APIRouter(include_in_schema=False)
GET = ["GET", "HEAD"]


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
    return _moved(request, _known(language))


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
    return await _page(request, "ab.html", language, path="ab")


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


@dataclass(frozen=True)
class _Lab:
    """What a page shows: whose controls, which presets, words in place of the common ones, and more data."""

    params: type[BaseModel]
    groups: tuple[str, ...]
    presets: dict[str, str]
    words: str = ""
    data: Callable[[], dict[str, Any]] = dict


_EXPLORER = _Lab(BpttParams, form.GROUPS, PRESETS)
_LABS = {"training": _Lab(TrainingParams, form.TRAINING_GROUPS, TRAINING_PRESETS, "training", _stairs)}


async def _page(
    request: Request, template: str, language: str, path: str = "", *, embedded: bool = False
) -> Response:
    words, public_url = CATALOGUES[_known(language)], request.app.state.settings.public_url
    lab = _LABS.get(path, _EXPLORER)
    shown = preview_of(request.query_params, words) if lab is _EXPLORER else Preview()
    if lab.words:  # where a parameter means something of its own
        words = words | {part: words[part] | words[lab.words][part] for part in ("params", "presets")}

    async def render() -> bytes:
        said = lab.data() | {"language": language, "words": words, "controls": form.as_data(lab.params)}
        page = _templates.get_template(template).render(
            language=language,
            path=path,
            preview=shown,
            public_url=public_url,
            embedded=embedded,
            presets=lab.presets,
            other=next(other for other in LANGUAGES if other != language),
            words=words,
            controls=form.controls(lab.params),
            groups=lab.groups,
            files=f"/static/{files.version}",
            scripts=scripts(path or "main"),
            data=_in_script(
                to_json(said | {"engine": ENGINE, "public_url": public_url, "embedded": embedded})
            ),
        )
        return page.encode()

    question = f"page?{template} {language} {embedded} {shown}"
    response: Response = await request.app.state.answers.answer(
        request, question, render, "text/html", ASKED_AGAIN
    )
    return response


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise HTTPException(404, headers=NOT_KEPT)
    return language


def _moved(request: Request, language: str, headers: dict[str, str] | None = None) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{language}/{query}", 307, headers=NOT_KEPT | (headers or {}))


def _in_script(json: bytes) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.decode().replace("<", "\\u003c")

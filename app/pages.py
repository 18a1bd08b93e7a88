"""The pages, and the files they need."""

from pathlib import Path
from typing import Any

import jinja2
import plotly
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from . import form
from .presets import PRESETS
from .serving.encoding import to_json
from .words import CATALOGUES, LANGUAGES, preferred

router = APIRouter(include_in_schema=False)

_HERE = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def beside(name: str) -> Path:
    """A folder of files: inside the package when installed, beside it in a checkout."""
    return next(path for path in (_HERE / name, _HERE.parent / name) if path.is_dir())


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
files = StaticFiles(directory=beside("static"))


@router.api_route("/", methods=["GET", "HEAD"])
async def front(request: Request) -> Response:
    """To the reader's language, the question kept."""
    language = preferred(request.headers.get("accept-language", ""))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{language}/{query}", 307, headers={"Vary": "Accept-Language"})


@router.api_route("/static/plotly.min.js", methods=["GET", "HEAD"])
async def plotly_js() -> Response:
    """plotly.js as the Python package ships it."""
    return FileResponse(PLOTLY, media_type="text/javascript")


@router.api_route("/{language}/", methods=["GET", "HEAD"])
async def explorer(language: str) -> Response:
    """The explorer. The page is the same for every query: its scripts read the address bar."""
    return _page("explorer.html", language, presets=PRESETS)


@router.api_route("/{language}/ab", methods=["GET", "HEAD"])
async def ab(language: str) -> Response:
    """Two questions side by side, on one time axis and one scale."""
    return _page("ab.html", language, "ab")


def _page(template: str, language: str, path: str = "", presets: dict[str, str] | None = None) -> Response:
    if language not in LANGUAGES:
        raise HTTPException(404)
    words = CATALOGUES[language]
    page = _templates.get_template(template).render(
        language=language,
        path=path,
        presets=presets,
        other=next(other for other in LANGUAGES if other != language),
        words=words,
        controls=form.controls(),
        groups=form.GROUPS,
        data=_in_script(to_json({"language": language, "words": words, "controls": form.as_data()})),
    )
    return HTMLResponse(page)


def _in_script(json: bytes) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.decode().replace("<", "\\u003c")

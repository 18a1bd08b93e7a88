"""An address that leads nowhere: for a person who typed it a page with ways on, for programs plain JSON."""

from fastapi import Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from ..lessons import LESSONS
from ..serving.replies import NOT_KEPT
from ..words import CATALOGUES, LANGUAGES, preferred
from .course import said
from .rendering import page

NOT_PAGES = ("/api", "/static", "/healthz", "/readyz")


async def lost(request: Request, error: Exception) -> Response:
    """The answer to any 404."""
    assert isinstance(error, HTTPException)
    path, accepted = request.url.path, request.headers.get("accept", "")
    if error.status_code != 404 or "text/html" not in accepted or path.startswith(NOT_PAGES):
        return await http_exception_handler(request, error)
    if path.endswith("/"):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{path.strip('/')}{query}", 307, headers=NOT_KEPT)
    parts = path.split("/")
    language = next((part for part in parts if part in LANGUAGES), None) or preferred(
        request.headers.get("accept-language", "")
    )
    words = CATALOGUES[language]
    return await page(
        request,
        "not-found.html",
        language,
        path="",
        entry="course",
        title=words["lost"]["title"],
        description=words["lost"]["description"],
        given=lambda: {"lessons": LESSONS},
        data=lambda: said(words),
        status=404,
    )

"""The 404 handler: an HTML page with links for people, JSON for programs."""

from fastapi import Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from ..lessons import LESSONS
from ..serving.replies import NO_STORE
from ..words import CATALOGUES, LANGUAGES, preferred
from .course import script_words
from .rendering import page

NOT_PAGES = ("/api", "/static", "/healthz", "/readyz")


async def not_found(request: Request, error: Exception) -> Response:
    """The response to an HTTP error; a 404 of a page is an HTML page, in the language of its URL."""
    assert isinstance(error, HTTPException)
    path, accept = request.url.path, request.headers.get("accept", "")
    if error.status_code != 404 or "text/html" not in accept or path.startswith(NOT_PAGES):
        return await http_exception_handler(request, error)
    if path.endswith("/"):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{path.strip('/')}{query}", 307, headers=NO_STORE)
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
        title=words["not_found"]["title"],
        description=words["not_found"]["description"],
        context=lambda: {"lessons": LESSONS},
        data=lambda: script_words(words),
        status=404,
    )

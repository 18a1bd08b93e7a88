"""The application, put together."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError

from . import api, pages
from .labs.parameters import Unfit
from .problems import unfit, unprocessable
from .serving.headers import Headers


def create_app() -> FastAPI:
    """All routes, one error handler, one set of headers."""
    app = FastAPI(title="BPTT Explorer", version="1", docs_url=None, redoc_url=None)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/static", pages.files)
    app.add_exception_handler(RequestValidationError, unprocessable)
    app.add_exception_handler(Unfit, unfit)
    app.add_middleware(Headers)
    return app

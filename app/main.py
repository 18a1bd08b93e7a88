"""The application, put together."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from . import __version__
from .api import explorer as api
from .api import graph as graph_api
from .api import health
from .api import qr as sharing
from .api import training as training_api
from .api.errors import busy, unfit, unprocessable
from .labs.parameters import Unfit
from .pages import course as lesson_pages
from .pages import labs as pages
from .pages.not_found import lost
from .serving.answers import Answers, Shortcut
from .serving.headers import Headers
from .serving.jobs import Jobs
from .serving.pool import Busy, Pool, cores
from .serving.request_limits import Gate
from .serving.stopping import delayed_signals
from .settings import Settings

WARM_AGAIN = 300  # s
SWITCH = 5e-4  # s that a computing thread keeps the interpreter while answers wait to be sent


class _App(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        inside = Shortcut(super().build_middleware_stack(), self.state.answers)
        return Headers(Gate(inside))  # outside of what answers a 500


def create_app() -> FastAPI:
    """All routes, the error handlers, one set of headers, and what answers are kept in."""
    app = _App(
        title="BPTT Explorer",
        version=__version__,
        license_info={"name": "MIT", "identifier": "MIT"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
    )
    app.state.settings = Settings()
    app.state.answers = Answers(app.state.settings.cache_mb * 2**20)
    app.state.pool = Pool(cores())
    app.state.jobs = Jobs(Pool(max(1, cores() - 1)))  # a core is left for quick questions
    app.include_router(health.router)
    app.include_router(sharing.router, prefix="/api")
    for router in (api.router, training_api.router, graph_api.router):
        app.include_router(router, prefix="/api")
        app.include_router(router, prefix="/api/{engine}", include_in_schema=False)
    app.include_router(lesson_pages.router)
    app.include_router(pages.router)
    app.add_exception_handler(RequestValidationError, unprocessable)
    app.add_exception_handler(Unfit, unfit)
    app.add_exception_handler(HTTPException, lost)
    app.add_exception_handler(Busy, busy)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    sys.setswitchinterval(SWITCH)
    warming = asyncio.create_task(_keep_warm(app))
    with delayed_signals():
        yield
    warming.cancel()
    app.state.jobs.stop()


async def _keep_warm(app: FastAPI) -> None:
    while True:
        with suppress(Busy):  # then others are served first
            await api.warm(app)
        await asyncio.sleep(WARM_AGAIN)

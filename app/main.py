"""The ASGI application: routes, error handlers, middleware, and the state that requests share."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from .api import explorer, graph, health, openapi, qr, rooms, training, weights
from .api.engine_version import OtherEngine, other_engine, this_engine
from .api.errors import busy, incompatible_parameters, invalid_query
from .api.openapi import ABOUT, operation_id
from .labs.parameters import IncompatibleParameters
from .pages import course, labs, live, talk
from .pages.not_found import not_found
from .pages.rendering import compile_templates
from .rooms.memory_store import MemoryStore
from .rooms.no_store import NoStore
from .rooms.refusals import Refused
from .rooms.rooms import Rooms
from .rooms.store import Store
from .rooms.wrong_numbers import WrongNumbers
from .serving.cache import Cache
from .serving.departures import ClientGone, client_gone
from .serving.files import SPARE_FILES, most_files
from .serving.headers import SecurityHeaders
from .serving.jobs import Jobs
from .serving.memory import give_back_freed_memory
from .serving.pieces import Pieces
from .serving.pool import Busy, Pool, cores
from .serving.request_limits import RequestLimits
from .serving.response_cache import CachedResponses, ResponseCache
from .serving.stopping import delayed_signals
from .serving.worker_processes import ThisProcess, WorkerLost, WorkerProcesses
from .settings import Settings

MIN_CACHE_MB = 8  # what all static files need: the largest takes seconds to compress
WARM_EVERY = 300  # s
MAX_LISTENERS = 5000  # pages that follow live lectures in a process
SWITCH_INTERVAL = 5e-4  # s that a computing thread keeps the interpreter while responses wait to be sent


class _App(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        inside = CachedResponses(super().build_middleware_stack(), self.state.responses)
        return Pieces(SecurityHeaders(RequestLimits(inside)))  # outside, so that a 500 has the headers too


def create_app() -> FastAPI:
    """The application with its routes, error handlers and shared state."""
    app = _App(
        **ABOUT,
        generate_unique_id_function=operation_id,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.settings = Settings()
    app.state.cache = Cache(max(app.state.settings.cache_mb, MIN_CACHE_MB) * 2**20)
    app.state.responses = ResponseCache(app.state.cache)
    app.state.readiness = health.ReadinessCheck()
    app.state.workers = ThisProcess()
    app.state.pool = Pool(cores())
    app.state.jobs = Jobs(Pool(max(1, cores() - 1)))  # leaves a core for short requests
    app.state.rooms = Rooms(_store(app.state.settings), _most_listeners(app.state.settings.connections))
    app.state.wrong_numbers = WrongNumbers()
    app.state.uploads = weights.Uploads()
    app.include_router(labs.router)  # first: a path is compared with all routes before its own
    app.include_router(rooms.router, prefix="/api")  # early, too: a hall follows, votes and asks at once
    app.include_router(talk.router)
    app.include_router(course.router)
    app.include_router(live.router)
    for router in (explorer.router, training.router, graph.router):
        app.include_router(router, prefix="/api")
        app.include_router(
            router, prefix="/api/{engine}", include_in_schema=False, dependencies=[Depends(this_engine)]
        )
    app.include_router(qr.router, prefix="/api")
    app.include_router(weights.router, prefix="/api")
    app.include_router(openapi.router)
    app.include_router(health.router)
    app.add_exception_handler(RequestValidationError, invalid_query)
    app.add_exception_handler(IncompatibleParameters, incompatible_parameters)
    app.add_exception_handler(HTTPException, not_found)
    app.add_exception_handler(Busy, busy)
    app.add_exception_handler(OtherEngine, other_engine)
    app.add_exception_handler(ClientGone, client_gone)
    app.add_exception_handler(Refused, rooms.refused)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    sys.setswitchinterval(SWITCH_INTERVAL)
    give_back_freed_memory()
    _set_aside_what_stays()
    processes = WorkerProcesses()
    warming = asyncio.create_task(_keep_warm(app, processes))
    await app.state.rooms.start()
    with delayed_signals(app.state.rooms.stop_streams):
        yield
    await app.state.rooms.stop()
    warming.cancel()
    app.state.jobs.stop()
    app.state.workers = ThisProcess()
    processes.close()


async def _keep_warm(app: FastAPI, processes: WorkerProcesses) -> None:
    await asyncio.to_thread(compile_templates)
    with suppress(WorkerLost):  # until they have started, computations run in this process
        await asyncio.to_thread(processes.start)
        app.state.workers = processes
    while True:
        with suppress(Busy):  # requests come first
            await explorer.warm(app)
        await asyncio.sleep(WARM_EVERY)


def _store(settings: Settings) -> Store:
    if settings.rooms_url:
        from .rooms.redis_store import RedisStore  # whose package takes 16 MB of memory

        return RedisStore(settings.rooms_url)
    return MemoryStore() if settings.workers == 1 else NoStore(settings.workers)


def _most_listeners(connections: int) -> int:
    """How many connections may be streams of live lectures: a tenth of all is left for everything else."""
    files = most_files()
    most = connections if files is None else min(connections, files - SPARE_FILES)
    return max(1, min(MAX_LISTENERS, most * 9 // 10))


def _set_aside_what_stays() -> None:
    """Keep modules, schemas and routes from the garbage collector: it searches them for 60 ms at a time."""
    gc.collect()
    gc.freeze()

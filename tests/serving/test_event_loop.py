"""No request holds the event loop: between two turns of the loop, little is called on its thread.

Calls are counted, not timed, so that the result does not depend on the machine; ten thousand calls take about
a millisecond. Routes and pages are found by walking them. ``make bench`` measures the same with a clock.
"""

import asyncio
import gc
import sys
from asyncio import events
from contextlib import contextmanager

import jinja2
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.pages.rendering import compile_templates
from tests.asgi import Client
from tests.routes import examples_of_routes, pages_of_the_site

MOST = 7_000  # calls in one turn


@contextmanager
def calls_counted(monkeypatch):
    """The calls of every turn, as a list, while it runs."""
    turns, run = [], events.Handle._run

    def counted(handle):
        count = 0

        def called(frame, event, argument):
            nonlocal count
            count += event in {"call", "c_call"}

        sys.setprofile(called)
        try:
            run(handle)
        finally:
            sys.setprofile(None)
            turns.append(count)

    monkeypatch.setattr(events.Handle, "_run", counted)
    gc.disable()  # whose finalizers are calls of whatever runs at the time
    try:
        yield turns
    finally:
        gc.enable()
        monkeypatch.undo()


async def started():
    """The application after its first request, for which FastAPI prepares all routes."""
    app = create_app()
    await Client(app, "/no/where/at/all").task  # which is compared with all
    return app


async def most_calls(app, path: str, query: str, turns: list[int], **headers: str) -> int:
    turns.clear()
    client = Client(app, path, query.encode(), **headers)
    await client.task
    assert client.status in {200, 307, 404, 422}, (path, client.status)
    return max(turns)


@pytest.fixture(scope="module")
def pages():
    found = pages_of_the_site(TestClient(create_app()))
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def routes():
    app = create_app()
    found = list(examples_of_routes(app))
    reading = {path for path, operations in app.openapi()["paths"].items() if "get" in operations}
    assert {route.partition("?")[0].replace("482913", "{room}") for route in found} >= reading
    return found


def test_no_route_of_the_api_holds_the_loop_neither_at_first_nor_again(routes, monkeypatch):
    async def scenario():
        app = await started()
        with calls_counted(monkeypatch) as turns:
            most = {}
            for route in [*routes, *routes, *(f"{one}&digits=6" for one in routes if "digits" not in one)]:
                path, _, query = route.partition("?")
                most[route] = await most_calls(app, path, query, turns, accept_encoding="gzip")
        return {route: count for route, count in most.items() if count > MOST}

    assert asyncio.run(scenario()) == {}


QUERIES = {
    "": "",
    "short": "text=hello0001&k=3",
    "long": "text=" + "%EA%B0%80" * 500,
    "decomposed by the normal form": "text=" + "%E2%AB%9C" * 650,
    "marks": "text=" + "%CD%84%D6%B2" * 430,
}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(query, id=name, marks=() if name == "marks" else pytest.mark.exhaustive)  # the longest
        for name, query in QUERIES.items()
    ],
)
def test_no_page_holds_the_loop_neither_at_first_nor_again(query, pages, monkeypatch):
    async def scenario():
        app = await started()
        with calls_counted(monkeypatch) as turns:
            most = {
                (path, n): await most_calls(app, path, query, turns, accept_encoding="br", accept="text/html")
                for path in [*pages, "/ko/nowhere", "/"]
                for n in range(2)
            }
        return {path: count for path, count in most.items() if count > MOST}

    assert asyncio.run(scenario()) == {}


def test_the_garbage_collector_does_not_search_what_stays():
    async def scenario():
        app = create_app()
        async with app.router.lifespan_context(app):
            return gc.get_freeze_count(), len(gc.get_objects())

    try:
        frozen, others = asyncio.run(scenario())
    finally:
        gc.unfreeze()
    assert frozen > 50_000 > others


def test_templates_are_compiled_before_anybody_asks(monkeypatch):
    compile_templates()
    monkeypatch.setattr(jinja2.Environment, "compile", None)

    async def scenario():
        client = Client(create_app(), "/ko/lessons/hello")
        await client.task
        return client.status

    assert asyncio.run(scenario()) == 200


def test_the_count_sees_work_on_the_loop(monkeypatch):
    monkeypatch.setattr("app.api.explorer.compute", lambda _, work, __: asyncio.sleep(0, work()))

    async def scenario():
        app = await started()
        with calls_counted(monkeypatch) as turns:
            return await most_calls(app, "/api/bptt", "text=hello&steps=50", turns)

    assert asyncio.run(scenario()) > MOST

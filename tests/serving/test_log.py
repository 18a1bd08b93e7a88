"""The log: requests without their queries on standard output, warnings and errors on standard error."""

import io
import logging
import logging.config
import re
import sys

import pytest

from app.serving.log import LOG, WithoutQuery

ACCESS = '%s - "%s %s HTTP/%s" %d'  # as uvicorn writes it
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"


@pytest.fixture
def streams(monkeypatch):
    """Standard output and error of the configuration; the handlers of the tests themselves stay."""
    monkeypatch.setattr(logging.config, "_clearExistingHandlers", lambda: None)
    loggers = [logging.getLogger(name) for name in LOG["loggers"]]
    before = [(one.handlers[:], one.level, one.propagate) for one in loggers]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.StringIO())
        patch.setattr(sys, "stderr", io.StringIO())
        found = sys.stdout, sys.stderr
        logging.config.dictConfig(LOG)
    yield found
    for one, (handlers, level, propagate) in zip(loggers, before, strict=True):
        one.handlers[:], one.propagate = handlers, propagate
        one.setLevel(level)


def test_a_request_is_logged_with_its_path_and_without_its_query(streams):
    logging.getLogger("uvicorn.access").info(ACCESS, "10.0.0.1:7", "GET", "/api/bptt?text=secret", "1.1", 200)
    out, err = (stream.getvalue() for stream in streams)
    assert re.fullmatch(rf'{TIME} INFO 10\.0\.0\.1:7 - "GET /api/bptt HTTP/1\.1" 200\n', out)
    assert err == ""


def test_warnings_and_errors_of_the_server_are_logged_and_its_chatter_is_not(streams):
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("uvicorn.error").warning("trouble")
    out, err = (stream.getvalue() for stream in streams)
    assert re.fullmatch(rf"{TIME} WARNING trouble\n", err)
    assert out == ""


def test_nothing_is_logged_twice_and_other_loggers_stay_as_they_are(streams):
    assert not any(logging.getLogger(name).propagate for name in LOG["loggers"])
    assert not logging.getLogger("app").disabled


def test_of_a_long_path_eighty_characters_are_logged():
    record = logging.makeLogRecord({"args": ("client", "GET", "/" + "x" * 99, "1.1", 404)})
    assert WithoutQuery().filter(record) is True
    assert record.args == ("client", "GET", "/" + "x" * 79, "1.1", 404)


@pytest.mark.parametrize(
    "path",
    [
        *("/api/rooms", "/api/rooms/482913/votes", "/api/rooms/482913?x=1"),
        *("/482913?v=1", "/482-913", "/482%20913", "/ko/live/482913"),
    ],
)
def test_no_line_says_from_where_somebody_follows_a_lecture_or_votes(streams, path):
    logging.getLogger("uvicorn.access").info(ACCESS, "10.0.0.1:7", "POST", path, "1.1", 204)
    assert streams[0].getvalue() == ""
    for other in ("/api/roomsx", "/4829131", "/ko/lessons/hello"):
        logging.getLogger("uvicorn.access").info(ACCESS, "10.0.0.1:7", "GET", other, "1.1", 404)
    assert streams[0].getvalue().count("10.0.0.1") == 3


@pytest.mark.parametrize("args", [("/?a", 200), {"path": "/?a", "b": 1, "c": 2, "d": 3, "e": 4}, None])
def test_a_record_of_another_kind_is_logged_as_it_is(args):
    record = logging.makeLogRecord({"args": args})
    assert WithoutQuery().filter(record) is True
    assert record.args == args

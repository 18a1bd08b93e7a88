"""Logging configuration: requests by method, path and status, without the query, which holds users' texts.

Requests of live lectures are not logged at all: a line would say from which address somebody has voted.
"""

import logging
import re
from typing import Any

LIVE = re.compile(r"/api/rooms\b|/[0-9]{3}(?:[ -]|%20)?[0-9]{3}(?:\?|$)|/[a-z]+/live/")
"""The requests of a room, and its pages."""
MAX_PATH = 80  # characters: no page of this site has a longer path


class WithoutQuery(logging.Filter):
    """Removes the query from the path in a record of uvicorn's access log, and leaves live lectures out."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, version, status = record.args
            if LIVE.match(str(path)):
                return False
            record.args = (client, method, str(path).partition("?")[0][:MAX_PATH], version, status)
        return True


LOG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query": {"()": WithoutQuery}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"},
        "requests": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stdout",
            "filters": ["without_query"],
        },
    },
    "loggers": {
        "uvicorn.error": {"handlers": ["errors"], "level": "WARNING", "propagate": False},
        "uvicorn.access": {"handlers": ["requests"], "level": "INFO", "propagate": False},
    },
}
"""For ``logging.config``."""

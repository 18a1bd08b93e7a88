"""Files that never change under their name: packed once a coding, and kept by every cache in between.

The folder's paths begin with a digest of all its files, so that a module that imports its neighbour gets the
one of its own version. Own code, since what serves packed files for ASGI wants them made on disk beforehand.
"""

import asyncio
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .cache import Cache, Stored
from .coding import CODINGS, pack
from .replies import FOR_EVER, NOT_KEPT, reply
from .version import digest

mimetypes.add_type("text/javascript", ".js")
ENDINGS = {"zstd": ".zst", "br": ".br", "gzip": ".gz"}


class Files:
    """Folders and single files under one versioned path."""

    def __init__(self, sources: dict[str, Path]) -> None:
        """Each source is a file, or a folder whose files are named after it; "" for no name before them."""
        self._files = dict(sorted(_found(sources).items()))
        self.version = digest(
            part for name, path in self._files.items() for part in (name.encode(), path.read_bytes())
        )
        self._packed = Cache(2**30)

    def names(self, folder: str, ending: str) -> list[str]:
        """The files under a folder."""
        return [name for name in self._files if name.startswith(folder) and name.endswith(ending)]

    async def answer(self, request: Request, version: str, name: str) -> Response:
        """One file; of another version than asked for it is not to be kept."""
        path = self._files.get(name)
        if path is None:
            return PlainTextResponse("Not Found", 404, headers=NOT_KEPT)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept = FOR_EVER if version == self.version else NOT_KEPT
        return await reply(request, lambda coding: self._stored(name, path, coding), kind, kept)

    async def _stored(self, name: str, path: Path, coding: str) -> Stored:
        return await self._packed.get((name, coding), lambda: asyncio.to_thread(_read, path, coding))


def _found(sources: dict[str, Path]) -> dict[str, Path]:
    """Files by name; a later source hides an earlier one's file of the same name."""
    found: dict[str, Path] = {}
    for name, source in sources.items():
        if source.is_file():
            found[name] = source
        for path in source.rglob("*"):
            if path.is_file() and path.suffix not in ENDINGS.values():
                found[name + path.relative_to(source).as_posix()] = path
    return found


def _read(path: Path, coding: str) -> Stored:
    body = path.read_bytes()
    ready = path.with_name(path.name + ENDINGS.get(coding, ""))
    packed = ready.read_bytes() if coding in CODINGS and ready.is_file() else pack(body, coding, hard=True)
    return Stored(packed, digest([body]))

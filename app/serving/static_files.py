"""Static files under a versioned path, compressed once per Content-Encoding, with immutable caching.

The path begins with a digest of all files, so that a script imports its neighbors in the same version.
Libraries that serve compressed static files for ASGI need them compressed on disk beforehand.
"""

import asyncio
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .cache import Cache, Stored
from .compression import CODINGS, compress
from .replies import IMMUTABLE, NO_STORE, reply
from .version import digest

mimetypes.add_type("text/javascript", ".js")
ENDINGS = {"br": ".br", "gzip": ".gz"}
UNVERSIONED = ""
"""The version of files at traditional URLs, which have none."""


class StaticFiles:
    """Folders and single files under one versioned path."""

    def __init__(self, sources: dict[str, Path]) -> None:
        """``sources`` maps a name to a file, or a prefix of names ("" for none) to a folder of files."""
        self._files = dict(sorted(_files_by_name(sources).items()))
        self.version = digest(
            part for name, path in self._files.items() for part in (name.encode(), path.read_bytes())
        )

    def names(self, folder: str, ending: str) -> list[str]:
        """The names of the files in a folder."""
        return [name for name in self._files if name.startswith(folder) and name.endswith(ending)]

    async def answer(self, request: Request, version: str, name: str) -> Response:
        """One file of this version; 404 for another version, whose scripts would import files of this one."""
        path = self._files.get(name)
        if path is None or version not in {self.version, UNVERSIONED}:
            return PlainTextResponse("Not Found", 404, headers=NO_STORE)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"

        async def stored(coding: str) -> Stored:
            key = ("static", self.version, name, coding)
            found: Stored = await cache.get(key, lambda: asyncio.to_thread(_read, path, coding))
            return found

        cache: Cache = request.app.state.cache
        caching = IMMUTABLE if version == self.version else NO_STORE
        return await reply(request, stored, kind, caching)


def _files_by_name(sources: dict[str, Path]) -> dict[str, Path]:
    """Files by name; a file of a later source replaces one of the same name."""
    files: dict[str, Path] = {}
    for name, source in sources.items():
        if source.is_file():
            files[name] = source
        for path in source.rglob("*"):
            if path.is_file() and path.suffix not in ENDINGS.values():
                files[name + path.relative_to(source).as_posix()] = path
    return files


def _read(path: Path, coding: str) -> Stored:
    body = path.read_bytes()
    ready = path.with_name(path.name + ENDINGS.get(coding, ""))
    if coding in CODINGS and ready.is_file():
        return Stored(ready.read_bytes(), digest([body]))
    return Stored(compress(body, coding, hard=True), digest([body]))

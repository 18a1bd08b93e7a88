"""Reading .npz, as ``numpy.savez`` writes it."""

import io
import zipfile
from collections.abc import Iterator

import numpy as np

from ...bptt.arrays import Array
from ..refused import Refused
from .contents import Contents
from .numbers import FORMATS, coarsest

MAX_BYTES = 16 * 2**20  # of all arrays unpacked


def recognizes(data: bytes) -> bool:
    """Whether it is a zip file of nothing but .npy files."""
    return all(name.endswith(".npy") for name in members(data, [""]))


def read(data: bytes) -> Contents:
    """The arrays of a file; objects are never unpickled.

    Raises:
        Refused: ``file_too_large`` unpacked, ``file_damaged``, or ``file_not_floats`` by name.

    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = dict(_arrays(archive))
    precisions = [array.dtype.name for array in found.values()]
    return Contents({name: array.astype(np.float64) for name, array in found.items()}, coarsest(precisions))


def members(data: bytes, otherwise: list[str]) -> list[str]:
    """The names of the files in a zip file; ``otherwise`` if it is none, or empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist() or otherwise
    except zipfile.BadZipFile:
        return otherwise


def unpacked(archive: zipfile.ZipFile, name: str, limit: int = MAX_BYTES) -> bytes:
    """A file of a zip file, read only as far as the limit, whatever size the archive claims.

    Raises:
        Refused: ``file_too_large``, or ``file_damaged``.

    """
    try:
        with archive.open(name) as member:
            content = member.read(limit + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, KeyError):
        raise Refused("file_damaged", name) from None
    if len(content) > limit:
        raise Refused("file_too_large", name, MAX_BYTES // 2**20)
    return content


def _arrays(archive: zipfile.ZipFile) -> Iterator[tuple[str, Array]]:
    left = MAX_BYTES
    for member in archive.namelist():
        name = member.removesuffix(".npy")
        content = unpacked(archive, member, left)
        left -= len(content)
        try:
            array = np.load(io.BytesIO(content), allow_pickle=False)
        except (ValueError, EOFError, OSError):
            raise Refused("file_damaged", name) from None
        if array.dtype.newbyteorder("=").name not in FORMATS:
            raise Refused("file_not_floats", name)
        yield name.replace("/", "."), array

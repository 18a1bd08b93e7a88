"""Reading and writing .npz, as ``numpy.savez`` does."""

import io
import zipfile
from collections.abc import Iterator, Mapping

import numpy as np

from ...bptt.arrays import Array
from ..layouts import Layout
from ..refused import Refused
from .contents import Contents
from .numbers import FORMATS, coarsest

MAX_BYTES = 16 * 2**20  # of all arrays unpacked
MAX_COMMENT = 65_535  # bytes, of a zip file


def recognizes(data: bytes) -> bool:
    """Whether it is a zip file of nothing but .npy files."""
    return all(name.endswith(".npy") for name in members(data, [""]))


def read(data: bytes) -> Contents:
    """The arrays of a file; objects are never unpickled.

    Raises:
        Refused: ``file_too_large`` unpacked, or ``file_damaged``, ``file_objects`` or ``file_not_floats`` by
            name.

    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = dict(_arrays(archive))
        about = archive.comment.decode(errors="replace")
    precisions = [array.dtype.name for array in found.values()]
    arrays = {name: array.astype(np.float64) for name, array in found.items()}
    return Contents(arrays, coarsest(precisions), about=about)


def write(arrays: Mapping[str, Array], layout: Layout, activation: str, about: str) -> bytes:
    """A file of arrays, with the text as the comment of the zip file; always the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue())  # of 1980, not of now
        archive.comment = f"{layout.layer} ({activation}). {about}".encode()[:MAX_COMMENT]
    return packed.getvalue()


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


def _has_objects(content: bytes) -> bool:
    """Whether the header of a .npy file says that pickled objects follow."""
    file = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(file)
        if version == (1, 0):
            return bool(np.lib.format.read_array_header_1_0(file)[2].hasobject)
        return bool(np.lib.format.read_array_header_2_0(file)[2].hasobject)
    except (ValueError, EOFError):
        return False


def _arrays(archive: zipfile.ZipFile) -> Iterator[tuple[str, Array]]:
    left = MAX_BYTES
    for member in archive.namelist():
        name = member.removesuffix(".npy")
        content = unpacked(archive, member, left)
        left -= len(content)
        try:
            array = np.load(io.BytesIO(content), allow_pickle=False)
        except (ValueError, EOFError, OSError):
            if _has_objects(content):
                raise Refused("file_objects", name) from None
            raise Refused("file_damaged", name) from None
        if array.dtype.newbyteorder("=").name not in FORMATS:
            raise Refused("file_not_floats", name)
        yield name.replace("/", "."), array

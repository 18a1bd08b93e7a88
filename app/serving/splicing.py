"""Splicing: a page with a slot is compressed once; what fills the slot is put between the compressed parts.

Both codings allow it. Deflate blocks that refer to nothing before them can follow any others (RFC 1951), and
a Brotli stream may contain an uncompressed block (RFC 7932 §9.2). A Brotli distance may count from the
beginning of the stream, and the code of a letter depends on the two before it: so a slot has one of a few
sizes, filled up with spaces, and a fixed end.
"""

import random
import zlib
from collections.abc import Callable
from typing import NamedTuple

import brotli

from .compression import IDENTITY
from .gzip_parts import HEADER, deflated, trailer

SMALLEST, LARGEST = 2**10, 2**16  # bytes of a slot; 2**16 is the longest block of the Brotli header used here
END = b"\n\n"  # of every slot
TRIES = 8
QUALITY = 10  # of the parts around the slot, which are compressed once: 40 ms of CPU for 5% fewer bytes


class Splice(NamedTuple):
    """``fill`` returns the whole body in a coding, given a slot of the right size; ``size`` is in bytes."""

    fill: Callable[[bytes], bytes]
    size: int


def padded(slot: bytes) -> bytes:
    """The slot with spaces up to the next size that slots have, and their end.

    Raises:
        ValueError: it is longer than slots may be.

    """
    size = SMALLEST
    while size < len(slot) + len(END):
        size *= 2
    if size > LARGEST:
        raise ValueError(f"a slot of {len(slot)} bytes")
    return slot.ljust(size - len(END)) + END


def splice(before: bytes, after: bytes, size: int, coding: str) -> Splice:
    """What fills a slot of ``size`` bytes between two parts."""
    return _SPLICES[coding](before, after, size)


def _identity(before: bytes, after: bytes, _: int) -> Splice:
    return Splice(lambda slot: before + slot + after, len(before) + len(after))


def _gzip(before: bytes, after: bytes, size: int) -> Splice:
    first = HEADER + deflated(before)
    last = deflated(after, zlib.Z_FINISH)
    checksum, length = zlib.crc32(before), len(before) + size + len(after)

    def fill(slot: bytes) -> bytes:
        whole = zlib.crc32(after, zlib.crc32(slot, checksum))
        return b"".join([first, deflated(slot), last, trailer(whole, length)])

    return Splice(fill, len(first) + len(last))


def _brotli(before: bytes, after: bytes, size: int) -> Splice:
    """The parts as they are compressed around noise, to which they cannot refer."""
    header = ((size - 1) << 3 | 1 << 19).to_bytes(3, "little")  # of an uncompressed block; not the last one
    for seed in range(TRIES):  # the first one will do, unless the noise repeats a piece of the page
        packer = brotli.Compressor(quality=QUALITY)
        first = packer.process(before) + packer.flush() + header
        packer.process(random.Random(seed).randbytes(size - len(END)) + END)
        packer.flush()
        last = packer.process(after) + packer.finish()
        slot = bytes(size - len(END)) + END
        if _is(first + slot + last, before + slot + after):
            return _identity(first, last, size)
    raise ValueError("the parts refer to the slot")


def _is(packed: bytes, body: bytes) -> bool:
    try:
        return bool(brotli.decompress(packed) == body)
    except brotli.error:
        return False


_SPLICES: dict[str, Callable[[bytes, bytes, int], Splice]] = {
    IDENTITY: _identity,
    "gzip": _gzip,
    "br": _brotli,
}

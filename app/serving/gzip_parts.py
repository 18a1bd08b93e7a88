"""gzip (RFC 1952) in parts, each of which can be unpacked as soon as it has arrived.

Deflate blocks that refer to nothing before them can follow any others (RFC 1951 §3.2.4): so a part that many
streams end with is packed once.
"""

import struct
import zlib

HEADER = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])  # no name, no time
LEVEL = 8
STREAM_LEVEL, STREAM_WINDOW, STREAM_MEMORY = 6, 12, 5  # 32 kB for each stream


def deflated(part: bytes, end: int = zlib.Z_FULL_FLUSH) -> bytes:
    """Deflate blocks that refer to nothing before them; ``end`` is how they end."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(end)


def trailer(checksum: int, length: int) -> bytes:
    """What ends a stream: CRC-32 and length of its content."""
    return struct.pack("<II", checksum, length % 2**32)


class EventStream:
    """One stream, whose parts are returned as they are to be sent: here unchanged."""

    def part(self, part: bytes) -> bytes:
        """The next part."""
        return part

    def last(self, part: bytes, packed: bytes) -> bytes:
        """The last part, of which ``packed`` is what ``deflated`` returns."""
        del packed
        return part


class GzipStream(EventStream):
    """The same, compressed."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(STREAM_LEVEL, zlib.DEFLATED, -STREAM_WINDOW, STREAM_MEMORY)
        self._checksum = self._length = 0
        self._header = HEADER

    def part(self, part: bytes) -> bytes:
        return self._after_header(part, self._packer.compress(part) + self._packer.flush(zlib.Z_SYNC_FLUSH))

    def last(self, part: bytes, packed: bytes) -> bytes:
        begun = self._after_header(part, packed)
        return begun + self._packer.flush(zlib.Z_FINISH) + trailer(self._checksum, self._length)

    def _after_header(self, part: bytes, packed: bytes) -> bytes:
        self._checksum = zlib.crc32(part, self._checksum)
        self._length += len(part)
        header, self._header = self._header, b""
        return header + packed

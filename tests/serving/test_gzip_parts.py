"""gzip in parts: each can be unpacked as soon as it has arrived, and the whole is a valid gzip file."""

import gzip
import zlib

import pytest

from app.serving.gzip_parts import EventStream, GzipStream, deflated

PARTS = [b"event: start\n\n", b"", b"event: point\ndata: [0.1]\n\n" * 50, bytes(range(256)) * 400]


@pytest.mark.parametrize("count", range(len(PARTS) + 1))
def test_every_part_can_be_unpacked_at_once_and_the_whole_is_a_gzip_file(count):
    stream, unpacker, sent = GzipStream(), zlib.decompressobj(16 + zlib.MAX_WBITS), []
    for part in PARTS[:count]:
        sent.append(stream.part(part))
        assert unpacker.decompress(sent[-1]) == part
    last = PARTS[2] + PARTS[3]
    sent.append(stream.last(last, deflated(last)))
    assert gzip.decompress(b"".join(sent)) == b"".join([*PARTS[:count], last])  # checks CRC and length


def test_later_parts_are_packed_by_what_earlier_ones_hold():
    stream = GzipStream()
    first, second = (len(stream.part(PARTS[2][:52])) for _ in range(2))
    assert second < first / 2


def test_uncompressed_parts_are_sent_as_they_are():
    stream = EventStream()
    assert stream.part(b"a") == b"a"
    assert stream.last(b"b", deflated(b"b")) == b"b"

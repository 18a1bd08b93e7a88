"""Content codings: which one a client takes (RFC 9110 §12.5.3), and bytes in it."""

import gzip
from collections.abc import Callable
from typing import NamedTuple

import brotli
import zstandard

from .accept import weighted

IDENTITY = "identity"


class Coding(NamedTuple):
    """How bytes are packed: quickly for an answer, hard for a file that is packed once a deploy."""

    pack: Callable[[bytes, bool], bytes]
    unpack: Callable[[bytes], bytes]


CODINGS: dict[str, Coding] = {
    "zstd": Coding(
        lambda body, hard: zstandard.ZstdCompressor(level=10 if hard else 6).compress(body),
        lambda packed: zstandard.ZstdDecompressor().decompress(packed),
    ),
    "br": Coding(
        lambda body, hard: brotli.compress(body, quality=7 if hard else 5),
        brotli.decompress,
    ),
    "gzip": Coding(
        lambda body, hard: gzip.compress(body, 8 if hard else 6, mtime=0),
        gzip.decompress,
    ),
}
"""By the name in Content-Encoding, the one that is sent when a client takes several equally first."""


def chosen(accept_encoding: str) -> str:
    """The coding that an Accept-Encoding header likes best, the first of ours among equals."""
    liked = dict(weighted(accept_encoding))
    usual = liked.get("*", 0.0)
    best = max(CODINGS, key=lambda name: liked.get(name, usual))
    weight = liked.get(best, usual)
    return best if weight > 0 and weight >= liked.get(IDENTITY, 0.0) else IDENTITY


def pack(body: bytes, coding: str, *, hard: bool = False) -> bytes:
    """The body in a coding."""
    return body if coding == IDENTITY else CODINGS[coding].pack(body, hard)


def unpack(packed: bytes, coding: str) -> bytes:
    """What ``pack`` was given."""
    return packed if coding == IDENTITY else CODINGS[coding].unpack(packed)

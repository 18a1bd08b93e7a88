"""Content-Encoding: negotiation by Accept-Encoding (RFC 9110 §12.5.3), and Brotli and gzip."""

import gzip
from collections.abc import Callable
from typing import NamedTuple

import brotli

from .accept import weighted

IDENTITY = "identity"


class Coding(NamedTuple):
    """``compress`` works hard (for files) or fast (for responses), as its second argument says."""

    compress: Callable[[bytes, bool], bytes]
    decompress: Callable[[bytes], bytes]


CODINGS: dict[str, Coding] = {
    "br": Coding(
        lambda body, hard: brotli.compress(body, quality=7 if hard else 5),
        brotli.decompress,
    ),
    "gzip": Coding(
        lambda body, hard: gzip.compress(body, 8 if hard else 6, mtime=0),
        gzip.decompress,
    ),
}
"""By name in Content-Encoding, in order of preference where a client accepts several equally."""


def negotiate(accept_encoding: str) -> str:
    """The coding that an Accept-Encoding header prefers, the first of ours among equals."""
    weights = dict(weighted(accept_encoding))
    default = weights.get("*", 0.0)
    best = max(CODINGS, key=lambda name: weights.get(name, default))
    weight = weights.get(best, default)
    return best if weight > 0 and weight >= weights.get(IDENTITY, 0.0) else IDENTITY


def accepts(accept_encoding: str, coding: str) -> bool:
    """Whether an Accept-Encoding header names a coding as acceptable."""
    weights = dict(weighted(accept_encoding))
    return weights.get(coding, weights.get("*", 0.0)) > 0


def compress(body: bytes, coding: str, *, hard: bool = False) -> bytes:
    """The body in a coding."""
    return body if coding == IDENTITY else CODINGS[coding].compress(body, hard)


def decompress(body: bytes, coding: str) -> bytes:
    """The inverse of ``compress``."""
    return body if coding == IDENTITY else CODINGS[coding].decompress(body)

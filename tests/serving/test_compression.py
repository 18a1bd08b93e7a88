"""Content codings: the one a client likes, and every byte back."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serving.compression import CODINGS, IDENTITY, compress, decompress, negotiate


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", IDENTITY),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;Q=0.5, br;q=0.9", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*;q=0.3", "br"),
        ("*;q=0", IDENTITY),
        ("identity;q=1, gzip;q=0.5", IDENTITY),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("deflate, compress", IDENTITY),
        ("gzip;q=x", IDENTITY),
    ],
)
def test_the_coding_is_the_one_the_client_likes_best(header, coding):
    assert negotiate(header) == coding


@given(st.text(max_size=60))
def test_any_header_leads_to_a_coding(header):
    assert negotiate(header) in {*CODINGS, IDENTITY}


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("coding", [*CODINGS, IDENTITY])
@given(body=st.binary(max_size=300))
def test_every_byte_comes_back(coding, hard, body):
    assert decompress(compress(body, coding, hard=hard), coding) == body


def test_files_are_compressed_harder_than_responses():
    body = "".join(f"{n * n} squared, " for n in range(2000)).encode()
    for coding, fast, hard in (
        ("br", brotli.compress(body, quality=5), brotli.compress(body, quality=7)),
        ("gzip", gzip.compress(body, 6, mtime=0), gzip.compress(body, 8, mtime=0)),
    ):
        assert compress(body, coding) == fast
        assert compress(body, coding, hard=True) == hard
        assert len(hard) < len(fast)

"""QR codes: module by module those of segno, for every version and level; and their SVG image."""

import re

import numpy as np
import pytest
import segno
import segno.consts

from app import qr_code
from app.qr_code import CAPACITY, MASK

URL = "https://bptt.example/ko/?v=1&text=%EA%B0%80%ED%9E%A3~" * 60


def by_segno(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, mask=MASK)


def edges() -> set[int]:
    """The numbers of bytes that fill a version and level after 12 or 20 bits of its header, and one more."""
    capacities = segno.consts.SYMBOL_CAPACITY
    full = {
        (capacities[version][level] - (12 if version < 10 else 20)) // 8
        for version in range(1, 41)
        for level in (segno.consts.ERROR_LEVEL_M, segno.consts.ERROR_LEVEL_Q, segno.consts.ERROR_LEVEL_H)
    }
    assert max(full) == CAPACITY
    return full | {size + 1 for size in full} - {CAPACITY + 1}


@pytest.mark.exhaustive
def test_every_code_is_that_of_segno_where_the_version_or_the_level_changes():
    drawn = set()
    for n in edges():
        code = by_segno(URL[:n])
        assert np.array_equal(qr_code.modules(URL[:n].encode()), code.matrix), n
        drawn.add((code.version, code.error))
    assert {version for version, _ in drawn} == set(range(1, 41))
    assert {level for _, level in drawn} == {"M", "Q", "H"}


@pytest.mark.parametrize("n", [1, 7, 8, 60, 61, 180, 181, 300, 411, 412, 1000, 1900, 2331])
def test_a_code_is_that_of_segno(n):
    code = qr_code.modules(URL[:n].encode())
    assert np.array_equal(code, by_segno(URL[:n]).matrix)


def test_bytes_beyond_ascii_are_those_of_utf_8():
    assert np.array_equal(qr_code.modules("/가나".encode()), by_segno("/가나".encode()).matrix)


def test_content_that_no_code_holds_is_an_error():
    with pytest.raises(ValueError, match="2332 bytes"):
        qr_code.modules(b"a" * (CAPACITY + 1))


def test_segno_is_not_asked_again_for_another_address_of_the_same_version(monkeypatch):
    qr_code.modules(b"http://bptt.example/ko/?k=2")
    monkeypatch.setattr(segno, "make", None)
    assert qr_code.modules(b"http://bptt.example/ko/?k=3").shape == (29, 29)


def test_the_image_has_a_stroke_for_every_run_of_dark_modules():
    """By hand: a cross of three by three, in a quiet zone of four modules."""
    image = qr_code.svg(np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)).decode()
    assert 'viewBox="0 0 11 11"' in image
    assert re.search(r'stroke="#000" d="([^"]+)"', image)[1] == "M0 .5m5 4h1m-2 1h3m-2 1h1"


def test_the_image_keeps_a_row_without_dark_modules():
    image = qr_code.svg(np.array([[1, 1, 0], [0, 0, 0], [0, 1, 0]], np.uint8)).decode()
    assert re.search(r'stroke="#000" d="([^"]+)"', image)[1] == "M0 .5m4 4h2m-1 2h1"

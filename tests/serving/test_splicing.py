"""A spliced body is what compressing the whole would give, in every coding and whatever fills the slot."""

import random

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.serving import splicing
from app.serving.compression import CODINGS, IDENTITY, decompress
from app.serving.splicing import LARGEST, SMALLEST, padded, splice

HTML = b"<p>what a page says</p>\n" * 200 + "<p>시간을 거스르는 역전파를 눈으로</p>\n".encode() * 100
ENGLISH = b"the people of the country have been able to see more than one of them in the end of the time "


@pytest.mark.parametrize("coding", [IDENTITY, *CODINGS])
@pytest.mark.parametrize("size", [SMALLEST, 4096, LARGEST])
def test_a_filled_body_is_the_three_parts(coding, size):
    before, after = HTML, ENGLISH * 50 + HTML  # common words: Brotli has a dictionary of them
    filled = splice(before, after, size, coding).fill
    for content in (b"", HTML * 20, random.Random(1).randbytes(size)):
        slot = padded(content[: size - 2]).rjust(size)
        assert decompress(filled(slot), coding) == before + slot + after


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=3000), st.binary(max_size=1500), st.binary(max_size=3000))
def test_any_bytes_come_back(before, slot, after):
    slot = padded(slot)
    for coding in (IDENTITY, *CODINGS):
        packed = splice(before, after, len(slot), coding).fill(slot)
        assert decompress(packed, coding) == before + slot + after


def test_a_slot_of_a_page_costs_little_more_than_its_own_bytes():
    slot = padded(b"<title>banana</title>")
    whole = len(brotli.compress(HTML + slot + HTML, quality=splicing.QUALITY))
    assert len(splice(HTML, HTML, len(slot), "br").fill(slot)) <= whole + len(slot) + 50


def test_noise_that_occurs_in_the_page_is_replaced_by_another():
    noise = random.Random(0).randbytes(SMALLEST)  # what is tried first
    slot = padded(b"")
    filled = splice(HTML, noise + HTML, SMALLEST, "br").fill(slot)
    assert brotli.decompress(filled) == HTML + slot + noise + HTML


def test_a_slot_has_one_of_a_few_sizes():
    assert {len(padded(b"a" * n)) for n in range(0, LARGEST - 1, 100)} == {2**n for n in range(10, 17)}
    assert padded(b"a" * (SMALLEST - 2)) == b"a" * (SMALLEST - 2) + b"\n\n"
    with pytest.raises(ValueError, match="65535"):
        padded(b"a" * (LARGEST - 1))


def test_what_does_not_stay_within_its_part_is_refused(monkeypatch):
    monkeypatch.setattr(splicing, "_is", lambda *_: False)
    with pytest.raises(ValueError, match="slot"):
        splice(HTML, HTML, SMALLEST, "br")

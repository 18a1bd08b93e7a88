"""Recorded responses, the contract between Python and the scripts, are up to date."""

import json
from typing import Any

import pytest

from tests.record import DATA, recordings

TODAY = recordings()


def same(a: Any, b: Any) -> bool:
    """Equal up to the last digits, which depend on the machine."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a if name != "checks")
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) and b is not None:
        return a == pytest.approx(b, rel=1e-3, abs=1e-15)
    return a == b


@pytest.mark.parametrize("name", TODAY)
def test_a_recording_is_fresh(name):
    assert same(json.loads((DATA / name).read_bytes()), json.loads(TODAY[name])), "run python -m tests.record"

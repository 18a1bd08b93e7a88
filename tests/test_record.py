"""What `python -m tests.record` says of recordings that are taken anew."""

import orjson
import pytest

from tests.json_diff import differences
from tests.record import write

OLD = {
    "h": [[1.0, 2.0], [4.0, 0.0]],
    "params": {"k": 3, "unit": "char"},
    "gone": 1,
    "none": None,
    "outline": "M0,2L1,4",
}


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        (OLD, []),
        (OLD | {"params": {"k": 3.0, "unit": "char"}}, []),
        (OLD | {"h": [[1.0, 2.5], [4.1, 0.0]]}, ["h[][]: 2 numbers, by at most 0.5 (relative 0.2)"]),
        (OLD | {"h": [[1.0, 2.0], [4.0, 1e-17]]}, ["h[][]: 1 number, by at most 1e-17 (relative 1)"]),
        (OLD | {"h": [[1.0, 2.0]]}, ["h[] (length): 1 number, by at most 1 (relative 0.5)"]),
        (OLD | {"params": {"k": 3, "unit": "word"}}, ["params.unit: 'char' became 'word'"]),
        (OLD | {"params": {"k": 3}}, ["params.unit: removed"]),
        (OLD | {"more": {"x": 1}}, ["more: added"]),
        (OLD | {"none": 0.0}, ["none: None became 0.0"]),
        (OLD | {"gone": True}, ["gone: 1 became True"]),
        (OLD | {"outline": "M1,2.5L-3,4"}, ["outline (text): 3 numbers, by at most 4 (relative 1.3)"]),
        (OLD | {"outline": "M0,2.5H3"}, ["outline: 'M0,2L1,4' became 'M0,2.5H3'"]),
        (OLD | {"h": [["a", None], [4.0, 0.0]]}, ["h[][]: 1.0 became 'a' (2 times)"]),
    ],
)
def test_every_path_that_changed_has_a_line(new, lines):
    assert differences(OLD, new) == lines


def test_it_writes_the_recordings_and_says_what_is_new_and_what_changed(tmp_path):
    recorded = {"one.json": orjson.dumps(OLD), "two.json": orjson.dumps([1.0])}
    folder = tmp_path / "data"
    assert write(folder, recorded) == ["one.json: new", "two.json: new"]
    assert write(folder, recorded) == []
    changed = recorded | {"two.json": orjson.dumps([1.5])}
    assert write(folder, changed) == ["two.json: []: 1 number, by at most 0.5 (relative 0.33)"]
    assert (folder / "two.json").read_bytes() == b"[1.5]\n"

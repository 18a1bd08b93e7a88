"""Every concept has its test, and its row in docs/teaching.md."""

import re
from pathlib import Path

import pytest

from app.lessons import LESSONS

ROOT = Path(__file__).parents[2]
CONCEPTS = range(1, 59)


def test_every_concept_has_a_test_named_after_it():
    names = "\n".join(
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_row_\w+)", path.read_text(encoding="utf-8"))
    )
    for row in CONCEPTS:
        assert re.search(rf"(?:row|and|\d\d)_{row:02}(?=_)", names), row


@pytest.mark.parametrize("row", CONCEPTS)
def test_the_table_of_concepts_says_where_a_concept_is_seen(row):
    teaching = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    cells = re.search(rf"^\| {row} \| (.+?) \| (.+?) \| (.+?) \|$", teaching, re.MULTILINE)
    assert cells, row
    told = set(cells[3].split(", "))
    assert told == {
        f"{lesson.number}.{m}"
        for lesson in LESSONS
        for m, moment in enumerate(lesson.moment, 1)
        if row in moment.rows
    }

"""docs/conventions.md has the table that the layouts give."""

from tests import conventions


def test_the_table_of_layouts_is_that_of_the_code():
    assert conventions.TARGET.read_text(encoding="utf-8") == conventions.document(), "run `make types`"
    assert conventions.table().count("\n") == 2 + len(conventions.LAYOUTS)

"""docs/conventions.md has the table that the layouts give."""

from tests import conventions


def test_the_table_of_layouts_is_that_of_the_code():
    assert conventions.TARGET.read_text(encoding="utf-8") == conventions.document(), "run `make types`"
    assert conventions.table().count("\n") == 2 + len(conventions.LAYOUTS)
    assert conventions.files().count("\n") == 2 + len(conventions.TARGETS)


def test_the_page_has_the_files_and_the_lines_that_read_them():
    source = (conventions.TARGET.parents[1] / "static/js/explorer/export/weights.js").read_text("utf-8")
    for name, target in conventions.TARGETS.items():
        assert f'file: "bptt_{name}.{target.ending}"' in source
        assert target.loading in source

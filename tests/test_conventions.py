"""docs/conventions.md has the table that the layouts give."""

import numpy as np
import pytest

from app.bptt.cells import CELLS
from app.bptt.clipping import clip_by_norm
from app.bptt.losses import LOSSES
from app.bptt.optimizers import Adam
from app.lessons import GLOSSARIES
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
        assert target.state in source


def test_the_tables_of_constants_and_starts_are_those_of_the_code():
    constants, starts = conventions.constants(), conventions.starts()
    assert "| `rmsprop` | ρ = 0.99, ε = 10⁻⁸ |" in constants
    assert f"ε = {conventions._number(conventions.EPSILON)}" in constants
    assert starts.count("\n") == 2 + len(conventions.STARTS)
    assert "| `keras` | 1.00 | 1.0 |" in starts


def layout_of(layer):
    return next(layout for layout in conventions.LAYOUTS if layout.layer == layer)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_glossary_has_the_order_of_the_gates_in_the_code_and_in_its_layouts(language):
    said = GLOSSARIES[language]["gate"].meaning
    orders = [CELLS["lstm"].gates, CELLS["gru"].gates, layout_of("nn.LSTM").gates, layout_of("nn.GRU").gates]
    places = [said.index(" ".join(gates)) for gates in orders]
    assert places == sorted(places)
    assert layout_of("nn.GRU").keeps_by_z
    assert layout_of("GRU").keeps_by_z
    assert "Keras 3" in GLOSSARIES[language]["gru"].meaning


def test_the_page_of_conventions_has_the_constants_of_the_code():
    page = conventions.TARGET.read_text(encoding="utf-8")
    clipped = clip_by_norm(np.array([3.0, 4.0]), 1.0)
    assert 1.0 / np.linalg.norm(clipped) * 5.0 == pytest.approx(5.0 + 1e-6, abs=1e-12)
    assert "plus 1e-6" in page
    assert Adam(0.1).epsilon == 1e-8
    o, target = np.array([[3.0, 1.0]]), np.array([[1.0, 0.0]])
    ours, mse = LOSSES["squared_error"].value(o, target)[0], np.square(o - target).mean()
    assert mse == 2 / o.shape[1] * ours
    assert "2/V" in page

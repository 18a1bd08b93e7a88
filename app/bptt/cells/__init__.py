"""Recurrent cells: RNN, LSTM and GRU. To add one, add a file here and a line to ``CELLS``."""

from .cell import Cell, Residuals, at_step
from .gru import Gru
from .gru_reset_after import GruResetAfter
from .lstm import Lstm
from .rnn import Elman

CELLS: dict[str, type[Cell]] = {"rnn": Elman, "lstm": Lstm, "gru": Gru}

RESETS: dict[str, type[Cell]] = {"before": Gru, "after": GruResetAfter}
"""The forms of the GRU, by where the reset gate is applied: before the product with Wh, or after it."""

FORMS: tuple[type[Cell], ...] = tuple(dict.fromkeys([*CELLS.values(), *RESETS.values()]))
"""Every cell in every form."""


def cell_type(cell: str, reset: str) -> type[Cell]:
    """The class of a cell; ``reset`` has an effect on the GRU only."""
    return RESETS[reset] if cell == "gru" else CELLS[cell]


__all__ = ["CELLS", "FORMS", "RESETS", "Cell", "Residuals", "at_step", "cell_type"]

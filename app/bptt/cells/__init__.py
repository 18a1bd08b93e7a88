"""The recurrent cells. A new one is one file beside this and one line in ``CELLS``."""

from .cell import Cell, Residuals, at_step
from .gru import Gru
from .lstm import Lstm
from .rnn import Elman

CELLS: dict[str, type[Cell]] = {"rnn": Elman, "lstm": Lstm, "gru": Gru}

__all__ = ["CELLS", "Cell", "Residuals", "at_step"]

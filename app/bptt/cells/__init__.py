"""The recurrent cells. A new one is one file beside this and one line in ``CELLS``."""

from .cell import Cell, Tape
from .rnn import Elman

CELLS: dict[str, type[Cell]] = {"rnn": Elman}

__all__ = ["CELLS", "Cell", "Tape"]

"""Recurrent cells: RNN, LSTM and GRU. To add one, add a file here and a line to ``CELLS``."""

from .cell import Cell, Residuals, at_step
from .gru import Gru
from .lstm import Lstm
from .rnn import Elman

CELLS: dict[str, type[Cell]] = {"rnn": Elman, "lstm": Lstm, "gru": Gru}

__all__ = ["CELLS", "Cell", "Residuals", "at_step"]

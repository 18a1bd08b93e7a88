"""Weights of a recurrent network in this program's layout, as they come from a framework or go to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..bptt.arrays import Array

GATES = {"rnn": ("a",), "lstm": ("f", "g", "i", "o"), "gru": ("z", "r", "n")}
"""The blocks of Wx, Wh and b of every cell, in this program's order."""

STATES = {"rnn": ("h0",), "lstm": ("h0", "c0"), "gru": ("h0",)}
"""The vectors of the initial state of every cell, as they are called in files."""


@dataclass(frozen=True)
class Recurrent:
    """The recurrent layer: Wx (D, G·H), Wh (H, G·H), b (G·H), and bh (H) of a gru that resets after.

    ``cell`` is rnn, lstm or gru; ``reset`` is "before" or "after" for a gru: whether h is multiplied by r
    before or after its product with Wh. ``bh`` is the bias inside the reset, r ⊙ (h Wh_n + bh).
    """

    cell: str
    Wx: Array
    Wh: Array
    b: Array
    reset: str | None = None
    bh: Array | None = None

    @property
    def H(self) -> int:
        """The hidden size."""
        return len(self.Wh)


@dataclass(frozen=True)
class Network:
    """A recurrent layer with a readout o = h Wy + by: Wy (H, V), by (V).

    ``activation`` is f of an rnn. ``precision`` is the number format of the file, such as float32.
    ``initial`` is the initial state (H) by the names of ``STATES``; what is not in it is zero.
    """

    recurrent: Recurrent
    Wy: Array
    by: Array
    activation: str = "tanh"
    precision: str = "float64"
    initial: Mapping[str, Array] = field(default_factory=dict)
    sources: list["Source"] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What became of arrays of a file: names, shape, and the array of this program that they fill.

    ``blocks`` are the gates whose part is meant, all if it is empty, and ``row`` that of two biases in an
    array (1 or 2).
    """

    names: tuple[str, ...]
    shape: tuple[int, ...]
    fills: str
    blocks: tuple[str, ...] = ()
    row: int | None = None

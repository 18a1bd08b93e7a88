"""The note in files that this program writes: the link of the network, and its inputs and outputs in order.

Arrays say neither the activation nor the symbols; the note says both when such a file is read again.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from ..bptt.activations import ACTIVATIONS
from ..bptt.sequences import UNITS
from .network import Network

NOTE = re.compile(r"BPTT Explorer, \?(\S*)\. Inputs and outputs in order: (\[.*\])", re.DOTALL)


@dataclass(frozen=True)
class OwnNote:
    """What a note says: f of an rnn, the unit of the symbols, and these in order (none for numbers)."""

    activation: str
    unit: str
    symbols: tuple[str, ...]

    @property
    def vocabulary(self) -> str:
        """The symbols as the parameter of that name."""
        return (" " if self.unit == "word" else "").join(self.symbols)


def written(query: dict[str, object], symbols: Iterable[object]) -> str:
    """The note of a network with these parameters, from which defaults may be left out."""
    listed = json.dumps([str(symbol) for symbol in symbols])
    return f"BPTT Explorer, ?{urlencode({'v': '1', **query})}. Inputs and outputs in order: {listed}"


def read(text: str) -> OwnNote | None:
    """The note in a text; None if there is none, or no whole one."""
    found = NOTE.search(text)
    if found is None:
        return None
    query = {name: values[-1] for name, values in parse_qs(found[1]).items()}
    activation, unit = query.get("activation", Network.activation), query.get("unit", "char")
    try:
        symbols = json.loads(found[2])
    except (ValueError, RecursionError):
        return None
    if activation not in ACTIVATIONS or unit not in UNITS or not isinstance(symbols, list):
        return None
    if not all(isinstance(symbol, str) for symbol in symbols):
        return None
    return OwnNote(activation, unit, tuple(symbols))

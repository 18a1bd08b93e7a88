"""Who takes part in a race, as a link writes it: ``10``, ``gru.full``, ``zeros.20``, ``tbptt:5:10``."""

import re
from dataclasses import dataclass
from typing import Any

from ...bptt.cells import CELLS
from ...bptt.truncation import SCHEMES

STATES = ("carried", "zeros")
_TOKENS = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
_WRITTEN = re.compile(rf"(?>{_TOKENS.pattern})(?:[.:](?>{_TOKENS.pattern}))*")  # 1.1.1 is read in one way
MOST_K, MOST_CUT = 1000, 0.9


@dataclass(frozen=True)
class Contestant:
    """One run of a race: ``scheme`` is a name of the registry, ``settings`` what that scheme obeys."""

    entry: str
    cell: str
    scheme: str
    state: str
    settings: dict[str, Any]

    @property
    def k(self) -> int | None:
        """How many steps a gradient may reach back; None where no number says so."""
        return self.settings.get("k")


def canonical(written: str) -> str | None:
    """The one way of writing an entry; None if it is none."""
    if not _WRITTEN.fullmatch(written):
        return None
    found = _Entry()
    for token in _TOKENS.findall(written):
        if not found.take(token):
            return None
    return found.written()


def read(entry: str, *, cell: str, state: str, scheme: str, cut_seed: int) -> Contestant:
    """The contestant that a canonical entry describes; what it leaves out is as the keywords say."""
    found = _Entry()
    for token in _TOKENS.findall(entry):
        found.take(token)
    scheme = found.scheme or scheme
    settings: dict[str, Any] = {}
    if scheme == "randomized":
        settings = {"cut": found.numbers[0], "cut_seed": cut_seed}
    elif scheme == "tbptt":
        settings = {"k1": int(found.numbers[0]), "k": int(found.numbers[1])}
    elif scheme != "full":
        settings = {"k": int(found.numbers[0])}
    return Contestant(entry, found.cell or cell, scheme, found.state or state, settings)


class _Entry:
    """The parts of an entry: one word of each kind at most, and then its scheme's numbers."""

    def __init__(self) -> None:
        self.cell = self.scheme = self.state = ""
        self.numbers: list[float] = []

    def take(self, token: str) -> bool:
        if token[0].isdigit():
            self.numbers.append(float(token))
        elif self.numbers:
            return False
        elif token in CELLS and not self.cell:
            self.cell = token
        elif token in SCHEMES and not self.scheme:
            self.scheme = token
        elif token in STATES and not self.state:
            self.state = token
        else:
            return False
        return True

    def written(self) -> str | None:
        wanted = {"full": 0, "tbptt": 2}.get(self.scheme, 1)
        if len(self.numbers) != wanted:
            return None
        drawn = self.scheme == "randomized"
        if drawn and not self.numbers[0] <= MOST_CUT:
            return None
        if not drawn and not all(n.is_integer() and 1 <= n <= MOST_K for n in self.numbers):
            return None
        words = [word for word in (self.cell, self.state) if word]
        numbers = ":".join(f"{number:g}" for number in self.numbers)
        scheme = ":".join(part for part in (self.scheme, numbers) if part)
        return ".".join([*words, scheme])

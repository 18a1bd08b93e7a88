"""Contestants of a race, parsed from entries such as ``10``, ``gru.after.full``, ``keras.tbptt:5:10``."""

import re
from dataclasses import dataclass
from typing import Any

from ...bptt.cells import CELLS, RESETS, Cell, cell_type
from ...bptt.starts import STARTS
from ...bptt.truncation import SCHEMES

STATES = ("carried", "zeros")
ORDERS = ("ordered", "shuffled")
IN_BLOCKS = ("blocks", "cuts")
"""Schemes whose blocks can be read in random order."""
_TOKENS = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
_ENTRY = re.compile(rf"(?>{_TOKENS.pattern})(?:[.:](?>{_TOKENS.pattern}))*")  # atomic: 1.1.1 has one parse
MAX_K, MAX_CUT = 1000, 0.9


@dataclass(frozen=True)
class Contestant:
    """One run of a race: ``scheme`` is a name in the registry, ``settings`` are the fields of that scheme.

    The seed of random cuts is not among them: every seed of the race draws its own.
    """

    entry: str
    cell: str
    scheme: str
    state: str
    settings: dict[str, Any]
    reset_gate: str = "before"
    init: str = "gain"
    shuffled: bool = False

    @property
    def cell_type(self) -> type[Cell]:
        """The class of its cell."""
        return cell_type(self.cell, self.reset_gate)

    @property
    def k(self) -> int | None:
        """The block length or window of the scheme; None for schemes without one."""
        return self.settings.get("k")

    @property
    def run(self) -> tuple[Any, ...]:
        """What decides its run: equal for two entries that mean the same, such as 10 and blocks.10."""
        scheme, settings = self.scheme, self.settings
        if settings.get("cut") == 0:
            scheme, settings = "full", {}
        elif settings.get("k1") == 1:  # a backward pass after every step is a sliding window
            scheme, settings = "window", {"k": settings["k"]}
        return self.cell_type, self.init, scheme, self.state, self.shuffled, *sorted(settings.items())

    @property
    def random(self) -> bool:
        """Whether every seed cuts at places of its own, so that seeds cannot be trained in one batch."""
        return self.scheme == "randomized"


def canonical(entry: str) -> str | None:
    """The canonical form of an entry; None if it is not valid."""
    if not _ENTRY.fullmatch(entry):
        return None
    parts = _Parts()
    for token in _TOKENS.findall(entry):
        if not parts.take(token):
            return None
    return parts.canonical()


def read(
    entry: str,
    *,
    cell: str,
    state: str,
    scheme: str,
    reset_gate: str = "before",
    init: str = "gain",
    order: str = "ordered",
) -> Contestant:
    """The contestant that a canonical entry describes; what it leaves out is as the keywords say.

    With the order ``""`` nothing can be shuffled.
    """
    parts = _Parts()
    for token in _TOKENS.findall(entry):
        parts.take(token)
    scheme = parts.scheme or scheme
    settings: dict[str, Any] = {}
    if scheme == "randomized":
        settings = {"cut": parts.numbers[0]}
    elif scheme == "tbptt":
        settings = {"k1": int(parts.numbers[0]), "k": int(parts.numbers[1])}
    elif scheme == "cuts":
        settings = {"cuts": tuple(int(number) for number in parts.numbers)}
    elif scheme != "full":
        settings = {"k": int(parts.numbers[0])}
    return Contestant(
        entry,
        parts.cell or cell,
        scheme,
        parts.state or state,
        settings,
        parts.reset_gate or reset_gate,
        parts.init or init,
        bool(order) and scheme in IN_BLOCKS and (parts.order or order) == "shuffled",
    )


def shuffles_nothing(entry: str, scheme: str, has_blocks: bool) -> bool:
    """Whether a canonical entry asks for shuffled blocks where there are none: of a scheme or of a task."""
    words = entry.split(".")
    if "shuffled" not in words:
        return False
    named = next((name for name in SCHEMES if any(word.split(":")[0] == name for word in words)), scheme)
    return not (has_blocks and named in IN_BLOCKS)


class _Parts:
    """The parts of an entry: at most one word of each kind, then the numbers of its scheme."""

    def __init__(self) -> None:
        self.cell = self.scheme = self.state = self.reset_gate = self.init = self.order = ""
        self.numbers: list[float] = []

    def take(self, token: str) -> bool:
        if token[0].isdigit():
            self.numbers.append(float(token))
        elif self.numbers:
            return False
        elif token in CELLS and not self.cell:
            self.cell = token
        elif token in RESETS and self.cell == "gru" and not self.reset_gate:
            self.reset_gate = token
        elif token in STARTS and not self.init:
            self.init = token
        elif token in SCHEMES and not self.scheme:
            self.scheme = token
        elif token in STATES and not self.state:
            self.state = token
        elif token in ORDERS and not self.order:
            self.order = token
        else:
            return False
        return True

    def canonical(self) -> str | None:
        count = {"full": 0, "tbptt": 2, "cuts": max(1, len(self.numbers))}.get(self.scheme, 1)
        if len(self.numbers) != count:
            return None
        randomized = self.scheme == "randomized"
        if randomized and not self.numbers[0] <= MAX_CUT:
            return None
        if not randomized and not all(n.is_integer() and 1 <= n <= MAX_K for n in self.numbers):
            return None
        words = [word for word in (self.cell, self.reset_gate, self.init, self.state, self.order) if word]
        if self.scheme == "tbptt":  # a k2 below k1 counts as k1
            self.numbers[1] = max(self.numbers)
        if self.scheme == "cuts":
            self.numbers = sorted(set(self.numbers))
        numbers = ":".join(f"{number:g}" for number in self.numbers)
        scheme = ":".join(part for part in (self.scheme, numbers) if part)
        return ".".join([*words, scheme])

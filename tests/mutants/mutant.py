"""A mutant: one small fault in one source file, and the list of those that change nothing."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EQUIVALENT = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True)
class Mutant:
    """``source`` with the characters from ``start`` to ``end`` replaced by ``text``.

    ``function`` is the first line of the outermost function around the fault, None outside of functions or
    where the fault is in what is evaluated once, at the definition (defaults, decorators).
    """

    path: str
    source: str
    start: int
    end: int
    text: str
    function: int | None = None

    @property
    def mutated(self) -> str:
        """The whole file with the fault, on as many lines as before."""
        lost = self.source.count("\n", self.start, self.end) - self.text.count("\n")
        return self.source[: self.start] + self.text + "\n" * lost + self.source[self.end :]

    @property
    def line(self) -> int:
        return self.source.count("\n", 0, self.start) + 1

    @property
    def last_line(self) -> int:
        return self.source.count("\n", 0, self.end) + 1

    @property
    def before(self) -> str:
        """The line as it is."""
        return self.source.splitlines()[self.line - 1].strip()

    @property
    def after(self) -> str:
        """The line with the fault."""
        return self.mutated.splitlines()[self.line - 1].strip()

    @property
    def equivalent(self) -> bool:
        """Whether it is listed as one that cannot change behavior."""
        return self.key in equivalents()

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when lines move: the file, the line, and the line with the fault."""
        return self.path, self.before, self.after

    def __str__(self) -> str:
        return f"{self.path}:{self.line}\n    {self.before}\n  → {self.after or '(nothing)'}"


@cache
def equivalents() -> dict[tuple[str, str, str], str]:
    """Reasons by file, line and line with the fault: line numbers may move."""
    entries = tomllib.loads(EQUIVALENT.read_text()).get("equivalent", [])
    return {(entry["file"], entry["before"], entry["after"]): entry["reason"] for entry in entries}

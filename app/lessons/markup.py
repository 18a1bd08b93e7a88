"""Parser of lesson markup: terms, colors, math, live numbers.

``[words](term)`` links a term of the glossary, ``[words](>blue)`` and ``[words](>orange)`` use the colors of
the forward and the backward pass, ``*dW_h*`` is math, ``{name}`` is a number from the lab's current state,
``{name|은/는}`` that number with the particle that fits it, ``{name||은/는}`` the particle alone, as
``{n} {n||step/steps}`` is an English count.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = re.compile(
    r"\[(?P<words>[^\]]+)\]\((?P<of>>?[a-z-]+)\)|\*(?P<math>[^*]+)\*"
    r"|\{(?P<live>\w+)(?:(?P<alone>\|)?\|(?P<particle>[^}|]+))?\}"
)
_HANGUL = re.compile("[가-힣]")
_WORD_JOINER = "\u2060"
_INDEX = re.compile(r"_(\w+)")


class Piece(NamedTuple):
    """A piece: kind (text, sub, term, blue, orange, math, live, particle), what it says, pieces within."""

    kind: str
    text: str = ""
    inside: tuple["Piece", ...] = ()


def pieces(text: str) -> tuple[Piece, ...]:
    """A text as pieces; ``text`` of a term is its name in the glossary, of a live number its name."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > at:
            yield Piece("text", _after(text, at) + text[at : mark.start()])
        at = mark.end()
        if mark["math"]:
            yield Piece("math", "", tuple(_symbols(mark["math"])))
        elif mark["live"]:
            if not mark["alone"]:
                yield Piece("live", mark["live"])
            if mark["particle"]:
                yield Piece("particle", mark["particle"], (Piece("of", mark["live"]),))
        elif mark["of"].startswith(">"):
            yield Piece(mark["of"][1:], "", pieces(mark["words"]))
        else:
            yield Piece("term", mark["of"], pieces(mark["words"]))
    if at < len(text):
        yield Piece("text", _after(text, at) + text[at:])


def _after(text: str, at: int) -> str:
    """A word joiner where a particle follows a number or a bracket, so that no line begins with it."""
    return _WORD_JOINER if text[:at].endswith(("}", ")*", "%")) and _HANGUL.match(text, at) else ""


def _symbols(text: str) -> Iterator[Piece]:
    """Letters with their indices."""
    for place, part in enumerate(_INDEX.split(text)):
        if part:
            yield Piece("sub" if place % 2 else "text", part)


def walk(text: tuple[Piece, ...]) -> Iterator[Piece]:
    """Every piece, those within others too."""
    for piece in text:
        yield piece
        yield from walk(piece.inside)


def names(text: str, kind: str) -> set[str]:
    """Every term, or every live number, of a text."""
    return {piece.text for piece in walk(pieces(text)) if piece.kind == kind}


def plain(text: str) -> str:
    """The words alone."""
    said = "".join(piece.text for piece in walk(pieces(text)) if piece.kind in ("text", "sub"))
    return said.replace(_WORD_JOINER, "")

"""Truncation schemes of BPTT. To add one, add a file here and a line to ``SCHEMES``."""

from dataclasses import fields
from typing import Any

from .blocks import Blocks
from .cuts import Cuts, parse_cuts
from .full import Full
from .randomized import Randomized
from .scheme import BackwardWindow, Scheme
from .tbptt import Tbptt
from .window import Window

SCHEMES: dict[str, type[Scheme]] = {
    "blocks": Blocks,
    "full": Full,
    "window": Window,
    "tbptt": Tbptt,
    "randomized": Randomized,
    "cuts": Cuts,
}


def settings_of(kind: type) -> list[str]:
    """The parameters that a scheme (or a cell) uses: the names of its fields."""
    return [f.name for f in fields(kind) if f.init]


def build(kind: type[Any], parameters: dict[str, Any]) -> Any:
    """A scheme (or a cell) from those of the parameters that it uses."""
    return kind(**{name: parameters[name] for name in settings_of(kind)})


__all__ = ["SCHEMES", "BackwardWindow", "Full", "Scheme", "build", "parse_cuts", "settings_of"]

"""What a file of weights contains: arrays by name, their number format, and what it says of its layers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...bptt.arrays import Array


@dataclass(frozen=True)
class Contents:
    """Arrays as float64 by their names, with dots between the parts.

    ``precision`` is the coarsest number format among them. ``layers`` are what the file says of its layers
    beside their weights, such as the class and the activation, in the order of the file; empty where it says
    nothing. ``framework`` is the framework whose format it is, where only one has it. ``about`` is the text
    about the network that a file may have; those of this program have its link and symbols there.
    """

    arrays: Mapping[str, Array]
    precision: str
    layers: tuple[Mapping[str, object], ...] = field(default=())
    framework: str | None = None
    about: str = ""

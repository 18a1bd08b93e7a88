"""Standalone scripts of a run, for NumPy and PyTorch; a new library is a file here and an entry below."""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from pydantic import Field

from ...parameters import OneOf
from ..network import Network, build_network
from ..params import BpttParams
from . import numpy_script, torch_script

SCRIPTS: dict[str, Callable[[Network], str]] = {"numpy": numpy_script.write, "torch": torch_script.write}


class ScriptParams(BpttParams):
    """The explorer's parameters, and the library of the script."""

    library: Annotated[str, OneOf(SCRIPTS)] = Field(
        "numpy", description="numpy: the backward pass line by line; torch: autograd and detach()."
    )


def run(params: ScriptParams) -> str:
    """The source of a script that prints the numbers of the run."""
    with np.errstate(all="ignore"):
        return SCRIPTS[params.library](build_network(params))


__all__ = ["SCRIPTS", "ScriptParams", "run"]

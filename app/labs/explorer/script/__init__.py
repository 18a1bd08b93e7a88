"""The run on screen as a script that runs alone. A new language is one file beside this and one line here."""

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
    """The explorer's parameters, and for which library the script is."""

    library: Annotated[str, OneOf(SCRIPTS)] = Field(
        "numpy", description="numpy: every step by hand; torch: by autograd and detach()."
    )


def run(params: ScriptParams) -> str:
    """The source of a script that prints the numbers of this very run."""
    with np.errstate(all="ignore"):
        return SCRIPTS[params.library](build_network(params))


__all__ = ["SCRIPTS", "ScriptParams", "run"]

"""Standalone scripts of a run: NumPy, PyTorch, textbook and own layers. A new one is a file and an entry."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from ...parameters import OneOf, invalid
from ..network import Network, build_network
from ..params import BpttParams
from . import keras_layer_script, layers_script, numpy_script, torch_layer_script, torch_script

SCRIPTS: dict[str, Callable[[Network, str], str]] = {
    "numpy": lambda net, _: numpy_script.write(net),
    "torch": lambda net, _: torch_script.write(net),
    "layers": layers_script.write,
    "torch_layer": lambda net, _: torch_layer_script.write(net),
    "keras_layer": lambda net, _: keras_layer_script.write(net),
}
LAYERED = {"cell": ("rnn",), "truncation": ("blocks", "full")}
"""What the textbook layers can do: a plain RNN, whole or in blocks."""


class ScriptParams(BpttParams):
    """The explorer's parameters, the form of the script and the language of its comments."""

    library: Annotated[str, OneOf(SCRIPTS)] = Field(
        "numpy",
        description="numpy: the backward pass line by line; torch: autograd and detach(); layers: classes "
        "RNN and TimeRNN as in textbooks, for the cell rnn with the truncation blocks or full; torch_layer, "
        "keras_layer: nn.GRU, keras.layers.GRU and so on, with assertions that they agree with the page.",
    )
    comments: Literal["en", "ko"] = Field("en", description="Language of the comments of layers.")

    @model_validator(mode="after")
    def _layers_can_do_it(self) -> Self:
        if self.library == "layers":
            for name, able in LAYERED.items():
                if getattr(self, name) not in able:
                    raise invalid("no_layers", ", ".join(able), name)
        return self


def run(params: ScriptParams) -> str:
    """The source of a script that prints the numbers of the run."""
    with np.errstate(all="ignore"):
        return SCRIPTS[params.library](build_network(params), params.comments)


__all__ = ["SCRIPTS", "ScriptParams", "run"]

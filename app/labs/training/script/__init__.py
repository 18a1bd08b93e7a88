"""The training loop as a script in NumPy, PyTorch, Keras and JAX. A new one is a file and an entry."""

from collections.abc import Callable
from typing import Annotated, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from ...parameters import OneOf, invalid
from ..contestants import canonical
from ..params import MAX_CONTEST_LENGTH, TrainingParams
from . import jax_loop, keras_loop, numpy_loop, torch_loop
from .parts import Run

SCRIPTS: dict[str, Callable[[Run], str]] = {
    "numpy": numpy_loop.write,
    "torch": torch_loop.write,
    "keras": keras_loop.write,
    "jax": jax_loop.write,
}


class ScriptParams(TrainingParams):
    """The training lab's parameters, the framework of the script, and which run it repeats."""

    library: Annotated[str, OneOf(SCRIPTS)] = Field(
        "numpy",
        description="numpy: the backward pass line by line; torch: autograd and detach(); keras: Keras 3 on "
        "TensorFlow; jax: lax.scan and stop_gradient.",
    )
    entry: str = Field(
        "",
        description="The contestant of the race that the script trains, as in `contest`; empty for the lab's "
        "own run, which the film shows, or the first contestant where there is no film.",
        examples=["zeros.2"],
    )

    @field_validator("entry")
    @classmethod
    def _canonical_entry(cls, entry: str) -> str:
        return (canonical(entry[:MAX_CONTEST_LENGTH]) or entry) if entry else ""

    @model_validator(mode="after")
    def _there_is_such_a_run(self) -> Self:
        if self.entry and self.entry not in (one.entry for one in self.contestants):
            raise invalid("no_such_contestant", self.resolved()["contest"], "entry", self.entry)
        return self


def run(params: ScriptParams) -> str:
    """The source of a script that trains and prints the losses on screen."""
    with np.errstate(all="ignore"):
        return SCRIPTS[params.library](Run.of(params, params.entry))


__all__ = ["SCRIPTS", "ScriptParams", "run"]

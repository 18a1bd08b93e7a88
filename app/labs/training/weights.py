"""The weights of a training run after a number of updates."""

from functools import lru_cache
from itertools import islice

import numpy as np

from ...bptt.arrays import Array
from .. import sensitivity
from .params import TrainingParams
from .setup import lab_itself, setup


@lru_cache(maxsize=64)
def weights_after(params: TrainingParams, updates: int) -> tuple[Array, float]:
    """All weights of the lab's own run (first seed) after so many updates, as one read-only row (n,).

    The second number is how far a run is from it whose initial weights differ in the last bit, relative.
    """
    ready = setup(params, seeds=1, twins=1)
    trainer = ready.trainer(lab_itself(params))
    row = ready.first_weights(trainer)
    with np.errstate(all="ignore"):
        for update in islice(trainer.updates(row, params.hidden, ready.optimizer()), updates):
            row = update.new_weights
    row.setflags(write=False)
    change = sensitivity.difference(row[:1], row[1:])
    return np.asarray(row[0]), float(change[0])

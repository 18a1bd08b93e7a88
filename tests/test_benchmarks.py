"""What the benchmarks measure still runs and is the real thing; how fast it is, no test says."""

from itertools import islice

import numpy as np
import pytest

from app.bptt import weights
from app.bptt.cells import CELLS
from app.bptt.optimizers import Sgd
from app.bptt.truncation import SCHEMES, Full
from tests.arrays import assert_close
from tests.benchmarks import test_training as benchmark
from tests.benchmarks.test_kernel import everything, network


def test_the_measured_work_holds_the_whole_credit_matrix_and_both_gradients():
    task, params = network(7, 3)
    credit, gradients = everything(task, params, [Full(), SCHEMES["blocks"](3)])
    assert np.array_equal(np.isfinite(credit[0]), np.tri(7, dtype=bool))
    assert gradients.totals["Wh"].shape == (2, 3, 3)
    assert not np.allclose(*gradients.totals["Wh"])


@pytest.mark.parametrize("cell", CELLS)
def test_the_textbooks_layers_make_the_updates_that_they_are_measured_against(cell):
    trainer, H = benchmark.trainer_of(cell), benchmark.H
    V = trainer.stream.sizes[1]
    row = weights.flatten(weights.initial(trainer.cell, V, H, V, 1.0, 0))
    *_, last = islice(trainer.updates(row[None], H, Sgd(benchmark.LR)), benchmark.UPDATES)
    gradient = weights.unflatten(last.raw_gradient[0], trainer.shapes(H))
    for name, found in benchmark.by_layers(cell)().items():
        assert_close(found, gradient[name], 1e-9, name)

"""What the benchmarks measure still runs and is the real thing; how fast it is, no test says."""

import numpy as np

from app.bptt.truncation import SCHEMES, Full
from tests.benchmarks.test_kernel import everything, network


def test_the_measured_work_holds_the_whole_credit_matrix_and_both_gradients():
    task, params = network(7, 3)
    credit, gradients = everything(task, params, [Full(), SCHEMES["blocks"](3)])
    assert np.array_equal(np.isfinite(credit[0]), np.tri(7, dtype=bool))
    assert gradients.totals["Wh"].shape == (2, 3, 3)
    assert not np.allclose(*gradients.totals["Wh"])

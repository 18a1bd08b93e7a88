"""Gradients at many k from one backward pass, against each scheme's own table."""

import numpy as np
import pytest

from app.bptt.backward_pass import backward_per_loss
from app.bptt.truncation import SCHEMES
from app.bptt.truncation_by_k import ENDS, ends_of, state_gradients
from tests.arrays import assert_close

T, S = 7, 3


@pytest.mark.parametrize("scheme", ENDS)
def test_every_k_is_the_scheme_with_that_k(scheme):
    rng = np.random.default_rng(1)
    J, dh_output = rng.normal(size=(T, S, S)), rng.normal(size=(T, S))
    ks = [1, 2, 3, 5, 6, 7, 9]
    tables = np.stack([SCHEMES[scheme](k=k).weights_table(T) for k in ks])
    wanted = backward_per_loss(J, dh_output, tables, np.ones(T, dtype=bool)).dh
    assert_close(state_gradients(J, dh_output, ends_of(scheme, ks, T)), wanted)

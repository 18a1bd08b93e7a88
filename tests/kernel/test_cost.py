"""What a pass costs, against the formulas of the textbooks."""

import numpy as np
import pytest

from app.bptt.cells.gru import Gru
from app.bptt.cells.gru_reset_after import GruResetAfter
from app.bptt.cells.lstm import Lstm
from app.bptt.cells.rnn import Elman
from app.bptt.metrics import cost
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.cuts import Cuts
from app.bptt.truncation.randomized import Randomized
from app.bptt.truncation.tbptt import Tbptt
from app.bptt.truncation.window import Window
from tests.kernel.cases import ONE_OF_EACH_CELL, D, H, schemes

UP_TO = range(1, 11)
FLOATS_OF_A_STEP = {Elman: D + 2 * H, Lstm: D + 7 * H, Gru: D + 4 * H, GruResetAfter: D + 5 * H}


def counted(scheme, T, has_loss=None):
    """Steps cached at once, backward steps, updates."""
    has_loss = np.ones(T, dtype=bool) if has_loss is None else has_loss
    found = cost(scheme, ONE_OF_EACH_CELL[0], D, H, has_loss)
    return found.cached_steps, found.backward_steps, found.updates


def by_formula(T, k1, k2):
    k2 = max(k1, k2)
    chunks = -(-T // k1)
    walked = sum(min((j + 1) * k1, T) - max(0, (j + 1) * k1 - k2) for j in range(chunks))
    return min(k2, T), walked, chunks


@pytest.mark.parametrize("T", UP_TO)
def test_chunked_schemes_cost_what_the_formula_says(T):
    for k2 in range(1, T + 3):
        assert counted(Window(k2), T) == by_formula(T, 1, k2)
        assert counted(Blocks(k2), T) == (min(k2, T), T, -(-T // k2))
        for k1 in range(1, T + 3):
            assert counted(Tbptt(k1, k2), T) == by_formula(T, k1, k2)


@pytest.mark.parametrize("T", UP_TO)
def test_full_backpropagation_remembers_everything_and_updates_once(T):
    assert counted(Full(), T) == (T, T, 1)


@pytest.mark.parametrize("seed", range(5))
def test_a_randomized_truncation_costs_what_its_segments_cost(seed):
    scheme, T = Randomized(0.4, seed), 10
    uncut = np.diag(scheme.weights_table(T), -1) != 0
    segments = "".join("-" if edge else " " for edge in uncut).split(" ")
    assert counted(scheme, T) == (max(len(s) for s in segments) + 1, T, len(segments))


def test_cuts_cost_what_their_blocks_cost():
    assert counted(Cuts((2, 5, 9)), 12) == (4, 12, 4)
    assert counted(Cuts((1,)), 12) == (11, 12, 2)
    assert counted(Cuts(()), 12) == (12, 12, 1)
    assert counted(Cuts((5, 12, 20)), 12) == (7, 12, 2)


def test_tbptt_5_10_takes_35_backward_steps_over_20():
    assert counted(Tbptt(k1=5, k=10), 20) == (10, 35, 4)


@pytest.mark.parametrize("T", UP_TO)
@pytest.mark.parametrize("name", SCHEMES)
def test_many_to_one_costs_the_steps_that_the_last_loss_reaches(name, T):
    last = np.arange(T) == T - 1
    for scheme in schemes(T, SCHEMES[name]):
        reached = np.count_nonzero(scheme.weights_table(T)[-1])
        assert counted(scheme, T, last) == (reached, reached, 1)


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_a_cell_remembers_its_own_number_of_floats_each_step(cell):
    found = cost(Blocks(3), cell, D, H, np.ones(7, dtype=bool))
    assert found.cached_floats == 3 * FLOATS_OF_A_STEP[type(cell)]

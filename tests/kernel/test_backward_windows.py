"""Backward windows of every scheme against its weights table."""

import numpy as np
import pytest

from app.bptt.backward_pass import gradient_from_output
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.backward_windows import gradient_by_windows, window_gradients
from tests.arrays import assert_close
from tests.kernel.cases import ONE_OF_EACH_CELL, random_task, random_weights, run, schemes


@pytest.mark.parametrize("at", ["every", "last"])
@pytest.mark.parametrize("T", [1, 2, 3, 9, 10])
@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_walking_back_finds_what_the_table_keeps(cell, name, T, at):
    task, W = random_task(cell, at=at, T=T), random_weights(cell)
    chosen = schemes(T, SCHEMES[name])
    kernel = run(task, W, *chosen)
    for scheme, dstate in zip(chosen, kernel.back.dh, strict=True):
        dh_output = gradient_from_output(task, W, kernel.e)
        own = gradient_by_windows(scheme, kernel.J, dh_output)
        assert_close(own, dstate, 1e-11, what=str(scheme))
        from_output, future = np.zeros((2, *dstate.shape))
        for window in scheme.backward_windows(T):
            steps = slice(window.start, window.stop)
            parts = window_gradients(window, scheme.edge_scale, kernel.J, dh_output)
            from_output[steps] += parts[0]
            future[steps] += parts[1]
        assert_close(from_output, dh_output, what=str(scheme))
        assert_close(from_output + future, dstate, 1e-11, what=str(scheme))


@pytest.mark.parametrize("T", range(1, 11))
@pytest.mark.parametrize("name", SCHEMES)
def test_the_walks_cross_exactly_the_cells_that_the_table_keeps_and_count_each_loss_once(name, T):
    for scheme in schemes(T, SCHEMES[name]):
        crossed = np.zeros((T, T))
        for w in scheme.backward_windows(T):
            assert 0 <= w.start <= w.newest_from < w.stop <= T
            for s in range(w.newest_from, w.stop):
                crossed[s, w.start : s + 1] += 1
        np.testing.assert_array_equal(crossed, scheme.weights_table(T) != 0, err_msg=str(scheme))


@pytest.mark.parametrize("name", SCHEMES)
def test_walks_come_oldest_first(name):
    for scheme in schemes(9, SCHEMES[name]):
        stops = [w.stop for w in scheme.backward_windows(9)]
        assert stops == sorted(set(stops))
        assert stops[-1] == 9


def test_a_full_walk_is_the_recursion_step_by_step():
    """dh_t = e_t Wyᵀ + r_t and r_{t-1} = da_t Whᵀ, as in every textbook."""
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell), random_weights(cell)
    kernel = run(task, W, Full())
    r = np.zeros(len(W["Wh"]))
    for t in reversed(range(7)):
        dh = kernel.e[t] @ W["Wy"].T + r
        assert_close(kernel.back.dh[0, t], dh)
        assert_close(kernel.back.dh_future[0, t], r)
        da = dh * (1 - kernel.forward.h[t] ** 2)
        assert_close(kernel.gradients.da[0, t], da)
        r = da @ W["Wh"].T

"""The credit matrix: losses kept apart, rows that die, and numbers far from 1."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.truncation import SCHEMES
from tests.kernel.runs import network, run, scheme


def every_pair(J, dh_output):
    """All dh[s, t] written out, (T, T, S): what the sweep never keeps."""
    T, S = dh_output.shape
    dh = np.zeros((T, T, S))
    for s in range(T):
        dh[s, s] = dh_output[s]
        for t in range(s, 0, -1):
            dh[s, t - 1] = dh[s, t] @ J[t]
    return dh


@pytest.mark.parametrize("name", SCHEMES)
def test_credit_and_gradients_are_those_of_all_pairs_written_out(name):
    task, params = network(9)
    found = run(task, params, scheme("full"), scheme(name))
    pairs = every_pair(found.J, found.backward.dh_output)
    below = np.tri(9, dtype=bool)
    assert_allclose(found.backward.credit[below], np.sqrt((pairs**2).sum(-1))[below], rtol=1e-12)
    assert np.isnan(found.backward.credit[~below]).all()
    assert_allclose(found.backward.dh[0], pairs.sum(0), rtol=1e-11)
    weighted = (scheme(name).kept(9)[..., None] * pairs).sum(0)
    assert_allclose(found.backward.dh[1], weighted, rtol=1e-11)


def test_the_jacobian_is_what_a_moved_state_shows():
    task, params = network(5, 3)
    found = run(task, params, scheme("full"))
    small = 1e-6
    for t in range(1, 5):
        before = found.forward.states[t - 1]
        u = task.x[t] @ params["Wx"] + params["b"]
        for j in range(3):
            move = small * np.eye(3)[j]
            there, _ = task.cell.step(params["Wh"], u, before + move)
            back, _ = task.cell.step(params["Wh"], u, before - move)
            assert_allclose(found.J[t][:, j], (there - back) / (2 * small), rtol=1e-6, atol=1e-9)


def test_rows_die_where_no_table_lets_them_go_on():
    task, params = network(12)
    alone = run(task, params, scheme("blocks", k=3))
    beside = run(task, params, scheme("full"), scheme("blocks", k=3))
    assert np.array_equal(np.isfinite(alone.backward.credit), scheme("blocks", k=3).kept(12) != 0)
    assert_allclose(alone.backward.dh[0], beside.backward.dh[1], rtol=1e-13)


@pytest.mark.parametrize("name", SCHEMES)
def test_many_to_one_has_only_the_last_row(name):
    task, params = network(8, at="last")
    found = run(task, params, scheme("full"), scheme(name))
    assert np.isfinite(found.backward.credit[-1]).all()
    assert np.isnan(found.backward.credit[:-1]).all()
    assert not found.backward.dh_output[:-1].any()
    assert (scheme(name).kept(8)[-1] == 0).tolist() == (found.backward.dh[1] == 0).all(1).tolist()


def test_a_vanishing_credit_keeps_its_true_size_down_to_the_smallest_numbers():
    task, params = network(98, 4, gain=1e-3, activation="identity")
    credit = run(task, params, scheme("full")).backward.credit
    row = credit[-1]
    assert 0 < row[0] < 1e-280
    assert_allclose(np.log10(row[0] / row[60]) / 60, -3, atol=0.05)


def test_a_true_zero_is_zero():
    task, params = network(6, gain=0.0)
    credit = run(task, params, scheme("full")).backward.credit
    assert not np.tril(credit, -1)[np.tri(6, k=-1, dtype=bool)].any()
    assert np.diag(credit).all()


def test_what_a_scheme_throws_away_cannot_spoil_what_it_keeps():
    task, params = network(200, 4, gain=3.0, activation="identity", loss="cross_entropy", text="ab")
    params = params | {"Wx": 1e-140 * params["Wx"], "b": 0 * params["b"], "Wh": 1e10 * params["Wh"] / 3}
    with np.errstate(all="ignore"):
        found = run(task, params, scheme("full"), scheme("blocks", k=2))
    broken = ~np.isfinite(found.backward.dh[0]).all(1)
    states = np.isfinite(found.forward.states).all(1)
    assert broken.any()
    whole = states & np.isfinite(found.backward.dh_output).all(1)
    kept = np.repeat(whole.reshape(-1, 2).all(1), 2)
    assert np.isfinite(found.backward.dh[1][kept]).all()
    assert (kept & broken).any()

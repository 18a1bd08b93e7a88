"""The tables of the truncation schemes, against their definitions written out cell by cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import RandomState

from app.bptt.truncation import SCHEMES, Full, parse_cuts
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.cuts import Cuts
from app.bptt.truncation.randomized import Randomized
from app.bptt.truncation.tbptt import Tbptt
from app.bptt.truncation.window import Window
from tests.examples import examples
from tests.kernel.cases import schemes

UP_TO = range(1, 13)


def reach_of_tbptt(scheme, T, s, t):
    """Whether the walk that starts when loss s is among the newest k1 comes by step t."""
    end = scheme.k1
    while end <= s:
        end += scheme.k1
    walked = range(end - 1, end - max(scheme.k1, scheme.k) - 1, -1)
    return float(t in walked)


def weight_of_randomized(scheme, T, s, t):
    cuts = [u < scheme.cut for u in RandomState(scheme.cut_seed).random_sample(T - 1)]
    crossed = cuts[t:s]  # cuts[i] lies between steps i and i + 1
    return 0.0 if any(crossed) else (1 / (1 - scheme.cut)) ** len(crossed)


DEFINITIONS = {
    "full": lambda scheme, T, s, t: 1.0,
    "blocks": lambda scheme, T, s, t: float(s // scheme.k == t // scheme.k),
    "window": lambda scheme, T, s, t: float(t in range(s, s - scheme.k, -1)),
    "tbptt": reach_of_tbptt,
    "randomized": weight_of_randomized,
    "cuts": lambda scheme, T, s, t: float(not any(t < cut <= s for cut in scheme.cuts)),
}


@pytest.mark.parametrize("T", UP_TO)
@pytest.mark.parametrize("name", SCHEMES)
def test_the_table_says_what_the_definition_says(name, T):
    for scheme in schemes(T, SCHEMES[name]):
        expected = [
            [DEFINITIONS[name](scheme, T, s, t) if t <= s else 0.0 for t in range(T)] for s in range(T)
        ]
        np.testing.assert_allclose(scheme.weights_table(T), expected, rtol=1e-12, err_msg=str(scheme))


@pytest.mark.parametrize("T", UP_TO)
@pytest.mark.parametrize("name", SCHEMES)
def test_every_loss_reaches_its_own_step_with_weight_one_and_none_after_it(name, T):
    for scheme in schemes(T, SCHEMES[name]):
        kept = scheme.weights_table(T)
        assert kept.shape == (T, T)
        assert kept.dtype == np.float64
        assert (np.diag(kept) == 1).all()
        assert not np.triu(kept, 1).any()


@pytest.mark.parametrize("T", UP_TO)
def test_blocks_and_the_window_are_special_cases_of_tbptt(T):
    for k in range(1, T + 3):
        np.testing.assert_array_equal(Tbptt(k1=k, k=k).weights_table(T), Blocks(k).weights_table(T))
        np.testing.assert_array_equal(Tbptt(k1=1, k=k).weights_table(T), Window(k).weights_table(T))


@pytest.mark.parametrize("T", UP_TO)
def test_blocks_and_full_are_special_cases_of_cuts(T):
    for k in range(1, T + 3):
        every_k = Cuts(tuple(range(k, T + 5, k)))
        np.testing.assert_array_equal(every_k.weights_table(T), Blocks(k).weights_table(T))
        assert every_k.backward_windows(T) == Blocks(k).backward_windows(T)
    np.testing.assert_array_equal(Cuts(()).weights_table(T), Full().weights_table(T))
    np.testing.assert_array_equal(Cuts((T, T + 1)).weights_table(T), Full().weights_table(T))
    np.testing.assert_array_equal(Cuts(tuple(range(1, T))).weights_table(T), np.eye(T))


@examples(60)
@given(T=st.integers(1, 30), cuts=st.sets(st.integers(1, 35)))
def test_the_backward_passes_of_cuts_keep_the_pairs_of_the_table(T, cuts):
    scheme, kept = Cuts(tuple(sorted(cuts))), np.zeros((T, T))
    windows = scheme.backward_windows(T)
    for window in windows:
        assert window.newest_from == window.start < window.stop
        kept[window.start : window.stop, window.start : window.stop] += 1
    np.testing.assert_array_equal(scheme.weights_table(T), np.tril(kept))
    assert [window.start for window in windows] == [0, *sorted(t for t in cuts if t < T)]


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("", ()),
        ("2,5,9", (2, 5, 9)),
        ("9, 2,,5,2,", (2, 5, 9)),
        ("007", (7,)),
        ("1", (1,)),
    ],
)
def test_a_list_of_cuts_is_sorted_and_names_each_once(written, steps):
    assert parse_cuts(written) == steps


@pytest.mark.parametrize(
    "written", ["0", "2,0", "-1", "2.5", "1e3", "a", "2;5", "5_0", "٣", "²", "+1", "9" * 4999]
)
def test_what_is_no_list_of_steps_is_refused(written):
    with pytest.raises(ValueError, match=r"not a list of steps|integer string conversion"):
        parse_cuts(written)


@pytest.mark.parametrize("T", UP_TO)
def test_a_k2_below_k1_counts_as_k1(T):
    for k1 in range(1, T + 3):
        for k2 in range(1, k1):
            np.testing.assert_array_equal(Tbptt(k1, k2).weights_table(T), Tbptt(k1, k1).weights_table(T))
            assert Tbptt(k1, k2).backward_windows(T) == Tbptt(k1, k1).backward_windows(T)


def test_blocks_of_four_keep_41_of_the_153_cells_of_seventeen_steps():
    assert np.count_nonzero(Blocks(4).weights_table(17)) == 41
    assert np.count_nonzero(Full().weights_table(17)) == 153


@pytest.mark.parametrize("T", UP_TO)
@pytest.mark.parametrize("name", [name for name, kind in SCHEMES.items() if kind is not Randomized])
def test_full_at_is_the_smallest_k_that_cuts_nothing(name, T):
    for scheme in schemes(T, SCHEMES[name]):
        end = scheme.full_from_k(T)
        if end is None:
            assert name in ("full", "cuts")
            continue
        least = getattr(scheme, "k1", 1)  # a smaller k counts as this
        same = {k: type(scheme)(**vars(scheme) | {"k": k}).weights_table(T) for k in range(least, end + 2)}
        cuts_nothing = [k for k in same if np.array_equal(same[k], Full().weights_table(T))]
        assert cuts_nothing == [end, end + 1]


def test_without_cuts_a_randomized_truncation_is_full():
    np.testing.assert_array_equal(Randomized(cut=0.0, cut_seed=3).weights_table(9), Full().weights_table(9))
    assert Randomized(cut=0.3, cut_seed=3).full_from_k(9) is None

"""What is learned: texts, the stream of delayed recall, its episodes, and the adding problem."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bptt.lanes import Lanes
from app.bptt.sequences import make_sequence
from app.bptt.tasks import Adding, Episodes, RecallStream, Text
from tests.examples import examples

lags, gaps, kinds = st.integers(1, 20), st.integers(0, 12), st.integers(2, 8)


def symbols_of(stretch):
    """Which symbol stands where, (T, P, B); every row has a single 1."""
    np.testing.assert_array_equal(stretch.x.sum(axis=-1), 1.0)
    np.testing.assert_array_equal(stretch.inputs.symbols, stretch.x.argmax(axis=-1))
    return stretch.inputs.symbols


def same_in_pieces(stream, bounds, epoch=0):
    whole = stream.read(bounds[0], bounds[-1], epoch)
    pieces_of_it = [stream.read(a, b, epoch) for a, b in pairwise(bounds)]
    for name in ("x", "target", "counts"):
        pieces = [getattr(piece, name) for piece in pieces_of_it]
        np.testing.assert_array_equal(np.concatenate(pieces), getattr(whole, name))


# --- text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", ["formula", "book"])
def test_a_text_is_read_as_the_lanes_say_and_wants_the_next_symbol(reading):
    written = "the quick brown fox"
    sequence, lanes = (
        make_sequence(list(written), [], len(written) - 1),
        Lanes(len(written) - 1, 3, 4, reading),
    )
    text = Text(sequence, lanes)
    for epoch in range(3):
        read = text.read(0, text.length, epoch)
        places = lanes.positions(0, text.length, epoch)
        letters = np.array(sequence.vocabulary)
        assert (letters[symbols_of(read)[:, 0]] == np.array(list(written))[places]).all()
        assert (letters[read.target.argmax(-1)[:, 0]] == np.array(list(written))[places + 1]).all()
        assert read.counts.all()
        assert read.x.shape == (text.length, 1, 3, len(letters))


# --- delayed recall as a stream ---------------------------------------------------------------------


@examples(60)
@given(lags, gaps, kinds, st.integers(1, 26))
def test_what_every_question_wants_is_the_cue_that_stood_a_lag_before(lag, gap, cues, distractors):
    stream = RecallStream((3, 4), 2, 200, lag, distractors, cues, gap)
    read = stream.read(0, 200, 0)
    symbols, question = symbols_of(read), cues + distractors
    np.testing.assert_array_equal(read.counts, symbols == question)
    for t, p, b in np.argwhere(read.counts):
        assert symbols[t - lag, p, b] == read.target[t, p, b].argmax() < cues
        assert ((symbols[t - lag + 1 : t, p, b] >= cues) & (symbols[t - lag + 1 : t, p, b] < question)).all()
    for p in range(2):
        for b in range(2):
            asked = np.flatnonzero(read.counts[:, p, b])
            between = np.diff(asked) - lag - 1  # distractors from one question to the next cue
            assert (between >= 0).all()
            assert (between <= gap).all()
            assert lag <= asked[0] <= lag + gap
            assert 200 - asked[-1] <= lag + 1 + gap
            assert (symbols[:, p, b] < cues).sum() in (len(asked), len(asked) + 1)


def test_cues_are_fair_gaps_have_every_length_and_distractors_are_all_used():
    stream = RecallStream((0,), 8, 4000, 3, 5, 2, 4)
    read = stream.read(0, 4000, 0)
    wanted = read.target.argmax(-1)[read.counts]
    assert abs(wanted.mean() - 0.5) < 0.03
    seen = np.bincount(symbols_of(read).ravel(), minlength=8)
    assert seen.min() > 0
    asked = np.flatnonzero(read.counts[:, 0, 0])
    assert set(np.diff(asked) - 4) == {0, 1, 2, 3, 4}


def test_seeds_and_lanes_differ_and_lanes_are_out_of_phase():
    read = RecallStream((0, 1, 2), 4, 300, 5, 8, 2, 8).read(0, 300, 0)
    symbols = symbols_of(read).reshape(300, 12)
    assert len({tuple(column) for column in symbols.T}) == 12
    asked = read.counts.reshape(300, 12)
    assert len({tuple(column) for column in asked.T}) == 12
    assert asked.any(axis=1).mean() > 0.4  # questions come at all times, not all at once


def test_a_network_s_stream_depends_on_its_seed_alone():
    """Not on which other seeds or how many lanes there are beside."""
    alone = RecallStream((7,), 2, 100, 5, 8, 2, 8).read(0, 100, 0)
    among = RecallStream((6, 7, 8), 4, 100, 5, 8, 2, 8).read(0, 100, 0)
    np.testing.assert_array_equal(alone.x[:, 0], among.x[:, 1, :2])
    np.testing.assert_array_equal(alone.target[:, 0], among.target[:, 1, :2])


def test_without_a_gap_and_with_lag_1_cue_and_question_take_turns():
    read = RecallStream((0,), 1, 10, 1, 3, 2, 0).read(0, 10, 0)
    np.testing.assert_array_equal(read.counts[:, 0, 0], [False, True] * 5)
    assert (symbols_of(read)[::2] < 2).all()


# --- delayed recall by episodes ---------------------------------------------------------------------


@examples(60)
@given(lags, kinds, st.integers(1, 26), st.integers(0, 1000))
def test_an_episode_is_a_cue_distractors_and_the_question(lag, cues, distractors, epoch):
    episodes = Episodes((3, 4), 5, lag, distractors, cues)
    read = episodes.read(0, lag + 1, epoch)
    symbols = symbols_of(read)
    assert episodes.length == len(symbols) == lag + 1
    assert (symbols[-1] == cues + distractors).all()
    assert (symbols[0] < cues).all()
    assert ((symbols[1:-1] >= cues) & (symbols[1:-1] < cues + distractors)).all()
    np.testing.assert_array_equal(read.target[-1].argmax(-1), symbols[0])
    assert read.counts[-1].all()
    assert not read.counts[:-1].any()


# --- adding -----------------------------------------------------------------------------------------


@examples(60)
@given(st.integers(2, 30), st.integers(0, 1000))
def test_adding_wants_the_sum_of_the_two_marked_numbers_one_in_either_half(steps, epoch):
    adding = Adding((3, 4), 5, steps)
    read = adding.read(0, steps, epoch)
    assert (adding.sizes, adding.batch_size, adding.length, adding.episodic) == ((2, 1), 5, steps, True)
    assert adding.of_seeds((3,)) == Adding((3,), 5, steps)
    assert (read.inputs.shape[-1], read.targets.shape[-1]) == adding.sizes
    numbers, marks = read.x[..., 0], read.x[..., 1]
    assert ((numbers >= 0) & (numbers < 1)).all()
    assert set(np.unique(marks)) <= {0.0, 1.0}
    np.testing.assert_array_equal(marks[: steps // 2].sum(axis=0), 1.0)
    np.testing.assert_array_equal(marks[steps // 2 :].sum(axis=0), 1.0)
    for p in range(2):
        for b in range(5):
            marked = numbers[:, p, b][marks[:, p, b] == 1]
            np.testing.assert_allclose(read.target[-1, p, b], [marked.sum()], rtol=1e-15)
    assert read.counts[-1].all()
    assert not read.counts[:-1].any()


def test_guessing_the_mean_of_adding_has_a_squared_error_of_a_sixth():
    read = Adding((0,), 20_000, 4).read(0, 4, 0)
    assert abs(np.square(read.target[-1] - 1).mean() - 1 / 6) < 0.005


# --- all --------------------------------------------------------------------------------------------

ENDLESS = RecallStream((0, 1), 2, 60, 4, 3, 2, 5)
BY_EPISODES = [Episodes((0, 1), 3, 9, 4, 2), Adding((0, 1), 3, 10)]


@examples(40)
@given(st.lists(st.integers(1, 9), max_size=8))
def test_it_is_the_same_however_it_is_cut(inner):
    same_in_pieces(ENDLESS, sorted({0, *inner, 60}))
    for stream in BY_EPISODES:
        same_in_pieces(stream, sorted({0, *inner, 10}), epoch=3)


@pytest.mark.parametrize("stream", BY_EPISODES, ids=lambda stream: type(stream).__name__)
def test_every_episode_is_another_and_the_same_when_asked_again(stream):
    first, second, again = (stream.read(0, stream.length, epoch) for epoch in (0, 1, 0))
    assert not np.array_equal(first.x, second.x)
    np.testing.assert_array_equal(first.x, again.x)
    assert not np.array_equal(first.x[:, 0], first.x[:, 1])  # nor have two seeds the same


@pytest.mark.parametrize("stream", [ENDLESS, *BY_EPISODES], ids=lambda stream: type(stream).__name__)
def test_rows_are_as_long_as_the_stream_says(stream):
    read = stream.read(0, stream.length or 5, 0)
    assert (read.x.shape[-1], read.target.shape[-1]) == stream.sizes
    assert stream.episodic == (stream is not ENDLESS)
    assert read.x.shape[2] == read.target.shape[2] == read.counts.shape[2] == stream.batch_size

"""Lanes by both readings, against the table on paper and against the loop in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bptt.lanes import Lanes
from tests.examples import examples

READINGS = ("formula", "book")


def read_in(lanes, epoch=0):
    """Block by block what an epoch reads, [(steps, N)]."""
    n, k = lanes.length, lanes.k
    return [lanes.positions(start, min(start + k, n), epoch) for start in range(0, n, k)]


def test_a_thousand_symbols_in_two_lanes_by_tens():
    lanes = Lanes(1000, 2, 10)
    assert lanes.starts == [0, 500]
    assert (lanes.length, lanes.iterations, lanes.left_out) == (500, 50, 0)
    blocks = read_in(lanes)
    assert len(blocks) == 50
    for j, block in enumerate(blocks):
        np.testing.assert_array_equal(block[:, 0], np.arange(10 * j, 10 * j + 10))
        np.testing.assert_array_equal(block[:, 1], np.arange(500 + 10 * j, 510 + 10 * j))


def test_the_same_by_the_books_code():
    """999 inputs, lanes 499 apart, 49 whole blocks; it never goes back: epoch 2 begins where 1 ended."""
    lanes = Lanes(1000, 2, 10, "book")
    assert (lanes.series, lanes.starts, lanes.iterations, lanes.length) == (999, [0, 499], 49, 490)
    np.testing.assert_array_equal(lanes.positions(0, 1, 1), [[490, 989]])
    first_of_second = read_in(lanes, 1)[0]
    np.testing.assert_array_equal(first_of_second[:, 0], np.arange(490, 500))
    np.testing.assert_array_equal(first_of_second[:, 1], np.arange(989, 999))
    second_of_second = read_in(lanes, 1)[1]  # lane 2 wraps at the end of the series, in mid-lane
    np.testing.assert_array_equal(second_of_second[:, 1], np.arange(10))


def test_the_books_own_loop():
    """Its lines, as arithmetic: offset_i + time, modulo the number of inputs, time running on."""
    L, N, k = 1000, 3, 7
    lanes = Lanes(L, N, k, "book")
    size, time = L - 1, 0
    jump, most = size // N, size // (N * k)
    for epoch in range(4):
        blocks = read_in(lanes, epoch)
        assert len(blocks) == most
        for block in blocks:
            for row in block:
                assert row.tolist() == [(i * jump + time) % size for i in range(N)]
                time += 1


def test_a_ragged_tail_and_symbols_left_out():
    """23 symbols in 3 lanes of 7, by fours: 4 and 3 steps; 2 symbols are read by none."""
    lanes = Lanes(23, 3, 4)
    assert lanes.starts == [0, 7, 14]
    assert (lanes.length, lanes.iterations, lanes.left_out) == (7, 2, 2)
    assert [len(block) for block in read_in(lanes)] == [4, 3]
    np.testing.assert_array_equal(read_in(lanes)[1], [[4, 11, 18], [5, 12, 19], [6, 13, 20]])
    assert np.max(np.concatenate(read_in(lanes))) == 20


sizes = st.integers(1, 60).flatmap(
    lambda L: st.tuples(st.just(L), st.integers(1, max(1, L // 2)), st.integers(1, 70))
)


@examples(300)
@given(sizes)
def test_by_the_formula_every_lane_reads_its_own_part_once_and_every_epoch_again(size):
    L, N, k = size
    lanes = Lanes(L, N, k)
    each = L // N
    for epoch in (0, 3):
        blocks = read_in(lanes, epoch)
        assert len(blocks) == lanes.iterations == -(-each // k)
        assert [len(block) for block in blocks[:-1]] == [k] * (len(blocks) - 1)
        read = np.concatenate(blocks)
        np.testing.assert_array_equal(read, np.arange(each)[:, None] + each * np.arange(N))
        assert lanes.left_out == L - read.size == L % N


@examples(300)
@given(sizes)
def test_by_the_book_blocks_are_whole_and_time_runs_on(size):
    L, N, k = size
    lanes = Lanes(L, N, k, "book")
    inputs = L - 1 if L > N else L
    read = np.concatenate([block for epoch in range(3) for block in read_in(lanes, epoch)])
    assert len(read) == 3 * k * lanes.iterations
    assert lanes.iterations == max(1, inputs // (N * k))
    np.testing.assert_array_equal(read, (np.arange(len(read))[:, None] + inputs // N * np.arange(N)) % inputs)
    assert read.max() < inputs
    lane_parts = {start + i for start in lanes.starts for i in range(lanes.jump)}
    assert lanes.left_out == L - len(lane_parts)


@pytest.mark.parametrize(
    ("L", "N", "book", "formula"),
    [(1000, 2, 2, 0), (1000, 3, 1, 1), (12, 5, 2, 2), (9, 1, 1, 0), (3, 3, 0, 0)],
)
def test_what_no_lane_reads_is_counted(L, N, book, formula):
    """The book's reading counts one input less, so its remainder is another."""
    assert Lanes(L, N, 2, "book").left_out == book
    assert Lanes(L, N, 2).left_out == formula


@pytest.mark.parametrize("reading", READINGS)
def test_one_lane_begins_at_the_beginning(reading):
    lanes = Lanes(2, 1, 1000, reading)
    assert lanes.starts == [0]
    assert lanes.positions(0, 1, 0).tolist() == [[0]]


@examples(200)
@given(sizes, st.sets(st.integers(1, 70), max_size=6), st.sampled_from(READINGS))
def test_cuts_of_ones_own_end_the_blocks_that_a_lane_reads(size, cuts, reading):
    L, N, k = size
    equal, own = Lanes(L, N, k, reading), Lanes(L, N, k, reading, tuple(sorted(cuts)))
    assert (own.length, own.starts, own.left_out) == (equal.length, equal.starts, equal.left_out)
    assert own.iterations == len(own.blocks)
    if not cuts:
        assert own.blocks == [(a, min(a + k, own.length)) for a in range(0, own.length, k)]
    else:
        assert {start for start, _ in own.blocks} == {0} | {t for t in cuts if t < own.length}
    read = np.concatenate([own.positions(start, stop, 1) for start, stop in own.blocks])
    np.testing.assert_array_equal(read, own.positions(0, own.length, 1))


def test_lanes_of_their_own_lengths_are_pieces_one_after_another_padded_to_the_longest():
    lanes = Lanes(40, 3, 5, lengths=(20, 12, 5))
    assert (lanes.starts, lanes.length, lanes.left_out) == ([0, 20, 32], 20, 3)
    assert lanes.blocks == [(0, 5), (5, 10), (10, 15), (15, 20)]
    assert lanes.lane_lengths == [20, 12, 5]
    inside, positions = lanes.inside(), lanes.positions(0, 20, 3)
    assert inside.sum(axis=0).tolist() == [20, 12, 5]
    read = [positions[inside[:, lane], lane].tolist() for lane in range(3)]
    assert read == [[*range(20)], [*range(20, 32)], [*range(32, 37)]]
    np.testing.assert_array_equal(positions[~inside], 0)
    book = Lanes(40, 3, 5, "book", lengths=(20, 12, 5))
    assert book.same_every_epoch
    np.testing.assert_array_equal(book.positions(0, 20, 1), positions)


def test_equal_lanes_have_no_padding():
    for reading in READINGS:
        assert Lanes(23, 3, 4, reading).inside().all()
    assert Lanes(23, 3, 4).lane_lengths == [7, 7, 7]

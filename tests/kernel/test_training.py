"""Training: what goes from walk to walk, and that every update is the gradient it should be."""

import math
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bptt.arrays import split_vectors
from app.bptt.clipping import clip_by_norm
from app.bptt.forward_pass import Task
from app.bptt.lanes import Lanes
from app.bptt.losses import LOSSES
from app.bptt.optimizers import Adam, Sgd
from app.bptt.sequences import Sequence, make_sequence
from app.bptt.tasks import Text
from app.bptt.tasks.stream import Segment
from app.bptt.training import Settings, Trainer
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.cuts import Cuts
from app.bptt.truncation.randomized import Randomized
from app.bptt.truncation.tbptt import Tbptt
from app.bptt.truncation.window import Window
from app.bptt.weights import flatten, shapes, unflatten
from tests.arrays import assert_close
from tests.examples import examples
from tests.kernel.cases import ALL_CELLS, ONE_OF_EACH_CELL, H, assert_same_gradients, lengths, run, schemes
from tests.kernel.trained import Dense, OneEpisode, by_definition, first_row, measured, shapes_of, updates

T = 7
ONE_OF_EACH_SCHEME = [
    Blocks(3),
    Full(),
    Window(3),
    Tbptt(2, 5),
    Tbptt(3, 2),
    Randomized(0.5, 1),  # the scale of an edge is 2
    Cuts((1, 4)),
]
each_cell = pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
each_scheme = pytest.mark.parametrize("scheme", ONE_OF_EACH_SCHEME, ids=str)


def as_params(update, row):
    """A row (1, n) as the weights of the only network."""
    return unflatten(row[0], shapes_of(update))


def text_of(written, **lanes):
    symbols = list(written)
    return Text(make_sequence(symbols, [], len(symbols) - 1), Lanes(len(symbols) - 1, **lanes))


# --- what is carried --------------------------------------------------------------------------------


@pytest.mark.parametrize("k", lengths(T))
@each_cell
def test_the_last_state_of_a_block_enters_the_next_one_bit_for_bit(cell, k):
    blocks = -(-T // k)
    made = updates(cell, Dense(T), Blocks(k), 3 * blocks, reset=False)
    assert not made[0].initial_state.any()
    for before, after in pairwise(made):
        np.testing.assert_array_equal(after.initial_state, before.run.states[-1])
        assert after.initial_state.any()


@each_cell
def test_training_that_goes_on_begins_in_the_state_it_is_given_reset_or_not(cell):
    trainer = Trainer(cell, Dense(T), Blocks(3), Settings(reset=True))
    row = first_row(cell)
    state = np.random.RandomState(0).standard_normal((1, 1, cell.state_vectors * H))
    made = list(islice(trainer.updates(row, H, Sgd(0.1), state=state, first_epoch=2), 4))
    np.testing.assert_array_equal(made[0].initial_state, state)
    assert [update.epoch for update in made] == [2, 2, 2, 3]
    assert not made[3].initial_state.any()


@each_cell
def test_an_epoch_begins_with_zeros_where_it_is_reset_and_only_it(cell):
    made = updates(cell, Dense(T), Blocks(3), 9)
    assert [update.epoch for update in made] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    for before, after in pairwise(made):
        if after.position == 0:
            assert not after.initial_state.any()
        else:
            np.testing.assert_array_equal(after.initial_state, before.run.states[-1])


@each_scheme
def test_without_a_carried_state_every_walk_begins_with_zeros(scheme):
    for update in updates(ONE_OF_EACH_CELL[0], Dense(T), scheme, 20, carried=False):
        assert not update.initial_state.any()


@each_cell
def test_a_window_begins_in_the_state_that_the_window_before_it_had_there(cell):
    """By the weights of that time: the past is not computed anew."""
    k = 3
    made = updates(cell, Dense(T), Window(k), T)
    for before, after in pairwise(made):
        step = after.window.start - before.window.start
        there = before.run.states[step - 1] if step else before.initial_state
        np.testing.assert_array_equal(after.initial_state, there)
    assert [update.window.start for update in made] == [0, 0, 0, 1, 2, 3, 4]


@each_scheme
@each_cell
def test_with_frozen_weights_the_carried_state_is_the_long_run(cell, scheme):
    """And what the updates would be add up to the explorer's gradient of the mean loss over T."""
    stream = Dense(T, lanes=1)
    windows = len(scheme.backward_windows(T))
    made = updates(cell, stream, scheme, windows, Sgd(0.0))
    read = stream.read(0, T, 0)
    x, wanted = (part[:, 0, 0] for part in (read.x, read.target))
    task = Task(cell, LOSSES["cross_entropy"], x, wanted, np.full(T, 1 / T))
    kernel = run(task, as_params(made[0], made[0].weights), scheme)
    for update in made:
        here = slice(update.window.start, update.window.stop)
        assert_close(update.run.states[:, 0, 0], kernel.forward.states[here])
    total = sum(update.raw_gradient * (update.window.stop - update.window.newest_from) / T for update in made)
    assert_same_gradients(as_params(made[0], total), kernel.totals(), 1e-11)


# --- what an update is ------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 3, T - 1, T, T + 2])
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_the_gradient_of_a_block_is_measured(cell, k):
    """Central differences of the block's mean loss while what enters it stands still; weights move on."""
    for update in updates(cell, Dense(T), Blocks(k), -(-T // k) + 1, Sgd(0.01)):
        np.testing.assert_allclose(update.raw_gradient[0], measured(update), rtol=1e-6, atol=2e-9)


@each_scheme
@each_cell
def test_the_gradient_of_every_walk_is_the_gradient_by_definition(cell, scheme):
    stream = Dense(T, networks=2, often=0.8)
    for update in updates(cell, stream, scheme, len(scheme.backward_windows(T)) + 1):
        for p in range(2):
            expected = by_definition(update, stream, scheme.edge_scale, p)
            assert_close(update.raw_gradient[p], flatten(expected))


@pytest.mark.parametrize("scheme", schemes(5), ids=str)
def test_the_gradient_is_the_definition_at_every_setting_of_a_scheme(scheme):
    stream, cell = Dense(5, lanes=1), ONE_OF_EACH_CELL[0]
    for update in updates(cell, stream, scheme, min(4, len(scheme.backward_windows(5)))):
        expected = by_definition(update, stream, scheme.edge_scale, 0)
        assert_close(update.raw_gradient[0], flatten(expected))


@pytest.mark.parametrize("scheme", [Window(1), Window(3), Window(5), Full(), Blocks(3)], ids=str)
@each_cell
def test_the_gradient_of_an_episode_is_the_definition(cell, scheme):
    """One update an episode; what lies before the walk is run forward, by the weights of now, from zeros."""
    stream = OneEpisode(5)
    made = updates(cell, stream, scheme, 3)
    assert [update.epoch for update in made] == [0, 1, 2]
    for update in made:
        assert update.window == scheme.backward_windows(5)[-1]
        state = np.zeros((cell.state_vectors, len(update.initial_state[0]), H))
        ahead = stream.read(0, update.window.start, update.epoch).x[:, 0]
        for x in ahead:
            u = split_vectors(x @ update.params["Wx"][0] + update.params["b"][0], len(cell.gates))
            bh = update.params["bh"][0] if cell.recurrent_bias else None
            state = cell.step(split_vectors(update.params["Wh"][0], len(cell.gates)), u, state, bh)
        assert_close(update.initial_state[0], np.concatenate(state, axis=-1))
        expected = by_definition(update, stream, scheme.edge_scale, 0)
        assert_close(update.raw_gradient[0], flatten(expected))


def test_without_a_carried_state_a_window_knows_nothing_of_its_episode():
    made = updates(ONE_OF_EACH_CELL[0], OneEpisode(5), Window(2), 3, carried=False)
    assert not any(update.initial_state.any() for update in made)


def test_a_short_last_block_is_divided_by_its_length_or_by_k():
    stream, cell = Dense(T), ONE_OF_EACH_CELL[0]
    by_length, by_k = (updates(cell, stream, Blocks(3), 3, Sgd(0.0), divisor=n) for n in (None, 3))
    for update, other in zip(by_length, by_k, strict=True):
        share = len(update.window) / 3
        assert_close(other.raw_gradient, share * update.raw_gradient)
    assert [len(update.window) for update in by_k] == [3, 3, 1]


@pytest.mark.parametrize("k", [1, 4, 10, 20])
@each_cell
def test_the_gradient_of_two_lanes_is_the_mean_of_those_of_each_alone(cell, k):
    """At the same weights, each lane in the state that it has carried."""
    both = text_of("over the river and through", N=2, k=k)
    symbols, wanted = both.sequence.tokens, both.sequence.targets
    half, D = len(symbols) // 2, len(both.sequence.vocabulary)
    n = sum(math.prod(shape) for shape in shapes(cell, D, H, D).values())
    row = np.random.RandomState(0).standard_normal((1, n))
    alone = []
    for here in (slice(0, half), slice(half, 2 * half)):
        sequence = Sequence(both.sequence.vocabulary, symbols[here], wanted[here])
        alone.append(updates(cell, Text(sequence, Lanes(half, 1, k)), Blocks(k), 5, Sgd(0.0), row))
    for update, *each in zip(updates(cell, both, Blocks(k), 5, Sgd(0.0), row), *alone, strict=True):
        assert_close(update.raw_gradient, (each[0].raw_gradient + each[1].raw_gradient) / 2, 1e-11)
        assert_close(update.run.states[:, :, 1:], each[1].run.states)


# --- what an update does ----------------------------------------------------------------------------


@each_scheme
@each_cell
def test_the_weights_of_the_next_walk_are_these_minus_the_rate_times_the_gradient(cell, scheme):
    lr = 0.3
    made = updates(cell, Dense(T, networks=2), scheme, 6, Sgd(lr))
    assert [update.number for update in made] == [1, 2, 3, 4, 5, 6]
    for before, after in pairwise(made):
        np.testing.assert_array_equal(after.weights, before.weights - lr * before.gradient)
        np.testing.assert_array_equal(after.weights, before.new_weights)
        np.testing.assert_array_equal(flatten(after.params, 2), after.weights)
        assert not np.array_equal(after.weights, before.weights)


def test_without_a_rate_nothing_moves():
    for update in updates(ONE_OF_EACH_CELL[0], Dense(T), Blocks(2), 8, Sgd(0.0)):
        np.testing.assert_array_equal(update.new_weights, first_row(ONE_OF_EACH_CELL[0]))


@each_scheme
@each_cell
def test_several_networks_at_once_are_each_alone(cell, scheme):
    """Their weights, their data, their optimizer's memory, and what is clipped."""

    class Alone(Dense):
        def read(self, start, stop, epoch):
            return Segment(*(part[:, [p]] for part in Dense(T, networks=3).read(start, stop, epoch)))

    rows = first_row(cell, 3) * np.array([[0.5], [1.0], [2.0]])
    going = {"reset": False, "clip": lambda gradient: clip_by_norm(gradient, 0.5)}
    together = updates(cell, Dense(T, networks=3), scheme, 9, Adam(0.02), rows, **going)
    for p in range(3):
        alone = updates(cell, Alone(T), scheme, 9, Adam(0.02), rows[[p]], **going)
        for one, several in zip(alone, together, strict=True):
            assert_close(several.raw_gradient[[p]], one.raw_gradient)
            assert_close(several.new_weights[[p]], one.new_weights)


# --- in which order ---------------------------------------------------------------------------------


def test_shuffled_walks_are_all_of_them_each_epoch_in_another_order_and_the_same_for_a_seed():
    def order(seed):
        made = updates(ONE_OF_EACH_CELL[0], Dense(12), Blocks(2), 18, shuffle=seed)
        assert [update.position for update in made] == [0, 1, 2, 3, 4, 5] * 3
        assert [update.window.start for update in made] == [2 * update.window_index for update in made]
        return [update.window_index for update in made]

    epochs = [order(0)[i : i + 6] for i in (0, 6, 12)]
    assert all(sorted(places) == [0, 1, 2, 3, 4, 5] for places in epochs)
    assert len({tuple(places) for places in epochs}) == 3
    assert order(0) == order(0) != order(1)


def test_what_a_shuffled_block_is_given_is_what_the_block_played_before_it_left():
    made = updates(ONE_OF_EACH_CELL[0], Dense(12), Blocks(2), 18, shuffle=0)
    for before, after in pairwise(made):
        expected = before.run.states[-1] if after.position else np.zeros_like(after.initial_state)
        np.testing.assert_array_equal(after.initial_state, expected)


def test_shuffled_blocks_of_unequal_length_are_each_read_once():
    made = updates(ONE_OF_EACH_CELL[0], Dense(12), Cuts((2, 3, 9)), 8, shuffle=0)
    for epoch in (0, 1):
        read = sorted((u.window.start, u.window.stop) for u in made if u.epoch == epoch)
        assert read == [(0, 2), (2, 3), (3, 9), (9, 12)]


def test_randomized_blocks_are_drawn_anew_in_every_epoch():
    made = updates(ONE_OF_EACH_CELL[0], Dense(12), Randomized(0.4, 0), 40)
    cuts = [tuple(u.window.start for u in made if u.epoch == epoch) for epoch in range(4)]
    assert all(starts[0] == 0 for starts in cuts)
    assert len(set(cuts)) == 4


@examples(40)
@given(
    steps=st.integers(1, 9), k=st.integers(1, 12), k1=st.integers(1, 12), name=st.sampled_from(list(SCHEMES))
)
def test_every_output_is_counted_once_in_an_epoch(steps, k, k1, name):
    given = {"blocks": (k,), "window": (k,), "tbptt": (k1, k), "randomized": (0.3, k)}
    given |= {"cuts": (tuple(sorted({k, k1})),)}
    scheme = SCHEMES[name](*given.get(name, ()))
    made = updates(
        ONE_OF_EACH_CELL[0], Dense(steps, lanes=1), scheme, 2 * len(scheme.backward_windows(steps))
    )
    counted = np.zeros(steps)
    for update in made:
        if update.epoch == 0:
            counted[update.window.start : update.window.stop] += update.task.factors[:, 0, 0] > 0
            assert_close(update.task.factors.sum(), 1)
    np.testing.assert_array_equal(counted, 1)

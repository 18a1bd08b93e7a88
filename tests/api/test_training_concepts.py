"""Every concept that the training lab must show, by its number, held against the answer that is drawn."""

from itertools import pairwise
from math import ceil
from urllib.parse import urlencode

import numpy as np
import pytest
from autograd import grad
from numpy.testing import assert_allclose

from app.bptt.cells import CELLS
from app.bptt.forward_pass import Task
from app.bptt.lanes import Lanes
from app.bptt.losses import LOSSES
from tests.arrays import assert_close
from tests.kernel import textbook

SENTENCE = "the quick brown fox jumps"  # 24 steps
VIDEO = "abcdefghijklmnopqrstu"  # five minutes of four pictures each, and one to want at the end
SENTENCES = "I see you. You see me. We see it. "
HALVES = ("abcabcaabccbaab", 2), ("abcabcaa", 1), ("abccbaab", 1)


@pytest.fixture(scope="module")
def train(lab):
    return lambda **asked: lab(digits=17, **asked)


@pytest.fixture(scope="module")
def weights(ask):
    """All weights of a run after so many updates."""

    def found(at_update, **asked):
        shared = {name: asked[name] for name in ("text", "cell", "hidden") if name in asked}
        trained = urlencode({"v": 1, **asked})
        answer = ask(**shared, digits=17, trained=trained, at_update=at_update)
        return {name: np.array(W) for name, W in answer["weights"].items()}

    return found


def frames(answer):
    return answer["film"]["frames"]


def contestants(answer):
    return {one["entry"]: one for one in answer["race"]["contestants"]}


def one_hot(film, name, frame):
    places = [film["vocabulary"].index(symbol) for symbol in film[name][frame["start"] : frame["stop"]]]
    return np.eye(len(film["vocabulary"]))[places]


def test_row_08_stateful_is_the_long_run_and_stateless_a_fresh_one(train, ask):
    asked = {"text": SENTENCE, "k": 5, "lr": 0}
    long = np.array(ask(text=SENTENCE, digits=17)["forward"]["h"])
    carried, zeros = (frames(train(**asked, state=state)) for state in ("carried", "zeros"))
    assert_close(np.concatenate([frame["h"] for frame in carried]), long)
    for frame, other in zip(carried, zeros, strict=True):
        if frame["start"]:
            assert np.abs(np.subtract(frame["h"][0], other["h"][0])).max() > 0.01
    W = {name: np.array(part) for name, part in ask(text=SENTENCE, digits=17)["weights"].items()}
    film = train(**asked)["film"]
    for frame in zeros:
        h = np.zeros(8)
        for x, shown in zip(one_hot(film, "tokens", frame), frame["h"], strict=True):
            h = np.tanh(h @ W["Wh"] + x @ W["Wx"] + W["b"])
            assert_close(shown, h)


@pytest.mark.parametrize("k", [1, 5, 10, 24, 30])
def test_row_11_only_the_steps_of_a_block_are_remembered(train, k):
    one = contestants(train(text=SENTENCE, contest=f"{k},full", seeds=1, budget=24))
    assert one[str(k)]["cached_steps"] == min(k, 24)
    assert one["full"]["cached_steps"] == 24


@pytest.mark.parametrize("passes", [1, 3])
def test_row_12_backward_steps_grow_with_the_text_and_are_not_saved_by_blocks(train, passes):
    found = contestants(train(text=SENTENCE, contest="1,5,full,window:5", seeds=1, budget=24 * passes))
    for entry in ("1", "5", "full"):
        assert found[entry]["backward_steps"] == 24 * passes
    assert found["window:5"]["backward_steps"] == passes * sum(min(t + 1, 5) for t in range(24))
    assert [found[entry]["updates"] for entry in ("1", "5", "full")] == [24 * passes, 5 * passes, passes]


def test_row_17_shuffled_blocks_change_states_and_losses(train):
    asked = {"text": SENTENCE, "k": 4, "seeds": 3, "budget": 480, "contest": "4"}
    straight, shuffled = train(**asked), train(**asked, shuffle=1)
    assert straight["film"]["order"] == sorted(shuffled["film"]["order"]) != shuffled["film"]["order"]
    assert {"wrong"} <= {frame["state"] for frame in frames(shuffled)}
    assert {frame["state"] for frame in frames(straight)} == {"zeros", "carried"}
    losses = [contestants(answer)["4"]["final"]["mean"] for answer in (straight, shuffled)]
    assert losses[1] > losses[0]


def test_row_18_block_after_block_the_last_state_enters_bit_for_bit(train):
    found = frames(train(text=SENTENCE, k=10))
    assert [(frame["start"], frame["stop"]) for frame in found] == [(0, 10), (10, 20), (20, 24)]
    for before, after in pairwise(found):
        assert after["h_in"] == before["h"][-1]  # h_9 into the second block
        assert after["carried_difference"] == 0
        assert after["W"]["number"] == before["update"]["number"] == before["W"]["number"] + 1


def test_row_19_at_the_end_of_a_block_only_its_own_loss_pushes(train):
    for frame in frames(train(text=SENTENCE, k=10)):
        assert frame["from_future"][-1] == 0
        assert frame["dh"][-1] == frame["from_output"][-1]
        assert min(frame["from_future"][:-1]) > 0


def test_row_20_weights_are_equal_inside_a_block_and_move_between_blocks(train, weights):
    """W_{j+1} = W_j - lr·dW_j, dW_j by automatic differentiation of the textbook's network."""
    asked = {"text": SENTENCE, "k": 10, "lr": 0.2}
    film = train(**asked)["film"]
    after = [frame["W"]["Wh"] for frame in film["frames"][1:]] + [film["after"]["Wh"]]
    for j, (frame, there) in enumerate(zip(film["frames"], after, strict=True)):
        W = weights(j, **asked)
        assert_allclose(frame["W"]["Wh"], W["Wh"], rtol=0)
        dWh = gradient_of_a_block(film, frame, W)["Wh"]
        assert_close(there, W["Wh"] - 0.2 * dWh)


def gradient_of_a_block(film, frame, W):
    """That of its mean loss, the state that arrives held constant."""
    x, wanted = one_hot(film, "tokens", frame), one_hot(film, "targets", frame)
    task = Task(CELLS["rnn"](), LOSSES["cross_entropy"], x, wanted, np.full(len(x), 1 / len(x)))
    h_in = np.array(frame["h_in"])
    return grad(lambda moved: textbook.piece(task, moved, 0, len(x), 0, h_in))(W)


def test_row_21_five_minutes_in_five_blocks(train):
    answer = train(text=VIDEO, k=4, lr=0.5, contest="4")
    minutes = [[4 * i, 4 * i + 4] for i in range(5)]
    assert [[frame["start"], frame["stop"]] for frame in frames(answer)] == minutes
    assert answer["schedule"]["blocks"] == minutes
    assert [frame["state"] for frame in frames(answer)] == ["zeros", *["carried"] * 4]
    assert [frame["update"]["number"] for frame in frames(answer)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("L", "N", "k"), [(1000, 2, 10), (1000, 3, 7), (42, 4, 5), (9, 4, 2)])
def test_row_23_lanes_start_at_equal_distances(lab, L, N, k):
    schedule = lab(text="ab" * (L // 2) + "ab"[: L % 2 + 1], lanes=N, k=k, budget=1, seeds=1)["schedule"]
    each = L // N
    assert schedule["L"] == L
    assert schedule["starts"] == [i * each for i in range(N)]
    assert schedule["iterations"] == ceil(each / k)
    assert schedule["blocks"] == [[j * k, min((j + 1) * k, each)] for j in range(ceil(each / k))]
    assert schedule["left_out"] == L % N
    if (L, N, k) == (1000, 2, 10):
        assert schedule["starts"] == [0, 500]
        assert schedule["iterations"] == 50


def test_row_24_at_the_end_of_an_epoch_it_goes_back_to_the_start(lab):
    asked = {"text": SENTENCE, "k": 5, "lanes": 2}
    for number in (1, 2, 3):
        found = lab("/film", **asked, **{"pass": number})["frames"]
        assert [frame["start"] for frame in found] == [0, 5, 10]
    for number, start in (
        (1, 0),
        (2, 10),
        (3, 20),
    ):  # the book runs on, modulo its 23 inputs
        found = lab("/film", **asked, reading="book", **{"pass": number})["frames"]
        assert [frame["start"] for frame in found] == [start, (start + 5) % 23]
    assert Lanes(24, 2, 5, "book").positions(0, 5, 2)[:, 0].tolist() == [20, 21, 22, 0, 1]


def test_row_25_the_second_lane_begins_from_zero_and_not_from_the_first_half(lab):
    missed = lab("/lanes", text=SENTENCE, k=4, lanes=2, budget=120, digits=17)["missed"]
    assert missed["at"] == 12
    assert len(missed["distance"]) == 5
    assert min(missed["norms"]["difference"]) > 0.1
    both = np.subtract(missed["one"], missed["zeros"])
    assert_close(np.linalg.norm(both, axis=1), missed["distance"][0])
    assert missed["distance"][0][-1] < missed["distance"][0][0]  # it catches up


@pytest.mark.parametrize("k", [3, 7])
def test_row_26_two_lanes_learn_the_mean_of_what_each_would(lab, k):
    """Of two halves that know the same letters, so that the first weights are the same."""
    asked = {"k": k, "digits": 17, "lr": 1}
    both, one, two = (lab("/film", text=text, lanes=lanes, **asked)["frames"][0] for text, lanes in HALVES)
    for name in ("dWh", "norm"):
        assert one["update"][name] != two["update"][name]
    mean = np.add(one["update"]["dWh"], two["update"]["dWh"]) / 2
    assert_close(both["update"]["dWh"], mean)
    assert_close(both["loss_mean"], (one["loss_mean"] + two["loss_mean"]) / 2)


@pytest.mark.parametrize("entry", ["1", "zeros.4"])
def test_row_42_cut_short_a_dependency_longer_than_k_is_learned_slowly_or_not(train, entry):
    """A cue six steps back; sixteen steps of gradient learn it in the same number of steps read."""
    asked = {"task": "recall", "lag": 6, "hidden": 16, "lanes": 8, "gain": 0.9, "seeds": 2, "budget": 4000}
    learn = {"optimizer": "adam", "lr": 0.005, "clip": "norm"}
    found = contestants(train(**asked, **learn, contest=f"{entry},16"))
    assert found[entry]["final"]["max"] < 0.7
    assert found["16"]["final"]["min"] > 0.95


def test_row_43_clipping_by_norm_keeps_the_direction_and_by_element_does_not(train):
    asked = {"text": SENTENCE, "k": 6, "lr": 1, "clip_at": 0.05}
    free = np.array(frames(train(**asked))[0]["update"]["dWh"])
    for clip, kept in (("norm", True), ("element", False)):
        update = frames(train(**asked, clip=clip))[0]["update"]
        clipped = np.array(update["dWh"])
        cosine = (clipped * free).sum() / np.linalg.norm(clipped) / np.linalg.norm(free)
        assert (cosine > 1 - 1e-12) == kept
        assert update["clip_rate"] < 1
    by_norm = frames(train(**asked, clip="norm"))[0]["update"]
    assert_allclose(by_norm["norm"], 0.05, rtol=1e-4)
    assert np.abs(frames(train(**asked, clip="element"))[0]["update"]["dWh"]).max() <= 0.05


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_row_52_cells_race_on_the_same_text_from_the_same_seed(train, cell):
    answer = train(text=SENTENCE, contest="rnn.8,lstm.8,gru.8", seeds=1, budget=240)
    found = contestants(answer)
    assert {one["cell"] for one in found.values()} == {"rnn", "lstm", "gru"}
    alone = contestants(train(text=SENTENCE, cell=cell, contest="8", seeds=1, budget=240))["8"]
    assert found[f"{cell}.8"]["points"] == alone["points"]
    assert all(size > 0 for size in alone["points"]["grad"][1:])


def test_row_54_blocks_run_across_the_ends_of_sentences(train):
    answer = train(text=SENTENCES, k=8, cell="rnn", contest="8")
    film = answer["film"]
    ends = [t for t, symbol in enumerate(film["tokens"]) if symbol == "."]
    assert len(ends) == 3
    assert any(frame["start"] < t < frame["stop"] - 1 for frame in film["frames"] for t in ends)
    assert [frame["state"] for frame in film["frames"]] == ["zeros"] + ["carried"] * (len(film["frames"]) - 1)

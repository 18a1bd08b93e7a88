"""The film of the training lab: block by block what came in, what was learned, what went on."""

from itertools import pairwise
from urllib.parse import urlencode

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.bptt.optimizers import OPTIMIZERS
from tests.arrays import assert_close

SENTENCE = "the quick brown fox jumps"  # 24 steps


@pytest.fixture(scope="module")
def film(lab):
    return lambda **asked: lab("/film", digits=17, **{"text": SENTENCE, "k": 3, **asked})


def trained(ask, answer_params, update):
    """All weights of the run after so many updates, by way of the explorer."""
    defaults = {"task", "seeds", "contest", "match"}
    query = urlencode({name: value for name, value in answer_params.items() if name not in defaults})
    shared = {name: answer_params[name] for name in ("text", "cell", "activation", "hidden")}
    weights = ask(**shared, digits=17, trained=f"v=1&{query}", at_update=update)["weights"]
    return {name: np.array(W) for name, W in weights.items()}


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_state_that_arrives_is_the_one_that_was_left(film, cell):
    answer = film(cell=cell, k=5, lanes=2)
    assert [frame["state"] for frame in answer["frames"]] == ["zeros", "carried", "carried"]
    for before, after in pairwise(answer["frames"]):
        assert after["h_in"] == before["h"][-1]
        assert after["carried_difference"] == 0
        assert after["gap"] is None
    assert not any(answer["frames"][0]["h_in"])


def test_from_zeros_every_block_begins_anew(film):
    for frame in film(state="zeros")["frames"]:
        assert frame["state"] == "zeros"
        assert frame["carried_difference"] is frame["gap"] is None
        assert not any(frame["h_in"])


@pytest.mark.parametrize("number", [1, 2])
def test_the_ghost_drifts_only_once_weights_have_moved(film, number):
    frames = film(**{"pass": number})["frames"]
    assert frames[0]["drift"] == [0, 0, 0]
    for frame in frames[1:]:
        assert min(frame["drift"]) > 0
        apart = np.abs(np.subtract(frame["h"], frame["ghost"])).max(axis=1)
        assert_array_equal(frame["drift"], apart)


@pytest.mark.parametrize(
    "asked",
    [{"lr": 0}, {"k": 24}, {"k": 1000}, {"lr": 0, "shuffle": 1}, {"lr": 0, "reset": "never", "pass": 2}],
)
def test_where_weights_do_not_move_within_a_pass_there_is_no_drift(film, asked):
    for frame in film(**asked)["frames"]:
        assert not any(frame["drift"])
        assert frame["ghost"] == frame["h"]


def test_the_ghost_of_a_later_pass_begins_in_the_state_that_the_pass_begins_in(film):
    frames = film(reset="never", **{"pass": 3})["frames"]
    assert frames[0]["state"] == "carried"
    assert frames[0]["drift"] == [0, 0, 0]
    assert frames[0]["h_in"] == film(reset="never", **{"pass": 2})["frames"][-1]["h"][-1]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_no_future_gradient_at_the_end_of_a_block(film, cell):
    for frame in film(cell=cell, k=4)["frames"]:
        assert frame["from_future"][-1] == 0
        assert min(frame["from_future"][:-1]) > 0
        assert frame["dh"][-1] == frame["from_output"][-1] > 0
        assert frame["handed_out"] > 0


def test_a_frame_is_the_textbook_step_by_step(film, ask):
    answer = film(k=4)
    for frame in answer["frames"]:
        W = trained(ask, answer["params"], frame["W"]["number"])
        assert_close(frame["W"]["Wh"], W["Wh"])
        x, wanted = (
            np.eye(len(answer["vocabulary"]))[
                [answer["vocabulary"].index(s) for s in answer[name][frame["start"] : frame["stop"]]]
            ]
            for name in ("tokens", "targets")
        )
        h, states = np.array(frame["h_in"]), []
        for row in x:
            h = np.tanh(h @ W["Wh"] + row @ W["Wx"] + W["b"])
            states.append(h)
        assert_close(frame["h"], states)
        o = np.array(states) @ W["Wy"] + W["by"]
        p = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
        assert_close(frame["p"], p)
        loss = -np.log((p * wanted).sum(axis=1))
        assert_close(frame["loss"], loss)
        assert_close(frame["loss_mean"], loss.mean())
        e = (p - wanted) / len(p)
        r, dWh = np.zeros(len(h)), 0
        before = np.vstack([frame["h_in"], states])
        for t in reversed(range(len(p))):
            own = e[t] @ W["Wy"].T
            assert_close(frame["from_output"][t], np.linalg.norm(own))
            assert_close(frame["from_future"][t], np.linalg.norm(r))
            assert_close(frame["dh"][t], np.linalg.norm(own + r))
            da = (own + r) * (1 - before[t + 1] ** 2)
            dWh = dWh + np.outer(before[t], da)
            r = da @ W["Wh"].T
        assert_close(frame["handed_out"], np.linalg.norm(r))
        assert_close(frame["update"]["dWh"], -0.3 * dWh)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_update_is_written_out_with_its_numbers(film, optimizer):
    answer = film(optimizer=optimizer, clip="norm", clip_at=0.5)
    frames = answer["frames"]
    after = [frame["W"]["Wh"] for frame in frames[1:]] + [answer["after"]["Wh"]]
    for frame, there in zip(frames, after, strict=True):
        update, largest = frame["update"], frame["update"]["largest"]
        assert_array_equal(np.add(frame["W"]["Wh"], update["dWh"]), there)
        assert update["number"] == frame["W"]["number"] + 1
        at = largest["row"], largest["column"]
        assert largest["change"] == np.array(update["dWh"])[at]
        assert abs(largest["change"]) == np.abs(update["dWh"]).max()
        assert largest["before"] == np.array(frame["W"]["Wh"])[at]
        assert largest["after"] == largest["before"] + largest["change"] == np.array(there)[at]
        if optimizer == "sgd":
            assert largest["change"] == -0.3 * largest["gradient"]
        rate = 0.5 / (update["gradient_norm"] + 1e-6)
        assert_close(update["clip_rate"] or 1, min(1, rate))
    assert answer["changes"] == [frame["update"]["norm"] for frame in frames]
    assert answer["losses"] == [frame["loss_mean"] for frame in frames]


def test_weights_of_a_frame_are_those_of_the_explorer_at_that_update(film, ask):
    asked = {"cell": "gru", "optimizer": "adam", "lr": 0.02, "lanes": 2, "clip": "norm", "seed": 3}
    for number in (1, 3):
        answer = film(**asked, **{"pass": number})
        assert answer["first_update"] == (number - 1) * len(answer["order"])
        for frame in answer["frames"]:
            W = trained(ask, answer["params"], frame["W"]["number"])
            assert_array_equal(W["Wh"], frame["W"]["Wh"])


def test_passes_follow_one_another_and_windows_of_frames_fit_together(film):
    whole = film(k=2, **{"pass": 2})
    assert len(whole["order"]) == len(whole["losses"]) == len(whole["changes"]) == 12 == len(whole["frames"])
    some = film(k=2, **{"pass": 2, "from": 7})
    assert some["from"] == 7
    assert some["frames"] == whole["frames"][7:]
    assert (some["losses"], some["changes"]) == (whole["losses"], whole["changes"])
    assert film(k=2, **{"from": 1000})["frames"][0]["frame"] == 11
    assert film(k=2)["after"]["Wh"] == whole["frames"][0]["W"]["Wh"]
    long = film(k=1)
    assert [len(long["order"]), len(long["frames"])] == [24, 12]
    assert film(k=1, **{"from": 12})["frames"][0]["W"]["Wh"] == long["after"]["Wh"]


# --- shuffled ---------------------------------------------------------------------------------------


def test_a_shuffled_block_gets_a_wrong_past_and_the_gap_says_how_wrong(film):
    for seed in range(4):
        for number in (1, 2):
            answer = film(shuffle=1, seed=seed, **{"pass": number})
            blocks, frames = len(answer["order"]), answer["frames"]
            assert sorted(answer["order"]) == list(range(blocks))
            assert [frame["block"] for frame in frames] == answer["order"]
            earlier = film(shuffle=1, seed=seed)["frames"] if number == 2 else []
            ends = {frame["block"]: frame["h"][-1] for frame in earlier}
            before = None
            for frame in frames:
                assert frame["start"] == 3 * frame["block"]
                if before is None:
                    assert frame["state"] == "zeros"
                else:
                    assert frame["h_in"] == before["h"][-1]
                    assert frame["carried_difference"] == 0
                    right = frame["block"] == before["block"] + 1
                    assert frame["state"] == ("carried" if right else "wrong")
                    belongs = ends.get(frame["block"] - 1) if frame["block"] else np.zeros(8)
                    if right or belongs is None:
                        assert frame["gap"] is None
                    else:
                        assert_close(frame["gap"], np.linalg.norm(np.subtract(frame["h_in"], belongs)))
                before = frame
                ends[frame["block"]] = frame["h"][-1]


def test_the_first_block_after_the_last_one_is_no_right_past_where_epochs_are_reset(film):
    """In the order of some seed block 7 is played just before block 0."""
    for seed in range(60):
        order = film(shuffle=1, seed=seed)["order"]
        place = order.index(0)
        if place and order[place - 1] == 7:
            break
    frame = film(shuffle=1, seed=seed)["frames"][place]
    assert frame["state"] == "wrong"
    assert_close(frame["gap"], np.linalg.norm(frame["h_in"]))


def test_in_order_and_shuffled_learn_otherwise(film):
    assert film()["after"] != film(shuffle=1)["after"]
    assert film()["frames"][0]["block"] == 0


@pytest.mark.parametrize("reading", ["formula", "book"])
def test_lanes_film_their_first_and_learn_from_all(film, reading):
    answer = film(lanes=3, k=4, reading=reading)
    assert [frame["start"] for frame in answer["frames"]] == [
        start for start, _ in answer["schedule"]["blocks"]
    ]
    assert answer["frames"][0]["loss_mean"] != pytest.approx(np.mean(answer["frames"][0]["loss"]))


def test_cuts_of_ones_own_make_blocks_of_unequal_length(film):
    answer = film(cuts="9,2,14,2,99", lanes=1)
    assert answer["params"]["cuts"] == "2,9,14,99"
    assert answer["schedule"]["blocks"] == [[0, 2], [2, 9], [9, 14], [14, 24]]
    assert (answer["schedule"]["cuts"], answer["schedule"]["iterations"]) == ([2, 9, 14, 99], 4)
    assert [(it["start"], it["stop"]) for it in answer["frames"]] == [(0, 2), (2, 9), (9, 14), (14, 24)]
    for before, after in pairwise(answer["frames"]):
        assert after["h_in"] == before["h"][-1]
        assert after["from_future"][-1] == 0  # no gradient from beyond the cut
        assert after["handed_out"] > 0
        assert after["W"]["number"] == before["W"]["number"] + 1


@pytest.mark.parametrize(
    "more", [{}, {"lanes": 2, "shuffle": 1, "pass": 2}, {"reading": "book", "cell": "gru"}]
)
def test_cuts_at_every_third_step_are_blocks_of_three(film, more):
    equal, own = film(**more), film(cuts=",".join(map(str, range(3, 24, 3))), **more)
    for answer in (equal, own):
        del answer["params"]["cuts"], answer["schedule"]["cuts"]
    assert own == equal


def test_the_film_of_own_cuts_ends_where_the_race_with_them_ends(film, lab, ask):
    asked = {"cuts": "4,5,15", "contest": "cuts:4:5:15", "budget": 48, "seeds": 1, "lr": 0.1}
    second = film(**asked, **{"pass": 2})
    weights = trained(ask, second["params"], 8)
    assert_close(second["after"]["Wh"], weights["Wh"])
    [one] = lab(text=SENTENCE, k=3, digits=17, **asked)["race"]["contestants"]
    assert (one["updates"], second["after"]["number"]) == (8, 8)

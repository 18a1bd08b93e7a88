"""Wh held at zero: it stays there through every kind of training, and an RNN never learns from the past."""

from math import log

import numpy as np
import pytest

CELLS = ("rnn", "lstm", "gru")
TRAINED_ALIKE = {"updates": 60, "lr": 0.5, "truncation": "full", "digits": 17}


def right(answer):
    """How many symbols are predicted."""
    best = np.argmax(answer["forward"]["p"], axis=1)
    return sum(answer["vocabulary"][i] == target for i, target in zip(best, answer["targets"], strict=True))


def test_gain_0_only_starts_without_a_past_and_learns_one(ask):
    assert right(ask(gain=0, **TRAINED_ALIKE)) == 4


def test_held_at_zero_hello_is_never_right_and_pays_2_ln_2(ask):
    for updates in (0, 60, 500):
        answer = ask(**TRAINED_ALIKE | {"recurrence": "zero", "updates": updates})
        h, loss = answer["forward"]["h"], answer["forward"]["loss"]
        assert h[2] == h[3]
        assert loss[2] + loss[3] >= 2 * log(2)
        assert right(answer) <= 3
        assert not np.any(answer["weights"]["Wh"])
    assert np.any(answer["full"]["gradients"]["Wh"]), "the gradient is shown, though no update uses it"
    assert right(answer) == 3


@pytest.mark.parametrize("cell", CELLS)
def test_no_update_of_the_explorer_moves_it(ask, cell):
    answer = ask(**TRAINED_ALIKE | {"recurrence": "zero", "cell": cell})
    assert not np.any(answer["weights"]["Wh"])
    losses = answer["training"]["loss"]
    assert losses[-1] < 0.9 * losses[0]


def test_custom_weights_are_held_too(ask):
    weights = ",".join(["0.5"] * 8)  # D = V = 2, H = 1: Wx (2), Wh (1), b (1), Wy (2), by (2)
    answer = ask(text="aba", hidden=1, weights=weights, recurrence="zero", updates=3)
    assert answer["weights"]["Wh"] == [[0.0]]


@pytest.mark.parametrize(
    "how", [{"cell": cell} for cell in CELLS] + [{"optimizer": "adam", "clip": "norm"}, {"clip": "element"}]
)
def test_no_block_of_the_film_moves_it(lab, how):
    film = lab("/film", text="hello", recurrence="zero", budget=80, **{"pass": 5}, **how)
    for frame in film["frames"]:
        assert not np.any(frame["W"]["Wh"])
        assert not np.any(frame["update"]["dWh"])
        assert frame["update"]["norm"] > 0
    assert not np.any(film["after"]["Wh"])


def test_its_gradient_does_not_count_for_clipping(lab):
    """The norm that is clipped is that of the gradients that are applied."""
    held, free = (
        lab("/film", text="hello", gain=0, recurrence=how, digits=17)["frames"][0]["update"]["gradient_norm"]
        for how in ("zero", "learned")
    )
    assert 0 < held < free


def test_no_contestant_learns_hello_with_it(lab):
    race = lab(text="hello", recurrence="zero", contest="1,2,full", budget=800, seeds=2)["race"]
    for one in race["contestants"]:
        assert one["learned_at"] == [None, None]
        assert one["accuracy"]["max"] <= 0.75
        assert one["final"]["min"] >= 2 * log(2) / 4


def test_the_explorer_shows_the_weights_of_a_run_that_held_it(ask):
    trained = "text=hello&k=2&recurrence=zero"
    answer = ask(text="hello", trained=trained, at_update=40, recurrence="zero", digits=17)
    assert answer["forward"]["h"][2] == answer["forward"]["h"][3]
    assert not np.any(answer["weights"]["Wh"])


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_the_exported_script_says_that_it_is_held(client, library):
    lines = {}
    for how in ("zero", "learned"):
        script = client.get("/api/script", params={"library": library, "recurrence": how}).text
        lines[how] = [line for line in script.splitlines() if "held at zero" in line]
    assert (len(lines["zero"]), len(lines["learned"])) == (1, 0)

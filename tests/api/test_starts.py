"""Starts of the weights in the explorer, in exported scripts, in the training lab and in races."""

import numpy as np
import pytest

from app.bptt.cells import cell_type
from app.bptt.starts import STARTS
from app.bptt.weights import initial
from app.labs.training.contestants import canonical
from app.labs.training.params import TrainingParams
from tests.api.cells import FORMS
from tests.api.test_script import assert_the_same, expected, printed
from tests.arrays import assert_close

SENTENCE = "the quick brown fox"
SYMBOLS, H = len(set(SENTENCE)), 5


def drawn(init, cell="rnn", reset_gate="before", gain=1.0, seed=0):
    return initial(cell_type(cell, reset_gate)(), SYMBOLS, H, SYMBOLS, gain, seed, init)


@pytest.mark.parametrize("init", STARTS)
@pytest.mark.parametrize("form", FORMS)
def test_the_explorer_starts_from_the_weights_of_the_kernel_and_proves_its_gradients(ask, form, init):
    answer = ask(text=SENTENCE, hidden=H, init=init, seed=3, gain=0.8, digits=17, **form)
    for name, W in drawn(init, **form, gain=0.8, seed=3).items():
        assert_close(answer["weights"][name], W, what=name)
    assert answer["params"]["init"] == init
    assert answer["checks"]["passed"]


def test_a_link_without_a_start_means_what_it_always_did(ask):
    usual = ask(text=SENTENCE, digits=17)
    assert usual == ask(text=SENTENCE, init="gain", digits=17)
    assert usual["weights"]["Wx"][0][0] == pytest.approx(1.764052345967664 / 2, rel=1e-15)


@pytest.mark.parametrize("init", ["pytorch", "keras"])
def test_gain_and_gate_bias_have_no_effect_on_the_start_of_a_framework(ask, init):
    asked = {"text": SENTENCE, "init": init, "cell": "lstm"}
    usual, other = ask(**asked), ask(**asked, gain=2, gate_bias=-2)
    assert usual["weights"] == other["weights"]


@pytest.mark.parametrize("init", STARTS)
def test_wh_held_at_zero_is_held_with_every_start(ask, init):
    answer = ask(text=SENTENCE, init=init, recurrence="zero", updates=2)
    assert not np.any(answer["weights"]["Wh"])
    assert np.any(answer["weights"]["Wx"])


@pytest.mark.parametrize(("init", "form"), [("pytorch", FORMS[-1]), ("keras", FORMS[1]), ("identity", {})])
def test_the_exported_script_has_the_same_weights(client, ask, init, form):
    asked = {"text": SENTENCE, "hidden": 3, "k": 4, "init": init, **form}
    assert_the_same(printed(client, "numpy", **asked), expected(ask, **asked))


def curves(lab, **asked):
    race = lab(text=SENTENCE, budget=72, seeds=2, digits=17, **asked)["race"]
    return race["contestants"]


@pytest.mark.parametrize("init", STARTS)
def test_the_training_lab_starts_from_the_same_weights(lab, init):
    film = lab("/film", text=SENTENCE, hidden=H, init=init, seed=3, digits=17)
    assert_close(film["frames"][0]["W"]["Wh"], drawn(init, seed=3)["Wh"])


def test_a_contestant_has_a_start_of_its_own_and_trains_as_its_own_lab_would(lab):
    found = curves(lab, contest="4,orthogonal.4,gru.after.keras.zeros.4", init="pytorch")
    assert [one["init"] for one in found] == ["pytorch", "orthogonal", "keras"]
    assert found[0]["points"] != found[1]["points"]
    asked = [
        {"init": "pytorch"},
        {"init": "orthogonal"},
        {"init": "keras", "cell": "gru", "reset_gate": "after", "state": "zeros"},
    ]
    for one, lab_of_its_own in zip(found, asked, strict=True):
        [alone] = curves(lab, contest="4", **lab_of_its_own)
        assert alone["points"] == one["points"]
        assert alone["final"] == one["final"]


def test_a_start_is_a_word_of_an_entry_once_and_in_its_place():
    assert canonical("zeros.keras.rnn.10") == "rnn.keras.zeros.10"
    assert canonical("keras.pytorch.10") is None
    assert canonical("10.keras") is None
    named = TrainingParams(contest="10,gain.10,identity.10,blocks.identity.10").contestants
    assert [one.entry for one in named] == ["10", "identity.10"]


def test_the_explorer_looks_into_a_run_with_its_start(ask):
    answer = ask(text=SENTENCE, hidden=H, trained=f"text={SENTENCE}&hidden={H}&init=keras&seed=2", digits=17)
    assert_close(answer["weights"]["Wh"], drawn("keras", seed=2)["Wh"])


def test_an_unknown_start_is_refused_by_name(client):
    for path in ("/api/bptt", "/api/training"):
        response = client.get(path, params={"init": "glorot"})
        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == "init"

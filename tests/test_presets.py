"""Every preset is a canonical link, and its sentence is true of its run."""

import math
import re
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pytest

from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run
from app.labs.training.params import TrainingParams
from app.pages import form
from app.presets import PRESETS, TRAINING_PRESETS
from app.words import CATALOGUES, LANGUAGES


def asked(name):
    query = dict(parse_qsl(urlsplit(PRESETS[name]).query, strict_parsing=True))
    assert query.pop("v") == "1"
    return query


@cache
def answer(name):
    return run(BpttParams(**asked(name)))


def from_last(result):
    """How much of the last loss's gradient reaches step 0, as a share of what it begins with."""
    credit = np.array(result["credit"])[-1]
    inside = np.array(result["credit_c"])[-1] if "credit_c" in result else np.zeros_like(credit)
    sizes = np.hypot(credit, inside)
    return sizes[0] / sizes[-1]


def error(result, scheme):
    return round(100 * float(result["schemes"][scheme]["relative_error"]))


def canonical(query):
    """The query as pages write it: a list of cuts keeps its commas."""
    written = "?" + urlencode({"v": "1", **query})
    return re.sub(r"&cuts=[^&]+", lambda cuts: cuts[0].replace("%2C", ","), written)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_canonical_link(name):
    query = asked(name)
    order = [control.name for control in form.controls()]
    assert list(query) == sorted(query, key=order.index)
    params = BpttParams(**query)
    usual = {control.name: control.default for control in form.controls()}
    assert all(getattr(params, key) != usual[key] for key in query)
    assert canonical(query) == "?" + urlsplit(PRESETS[name]).query


@pytest.mark.parametrize("name", TRAINING_PRESETS)
def test_a_preset_of_the_training_lab_is_a_canonical_link_and_can_be_run(name):
    link = TRAINING_PRESETS[name]
    query = dict(parse_qsl(urlsplit(link).query, strict_parsing=True))
    assert query.pop("v") == "1"
    controls = form.controls(TrainingParams)
    order, usual = [it.name for it in controls], {it.name: it.default for it in controls}
    assert list(query) == sorted(query, key=order.index)
    params = TrainingParams(**query)  # its work is within the limit
    assert all(getattr(params, key) != usual[key] for key in query)
    assert canonical(query) == link.partition("#")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_of_the_training_lab_has_a_title_and_a_sentence(language):
    texts = CATALOGUES[language]["training"]["presets"]
    assert set(texts) - {"title"} == set(TRAINING_PRESETS)
    assert all(texts[name]["title"] and len(texts[name]["sentence"]) > 20 for name in TRAINING_PRESETS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_has_a_title_and_a_sentence_and_every_text_a_preset(language):
    texts = CATALOGUES[language]["presets"]
    assert set(texts) - {"button", "title", "lists", "key_matrix", "key_curve", "own", "open"} == set(PRESETS)
    assert all(texts[name]["title"] and len(texts[name]["sentence"]) > 20 for name in PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_proved(name):
    assert answer(name)["checks"]["passed"]


FIRST_PANEL = {
    "vanishing": (0, 1e-16),
    "exploding": (10_000, math.inf),
    "sigma": (1e-9, 1e-3),
    "pytorch": (0, 1e-13),
    "keras": (1e-4, 1e-3),
    "identity": (0.7, 0.8),
    "scalar": (6.05, 6.15),
    "lstm": (0.01, 0.8),
}
"""Presets about one gradient, and between which limits its size at step 0 is, as a multiple of the last."""


@pytest.mark.parametrize("name", FIRST_PANEL)
def test_the_first_panel_shows_the_gradient_of_which_the_title_speaks(name):
    """It draws ∂L/∂h of the total loss, so that loss is the only one, and nothing of it is cut."""
    result, (low, high) = answer(name), FIRST_PANEL[name]
    sizes = result["full"]["dh_norm"]
    assert result["params"]["loss_at"] == "last"
    assert result["cells_kept"] == result["cells_total"] == len(sizes)
    assert low < sizes[0] / sizes[-1] < high
    assert sizes[0] / sizes[-1] == pytest.approx(result["jacobian"]["last_loss_ratio"]) or name == "lstm"


def test_the_first_draw_of_the_randomized_preset_cuts():
    assert 0 < answer("randomized")["cells_kept"] < answer("randomized")["cells_total"]


def test_the_lengths_of_blocks_are_drawn_as_for_awd_lstm():
    """A normal distribution around a base length, or once in twenty around its half (arXiv:1708.02182)."""
    stream, lengths = np.random.RandomState(0), []
    while sum(lengths) < 42:
        base = 8 if stream.random_sample() < 0.95 else 4
        lengths.append(int(stream.normal(base, 2)))
    result, cuts = answer("random_lengths"), [int(t) for t in np.cumsum(lengths)[:-1]]
    assert asked("random_lengths")["cuts"] == ",".join(map(str, cuts))
    assert [block["stop"] - block["start"] for block in result["blocks"]] == [9, 11, 6, 11, 5]
    kept = {
        name: scheme["cells_kept"]
        for name, scheme in run(BpttParams(**asked("random_lengths"), k=8))["schemes"].items()
    }
    assert (kept["cuts"], kept["blocks"], result["cells_total"]) == (213, 183, 903)


def test_hello_keeps_6_of_10_pairs():
    result = answer("hello")
    assert (result["cells_kept"], result["cells_total"], len(result["blocks"])) == (6, 10, 2)


def test_nothing_is_cut_in_full():
    assert answer("full")["cells_kept"] == answer("full")["cells_total"]


def test_a_korean_word_is_followed_by_two_others_and_only_the_state_tells_them_apart():
    result = answer("words_ko")
    tokens, targets = result["tokens"], result["targets"]
    assert [target for token, target in zip(tokens, targets, strict=True) if token == "먹고"] == [
        "자고",
        "놀고",
    ]
    found = [result["vocabulary"][int(np.argmax(p))] for p in result["forward"]["p"]]
    assert found == targets
    assert len(targets) == 5
    without_past = run(BpttParams(**asked("words_ko") | {"gain": 0, "updates": 0}))["forward"]["h"]
    assert np.array_equal(without_past[1], without_past[4])  # the same state after either 먹고


def test_say_is_followed_by_two_different_words():
    result = answer("words")
    after = [w for token, w in zip(result["tokens"], result["targets"], strict=True) if token == "say"]
    assert after == ["goodbye", "hello"]


def test_hangul_keeps_26_of_66_pairs():
    result = answer("hangul")
    assert (result["cells_kept"], result["cells_total"]) == (26, 66)
    assert all(len(token) == 1 for token in result["tokens"])


def test_the_gradient_vanishes_over_41_steps():
    result = answer("vanishing")
    assert len(result["tokens"]) == 42
    assert from_last(result) < 1e-16
    assert result["jacobian"]["spectral_radius"] == pytest.approx(0.5)


def test_the_gradient_explodes_over_41_steps():
    result = answer("exploding")
    assert len(result["tokens"]) == 42
    assert from_last(result) > 10_000
    assert result["jacobian"]["spectral_radius"] == pytest.approx(1.3)


def test_every_jacobian_stretches_and_the_gradient_vanishes_all_the_same():
    result = answer("sigma")
    assert np.round(result["jacobian"]["sigma_max"], 2).tolist() == [1.22] * 42
    assert result["jacobian"]["spectral_radius"] == pytest.approx(0.8)
    assert from_last(result) < 1e-3


def test_the_start_of_pytorch_loses_the_gradient_faster_than_a_radius_of_1():
    result = answer("pytorch")
    assert round(float(result["jacobian"]["spectral_radius"]), 2) == 0.54
    weights = result["weights"]
    assert max(np.abs(weights[name]).max() for name in ("Wx", "Wh", "Wy", "by")) <= 8**-0.5
    assert (from_last(result) < 1e-13, len(result["tokens"])) == (True, 42)


def test_the_start_of_keras_shrinks_the_gradient_by_tanh_alone():
    result = answer("keras")
    assert np.linalg.svd(result["weights"]["Wh"], compute_uv=False) == pytest.approx(np.ones(8))
    assert round(from_last(result), 4) == 0.0005


def test_the_identity_with_relu_keeps_what_a_normal_matrix_loses():
    assert round(100 * from_last(answer("identity"))) == 78
    normal = run(BpttParams(**asked("identity") | {"init": "gain"}))
    assert from_last(normal) < 1e-11


def test_a_single_weight_is_raised_to_the_19th_power():
    result = answer("scalar")
    assert len(result["tokens"]) == 20
    assert from_last(result) == pytest.approx(1.1**19)
    assert round(1.1**19, 1) == 6.1


def test_the_window_comes_closer_than_blocks():
    result = answer("window")
    assert (error(result, "window"), error(result, "blocks")) == (28, 41)


def test_tbptt_comes_closer_than_blocks_of_the_same_reach():
    result = answer("tbptt")
    assert (error(result, "tbptt"), error(result, "blocks")) == (9, 21)


def test_draws_are_far_off_and_their_mean_is_not():
    draws = answer("randomized")["draws"]["unbiased"]
    assert round(100 * float(np.mean(draws["relative_error"]))) == 44
    assert round(100 * float(draws["mean"]["relative_error"])) == 4


def test_the_last_loss_reaches_2_of_42_steps():
    result = answer("last")
    assert (result["cells_kept"], result["cells_total"]) == (2, 42)


def test_the_blackboard_example_has_its_numbers():
    result = answer("blackboard")
    assert round(float(result["forward"]["total_loss"]), 4) == 0.0994
    assert round(result["full"]["gradients"]["Wh"].item(), 3) == -0.159


def test_an_open_gate_keeps_what_the_plain_cell_loses():
    lstm = answer("lstm")
    rnn = run(BpttParams(**{**asked("lstm"), "cell": "rnn"}))
    assert len(lstm["tokens"]) == 40
    assert from_last(rnn) < 1e-5
    assert from_last(lstm) > 1 / 3


def test_hello_is_learned_in_60_updates():
    result = answer("learning")
    guessed = [result["vocabulary"][i] for i in np.argmax(result["forward"]["p"], axis=1)]
    assert guessed == result["targets"]
    losses = result["training"]["loss"]
    assert (round(losses[0], 2), round(losses[-1], 3), len(losses)) == (1.26, 0.016, 61)


def test_a_thousand_steps_in_blocks_of_ten_keep_one_pair_in_ninety():
    result = answer("long")
    assert (result["cells_kept"], result["cells_total"]) == (5500, 500_500)
    assert error(result, "blocks") == 17
    assert math.comb(1001, 2) == 500_500

"""What the sentences of the graph lab's presets say comes out again."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from app.labs.graph.params import GraphParams
from app.labs.graph.run import run
from app.presets import GRAPH_PRESETS
from app.words import CATALOGUES, LANGUAGES


def answer(name, **changed):
    asked = dict(parse_qsl(urlsplit(GRAPH_PRESETS[name]).query))
    asked.pop("v")
    return run(GraphParams.model_validate(asked | changed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_has_a_title_and_a_sentence(language):
    assert set(CATALOGUES[language]["graphlab"]["presets"]) == set(GRAPH_PRESETS)


def test_the_product_at_four_one_three():
    found = answer("product")
    assert [found["value"][name] for name in "xyz"] == [4, 1, 3]
    assert [found["grad"][name] for name in "xyz"] == [3, -3, 3]


def test_two_layers_get_a_gradient_each_and_a_tied_weight_their_sum():
    assert answer("layers")["grad"]["w1"] != answer("layers")["grad"]["w2"]
    assert answer("tied")["grad"]["w"] == pytest.approx(0.8553, abs=5e-5)


def test_a_chain_has_three_equal_terms_and_another_end_if_they_are_written_in():
    found = answer("chain")
    assert found["terms"]["w"] == pytest.approx([0.036] * 3)
    assert found["inplace"]["after"]["w"] - found["update"]["after"]["w"] > 0.02


def test_a_sixteenth_is_left_after_four_factors():
    assert answer("recursion")["grad"]["b.0"] == 1 / 16


def test_the_first_value_counts_in_the_latent_model_alone():
    assert answer("ar")["grad"]["x.0"] == 0
    assert 0 < abs(answer("latent")["grad"]["x.0"]) < 0.1


def test_the_flat_end_of_tanh():
    assert all(abs(answer("saturated")["grad"][name]) < 1e-3 for name in "wx")


def test_every_step_of_the_neuron_makes_the_error_smaller():
    path = answer("neuron", steps="20")["path"]
    assert path == sorted(path, reverse=True)

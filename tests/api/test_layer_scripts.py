"""Scripts with a framework's own layer: they are Python, hold the numbers on screen, or are refused.

``make frameworks`` runs them with the frameworks (tests/frameworks/exported.py).
"""

import ast

import numpy as np
import pytest

from app.bptt.truncation import SCHEMES

ASKED = {"text": "banana", "hidden": 3, "k": 3, "k1": 2, "cut": 0.4, "cut_seed": 3, "cuts": "2,3"}
LIBRARIES = {
    "torch_layer": {"rnn": "torch.nn.RNN(3, 3)", "lstm": "torch.nn.LSTM(3, 3)", "gru": "torch.nn.GRU(3, 3)"},
    "keras_layer": {
        "rnn": "keras.layers.SimpleRNN(3, ",
        "lstm": "keras.layers.LSTM(3, ",
        "gru": "keras.layers.GRU(3, return_sequences",
    },
}


def script(client, library: str, **asked):
    return client.get("/api/script", params={**ASKED, **asked, "library": library})


def literals(source: str) -> dict[str, object]:
    """The arrays that are assigned by name, and the dictionaries of such arrays."""
    found: dict[str, object] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if isinstance(node.value, ast.Dict):
                pairs = zip(node.value.keys, node.value.values, strict=True)
                found[name] = {key.value: ast.literal_eval(value.args[0]) for key, value in pairs}
            elif isinstance(node.value, ast.Call) and name.endswith("_on_page"):
                found[name] = ast.literal_eval(node.value.args[0])
    return found


@pytest.mark.parametrize("truncation", SCHEMES)
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_script_holds_the_weights_states_and_gradients_on_screen(client, ask, library, truncation):
    for cell in ("rnn", "lstm", "gru"):
        asked = {"cell": cell, "truncation": truncation, "reset_gate": "after", "updates": 1}
        response = script(client, library, **asked)
        assert response.status_code == 200, response.text
        assert LIBRARIES[library][cell] in response.text
        found = literals(response.text)
        page = ask(**ASKED, **asked, digits=17)
        np.testing.assert_allclose(found["states_on_page"], page["forward"]["h"], rtol=1e-11)
        for part in ("full", "truncated"):
            dW = {key: np.array(each) for key, each in page[part]["gradients"].items()}
            theirs = found[f"{part}_on_page"]
            readout = "fc.weight" if library == "torch_layer" else "dense.kernel"
            Wy = dW["Wy"].T if library == "torch_layer" else dW["Wy"]
            np.testing.assert_allclose(theirs[readout], Wy, rtol=1e-11)
            kernel = "rnn.weight_ih_l0" if library == "torch_layer" else None
            if kernel:
                assert np.abs(theirs[kernel]).sum() == pytest.approx(np.abs(dW["Wx"]).sum(), rel=1e-10)
                both = [theirs[name] for name in ("rnn.bias_ih_l0", "rnn.bias_hh_l0")]
                shared = 6 if cell == "gru" else None
                assert both[0][:shared] == both[1][:shared], "each of two biases has the gradient of the sum"


def test_randomized_truncation_scales_between_the_steps(client):
    for library in LIBRARIES:
        assert "edge_scale = 1 / (1 - cut)" in script(client, library, truncation="randomized").text
        assert "step by step" not in script(client, library, truncation="blocks").text


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"cell": "gru"}, "keras.layers.GRU(3, reset_after=False, "),
        ({"activation": "identity"}, 'keras.layers.SimpleRNN(3, activation="linear", '),
        ({"loss": "squared_error"}, "0.5 * ops.sum(ops.square("),
        ({"h0": "0.5,0,0"}, "initial = [ops.convert_to_tensor(part, \"float32\") for part in np.array([0.5"),
        ({"cell": "lstm"}, "for part in np.zeros((2, 1, 3))]"),
    ],
)  # fmt: skip
def test_the_settings_of_the_network_are_those_of_the_keras_layer(client, asked, wanted):
    source = script(client, "keras_layer", **asked).text
    compile(source, "keras_layer", "exec")
    assert wanted in source


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"activation": "relu"}, 'torch.nn.RNN(3, 3, nonlinearity="relu")'),
        ({"loss": "squared_error"}, "0.5 * ((scores - y[at]) ** 2)"),
        ({"h0": "0.5,0,0"}, "reshape(1, 1, 3)[0]"),
        ({"cell": "lstm", "h0": "0.5,0,0"}, "reshape(2, 1, 3))"),
        ({"unit": "number", "text": "1 2 3"}, "torch.nn.Linear(3, 1)"),
    ],
)
def test_the_settings_of_the_network_are_those_of_the_torch_layer(client, asked, wanted):
    source = script(client, "torch_layer", **asked).text
    compile(source, "torch_layer", "exec")
    assert wanted in source


def test_a_layer_that_computes_something_else_is_refused(client):
    for asked, parameter in (({"cell": "gru"}, "reset_gate"), ({"activation": "identity"}, "activation")):
        response = script(client, "torch_layer", **asked)
        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == parameter


def test_of_one_unit_the_bias_that_the_page_has_not_is_left_out(client):
    source = script(client, "torch_layer", cell="gru", hidden=1).text
    assert {*literals(source)["full_on_page"]} == {
        *("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0"),
        *("fc.weight", "fc.bias"),
    }

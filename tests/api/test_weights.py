"""POST /api/weights: a file becomes the parameters of a link, whose run has the states of the framework."""

import io
import json
import pickle
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from safetensors.numpy import load, save

from app.api import weights
from app.labs.explorer.params import MAX_HIDDEN, MAX_VOCABULARY
from app.labs.packed_numbers import unpacked
from tests.arrays import assert_close

FOLDER = Path(__file__).parents[1] / "data/frameworks"
TEXT = "abccdeb"  # what tests/frameworks/record.py reads, as symbols
TARGETS = "bccdeba"


def posted(client, name: str):
    return client.post("/api/weights", content=(FOLDER / name).read_bytes())


@pytest.mark.parametrize(
    "name", ["pytorch-lstm.safetensors", "keras-gru-before.keras", "onnx-relu.onnx", "linen-rnn.safetensors"]
)
def test_the_parameters_give_the_states_and_losses_of_the_framework(client, name):
    found = posted(client, name)
    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    answer = found.json()
    assert answer["fits_a_link"]
    assert answer["symbols"] == 5
    asked = answer["params"] | {"text": TEXT, "targets": TARGETS, "vocabulary": "abcde", "digits": 12}
    run = client.get("/api/bptt", params=asked).json()
    with np.load(FOLDER / f"{name.split('.')[0]}.npz") as recorded:
        rel = 1e-11 if answer["precision"] == "float64" else 1e-5
        assert_close(run["forward"]["h"], recorded["states"], rel)
        assert_close(run["forward"]["total_loss"], recorded["loss"], rel)


def test_an_answer_says_what_becomes_of_every_array(client):
    answer = posted(client, "keras-gru-before.keras").json()
    assert (answer["framework"], answer["layer"], answer["precision"]) == (
        *("Keras 3", "GRU(reset_after=False)"),
        "float32",
    )
    first = answer["arrays"][0]
    assert first == {
        "names": ["gru.kernel"],
        "shape": [5, 9],
        "fills": "Wx",
        "transposed": False,
        "order": ["z", "r", "n"],
        "negated": ["z"],
        "blocks": [],
        "row": None,
    }
    assert [array["fills"] for array in answer["arrays"]] == ["Wx", "Wh", "b", "Wy", "by"]
    assert answer["params"]["weights"].startswith("f32:")


@pytest.mark.parametrize(
    ("name", "assumed"),
    [
        ("pytorch-rnn.safetensors", ["activation", "readout"]),
        ("pytorch-gru.safetensors", ["readout"]),
        ("keras-lstm.weights.h5", ["gates", "direction", "readout"]),
        ("linen-rnn.safetensors", ["activation", "direction", "readout"]),
        ("linen-gru.safetensors", ["gates", "direction", "readout"]),
        ("equinox-gru.safetensors", ["direction", "readout"]),
        ("keras-lstm.keras", []),
        ("keras-relu.keras", []),
        ("onnx-gru.onnx", []),
    ],
)
def test_what_arrays_alone_do_not_say_is_listed(client, name, assumed):
    assert posted(client, name).json()["assumed"] == assumed


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "pytorch-gru.safetensors",
            [
                ("rnn.bias_ih_l0", "b", [], None),
                ("rnn.bias_hh_l0", "b", ["r", "z"], None),
                ("rnn.bias_hh_l0", "bh", ["n"], None),
            ],
        ),
        (
            "keras-gru.keras",
            [("gru.bias", "b", [], 1), ("gru.bias", "b", ["z", "r"], 2), ("gru.bias", "bh", ["n"], 2)],
        ),
        ("linen-gru.safetensors", [("params/cell/hn/bias", "bh", [], None)]),
    ],
)
def test_the_parts_of_a_second_bias_are_told_apart(client, name, parts):
    arrays = posted(client, name).json()["arrays"]
    named = {part[0] for part in parts}
    found = [(one["names"][0], one["fills"], one["blocks"], one["row"]) for one in arrays]
    assert [one for one in found if one[0] in named and one[1] in {"b", "bh"}] == parts


@pytest.mark.parametrize("framework", ["pytorch", "keras", "flax", "nnx", "onnx", "npz"])
def test_an_exported_file_comes_back_with_its_activation_and_symbols(client, framework):
    own = {"text": "hello world", "hidden": 4, "activation": "relu", "h0": "1,2,3,4"}
    data = client.get("/api/weights", params=own | {"framework": framework}).content
    answer = client.post("/api/weights", content=data).json()
    assert answer["params"]["activation"] == "relu"
    assert (answer["vocabulary"], answer["params"]["unit"]) == ("helo wrd", "char")
    assert (answer["assumed"], answer["noted"]) == ([], ["activation", "unit", "vocabulary"])
    asked = answer["params"] | {"vocabulary": answer["vocabulary"], "text": own["text"], "digits": "12"}
    one, other = (client.get("/api/bptt", params=each).json() for each in (asked, own | {"digits": "12"}))
    assert_close(one["forward"]["h"], other["forward"]["h"], 1e-12)
    given = client.post("/api/weights", params={"vocabulary": "abcdefgh"}, content=data).json()
    assert (given["vocabulary"], given["noted"]) == ("abcdefgh", ["activation"])
    assert "unit" not in given["params"]


def test_a_file_says_words_and_numbers_too(client):
    for own, vocabulary in (({"text": "a b a c", "unit": "word"}, "a b c"), ({"unit": "number"}, "")):
        asked = own | {"cell": "lstm", "framework": "npz"}
        data = client.get("/api/weights", params=asked).content
        answer = client.post("/api/weights", content=data).json()
        assert (answer["vocabulary"], answer["params"]["unit"]) == (vocabulary, own["unit"])
        assert answer["noted"] == ["unit", "vocabulary"]


def test_a_note_that_does_not_fit_the_network_is_not_heeded(client):
    def noted(about: str) -> list[str]:
        arrays = load(model())
        return client.post("/api/weights", content=save(arrays, {"about": about})).json()["noted"]

    note = 'BPTT Explorer, ?v=1&text=abcde. Inputs and outputs in order: ["a", "b", "c", "d", "e"]'
    assert noted(note) == ["activation", "unit", "vocabulary"]
    assert noted(note.replace(', "e"', "")) == ["activation"]
    assert noted(note.replace('"e"', '"a"')) == ["activation"]
    wrong = [
        ("v=1", "v=1&activation=gelu"),
        ("v=1", "v=1&unit=byte"),
        ('"e"', "5"),
        ('["a"', '["a'),
        ("BPTT", "A"),
    ]
    for old, new in wrong:
        assert noted(note.replace(old, new)) == []


def model(H: int = 3, V: int = 5, by: float = 0.0) -> bytes:
    arrays = {
        "weight_ih_l0": np.ones((H, V), "f4"),
        "weight_hh_l0": np.ones((H, H), "f4"),
        "fc.weight": np.ones((V, H), "f4"),
        "fc.bias": np.full(V, by, "f4"),
    }
    return save(arrays)


@pytest.mark.parametrize(
    ("data", "status", "code", "limit", "given"),
    [
        (b"", 422, "file_unknown_format", None, ""),
        (pickle.dumps([1]), 422, "file_pickle", None, ""),
        (b'{"name": "app"}', 422, "file_no_weights", "weight_ih_l0, weight_hh_l0, fc.weight", ""),
        (model(H=MAX_HIDDEN + 1), 422, "file_too_wide", MAX_HIDDEN, str(MAX_HIDDEN + 1)),
        (model(V=MAX_VOCABULARY + 1), 422, "file_too_many_symbols", MAX_VOCABULARY, str(MAX_VOCABULARY + 1)),
        (model(by=-101), 422, "file_too_big_weight", 100, "-101"),
        (model(by=np.nan), 422, "file_not_finite", None, "by"),
        (b"x" * (weights.MAX_BYTES + 1), 413, "file_too_large", 4, ""),
    ],
    ids=["empty", "pickle", "other JSON", "wide", "symbols", "large weight", "nan", "large"],
)
def test_a_refusal_names_what_is_at_fault(client, data, status, code, limit, given):
    response = client.post("/api/weights", content=data)
    assert response.status_code == status
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"], error["limit"], error["given"]) == ("file", code, limit, given)
    assert error["message"]


@pytest.mark.parametrize("largest", [100.0, -100.0])
def test_a_weight_exactly_as_large_as_allowed_is_read(client, largest):
    assert client.post("/api/weights", content=model(by=largest)).status_code == 200


def test_of_pytorch_matrices_are_transposed_and_only_blocks_of_gates_are_in_an_order_or_negated(client):
    arrays = posted(client, "pytorch-gru.safetensors").json()["arrays"]
    matrices = {"rnn.weight_ih_l0", "rnn.weight_hh_l0", "fc.weight"}
    assert {name for one in arrays if one["transposed"] for name in one["names"]} == matrices
    assert {one["fills"] for one in arrays} == {"Wx", "Wh", "b", "bh", "Wy", "by"}
    for one in arrays:
        has_blocks = one["fills"] in {"Wx", "Wh", "b"}
        assert one["order"] == (["r", "z", "n"] if has_blocks else [])
        assert one["negated"] == (["z"] if has_blocks else [])
    lstm = posted(client, "pytorch-lstm.safetensors").json()["arrays"]
    assert {tuple(one["negated"]) for one in lstm} == {()}


def test_the_largest_network_is_read_but_too_long_for_a_link(client):
    answer = client.post("/api/weights", content=model(H=MAX_HIDDEN, V=MAX_VOCABULARY)).json()
    assert not answer["fits_a_link"]
    assert answer["params"]["hidden"] == str(MAX_HIDDEN)


def lstm(kind: str, H: int = 16, V: int = 27, **more: np.ndarray) -> bytes:
    """PyTorch's, with two biases whose sum float32 would round."""
    rng = np.random.default_rng(0)
    shapes = {
        "weight_ih_l0": (4 * H, V),
        "weight_hh_l0": (4 * H, H),
        "bias_ih_l0": 4 * H,
        "bias_hh_l0": 4 * H,
    }
    shapes |= {"fc.weight": (V, H), "fc.bias": V}
    return save({name: rng.normal(size=shape).astype(kind) for name, shape in shapes.items()} | more)


def test_the_sum_of_two_biases_is_carried_exactly_and_the_rest_takes_no_more_room(client):
    data = lstm("f4")
    answer = client.post("/api/weights", content=data).json()
    assert answer["exact"]
    assert answer["fits_a_link"]
    assert answer["link_length"] == len(urlencode(answer["params"])) < 18_500
    arrays = load(data)
    summed = arrays["bias_ih_l0"].astype(float) + arrays["bias_hh_l0"]
    b = np.array(unpacked(answer["params"]["weights"]))[27 * 64 + 16 * 64 :][: 4 * 16].reshape(4, 16)
    np.testing.assert_array_equal(b, summed.reshape(4, 16)[[1, 2, 0, 3]])
    assert (b != b.astype(np.float32)).any()
    asked = answer["params"] | {"text": "the fox", "vocabulary": answer["vocabulary"] or LETTERS}
    assert client.get("/api/bptt", params=asked).status_code == 200


def test_what_is_too_long_for_a_link_when_it_is_exact_is_rounded_and_says_so(client):
    embedding = np.random.default_rng(1).normal(size=(27, 27)).astype("f4")
    for data in (lstm("f8"), lstm("f4", **{"embedding.weight": embedding})):
        answer = client.post("/api/weights", content=data).json()
        assert (answer["fits_a_link"], answer["exact"]) == (True, False)
        assert answer["params"]["weights"].startswith("f32:")
    small = client.post("/api/weights", content=lstm("f8", H=3, V=5)).json()
    assert small["exact"]
    assert small["params"]["weights"].startswith("f64:")


LETTERS = " abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("asked", "V", "vocabulary"),
    [
        ({}, 5, None),
        ({}, 27, LETTERS),
        ({}, 26, LETTERS[1:]),
        ({"text": "abccdeb"}, 5, "abcde"),
        ({"text": "abccdeb"}, 27, LETTERS),
        ({"text": "A fox"}, 27, None),
        ({"text": "ab", "vocabulary": "edcba"}, 5, "edcba"),
        ({"text": "a b c d e b", "unit": "word"}, 5, "a b c d e"),
        ({"text": "1 2", "unit": "number"}, 1, ""),
    ],
    ids=str,
)
def test_with_a_text_or_a_vocabulary_the_answer_completes_a_link(client, asked, V, vocabulary):
    answer = client.post("/api/weights", params=asked, content=model(V=V)).json()
    assert answer["vocabulary"] == vocabulary
    if vocabulary is not None and "text" in asked:
        link = answer["params"] | asked | {"vocabulary": vocabulary}
        run = client.get("/api/bptt", params=link)
        assert run.status_code == 200, run.text


@pytest.mark.parametrize(
    ("asked", "code", "limit", "given"),
    [
        ({"vocabulary": "abcd"}, "vocabulary_count", 5, "4"),
        ({"vocabulary": "abcda"}, "vocabulary_count", 5, "4"),
        ({"vocabulary": "abcde", "text": "abx"}, "not_in_vocabulary", None, "x"),
        ({"unit": "byte"}, "not_a_choice", "'char', 'word' or 'number'", "byte"),
        ({"colour": "red"}, "unknown", None, "red"),
    ],
    ids=str,
)
def test_symbols_that_are_not_those_of_the_network_are_refused(client, asked, code, limit, given):
    response = client.post("/api/weights", params=asked, content=model())
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["code"], error["limit"], error["given"]) == (code, limit, given)


def test_a_space_that_is_missing_is_visible(client):
    asked = {"text": "hello world", "vocabulary": "helow"}
    (error,) = client.post("/api/weights", params=asked, content=model()).json()["errors"]
    assert (error["code"], error["given"]) == ("not_in_vocabulary", " ")
    assert "␣ is missing" in error["message"]


def test_an_npz_unpacks_to_no_more_than_is_allowed(client):
    bomb = io.BytesIO()
    np.savez_compressed(bomb, zeros=np.zeros(3_000_000))
    (error,) = client.post("/api/weights", content=bomb.getvalue()).json()["errors"]
    assert error["code"] == "file_too_large"


def test_only_so_many_files_are_received_at_once(client):
    uploads = client.app.state.uploads
    with ExitStack() as stack:
        for _ in range(weights.AT_ONCE):
            stack.enter_context(uploads)
        refused = client.post("/api/weights", content=model())
        assert refused.status_code == 503
        assert refused.headers["retry-after"]
    assert uploads.running == 0
    assert client.post("/api/weights", content=model()).status_code == 200


def test_the_answer_is_json_of_the_model_in_openapi(client):
    document = client.get("/openapi.json").json()
    operation = document["paths"]["/api/weights"]["post"]
    assert set(operation["responses"]) >= {"200", "408", "413", "422", "503"}
    assert json.dumps(operation["requestBody"]).count("octet-stream") == 1


def _far(found, right) -> float:
    return float(np.abs(np.array(found) - right).max())


@pytest.mark.parametrize(
    ("name", "whats"),
    [
        ("pytorch-gru.safetensors", ["order", "z", "reset", "bias"]),
        ("pytorch-lstm.safetensors", ["order", "bias"]),
        ("pytorch-rnn.safetensors", ["bias"]),
        ("keras-gru.keras", ["z", "reset", "bias"]),
        ("keras-gru-before.keras", ["z", "reset"]),
        ("keras-lstm.keras", ["order"]),
        ("linen-lstm.safetensors", []),
        ("linen-gru.safetensors", ["z", "reset", "bias"]),
        ("onnx-lstm.onnx", ["order", "bias"]),
    ],
)
def test_what_a_wrong_convention_would_cost_is_said_where_it_could_be_overlooked(client, name, whats):
    misread = posted(client, name).json()["misread"]
    assert [one["what"] for one in misread] == whats
    for one in misread:
        assert 1e-3 < one["states"] <= 2
        assert one["gradients"] > 1e-3


def test_the_cost_is_the_error_of_a_run_with_the_wrong_weights(client):
    """PyTorch's LSTM with its blocks in the order i f g o taken for f g i o, written out by hand."""
    arrays = load((FOLDER / "pytorch-lstm.safetensors").read_bytes())
    H, V = 3, 5
    order = next(
        one for one in posted(client, "pytorch-lstm.safetensors").json()["misread"] if one["what"] == "order"
    )
    parts = [arrays[f"rnn.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    Wx, Wh, b = parts[0].T, parts[1].T, parts[2] + parts[3]
    readout = [arrays["fc.weight"].T, arrays["fc.bias"]]
    tokens = np.random.default_rng(0).integers(V, size=25)
    text = "".join("abcde"[token] for token in tokens)

    def run(*recurrent):
        weights = ",".join(repr(float(w)) for part in (*recurrent, *readout) for w in part.ravel())
        asked = {"text": text, "vocabulary": "abcde", "cell": "lstm", "hidden": H, "weights": weights}
        return client.get("/api/bptt", params=asked | {"truncation": "full", "digits": 12}).json()

    right_order = [*range(H, 3 * H), *range(H), *range(3 * H, 4 * H)]  # f, g, i, o
    right, wrong = run(*(part[..., right_order] for part in (Wx, Wh, b))), run(Wx, Wh, b)
    assert order["states"] == pytest.approx(
        _far(wrong["forward"]["h"], np.array(right["forward"]["h"])), rel=1e-4
    )
    dh, exact = (np.array(each["full"]["dh"]) for each in (wrong, right))
    assert order["gradients"] == pytest.approx(np.linalg.norm(dh - exact) / np.linalg.norm(exact), rel=1e-4)


def test_biases_that_are_zero_cannot_be_overlooked(client):
    """A single unit with one gate order, no sense of z and no second bias has no convention to get wrong."""
    assert client.post("/api/weights", content=model()).json()["misread"] == []

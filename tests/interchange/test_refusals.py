"""What cannot be represented is refused by name; everything else of a file must have a place."""

import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from app.interchange.formats import read_file
from app.interchange.formats.contents import Contents
from app.interchange.formats.onnx_file import message
from app.interchange.recognition import recognize
from app.interchange.refused import Refused

FOLDER = Path(__file__).parents[1] / "data/frameworks"
D, H = 5, 3


def pytorch(G: int = 4, prefix: str = "rnn.", suffix: str = "_l0") -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {
        f"{prefix}weight_ih{suffix}": rng.normal(size=(G * H, D)),
        f"{prefix}weight_hh{suffix}": rng.normal(size=(G * H, H)),
        f"{prefix}bias_ih{suffix}": rng.normal(size=G * H),
        f"{prefix}bias_hh{suffix}": rng.normal(size=G * H),
    }


def readout(V: int = D) -> dict[str, np.ndarray]:
    return {"fc.weight": np.ones((V, H)), "fc.bias": np.zeros(V)}


def why(arrays: dict[str, np.ndarray], **more: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        recognize(Contents(arrays, "float64", **more))
    return refused.value.code, refused.value.name


MODEL = pytorch() | readout()
FAULTS = {
    "a second layer": (pytorch(suffix="_l1"), "file_layers", "rnn.weight_ih_l1"),
    "a second network": (pytorch(prefix="other."), "file_layers", "other"),
    "both directions": (pytorch(suffix="_l0_reverse"), "file_bidirectional", "rnn.weight_ih_l0_reverse"),
    "a projection": ({"rnn.weight_hr_l0": np.ones((2, H))}, "file_projection", "rnn.weight_hr_l0"),
    "a layer between": ({"norm.weight": np.ones(H)}, "file_not_used", "norm.weight"),
    "a second readout": ({"fc2.weight": np.ones((D, H))}, "file_not_used", "fc2.weight"),
    "an embedding that does not fit": ({"emb.weight": np.ones((9, D + 1))}, "file_not_used", "emb.weight"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_file_has_beside_the_layer_and_the_readout_is_refused_by_name(fault):
    more, code, name = FAULTS[fault]
    assert why(MODEL | more) == (code, name)


def test_what_is_missing_or_of_another_shape_is_named():
    assert why(readout()) == ("file_no_recurrent_layer", "")
    assert why(pytorch()) == ("file_no_readout", "")
    assert why(pytorch() | readout(V=D + 1)) == ("file_widths", f"{D} → {D + 1}")
    assert why(MODEL | {"rnn.weight_hh_l0": np.ones((4 * H + 1, H))}) == ("file_shape", "rnn.weight_hh_l0")
    assert why(MODEL | {"rnn.bias_ih_l0": np.ones(2 * H)}) == ("file_shape", "rnn.bias_ih_l0")


GRU = pytorch(G=3) | readout()
RNN = pytorch(G=1) | readout()
JAX = {f"cell/{kind}/kernel": np.ones((D if kind[0] == "i" else H, H)) for kind in ("ir", "iz", "in")}
JAX |= {f"cell/h{gate}/kernel": np.ones((H, H)) for gate in "rzn"} | {"out/kernel": np.ones((H, D))}
KERAS_GRU = {"gru.kernel": np.ones((D, 3 * H)), "gru.recurrent_kernel": np.ones((H, 3 * H))}
KERAS_GRU |= {"gru.bias": np.ones((2, 3 * H)), "dense.kernel": np.ones((H, D))}
SHAPES = {
    "transposed input weights": (GRU, "rnn.weight_ih_l0", (D, 3 * H), "9 × 5"),
    "those of one gate": (RNN, "rnn.weight_ih_l0", (D, H), "3 × 5"),
    "other input weights": (GRU, "rnn.weight_ih_l0", (7, 8), "9 × D"),
    "transposed state weights": (GRU, "rnn.weight_hh_l0", (H, 3 * H), "9 × 3"),
    "other state weights": (GRU, "rnn.weight_hh_l0", (3 * H + 1, H), "H × H, 4H × H, 3H × H"),
    "a short bias": (GRU, "rnn.bias_hh_l0", (2 * H,), "9"),
    "a bias with another axis": (GRU, "rnn.bias_hh_l0", (3 * H, 1), "9"),
    "a batch of initial states": (GRU, "rnn.h0", (1, 3, H), "3"),
    "an array of one gate": (JAX, "cell/iz/kernel", (D + 1, H), "5 × 3"),
    "a gate's bias": (JAX, "cell/hn/bias", (H + 1,), "3"),
    "two stacked biases": (KERAS_GRU, "gru.bias", (2, 3 * H + 1), "2 × 9"),
}


@pytest.mark.parametrize("fault", SHAPES)
def test_an_array_of_another_shape_is_named_as_in_the_file_with_both_shapes(fault):
    model, name, shape, expected = SHAPES[fault]
    with pytest.raises(Refused) as refused:
        recognize(Contents(model | {name: np.ones(shape)}, "float64"))
    why = refused.value
    assert (why.code, why.name, why.limit) == ("file_shape", name, expected)
    assert why.subject == " × ".join(map(str, shape))


def test_where_no_layer_is_known_the_arrays_of_the_file_are_listed():
    renamed = {name.replace("weight_hh", "weights_hh"): array for name, array in MODEL.items()}
    with pytest.raises(Refused, match="file_no_recurrent_layer") as refused:
        recognize(Contents(renamed, "float64"))
    assert refused.value.limit.startswith("rnn.weight_ih_l0 (12 × 5), rnn.weights_hh_l0 (12 × 3), ")
    many = {f"a{i}": np.ones(2) for i in range(9)}
    with pytest.raises(Refused) as refused:
        recognize(Contents(many, "float64"))
    assert refused.value.limit.endswith("a5 (2), …")


def test_a_model_without_biases_has_biases_of_zero():
    arrays = {name: array for name, array in MODEL.items() if "bias" not in name}
    network = recognize(Contents(arrays, "float64")).network
    assert not network.recurrent.b.any()
    assert not network.by.any()


def test_an_embedding_before_the_layer_is_multiplied_into_wx():
    arrays = MODEL | {"embedding.weight": np.random.default_rng(1).normal(size=(7, D))}
    arrays |= readout(V=7)
    plain = recognize(Contents(MODEL, "float64")).network.recurrent
    network = recognize(Contents(arrays, "float64")).network
    np.testing.assert_array_equal(network.recurrent.Wx, arrays["embedding.weight"] @ plain.Wx)
    assert [source.names for source in network.sources if source.fills == "Wx"] == [
        ("embedding.weight",),
        ("rnn.weight_ih_l0",),
    ]


KERAS = {
    "lstm.kernel": np.ones((D, 4 * H)),
    "lstm.recurrent_kernel": np.ones((H, 4 * H)),
    "dense.kernel": np.ones((H, D)),
}


@pytest.mark.parametrize(
    ("layers", "code", "name"),
    [
        ([{"class": "LSTM", "name": "a"}, {"class": "GRU", "name": "b"}], "file_layers", "b"),
        ([{"class": "Bidirectional", "name": "both"}], "file_bidirectional", "both"),
        ([{"class": "LSTM", "name": "a", "go_backwards": True}], "file_backwards", "a"),
        (
            [{"class": "LSTM", "recurrent_activation": "hard_sigmoid"}],
            "file_gate_activations",
            "hard_sigmoid",
        ),
        ([{"class": "LSTM", "activation": "relu"}], "file_gate_activations", "relu"),
        ([{"class": "LSTM"}, {"class": "Dense", "activation": "relu"}], "file_readout_activation", "relu"),
    ],
)
def test_what_keras_says_of_its_layers_is_heeded(layers, code, name):
    assert why(KERAS, layers=tuple(layers), framework="Keras 3") == (code, name)


def keras(*between: dict[str, object], after: tuple[dict[str, object], ...] = ()) -> Contents:
    dense = {"class": "Dense", "name": "dense", "activation": "linear"}
    layers = ({"class": "InputLayer"}, {"class": "LSTM", "name": "lstm"}, *between, dense, *after)
    return Contents(KERAS, "float32", layers, "Keras 3")


def inside(kind: str, **config: object) -> dict[str, object]:
    return {"class_name": kind, "config": config}


NONLINEAR = {
    "activation (Activation)": {"class": "Activation", "name": "activation", "activation": "tanh"},
    "softmax (Activation)": {"class": "Activation", "name": "softmax", "activation": "softmax"},
    "ReLU": {"class": "ReLU"},
    "f (Lambda)": {"class": "Lambda", "name": "f"},
    "scale (Rescaling)": {"class": "Rescaling", "name": "scale", "scale": 2.0},
    "mask (Masking)": {"class": "Masking", "name": "mask"},
    "new (SomethingNew)": {"class": "SomethingNew", "name": "new"},
    "deep (ReLU)": {"class": "Sequential", "layers": [inside("ReLU", name="deep")]},
    "every (ReLU)": {"class": "TimeDistributed", "layer": inside("ReLU", name="every")},
}


@pytest.mark.parametrize("name", NONLINEAR)
def test_a_layer_without_weights_that_computes_something_is_refused_by_name(name):
    with pytest.raises(Refused) as refused:
        recognize(keras(NONLINEAR[name]))
    assert (refused.value.code, refused.value.name) == ("file_layer", name)


def test_layers_that_change_nothing_outside_training_are_none():
    softmax = {"class": "Activation", "activation": "softmax"}
    linear = {"class": "Activation", "activation": "linear"}
    for after in ((), (softmax,), ({"class": "Softmax"},)):
        assert recognize(keras({"class": "Dropout"}, linear, after=after)).assumed == ()


def test_layers_inside_others_are_looked_at():
    cell = inside("LSTMCell", activation="relu", recurrent_activation="sigmoid")
    dense = {"class": "TimeDistributed", "layer": inside("Dense", name="dense", activation="relu")}

    def refusal(*layers: dict[str, object]) -> tuple[str, str, str]:
        with pytest.raises(Refused) as refused:
            recognize(Contents(KERAS, "float32", layers, "Keras 3"))
        return refused.value.code, refused.value.name, refused.value.subject

    assert refusal({"class": "RNN", "name": "rnn", "cell": cell}) == (
        *("file_gate_activations", "relu"),
        "rnn (LSTM)",
    )
    stacked = {"class": "RNN", "name": "rnn", "cell": inside("StackedRNNCells")}
    assert refusal(stacked) == ("file_layer", "rnn (StackedRNNCells)", "")
    lstm = {"class": "LSTM", "name": "lstm"}
    assert refusal(lstm, dense) == ("file_readout_activation", "relu", "dense (Dense)")
    first = {"class": "Dense", "name": "first"}
    assert refusal(first, lstm) == ("file_layer", "first (Dense)", "")
    leaky = {"class": "LSTM", "name": "lstm", "activation": inside("LeakyReLU", negative_slope=0.2)}
    assert refusal(leaky) == ("file_gate_activations", "LeakyReLU", "lstm (LSTM)")


def test_the_activation_of_an_rnn_is_one_of_those_here():
    arrays = {
        "rnn.kernel": np.ones((D, H)),
        "rnn.recurrent_kernel": np.ones((H, H)),
        "dense.kernel": np.ones((H, D)),
    }

    def read(activation: str) -> str:
        said = ({"class": "SimpleRNN", "activation": activation},)
        return recognize(Contents(arrays, "float32", said, "Keras 3")).network.activation

    assert [read(name) for name in ("tanh", "relu", "linear", "sigmoid")] == [
        *("tanh", "relu", "identity", "sigmoid")
    ]
    with pytest.raises(Refused, match="file_activations: softplus"):
        read("softplus")


def changed_onnx(name: str, change) -> bytes:
    model = message("Model")()
    model.ParseFromString((FOLDER / f"{name}.onnx").read_bytes())
    node = next(node for node in model.graph.node if node.op_type in {"RNN", "LSTM", "GRU"})
    change(node, model.graph)
    return bytes(model.SerializeToString())


def attribute(name: str, kind: int, **value: object):
    return lambda node, graph: node.attribute.add(name=name, type=kind, **value)


def initial(sequences: int, *more: str):
    def change(node, graph) -> None:
        node.input.extend(["", "start", *more])
        numbers = [0.0, 0.5, 0.0] * sequences
        graph.initializer.add(name="start", dims=[1, sequences, H], data_type=11, double_data=numbers)

    return change


def peepholes(node, graph) -> None:
    node.input.extend(["", "", "", "holes"])


def nonlinear(node, graph) -> None:
    graph.node.add(op_type="Tanh", name="squash")


def two_layers(node, graph) -> None:
    graph.node.add(op_type="LSTM", name="upper")


@pytest.mark.parametrize(
    ("name", "change", "code", "named"),
    [
        ("onnx-lstm", attribute("direction", 3, s=b"bidirectional"), "file_bidirectional", "LSTM"),
        ("onnx-lstm", attribute("direction", 3, s=b"reverse"), "file_bidirectional", "LSTM"),
        ("onnx-lstm", attribute("layout", 2, i=1), "file_layout", "LSTM"),
        ("onnx-lstm", attribute("clip", 1, f=3.0), "file_clip", "LSTM"),
        ("onnx-lstm", attribute("input_forget", 2, i=1), "file_clip", "LSTM"),
        ("onnx-lstm", peepholes, "file_peepholes", "holes"),
        ("onnx-lstm", initial(2), "file_initial_state", "start"),
        ("onnx-lstm", two_layers, "file_layers", "upper"),
        (
            "onnx-gru",
            attribute("activations", 8, strings=[b"HardSigmoid", b"Tanh"]),
            "file_gate_activations",
            "hardsigmoid, tanh",
        ),
        ("onnx-rnn", attribute("activations", 8, strings=[b"Softsign"]), "file_activations", "softsign"),
        ("onnx-rnn", nonlinear, "file_layer", "squash (Tanh)"),
    ],
    ids=range(11),
)
def test_what_onnx_cells_can_do_beyond_these_is_refused(name, change, code, named):
    with pytest.raises(Refused) as refused:
        recognize(read_file(changed_onnx(name, change)))
    assert (refused.value.code, refused.value.name) == (code, named)


@pytest.mark.parametrize(("name", "more", "states"), [("gru", [], ["h0"]), ("lstm", ["start"], ["h0", "c0"])])
def test_the_state_that_an_onnx_model_begins_with_is_read(name, more, states):
    found = recognize(read_file(changed_onnx(f"onnx-{name}", initial(1, *more)))).network
    assert {key: array.tolist() for key, array in found.initial.items()} == {
        key: [0, 0.5, 0] for key in states
    }
    assert [source.names for source in found.sources if source.fills == "h0"] == [("h0",)]


@pytest.mark.parametrize("shape", [(H,), (1, H), (1, 1, H)])
def test_an_array_called_h0_is_the_initial_state(shape):
    state = np.arange(H, dtype=float).reshape(shape)
    found = recognize(Contents(MODEL | {"model.h0": state}, "float64")).network
    assert found.initial["h0"].tolist() == [0, 1, 2]
    assert why(MODEL | {"h0": np.ones((2, H))}) == ("file_shape", "h0")
    assert why(MODEL | {"h0": np.ones(H + 1)}) == ("file_shape", "h0")
    assert why(MODEL | {"h0": state, "b.h0": state}) == ("file_not_used", "b.h0")
    gru = pytorch(G=3) | readout()
    assert why(gru | {"c0": state}) == ("file_not_used", "c0")


def test_nothing_is_ever_unpickled():
    class Spoiled:
        def __reduce__(self):
            return pytest.fail, ("was unpickled",)

    for protocol in range(2, 6):
        with pytest.raises(Refused, match="file_pickle"):
            read_file(pickle.dumps(Spoiled(), protocol))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:  # as torch.save does
        archive.writestr("model/data.pkl", pickle.dumps(Spoiled()))
        archive.writestr("model/version", "3")
    with pytest.raises(Refused, match="file_pickle"):
        read_file(saved.getvalue())
    objects = io.BytesIO()
    np.savez(objects, a=np.array([Spoiled()], dtype=object))
    with pytest.raises(Refused, match="file_objects: a"):
        read_file(objects.getvalue())


def test_files_of_no_known_format_and_damaged_ones_are_refused():
    for data in (b"", b"hello", b"PK\x03\x04", b"\x00" * 100, bytes(range(256))):
        with pytest.raises(Refused, match="file_unknown_format"):
            read_file(data)
    for path in sorted(FOLDER.glob("*")):
        whole = path.read_bytes()
        for stop in (len(whole) // 2, 3 * len(whole) // 4):
            with pytest.raises(Refused):
                recognize(read_file(whole[:stop]))


def test_what_unpacks_to_more_than_is_allowed_is_refused():
    packed = io.BytesIO()
    np.savez_compressed(packed, zeros=np.zeros(3_000_000))  # 24 MB of zeros
    assert len(packed.getvalue()) < 100_000
    with pytest.raises(Refused, match="file_too_large: zeros"):
        read_file(packed.getvalue())


def test_arrays_of_other_numbers_are_named():
    with pytest.raises(Refused, match="file_not_floats: step"):
        read_file(save({"step": np.array([1])}))
    whole = io.BytesIO()
    np.savez(whole, step=np.array([1]))
    with pytest.raises(Refused, match="file_not_floats: step"):
        read_file(whole.getvalue())
    for value in ('"b"', "[[1, 2], [3]]", "[]", "[true]"):
        with pytest.raises(Refused, match="file_not_floats: a"):
            read_file(f'{{"a": {value}, "rnn.weight_ih_l0": [[1.0]]}}'.encode())
    for text in ('{"a": NaN}', '{"a": [1', "{" * 100_000):
        with pytest.raises(Refused, match="file_damaged"):
            read_file(text.encode())
    with pytest.raises(Refused) as refused:
        read_file(b'{"a": [1],\n "b": [1')
    assert (refused.value.code, refused.value.name, refused.value.limit) == ("file_damaged_json", "2", 9)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"name": "app", "version": "1.0.0", "scripts": {"test": "x"}, "dependencies": {"react": "^18"}},
        {"cells": [{"cell_type": "code", "source": ["x"]}], "metadata": {"kernelspec": {"name": "python3"}}},
        {"model": {"hidden": 16, "lr": 0.1}, "seed": 1},
        {"lr": 0.1, "tags": ["a", 1]},
        ["a", "b"],
        {"a": True},
    ],
    ids=["empty", "package", "notebook", "configuration", "mixed", "list", "flag"],
)
def test_json_without_weights_is_refused_as_a_whole_and_says_which_names_are_expected(content):
    with pytest.raises(Refused, match=r"file_no_weights$") as refused:
        read_file(json.dumps(content).encode())
    assert refused.value.limit == "weight_ih_l0, weight_hh_l0, fc.weight"


def test_json_with_the_names_of_a_layer_says_which_of_its_arrays_is_none():
    for name in (
        "weight_hh_l0",
        "model.rnn.weight_ih_l0",
        "params/cell/hn/kernel",
        "gru.recurrent_kernel",
        "Wh",
    ):
        with pytest.raises(Refused, match="file_not_floats: vocabulary"):
            read_file(json.dumps({name: [[1.0]], "vocabulary": ["a"]}).encode())


def test_json_floats_are_kept():
    contents = read_file(json.dumps({"a": {"b": [[0.1, 2]]}}).encode())
    assert contents.arrays["a.b"].tolist() == [[0.1, 2.0]]


def test_only_a_bias_beside_the_readouts_matrix_is_its_bias():
    bare = {"norm.weight": np.ones(D)} | pytorch() | {"fc.weight": np.ones((D, H))}
    assert why(bare) == ("file_not_used", "norm.weight")
    longer = {"fc.weight": np.ones((D, H)), "fc.bias": np.ones(D + 1)}
    assert why(pytorch() | longer) == ("file_not_used", "fc.bias")
    assert why(pytorch() | {"fc.scale": np.ones(H)} | readout()) == ("file_not_used", "fc.scale")


def test_a_matrix_is_an_embedding_by_its_name_and_width():
    arrays = pytorch() | readout(V=7)
    assert why(arrays | {"emb.weight": np.ones(D)}) == ("file_not_used", "emb.weight")
    assert why(arrays | {"first.weight": np.ones((7, D))}) == ("file_not_used", "first.weight")
    assert why(arrays) == ("file_widths", f"{D} → 7")
    square = {"emb.weight": np.ones((H, D))}  # as many rows as the layer has units: no readout all the same
    assert why(pytorch() | square) == ("file_no_readout", "")

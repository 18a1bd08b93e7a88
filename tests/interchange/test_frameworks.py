"""Networks of real frameworks: their files read here give the states and gradients that they computed.

tests/frameworks/record.py made the files with the frameworks themselves; ``make frameworks`` makes them anew.
"""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.bptt import low_precision
from app.bptt.backward_pass import backward, output_gradient, parameter_gradients_summed
from app.bptt.cells import Cell, cell_type
from app.bptt.cells.rnn import Elman
from app.bptt.forward_pass import Task, forward
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.number_formats import FORMATS
from app.interchange.formats import read_file
from app.interchange.formats.contents import Contents
from app.interchange.layouts import LAYOUTS, Layout, read, write
from app.interchange.network import Network, Recurrent
from app.interchange.recognition import recognize
from tests.arrays import assert_close

FOLDER = Path(os.environ.get("BPTT_FRAMEWORKS", Path(__file__).parents[1] / "data/frameworks"))
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".npz")
TOKENS, TARGETS = [0, 1, 2, 2, 3, 4, 1], [1, 2, 2, 3, 4, 1, 0]
D, T = 5, 7


def cell_of(network: Network) -> Cell:
    if network.recurrent.cell == "rnn":
        return Elman(network.activation)
    return cell_type(network.recurrent.cell, network.recurrent.reset or "before")()


def gradients_of(network: Network) -> tuple[np.ndarray, float, Network]:
    """States (T, H), the mean loss, and the gradients in the places of the weights."""
    rows = np.eye(D)
    cell = cell_of(network)
    task = Task(cell, LOSSES["cross_entropy"], rows[TOKENS], rows[TARGETS], loss_factors(T, "every", "mean"))
    layer = network.recurrent
    params = {"Wx": layer.Wx, "Wh": layer.Wh, "b": layer.b, "Wy": network.Wy, "by": network.by}
    if layer.bh is not None:
        params["bh"] = layer.bh
    run = forward(task, params)
    d_output = output_gradient(task, run)
    _, da = backward(task, params, run, d_output)
    dW = parameter_gradients_summed(task, params, run, d_output, da)
    gradient = Recurrent(layer.cell, dW["Wx"], dW["Wh"], dW["b"], layer.reset, dW.get("bh"))
    return run.h, float(run.losses @ task.factors), Network(gradient, dW["Wy"], dW["by"])


def recorded(path: Path) -> dict[str, np.ndarray]:
    with np.load(FOLDER / f"{path.name.split('.')[0]}.npz") as file:
        return dict(file)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_states_and_gradients_are_the_frameworks_own(path):
    contents, theirs = read_file(path.read_bytes()), recorded(path)
    recognized = recognize(contents)
    network = recognized.network
    if path.name == "pytorch-relu.safetensors":  # weights do not say it, and the reader says so
        assert recognized.assumed == ("activation", "readout")
        network = replace(network, activation="relu")
    rel = 1e-12 if network.precision == "float64" else 1e-5
    states, loss, ours = gradients_of(network)
    assert_close(states, theirs["states"], rel)
    assert_close(loss, theirs["loss"], rel)
    gradients = {
        name.removeprefix("gradient:"): each for name, each in theirs.items() if name.startswith("gradient:")
    }
    assert bool(gradients) == (path.suffix != ".onnx")
    if gradients:
        assert {*gradients} == {*contents.arrays}
        assert_close_gradients(recognized.layout, gradients, ours, rel)


def assert_close_gradients(layout: Layout, theirs: dict[str, np.ndarray], ours: Network, rel: float) -> None:
    """What reads weights reads gradients, too, but each of two biases has the gradient of the sum."""
    whole = recognize(Contents(theirs, "float64")).network
    first = recognize(
        Contents({name: without_second_bias(layout, name, each) for name, each in theirs.items()}, "")
    )
    for part in ("Wx", "Wh"):
        assert_close(getattr(ours.recurrent, part), getattr(whole.recurrent, part), rel, part)
    assert_close(ours.recurrent.b, first.network.recurrent.b, rel, "b")
    assert_close(ours.Wy, whole.Wy, rel, "Wy")
    assert_close(ours.by, whole.by, rel, "by")
    assert (ours.recurrent.bh is None) == (whole.recurrent.bh is None)
    if ours.recurrent.bh is not None and "n" in layout.biased_recurrent_gates:
        assert_close(ours.recurrent.bh, whole.recurrent.bh, rel, "bh")


def without_second_bias(layout: Layout, name: str, array: np.ndarray) -> np.ndarray:
    plain = name.replace("/", ".").removesuffix("_l0")
    if layout.stacked_biases and plain.endswith(f".{layout.bias}") and array.ndim == 2:
        return array * [[1.0], [0.0]]
    second = layout.names(layout.recurrent_bias, layout.biased_recurrent_gates) if layout.bias else ()
    return np.zeros_like(array) if plain.endswith(tuple(f".{each}" for each in second)) else array


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.framework} {layout.layer}")
def test_writing_is_the_inverse_of_reading(layout):
    rng = np.random.default_rng(0)
    G = len(layout.gates)
    bh = rng.normal(size=3) if layout.reset == "after" else None
    if bh is not None and "n" not in layout.biased_recurrent_gates:
        bh = np.zeros(3)
    layer = Recurrent(
        layout.cell,
        rng.normal(size=(5, 3 * G)),
        rng.normal(size=(3, 3 * G)),
        rng.normal(size=3 * G),
        layout.reset,
        bh,
    )
    back = read(layout, write(layout, layer))
    assert (back.cell, back.reset) == (layer.cell, layer.reset)
    for part in ("Wx", "Wh", "b", "bh"):
        np.testing.assert_array_equal(getattr(back, part), getattr(layer, part))


@pytest.mark.parametrize(
    ("name", "fills"),
    [
        ("pytorch-gru", {"rnn.bias_ih_l0": ["b"], "rnn.bias_hh_l0": ["b", "bh"]}),
        ("linen-gru", {"params/cell/iz/bias": ["b"], "params/cell/hn/bias": ["bh"]}),
        ("equinox-gru", {"cell.bias": ["b"], "cell.bias_n": ["bh"]}),
        ("pytorch-lstm", {"rnn.bias_ih_l0": ["b"], "rnn.bias_hh_l0": ["b"]}),
    ],
)
def test_a_bias_inside_the_reset_is_named(name, fills):
    sources = recognize(read_file((FOLDER / f"{name}.safetensors").read_bytes())).network.sources
    for array, parts in fills.items():
        assert [source.fills for source in sources if source.names == (array,)] == parts


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_in_a_number_format_is_pytorchs(name):
    """Its states in bfloat16 and float16 to the bit; its gradients are 0 at the same step, or one beside."""
    with np.load(FOLDER / "pytorch-formats.npz") as file:
        found = dict(file)
    W = {part: found[part] for part in ("Wx", "Wh", "b", "Wy", "by")}
    rows, tokens = np.eye(len(W["Wx"])), found["tokens"]
    steps = len(tokens) - 1
    factors = loss_factors(steps, "every", "mean")
    task = Task(Elman(), LOSSES["cross_entropy"], rows[tokens[:-1]], rows[tokens[1:]], factors)
    mine = low_precision.run(task, W, FORMATS[name], steps - 1)
    states = found[f"{name} states"]
    if name == "float32":
        assert_close(mine.states, states, 1e-6)
    else:
        assert (mine.states == states).all()
    back = mine.one_loss[::-1] == 0
    zeros = np.array([back.all(axis=1).argmax(), back.any(axis=1).argmax()])
    assert np.abs(zeros - found[f"{name} zero"]).max() <= (name == "float32")
    run = forward(task, W)
    d_output = output_gradient(task, run)
    _, da = backward(task, W, run, d_output)
    exact = parameter_gradients_summed(task, W, run, d_output, da)["Wh"]
    errors = [np.linalg.norm(dWh - exact) for dWh in (mine.dWh, found[f"{name} dWh"])]
    assert 0.7 < errors[0] / errors[1] < 1.4

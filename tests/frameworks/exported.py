"""Networks that this program writes, computed by the frameworks: ``python -m tests.frameworks.exported``.

Needs the packages of the dependency group ``frameworks``; ``make frameworks`` runs it. For every framework
and cell the file is loaded into the framework's own layer, and states and gradients are compared with those
here. The scripts with a framework's own layer are run for every truncation. It prints a table of the worst
errors, and ends with status 1 if one is larger than the number format explains.
"""

import contextlib
import io
import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"

import equinox
import flax.linen as linen
import h5py
import jax
import jax.numpy as jnp
import keras
import numpy as np
import onnx
import onnxruntime
import safetensors.numpy
import torch
from flax import nnx, traverse_util
from onnx.reference import ReferenceEvaluator

from app.bptt.truncation import SCHEMES
from app.interchange.formats import read_file
from app.interchange.network import STATES
from app.interchange.recognition import recognize
from app.interchange.targets import TARGETS, Fitted, file_of
from app.labs.explorer.network import Network, build_network
from app.labs.explorer.network_file import fit_of
from app.labs.explorer.params import BpttParams
from app.labs.explorer.script import ScriptParams
from app.labs.explorer.script import run as script
from app.labs.explorer.script.expected import gradients, in_layout
from app.labs.parameters import IncompatibleParameters

Arrays = dict[str, Any]
Ran = tuple[Any, Any, Arrays]  # states, loss, gradients by the names in the file

STATE = "0.5,0,-0.5,0,1"
FORMS: dict[str, dict[str, str]] = {
    "RNN, tanh": {"cell": "rnn"},
    "RNN, ReLU": {"cell": "rnn", "activation": "relu"},
    "RNN, sigmoid": {"cell": "rnn", "activation": "sigmoid"},
    "RNN, identity": {"cell": "rnn", "activation": "identity"},
    "LSTM": {"cell": "lstm"},
    "GRU, reset before": {"cell": "gru"},
    "GRU, reset after": {"cell": "gru", "reset_gate": "after"},
    "GRU, reset after, no bias inside": {"cell": "gru", "reset_gate": "after", "updates": "0"},
    "RNN, initial state": {"cell": "rnn", "h0": STATE},
    "LSTM, initial state": {"cell": "lstm", "h0": STATE, "c0": "-1,2,0,0.5,0.1"},
    "GRU, initial state": {"cell": "gru", "reset_gate": "after", "updates": "0", "h0": STATE},
}
EVERY_TRUNCATION = {"RNN, tanh", "LSTM", "GRU, reset after"}
ASKED = {
    "text": "the quick fox",
    "hidden": "5",
    "truncation": "window",
    "k": "3",
    "updates": "5",
    "lr": "0.1",
}
FUNCTIONS = {"tanh": jnp.tanh, "relu": jax.nn.relu, "sigmoid": jax.nn.sigmoid, "identity": lambda a: a}
EXACT, ROUNDED = 1e-12, 1e-5


def in_torch(fit: Fitted, path: Path, net: Network) -> Ran:
    """torch.nn in float64."""
    torch.set_default_dtype(torch.float64)
    (D, _), (H, V) = net.W["Wx"].shape, net.W["Wy"].shape
    more = {"nonlinearity": "relu"} if net.settings["activation"] == "relu" else {}
    layer = getattr(torch.nn, fit.layout.layer.removeprefix("nn."))(D, H, **more)
    model = torch.nn.ModuleDict({"rnn": layer, "fc": torch.nn.Linear(H, V)})
    arrays = {k: torch.tensor(v) for k, v in safetensors.numpy.load_file(path).items()}
    beside = model.load_state_dict(arrays, strict=False)
    assert not beside.missing_keys
    assert set(beside.unexpected_keys) == set(fit.network.initial)
    given = [arrays[name][None] for name in STATES[net.settings["cell"]] if name in arrays]
    initial = tuple(given) if len(given) > 1 else given[0] if given else None
    states, _ = model["rnn"](torch.tensor(net.task.x), initial)
    loss = torch.nn.functional.cross_entropy(model["fc"](states), torch.tensor(net.sequence.target_rows))
    loss.backward()
    return states.detach(), loss.item(), {key: each.grad.numpy() for key, each in model.named_parameters()}


def loss_in_jax(states: Any, weight: Any, bias: Any, net: Network) -> Any:
    return -(net.sequence.target_rows * jax.nn.log_softmax(states @ weight + bias)).sum(-1).mean()


def in_jax(arrays: Arrays, run: Callable[[Arrays], Any], readout: tuple[str, str], net: Network) -> Ran:
    def loss_of(arrays: Arrays) -> Any:
        states, (weight, bias) = run(arrays), (arrays[name] for name in readout)
        turned = weight.T if len(weight) == len(bias) and weight.shape != net.W["Wy"].shape else weight
        return loss_in_jax(states, turned, bias, net), states

    (loss, states), grads = jax.value_and_grad(loss_of, has_aux=True)(arrays)
    return states, loss, grads


def weights_and_carry(path: Path, net: Network, c_first: bool = True) -> tuple[Arrays, Any]:
    """The arrays of a file without the initial state, and that as the carry of a cell: (c, h) in Flax."""
    arrays, names = safetensors.numpy.load_file(path), STATES[net.settings["cell"]]
    found = [jnp.asarray(arrays.pop(name, np.zeros(len(net.W["Wh"])))) for name in names]
    return arrays, tuple(found[:: -1 if c_first else 1]) if len(found) > 1 else found[0]


def in_linen(fit: Fitted, path: Path, net: Network) -> Ran:
    """flax.linen."""
    H, x = len(net.W["Wh"]), net.task.x
    more = {"activation_fn": FUNCTIONS[net.settings["activation"]]} if net.settings["cell"] == "rnn" else {}
    cell = getattr(linen, fit.layout.layer)(features=H, dtype=jnp.float64, **more)
    arrays, carry = weights_and_carry(path, net)

    def run(arrays: Arrays) -> Any:
        tree = traverse_util.unflatten_dict(arrays, sep="/")
        return jax.lax.scan(lambda h, x: cell.apply({"params": tree["params"]["cell"]}, h, x), carry, x)[1]

    return in_jax(arrays, run, fit.target.readout, net)


def in_nnx(fit: Fitted, path: Path, net: Network) -> Ran:
    """flax.nnx."""
    (D, _), H, s = net.W["Wx"].shape, len(net.W["Wh"]), net.settings
    more = {"activation_fn": FUNCTIONS[s["activation"]]} if s["cell"] == "rnn" else {}
    kind = getattr(nnx, fit.layout.layer)
    cell = kind(D, H, rngs=nnx.Rngs(0), param_dtype=jnp.float64, dtype=jnp.float64, **more)
    definition, parameters, rest = nnx.split(cell, nnx.Param, ...)
    flat = parameters.flat_state() if hasattr(parameters, "flat_state") else nnx.to_flat_state(parameters)

    def run(arrays: Arrays) -> Any:
        own = [(path, each.replace(arrays["cell." + ".".join(map(str, path))])) for path, each in flat]
        cell, carry = nnx.merge(definition, nnx.from_flat_state(own), rest), initial
        states = []
        for x in net.task.x:
            carry, h = cell(carry, x)
            states.append(h)
        return jnp.stack(states)

    arrays, initial = weights_and_carry(path, net)
    return in_jax(arrays, run, fit.target.readout, net)


def in_equinox(fit: Fitted, path: Path, net: Network) -> Ran:
    """equinox.nn."""
    (D, _), H = net.W["Wx"].shape, len(net.W["Wh"])
    cell = getattr(equinox.nn, fit.layout.layer)(D, H, key=jax.random.key(0), dtype=jnp.float64)
    arrays, initial = weights_and_carry(path, net, c_first=False)
    names = [name.removeprefix("cell.") for name in arrays if name.startswith("cell.")]

    def run(arrays: Arrays) -> Any:
        own = [jnp.asarray(arrays[f"cell.{name}"]) for name in names]
        mine = equinox.tree_at(lambda one: [getattr(one, name) for name in names], cell, own)
        is_lstm, carry = net.settings["cell"] == "lstm", initial
        states = []
        for x in net.task.x:
            carry = mine(x, carry)
            states.append(carry[0] if is_lstm else carry)
        return jnp.stack(states)

    return in_jax(arrays, run, fit.target.readout, net)


def in_keras(fit: Fitted, path: Path, net: Network) -> Ran:
    """keras.layers, in float32."""
    name, _, given = fit.layout.layer.partition("(")
    H, V = net.W["Wy"].shape
    more = (
        {"activation": net.settings["activation"].replace("identity", "linear")}
        if name == "SimpleRNN"
        else {}
    )
    more |= {"reset_after": False} if given else {}
    layer = getattr(keras.layers, name)(H, return_sequences=True, **more)
    model = keras.Sequential([keras.Input((None, net.task.x.shape[1])), layer, keras.layers.Dense(V)])
    model.load_weights(path)
    variables, x = model.trainable_variables, jnp.asarray(net.task.x[None], "float32")
    with h5py.File(path) as file:
        given = {name: file[name][:] for name in fit.network.initial}
    zeros = np.zeros(H)
    initial = [jnp.asarray(given.get(each, zeros)[None], "float32") for each in STATES[net.settings["cell"]]]

    def loss_of(values: Any) -> Any:
        with keras.StatelessScope(state_mapping=[*zip(variables, values, strict=True)]):
            states = layer(x, initial_state=initial)[0]
        return loss_in_jax(states, values[-2], values[-1], net), states

    (loss, states), grads = jax.value_and_grad(loss_of, has_aux=True)([each.value for each in variables])
    return states, loss, dict(zip(fit.arrays(), grads, strict=True))


def in_onnx(fit: Fitted, path: Path, net: Network) -> Ran:
    """ONNX's reference implementation in float64, ONNX Runtime in float32 for what that does not know."""
    model = onnx.load(path)
    onnx.checker.check_model(model)
    x, is_known = net.task.x[:, None], net.settings["activation"] in {"tanh", "identity"}
    if is_known:
        logits, states = ReferenceEvaluator(model).run(None, {"X": x})
    else:
        data = file_of(fit, "float32", "")
        logits, states = onnxruntime.InferenceSession(data).run(None, {"X": x.astype("float32")})
    logits = logits[:, 0]
    rows = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return states[:, 0], -(net.sequence.target_rows * rows).sum(1).mean(), {}


RUN: dict[str, Callable[[Fitted, Path, Network], Ran]] = {
    "pytorch": in_torch,
    "keras": in_keras,
    "flax": in_linen,
    "nnx": in_nnx,
    "equinox": in_equinox,
    "onnx": in_onnx,
}


def error(theirs: Any, ours: Any, largest: float | None = None) -> float:
    """The largest difference, relative to the largest number."""
    theirs, ours = np.asarray(theirs), np.asarray(ours)
    assert theirs.shape == ours.shape, (theirs.shape, ours.shape)
    return float(np.abs(theirs - ours).max() / (largest or np.abs(ours).max()))


def compare(name: str, form: str, folder: Path) -> tuple[str, str, float, float | None, float | None] | None:
    """The errors of the file read again, of the states and the loss, and of the gradients."""
    params = BpttParams.model_validate(ASKED | FORMS[form])
    net = build_network(params)
    try:
        fit = fit_of(net, name)
    except IncompatibleParameters as refused:
        print(f"{TARGETS[name].framework}, {form}: refused, {refused.code}")
        return None
    path = folder / f"model.{TARGETS[name].ending}"
    path.write_bytes(file_of(fit, "float64", ""))
    again, own = recognize(read_file(path.read_bytes())).network, fit.network
    parts = [(again.Wy, own.Wy), (again.by, own.by)]
    parts += [(getattr(again.recurrent, p), getattr(own.recurrent, p)) for p in ("Wx", "Wh", "b", "bh")]
    parts += [(again.initial[p], own.initial[p]) for p in own.initial]
    read = max(float(np.abs(one - other).max()) for one, other in parts if other is not None)
    if name not in RUN:
        return TARGETS[name].framework, form, read, None, None
    states, loss, grads = RUN[name](fit, path, net)
    full, _ = gradients(net)
    page = in_layout(net, fit, full)
    largest = max(float(np.abs(each).max()) for each in page.values())
    total = float(net.forward.losses @ net.task.factors)
    forward = max(error(states, net.forward.h), abs(float(loss) - total) / total)
    worst = (
        max((error(grads[key], each, largest) for key, each in page.items()), default=0.0) if grads else None
    )
    return TARGETS[name].framework, form, read, forward, worst


def run_script(library: str, form: str, truncation: str) -> dict[str, float]:
    """The errors that a script prints, the worst of states and of gradients."""
    asked = ASKED | FORMS[form] | {"truncation": truncation, "cut": "0.4", "cut_seed": "3", "cuts": "2,4"}
    asked |= {"text": "banana", "targets": "an·na!", "k1": "2"}
    if truncation == "blocks":
        asked |= {"h0": "0.5,0,-0.5,0,1", "loss": "squared_error"}
    source = script(ScriptParams.model_validate(asked | {"library": library}))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, f"{library}, {form}, {truncation}", "exec"), {})
    errors = re.findall(r"^(states|loss|\w+ gradient)[^:]*: (\S+)$", printed.getvalue(), re.MULTILINE)
    return {
        "states": max(float(number) for what, number in errors if "gradient" not in what),
        "gradients": max(float(number) for what, number in errors if "gradient" in what),
    }


def run_scripts(library: str) -> None:
    """Run the scripts of every cell and truncation in this process, and print the worst errors."""
    for form in FORMS:
        found = []
        for truncation in SCHEMES if form in EVERY_TRUNCATION else ("blocks", "randomized"):
            try:
                found.append(run_script(library, form, truncation))
            except IncompatibleParameters as refused:
                print(f"{library}, {form}: refused, {refused.code}")
                break
        if found:
            worst = {key: max(each[key] for each in found) for key in found[0]}
            print(f"{library}, {form}, {len(found)} truncations: {worst}", flush=True)


def main() -> None:
    """Compare all, print the table, and run the scripts; those for Keras in a process for each backend."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [compare(name, form, Path(folder)) for name, form in itertools.product(TARGETS, FORMS)]
    print("| framework | cell | read again | states, loss | gradients |\n|---|---|---|---|---|")
    for framework, form, *errors in filter(None, rows):
        written = ["" if each is None else f"{each:.0e}" for each in errors]
        print(f"| {framework} | {form} | {' | '.join(written)} |")
        exact = framework != "Keras 3" and not (framework == "ONNX" and form in {"RNN, ReLU", "RNN, sigmoid"})
        limit = EXACT if exact else ROUNDED
        assert all(each is None or each < limit for each in errors), (framework, form, errors)
        assert errors[0] == 0, (framework, form)
    for library, backend in (("torch_layer", "jax"), ("keras_layer", "jax"), ("keras_layer", "torch")):
        print(f"{library}, KERAS_BACKEND={backend}", flush=True)
        command = [sys.executable, "-m", "tests.frameworks.exported", library]
        subprocess.run(command, check=True, env=os.environ | {"KERAS_BACKEND": backend})


if __name__ == "__main__":
    run_scripts(sys.argv[1]) if len(sys.argv) > 1 else main()

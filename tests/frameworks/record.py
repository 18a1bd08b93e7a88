"""Record what real frameworks compute: a small random network of each, its file, states and gradients.

``python -m tests.frameworks.record FOLDER`` with the packages of the dependency group ``frameworks``;
``make frameworks`` runs it and compares. For each network it writes the file that the framework or its usual
library saves, and ``NAME.npz`` with the states (T, H), the mean cross-entropy, and the gradients of all its
arrays by their names in the file. Computed in float64 where the framework can.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"

import equinox
import flax.linen as linen
import jax
import jax.numpy as jnp
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from flax import nnx
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import save_file as save_tensors

T, D, H = 7, 5, 3
TOKENS, TARGETS = [0, 1, 2, 2, 3, 4, 1], [1, 2, 2, 3, 4, 1, 0]
X = np.eye(D)[TOKENS]

Arrays = dict[str, np.ndarray]


def random(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Weights that are no integers and no zeros, biases included."""
    return rng.normal(size=shape) * 0.7


def write(folder: Path, name: str, states: Any, loss: Any, gradients: Arrays) -> None:
    """What the framework computed."""
    arrays = {f"gradient:{key}": np.asarray(value) for key, value in gradients.items()}
    np.savez_compressed(folder / f"{name}.npz", states=np.asarray(states), loss=np.asarray(loss), **arrays)


def pytorch(folder: Path) -> None:
    """torch.nn in float64, saved as safetensors; the rnn also with relu, in npz and JSON."""
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    layers: dict[str, Callable[[], torch.nn.Module]] = {
        "pytorch-rnn": lambda: torch.nn.RNN(D, H),
        "pytorch-relu": lambda: torch.nn.RNN(D, H, nonlinearity="relu"),
        "pytorch-lstm": lambda: torch.nn.LSTM(D, H),
        "pytorch-gru": lambda: torch.nn.GRU(D, H),
    }
    for name, make in layers.items():
        model = torch.nn.ModuleDict({"rnn": make(), "fc": torch.nn.Linear(H, D)})
        for each in model.parameters():
            torch.nn.init.normal_(each, std=0.7)
        states, _ = model["rnn"](torch.tensor(X)[:, None])
        loss = torch.nn.functional.cross_entropy(model["fc"](states)[:, 0], torch.tensor(TARGETS))
        loss.backward()
        save_tensors(model.state_dict(), folder / f"{name}.safetensors")
        gradients = {key: each.grad.numpy() for key, each in model.named_parameters()}
        write(folder, name, states.detach().numpy()[:, 0], loss.item(), gradients)


def in_jax(folder: Path, name: str, weights: Arrays, run: Callable[[Arrays], Any], bias: str, W: str) -> None:
    """A network in JAX, whose arrays are saved as safetensors by their names."""

    def loss_of(weights: Arrays) -> Any:
        states = run(weights)
        readout = weights[W].T if len(weights[W]) == D else weights[W]
        logits = states @ readout + weights[bias]
        rows = jax.nn.log_softmax(logits)[jnp.arange(T), jnp.array(TARGETS)]
        return -rows.mean(), states

    (loss, states), gradients = jax.value_and_grad(loss_of, has_aux=True)(weights)
    save_arrays(
        {key: np.ascontiguousarray(each) for key, each in weights.items()}, folder / f"{name}.safetensors"
    )
    write(folder, name, states, loss, gradients)


def flax_linen(folder: Path) -> None:
    """The cells of flax.linen."""
    rng = np.random.default_rng(1)
    cells = {
        "linen-rnn": linen.SimpleCell,
        "linen-lstm": linen.LSTMCell,
        "linen-optimized-lstm": linen.OptimizedLSTMCell,
        "linen-gru": linen.GRUCell,
    }
    for name, kind in cells.items():
        cell = kind(features=H, param_dtype=jnp.float64, dtype=jnp.float64)
        start = cell.initialize_carry(jax.random.key(0), (D,))
        start = jax.tree.map(lambda part: part.astype(jnp.float64), start)
        shapes = jax.tree.map(jnp.shape, cell.init(jax.random.key(0), start, X[0])["params"])
        leaves = jax.tree_util.tree_leaves_with_path(shapes, is_leaf=lambda one: isinstance(one, tuple))
        weights = {
            "params/cell/" + "/".join(key.key for key in path): random(rng, *shape) for path, shape in leaves
        }
        weights |= {"params/out/kernel": random(rng, H, D), "params/out/bias": random(rng, D)}

        def run(weights: Arrays, cell: Any = cell, start: Any = start) -> Any:
            own: dict[str, Any] = {}
            for key, each in weights.items():
                if key.startswith("params/cell/"):
                    part, kind = key.removeprefix("params/cell/").split("/")
                    own.setdefault(part, {})[kind] = each
            _, states = jax.lax.scan(lambda carry, x: cell.apply({"params": own}, carry, x), start, X)
            return states

        in_jax(folder, name, weights, run, "params/out/bias", "params/out/kernel")


def flax_nnx(folder: Path) -> None:
    """The cells of flax.nnx."""
    rng = np.random.default_rng(2)
    cells = {
        "nnx-rnn": nnx.SimpleCell,
        "nnx-lstm": nnx.LSTMCell,
        "nnx-optimized-lstm": nnx.OptimizedLSTMCell,
        "nnx-gru": nnx.GRUCell,
    }
    for name, kind in cells.items():
        cell = kind(D, H, rngs=nnx.Rngs(0), param_dtype=jnp.float64, dtype=jnp.float64)
        definition, parameters, rest = nnx.split(cell, nnx.Param, ...)
        flat = parameters.flat_state() if hasattr(parameters, "flat_state") else nnx.to_flat_state(parameters)
        weights = {"cell." + ".".join(map(str, path)): random(rng, *each.shape) for path, each in flat}
        weights |= {"out.kernel": random(rng, H, D), "out.bias": random(rng, D)}

        def run(
            weights: Arrays,
            name: str = name,
            definition: Any = definition,
            rest: Any = rest,
            flat: Any = flat,
        ) -> Any:
            own = [(path, each.replace(weights["cell." + ".".join(map(str, path))])) for path, each in flat]
            cell = nnx.merge(definition, nnx.from_flat_state(own), rest)
            zeros = jnp.zeros(H)
            carry: Any = (zeros, zeros) if "lstm" in name else zeros
            states = []
            for x in X:
                carry, h = cell(carry, x)
                states.append(h)
            return jnp.stack(states)

        in_jax(folder, name, weights, run, "out.bias", "out.kernel")


def in_equinox(folder: Path) -> None:
    """The cells of equinox.nn."""
    rng = np.random.default_rng(3)
    for name, kind in {"equinox-lstm": equinox.nn.LSTMCell, "equinox-gru": equinox.nn.GRUCell}.items():
        cell = kind(D, H, key=jax.random.key(0), dtype=jnp.float64)
        parts = ["weight_ih", "weight_hh", "bias", *(["bias_n"] if "gru" in name else [])]
        weights = {f"cell.{part}": random(rng, *getattr(cell, part).shape) for part in parts}
        weights |= {"linear.weight": random(rng, D, H), "linear.bias": random(rng, D)}

        def run(weights: Arrays, cell: Any = cell, parts: list[str] = parts, name: str = name) -> Any:
            own = [weights[f"cell.{part}"] for part in parts]
            cell = equinox.tree_at(lambda one: [getattr(one, part) for part in parts], cell, own)
            zeros = jnp.zeros(H)
            carry: Any = (zeros, zeros) if "lstm" in name else zeros
            states = []
            for x in X:
                carry = cell(x, carry)
                states.append(carry[0] if "lstm" in name else carry)
            return jnp.stack(states)

        in_jax(folder, name, weights, run, "linear.bias", "linear.weight")


def in_keras(folder: Path) -> None:
    """keras.layers on JAX, which computes in float32 whatever it is told; as .keras and .weights.h5."""
    rng = np.random.default_rng(4)
    layers = {
        "keras-rnn": keras.layers.SimpleRNN(H, return_sequences=True, name="my_rnn"),
        "keras-relu": keras.layers.SimpleRNN(H, return_sequences=True, activation="relu"),
        "keras-lstm": keras.layers.LSTM(H, return_sequences=True),
        "keras-gru": keras.layers.GRU(H, return_sequences=True),
        "keras-gru-before": keras.layers.GRU(H, return_sequences=True, reset_after=False),
    }
    for name, layer in layers.items():
        model = keras.Sequential([keras.Input((T, D)), layer, keras.layers.Dense(D)])
        model.set_weights([random(rng, *each.shape) for each in model.get_weights()])
        model.save(folder / f"{name}.keras")
        if name in {"keras-lstm", "keras-gru-before"}:
            model.save_weights(folder / f"{name}.weights.h5")
        values = [each.value for each in model.trainable_variables]
        count = len(layer.trainable_variables)

        def loss_of(values: Any, model: Any = model, layer: Any = layer, count: int = count) -> Any:
            states, _ = layer.stateless_call(
                values[:count],
                [each.value for each in layer.non_trainable_variables],
                jnp.asarray(X[None], "float32"),
            )
            logits = states[0] @ values[count] + values[count + 1]
            rows = jax.nn.log_softmax(logits)[jnp.arange(T), jnp.array(TARGETS)]
            return -rows.mean(), states[0]

        (loss, states), gradients = jax.value_and_grad(loss_of, has_aux=True)(values)
        kind = {"SimpleRNN": "simple_rnn"}.get(type(layer).__name__, type(layer).__name__.lower())
        names = [
            *(f"{kind}.{part}" for part in ("kernel", "recurrent_kernel", "bias")),
            "dense.kernel",
            "dense.bias",
        ]
        write(folder, name, states, loss, dict(zip(names, gradients, strict=True)))


def in_onnx(folder: Path) -> None:
    """Models as ONNX describes them, run by its reference implementation in float64, which has no gradients.

    That does not know Relu as a name of an activation, so this one is run by ONNX Runtime in float32.
    """
    rng = np.random.default_rng(5)
    kinds = {
        "onnx-rnn": ("RNN", 1, {}),
        "onnx-relu": ("RNN", 1, {"activations": ["Relu"]}),
        "onnx-lstm": ("LSTM", 4, {}),
        "onnx-gru": ("GRU", 3, {}),
        "onnx-gru-after": ("GRU", 3, {"linear_before_reset": 1}),
    }
    for name, (kind, G, attributes) in kinds.items():
        precision = "float32" if name == "onnx-relu" else "float64"
        tensors = {
            "W": random(rng, 1, G * H, D),
            "R": random(rng, 1, G * H, H),
            "B": random(rng, 1, 2 * G * H),
            "out_W": random(rng, H, D),
            "out_b": random(rng, D),
        }
        nodes = [
            helper.make_node(kind, ["X", "W", "R", "B"], ["Y"], hidden_size=H, **attributes),
            helper.make_node("Squeeze", ["Y", "one"], ["h"]),
            helper.make_node("MatMul", ["h", "out_W"], ["product"]),
            helper.make_node("Add", ["product", "out_b"], ["logits"]),
        ]
        tensors = {key: each.astype(precision) for key, each in tensors.items()}
        kind_of_number = helper.np_dtype_to_tensor_dtype(np.dtype(precision))
        graph = helper.make_graph(
            nodes,
            "model",
            [helper.make_tensor_value_info("X", kind_of_number, [T, 1, D])],
            [
                helper.make_tensor_value_info("logits", kind_of_number, [T, 1, D]),
                helper.make_tensor_value_info("h", kind_of_number, [T, 1, H]),
            ],
            [
                *(numpy_helper.from_array(each, key) for key, each in tensors.items()),
                numpy_helper.from_array(np.array([1]), "one"),
            ],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
        onnx.checker.check_model(model)
        onnx.save(model, folder / f"{name}.onnx")
        run = (
            onnxruntime.InferenceSession(model.SerializeToString()).run
            if precision == "float32"
            else ReferenceEvaluator(model).run
        )
        logits, states = run(None, {"X": X[:, None].astype(precision)})
        rows = logits[:, 0] - np.log(np.exp(logits[:, 0]).sum(axis=1, keepdims=True))
        write(folder, name, states[:, 0], -rows[np.arange(T), TARGETS].mean(), {})


def exported_by_pytorch(folder: Path) -> None:
    """nn.GRU as PyTorch exports it to ONNX, in float32, without gradients."""
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(6)

    class Model(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn, self.fc = torch.nn.GRU(D, H), torch.nn.Linear(H, D)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            states, _ = self.rnn(x)
            return self.fc(states)

    model, x = Model(), torch.tensor(X, dtype=torch.float32)[:, None]
    torch.onnx.export(model, (x,), folder / "pytorch-gru-exported.onnx", dynamo=False)
    states, _ = model.rnn(x)
    loss = torch.nn.functional.cross_entropy(model.fc(states)[:, 0], torch.tensor(TARGETS))
    loss.backward()
    write(folder, "pytorch-gru-exported", states.detach().numpy()[:, 0], loss.item(), {})


def pytorch_formats(folder: Path) -> None:
    """nn.RNN in float32, bfloat16 and float16 on the CPU: states, the gradient of Wh, and where one is 0.

    The recurrent matrix has the spectral radius 0.5, so gradients vanish. ``zero`` is the number of steps
    back after which the gradient of the last loss is 0 in all units and in the first one, or -1.
    """
    steps, size, symbols = 130, 8, 6
    rng = np.random.default_rng(3)
    tokens = rng.integers(symbols, size=steps + 1)
    Wh = rng.normal(size=(size, size))
    Wh *= 0.5 / np.abs(np.linalg.eigvals(Wh)).max()
    weights = {
        "Wx": rng.normal(size=(symbols, size)) / np.sqrt(symbols),
        "Wh": Wh,
        "b": rng.normal(size=size) / 4,
        "Wy": rng.normal(size=(size, symbols)) / np.sqrt(size),
        "by": rng.normal(size=symbols) / 4,
    }
    found: Arrays = {"tokens": tokens, **weights}
    for kind in (torch.float32, torch.bfloat16, torch.float16):
        W = {name: torch.tensor(part, dtype=kind) for name, part in weights.items()}
        layer = torch.nn.RNN(symbols, size, dtype=kind)
        with torch.no_grad():
            layer.weight_ih_l0.copy_(W["Wx"].T)
            layer.weight_hh_l0.copy_(W["Wh"].T)
            layer.bias_ih_l0.copy_(W["b"])
            layer.bias_hh_l0.zero_()
        x = torch.eye(symbols, dtype=kind)[torch.tensor(tokens[:-1])]
        state, states = torch.zeros(1, size, dtype=kind), []
        for row in x:  # one call a step, so that the gradient of every state can be asked for
            _, state = layer(row[None], state)
            state.retain_grad()
            states.append(state)
        logits = torch.nn.functional.linear(torch.cat(states), W["Wy"].T, W["by"])
        losses = torch.nn.functional.cross_entropy(logits, torch.tensor(tokens[1:]), reduction="none")
        losses[-1].backward(retain_graph=True)
        rows = torch.cat([each.grad for each in reversed(states)]) == 0
        first = [int(hit.int().argmax()) if hit.any() else -1 for hit in (rows.all(dim=1), rows.any(dim=1))]
        layer.zero_grad()
        losses.mean().backward()
        name = str(kind).removeprefix("torch.")
        found |= {
            f"{name} states": torch.cat(states).detach().float().numpy(),
            f"{name} dWh": layer.weight_hh_l0.grad.float().numpy().T,
            f"{name} zero": np.array(first),
        }
    np.savez_compressed(folder / "pytorch-formats.npz", **found)


def main(folder: Path) -> None:
    """Record all."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in (
        pytorch,
        flax_linen,
        flax_nnx,
        in_equinox,
        in_keras,
        in_onnx,
        exported_by_pytorch,
        pytorch_formats,
    ):
        record(folder)
        print(record.__name__, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

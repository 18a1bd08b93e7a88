"""Networks as files of other frameworks, the inverse of reading them: a registry, a line per framework.

A network is written only where the framework's layer computes exactly the same; otherwise it is refused with
the name of what differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..bptt.arrays import Array
from .formats import keras_file, npz_file, onnx_writing, safetensors_file
from .layouts import LAYOUTS, Layout, write
from .network import Network, Recurrent
from .refused import Refused

PRECISIONS = ("float64", "float32")
STATE_IN_JAX = 'safetensors.flax.load_file(FILE)["STATE"]'


@dataclass(frozen=True)
class Target:
    """How a file for a framework is written.

    ``names`` is the pattern of the recurrent layer's arrays: {name} is that of the layout, {layer} that of
    the layer in snake case. ``readout`` are the names of its matrix and bias. ``write`` gets the arrays by
    name, the layout, the activation and a text about the network. ``loading`` is the line that reads the
    file, called FILE. ``state`` reads a vector of the initial state, called STATE: an array that is no
    parameter; it is empty where the model has it inside. ``activations`` are those that the layer of an rnn
    can have.
    """

    framework: str
    ending: str
    names: str
    readout: tuple[str, str]
    write: Callable[[Mapping[str, Array], Layout, str, str], bytes]
    loading: str
    state: str
    activations: tuple[str, ...] = ("tanh", "sigmoid", "relu", "identity")

    @property
    def layouts(self) -> list[Layout]:
        """The layouts of the framework's layers."""
        return [layout for layout in LAYOUTS if layout.framework == self.framework]


TARGETS: dict[str, Target] = {
    "pytorch": Target(
        "PyTorch",
        "safetensors",
        "rnn.{name}_l0",
        ("fc.weight", "fc.bias"),
        safetensors_file.write,
        "model.load_state_dict(safetensors.torch.load_file(FILE))",
        'safetensors.torch.load_file(FILE)["STATE"]',
        activations=("tanh", "relu"),
    ),
    "keras": Target(
        "Keras 3",
        "weights.h5",
        "{layer}.{name}",
        ("dense.kernel", "dense.bias"),
        keras_file.write,
        "model.load_weights(FILE)",
        'h5py.File(FILE)["STATE"][:]',
    ),
    "flax": Target(
        "Flax linen",
        "safetensors",
        "params/cell/{name}",
        ("params/out/kernel", "params/out/bias"),
        safetensors_file.write,
        'flax.traverse_util.unflatten_dict(safetensors.flax.load_file(FILE), sep="/")',
        STATE_IN_JAX,
    ),
    "nnx": Target(
        "Flax nnx",
        "safetensors",
        "cell.{name}",
        ("out.kernel", "out.bias"),
        safetensors_file.write,
        'flax.traverse_util.unflatten_dict(safetensors.flax.load_file(FILE), sep=".")',
        STATE_IN_JAX,
    ),
    "equinox": Target(
        "Equinox",
        "safetensors",
        "cell.{name}",
        ("linear.weight", "linear.bias"),
        safetensors_file.write,
        "safetensors.flax.load_file(FILE)",
        STATE_IN_JAX,
    ),
    "onnx": Target(
        "ONNX",
        "onnx",
        "{name}",
        ("Wy", "by"),
        onnx_writing.write,
        "onnxruntime.InferenceSession(FILE)",
        "",
    ),
    "npz": Target(
        "BPTT Explorer",
        "npz",
        "{name}",
        ("Wy", "by"),
        npz_file.write,
        "numpy.load(FILE)",
        'numpy.load(FILE)["STATE"]',
    ),
}


@dataclass(frozen=True)
class Fitted:
    """A network in the form in which a framework's layer has it."""

    target: Target
    layout: Layout
    network: Network

    @property
    def readout_is_transposed(self) -> bool:
        """Whether the matrix of the readout has outputs as rows."""
        return self.layout.transposed

    def name_of(self, name: str) -> str:
        """The name in the file of an array of the layout."""
        separator = "/" if "/" in self.target.names else "."
        own = name.replace(".", separator)
        return self.target.names.format(name=own, layer=snake_case(self.layout.layer))

    def arrays(self, network: Network | None = None) -> dict[str, Array]:
        """The arrays by the names in the file; of another network of the same form, these are gradients."""
        one, are_gradients = network or self.network, network is not None
        own = write(self.layout, one.recurrent, are_gradients)
        arrays = {self.name_of(name): array for name, array in own.items()}
        weight, bias = self.target.readout
        Wy = one.Wy.T if self.readout_is_transposed else one.Wy
        return arrays | {weight: np.ascontiguousarray(Wy), bias: one.by}


def fitted(name: str, network: Network) -> Fitted:
    """The network as the framework has it.

    Raises:
        Refused: ``file_no_such_cell``, ``file_no_activation``, ``file_reset_after`` for a gru that resets
            before the product where the framework's does so after it, ``file_bias_inside`` for a bias inside
            the reset where the framework's has none.

    """
    target, cell = TARGETS[name], network.recurrent.cell
    layouts = [layout for layout in target.layouts if layout.cell == cell]
    if not layouts:
        raise Refused("file_no_such_cell", target.framework)
    if cell == "rnn" and network.activation not in target.activations:
        raise Refused("file_no_activation", target.framework, ", ".join(target.activations))
    for layout in layouts:
        layer = in_form(network.recurrent, layout.reset)
        if layer is None:
            continue
        if layer.bh is not None and layer.bh.any() and "n" not in layout.biased_recurrent_gates:
            raise Refused("file_bias_inside", target.framework)
        return Fitted(target, layout, replace(network, recurrent=layer))
    raise Refused("file_reset_after", target.framework)


def file_of(fit: Fitted, precision: str, about: str) -> bytes:
    """The file, whose numbers are rounded to the precision.

    Raises:
        Refused: ``file_not_finite`` with the name of the array.

    """
    arrays = {}
    with np.errstate(over="ignore"):
        for name, array in {**fit.arrays(), **fit.network.initial}.items():
            arrays[name] = np.ascontiguousarray(array, dtype=precision)
            if not np.isfinite(arrays[name]).all():
                raise Refused("file_not_finite", name)
    return fit.target.write(arrays, fit.layout, fit.network.activation, about)


def in_form(layer: Recurrent, reset: str | None) -> Recurrent | None:
    """The same function with its reset elsewhere; None where there is no such layer.

    With one unit, r h w = (r h) w, so that both forms of a gru agree if there is no bias inside the reset.
    """
    if layer.reset == reset:
        return layer
    if layer.H > 1 or (layer.bh is not None and layer.bh.any()):
        return None
    return replace(layer, reset=reset, bh=np.zeros(1) if reset == "after" else None)


def snake_case(layer: str) -> str:
    """The name that Keras gives to the only layer of a class: SimpleRNN is simple_rnn."""
    return {"SimpleRNN": "simple_rnn"}.get(layer, layer.partition("(")[0].lower())

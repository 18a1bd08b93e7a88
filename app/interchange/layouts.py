"""Layouts of recurrent weights by framework: names, order of the gates, transposes, biases, sense of z.

Each entry of ``LAYOUTS`` says where a framework keeps what this program calls Wx, Wh, b and bh.
``read`` and ``write`` are inverse to each other and use nothing but the entry, and docs/conventions.md is
generated from it. The entries were found by running the frameworks (torch 2.13, keras 3.15, flax 0.12.8,
equinox 0.13.8, onnx 1.23) and are tested on files that these have written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..bptt.arrays import Array
from .network import GATES, Recurrent
from .refused import Refused

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Layout:
    """Where a framework keeps the weights of one kind of layer.

    ``gates`` are this program's names of the gates in the order of their blocks. {gate} in the name of an
    array stands for a gate: each then has an array of its own; ``renamed`` are exceptions. ``transposed``
    arrays have outputs as rows. ``bias`` is added to the input's product and ``recurrent_bias`` to the
    state's, the latter for ``recurrent_bias_gates`` or for all. With ``stacked_biases`` both are the rows of
    the array ``bias``. With ``keeps_by_z`` the next state of a gru is z ⊙ h + (1 - z) ⊙ n, and otherwise
    (1 - z) ⊙ h + z ⊙ n.
    """

    framework: str
    layer: str
    cell: str
    gates: tuple[str, ...]
    kernel: str
    recurrent: str
    bias: str | None = None
    recurrent_bias: str | None = None
    recurrent_bias_gates: tuple[str, ...] | None = None
    reset: str | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    transposed: bool = False
    stacked_biases: bool = False
    keeps_by_z: bool = False

    @property
    def biased_recurrent_gates(self) -> tuple[str, ...]:
        """The gates that have a bias of the recurrent product."""
        if self.recurrent_bias is None:
            return ()
        return self.recurrent_bias_gates or GATES[self.cell]

    @property
    def weight_names(self) -> tuple[str, ...]:
        """The names of the arrays without which there is no such layer."""
        return (*self.names(self.kernel), *self.names(self.recurrent))

    @property
    def bias_names(self) -> tuple[str, ...]:
        """The names of its biases. A layer without biases has none of them."""
        own = () if self.stacked_biases else self.names(self.recurrent_bias, self.biased_recurrent_gates)
        return (*self.names(self.bias), *own)

    def names(self, template: str | None, gates: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The names of the arrays that a template stands for."""
        if template is None:
            return ()
        if "{gate}" not in template:
            return (template,)
        names = (template.format(gate=gate) for gate in gates or self.gates)
        return tuple(self.renamed.get(name, name) for name in names)


_IFGO, _RZN, _ZRN = ("i", "f", "g", "o"), ("r", "z", "n"), ("z", "r", "n")

_TORCH = Layout(
    "PyTorch",
    "nn.RNN",
    "rnn",
    ("a",),
    kernel="weight_ih",
    recurrent="weight_hh",
    bias="bias_ih",
    recurrent_bias="bias_hh",
    transposed=True,
)
_KERAS = Layout("Keras 3", "SimpleRNN", "rnn", ("a",), "kernel", "recurrent_kernel", "bias")
_KERAS_GRU = replace(_KERAS, cell="gru", gates=_ZRN, keeps_by_z=True)
_LINEN = Layout("Flax linen", "SimpleCell", "rnn", ("a",), "i.kernel", "h.kernel", "i.bias")
_LINEN_LSTM = Layout(
    "Flax linen",
    "LSTMCell",
    "lstm",
    _IFGO,
    kernel="i{gate}.kernel",
    recurrent="h{gate}.kernel",
    recurrent_bias="h{gate}.bias",
)
_NNX = Layout("Flax nnx", "SimpleCell", "rnn", ("a",), "dense_i.kernel", "dense_h.kernel", "dense_i.bias")
_EQUINOX = Layout(
    "Equinox",
    "LSTMCell",
    "lstm",
    _IFGO,
    kernel="weight_ih",
    recurrent="weight_hh",
    bias="bias",
    transposed=True,
)
_ONNX = Layout(
    "ONNX",
    "RNN",
    "rnn",
    ("a",),
    kernel="W",
    recurrent="R",
    bias="Wb",
    recurrent_bias="Rb",
    transposed=True,
)
_OWN = Layout("BPTT Explorer", "rnn", "rnn", ("a",), "Wx", "Wh", "b")

LAYOUTS: tuple[Layout, ...] = (
    _TORCH,
    replace(_TORCH, layer="nn.LSTM", cell="lstm", gates=_IFGO),
    replace(_TORCH, layer="nn.GRU", cell="gru", gates=_RZN, reset="after", keeps_by_z=True),
    _KERAS,
    replace(_KERAS, layer="LSTM", cell="lstm", gates=_IFGO),
    replace(_KERAS_GRU, layer="GRU", recurrent_bias="bias", stacked_biases=True, reset="after"),
    replace(_KERAS_GRU, layer="GRU(reset_after=False)", reset="before"),
    _LINEN,
    _LINEN_LSTM,
    Layout(
        "Flax linen",
        "GRUCell",
        "gru",
        _RZN,
        kernel="i{gate}.kernel",
        recurrent="h{gate}.kernel",
        bias="i{gate}.bias",
        recurrent_bias="h{gate}.bias",
        recurrent_bias_gates=("n",),
        reset="after",
        keeps_by_z=True,
    ),
    _NNX,
    replace(_LINEN_LSTM, framework="Flax nnx", renamed={"if.kernel": "if_.kernel"}),
    replace(
        _NNX,
        layer="OptimizedLSTMCell",
        cell="lstm",
        gates=_IFGO,
        bias=None,
        recurrent_bias="dense_h.bias",
    ),
    replace(_NNX, layer="GRUCell", cell="gru", gates=_RZN, reset="after", keeps_by_z=True),
    _EQUINOX,
    replace(
        _EQUINOX,
        layer="GRUCell",
        cell="gru",
        gates=_RZN,
        recurrent_bias="bias_n",
        recurrent_bias_gates=("n",),
        reset="after",
        keeps_by_z=True,
    ),
    _ONNX,
    replace(_ONNX, layer="LSTM", cell="lstm", gates=("i", "o", "f", "g")),
    replace(_ONNX, layer="GRU", cell="gru", gates=_ZRN, reset="before", keeps_by_z=True),
    replace(
        _ONNX, layer="GRU(linear_before_reset=1)", cell="gru", gates=_ZRN, reset="after", keeps_by_z=True
    ),
    _OWN,
    replace(_OWN, layer="lstm", cell="lstm", gates=GATES["lstm"]),
    replace(_OWN, layer="gru(reset_gate=before)", cell="gru", gates=GATES["gru"], reset="before"),
    replace(
        _OWN,
        layer="gru(reset_gate=after)",
        cell="gru",
        gates=GATES["gru"],
        recurrent_bias="bh",
        recurrent_bias_gates=("n",),
        reset="after",
    ),
)


def read(layout: Layout, arrays: Arrays) -> Recurrent:
    """The layer in this program's layout, from the framework's arrays by their names.

    Raises:
        Refused: ``file_missing`` names an array that is not there, ``file_shape`` one of the wrong shape.

    """
    kernel = _blocks(layout, layout.kernel, arrays)
    recurrent = _blocks(layout, layout.recurrent, arrays)
    H = next(iter(recurrent.values())).shape[1]
    for gate, block in recurrent.items():
        if block.shape != (H, H) or kernel[gate].shape != (len(next(iter(kernel.values()))), H):
            raise Refused("file_shape", layout.names(layout.recurrent)[0])
    added, inside = _biases(layout, arrays, H)
    bh = None
    if layout.reset == "after":
        bh = inside["n"]
        inside = inside | {"n": np.zeros(H)}
    biases = {gate: added[gate] + inside[gate] for gate in GATES[layout.cell]}
    Wx, Wh, b = (_joined(layout, blocks) for blocks in (kernel, recurrent, biases))
    return Recurrent(layout.cell, Wx, Wh, b, layout.reset, bh)


def write(layout: Layout, layer: Recurrent, are_gradients: bool = False) -> dict[str, Array]:
    """The framework's arrays by their names, from the layer in this program's layout; inverse to ``read``.

    b becomes the bias of the input's product where there is one, and the other is 0. Of gradients, each of
    two biases has that of their sum.

    Raises:
        Refused: ``file_other_cell``, where the framework's layer computes something else than this one.

    """
    if (layout.cell, layout.reset) != (layer.cell, layer.reset):
        raise Refused("file_other_cell", f"{layout.framework} {layout.layer}")
    gates, H = GATES[layer.cell], layer.H
    blocks = [
        dict(zip(gates, np.split(part, len(gates), axis=-1), strict=True))
        for part in (layer.Wx, layer.Wh, layer.b)
    ]
    for part in blocks:
        for gate in _negated(layout):
            part[gate] = -part[gate]
    kernel, recurrent, bias = blocks
    zeros = dict.fromkeys(gates, np.zeros(H))
    inside = zeros if layout.bias and not are_gradients else bias
    if layer.bh is not None:
        if layer.bh.any() and not are_gradients and "n" not in layout.biased_recurrent_gates:
            raise Refused("file_other_cell", f"{layout.framework} {layout.layer}")
        inside = inside | {"n": layer.bh}
    arrays = _named(layout, layout.kernel, kernel) | _named(layout, layout.recurrent, recurrent)
    if layout.stacked_biases and layout.bias:
        return arrays | {layout.bias: np.stack([_in_order(layout, bias), _in_order(layout, inside)])}
    if layout.bias:
        arrays |= _named(layout, layout.bias, bias)
    if layout.recurrent_bias:
        theirs = {gate: inside[gate] for gate in gates if gate in layout.biased_recurrent_gates}
        arrays |= _named(layout, layout.recurrent_bias, theirs)
    return arrays


def _blocks(layout: Layout, template: str, arrays: Arrays) -> dict[str, Array]:
    """The matrices (n, H) of every gate."""
    names = layout.names(template)
    found = [_array(arrays, name, 2) for name in names]
    turned = [array.T if layout.transposed else array for array in found]
    if len(names) == 1:
        if turned[0].shape[1] % len(layout.gates):
            raise Refused("file_shape", names[0])
        turned = np.split(turned[0], len(layout.gates), axis=1)
    return dict(zip(layout.gates, turned, strict=True))


def _biases(layout: Layout, arrays: Arrays, H: int) -> tuple[dict[str, Array], dict[str, Array]]:
    """The biases (H) of every gate, of the input's and the state's product; 0 where there is none."""
    none = {gate: np.zeros(H) for gate in layout.gates}
    if layout.stacked_biases and layout.bias and layout.bias in arrays:
        both = _array(arrays, layout.bias, 2)
        if both.shape != (2, len(layout.gates) * H):
            raise Refused("file_shape", layout.bias)
        rows = [np.split(row, len(layout.gates)) for row in both]
        added, inside = (dict(zip(layout.gates, row, strict=True)) for row in rows)
        return added, inside
    return (
        none | dict(_bias(layout, layout.bias, layout.gates, arrays, H)),
        none | dict(_bias(layout, layout.recurrent_bias, layout.biased_recurrent_gates, arrays, H)),
    )


def _bias(
    layout: Layout, template: str | None, gates: tuple[str, ...], arrays: Arrays, H: int
) -> Iterator[tuple[str, Array]]:
    if template is None:
        return
    if "{gate}" in template:
        parts = zip(gates, layout.names(template, gates), strict=True)
        yield from ((gate, _of_length(arrays, name, H)) for gate, name in parts if name in arrays)
    elif template in arrays:
        in_order = [gate for gate in layout.gates if gate in gates]
        whole = _of_length(arrays, template, len(in_order) * H)
        yield from zip(in_order, np.split(whole, len(in_order)), strict=True)


def _of_length(arrays: Arrays, name: str, n: int) -> Array:
    array = _array(arrays, name, 1)
    if len(array) != n:
        raise Refused("file_shape", name)
    return array


def _array(arrays: Arrays, name: str, ndim: int) -> Array:
    if name not in arrays:
        raise Refused("file_missing", name)
    if arrays[name].ndim != ndim:
        raise Refused("file_shape", name)
    return arrays[name]


def _negated(layout: Layout) -> tuple[str, ...]:
    """The gates whose weights change their sign: σ(-a) = 1 - σ(a) turns the sense of z round."""
    return ("z",) if layout.keeps_by_z else ()


def _joined(layout: Layout, blocks: Mapping[str, Array]) -> Array:
    negated = _negated(layout)
    parts = [-blocks[gate] if gate in negated else blocks[gate] for gate in GATES[layout.cell]]
    return np.concatenate(parts, axis=-1)


def _in_order(layout: Layout, blocks: Mapping[str, Array]) -> Array:
    return np.concatenate([blocks[gate] for gate in layout.gates if gate in blocks], axis=-1)


def _named(layout: Layout, template: str, blocks: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays by the framework's names, contiguous: safetensors writes others in the wrong order."""
    in_order = [gate for gate in layout.gates if gate in blocks]
    names = layout.names(template, tuple(in_order))
    parts = [blocks[gate] for gate in in_order] if len(names) > 1 else [_in_order(layout, blocks)]
    return {
        name: np.ascontiguousarray(part.T if layout.transposed else part)
        for name, part in zip(names, parts, strict=True)
    }

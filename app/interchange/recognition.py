"""Which framework's layer the arrays of a file are, by their names and shapes; and what cannot be taken.

A network is a recurrent layer and a linear readout, with an embedding before it, perhaps, and an initial
state. Whatever else a file has is refused by name: a wrong reading of weights would look right.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..bptt.activations import ACTIVATIONS
from ..bptt.arrays import Array
from . import configured_layers, own_note, shapes
from .assumptions import assumed
from .formats.contents import Contents
from .layouts import LAYOUTS, Arrays, Layout, read
from .network import GATES, STATES, Network, Recurrent, Source
from .own_note import OwnNote
from .refused import Refused

NAMES_AT_FAULT = (
    ("file_bidirectional", re.compile(r"_reverse$|(^|[./_])(backward|bidirectional)([./_]|$)")),
    ("file_projection", re.compile(r"weight_hr(_l\d+)?$")),
    ("file_layers", re.compile(r"_l[1-9]\d*$")),
)
WRITTEN_OTHERWISE = {"linear": "identity"}  # activations
EMBEDDING = re.compile(r"emb", re.IGNORECASE)


@dataclass(frozen=True)
class Recognized:
    """A network, the layout in which it came, and what the file does not say and was assumed.

    ``arrays`` are those of the recurrent layer by the layout's names, and ``embedding`` (V, D) is before it.
    ``note`` is what this program has written into the file.
    """

    layout: Layout
    network: Network
    assumed: tuple[str, ...]
    arrays: Arrays
    embedding: Array | None
    note: OwnNote | None = None


def recognize(contents: Contents) -> Recognized:
    """The network in this program's layout.

    Raises:
        Refused: ``file_no_recurrent_layer``, ``file_no_readout``, ``file_not_used`` for an array without a
            place here, ``file_widths`` where inputs and outputs differ in number, or what the layer has
            and this program has not, such as ``file_bidirectional``.

    """
    names = {_plain(name): name for name in contents.arrays}
    for name in contents.arrays:
        for code, pattern in NAMES_AT_FAULT:
            if pattern.search(name):
                raise Refused(code, name)
    arrays = {plain: contents.arrays[name] for plain, name in names.items()}
    said = configured_layers.said(contents.layers)
    layout, prefix, layer = _layer(arrays, names, contents.framework, said)
    used = [prefix + name for name in (*layout.weight_names, *layout.bias_names) if prefix + name in arrays]
    beside = {name: array for name, array in arrays.items() if name not in used}
    states = _states(beside, layer)
    others = {name: array for name, array in beside.items() if name not in states.values()}
    readout, by_name = _readout(others, layer.H, layout.transposed)
    embedding = _embedding(others, layer, {*readout})
    for name in others:
        if name not in {*readout, embedding}:
            raise Refused("file_not_used", names[name])
    if embedding:
        layer = with_one_hot_inputs(layer, arrays[embedding])
    note = own_note.read(contents.about)
    activation, open_questions = _activation(layout, said, note, bool(contents.layers))
    Wy, by = by_name
    if len(layer.Wx) != Wy.shape[1]:
        raise Refused("file_widths", f"{len(layer.Wx)} → {Wy.shape[1]}")

    def sources(plain: list[str], fills: str) -> Iterator[Source]:
        yield from (Source((names[name],), arrays[name].shape, fills) for name in plain if name)

    kernel, recurrent = (
        {prefix + name for name in layout.names(template)} for template in (layout.kernel, layout.recurrent)
    )
    # Of a bias of all gates, the part of n is inside the reset; the others are added.
    biases = layout.names(layout.recurrent_bias, layout.biased_recurrent_gates)
    inside = {prefix + name for name in biases} if layer.bh is not None else set()
    alone = layout.recurrent_bias_gates == ("n",)
    added = tuple(gate for gate in layout.gates if gate != "n")

    def parts_of(name: str) -> Iterator[Source]:
        """Of which b is made."""
        whole = Source((names[name],), arrays[name].shape, "b")
        if name not in inside:
            yield whole
        elif layout.stacked_biases:
            yield from (replace(whole, row=1), replace(whole, row=2, blocks=added))
        else:
            yield replace(whole, blocks=added)

    rows = [
        *sources([embedding or ""], "Wx"),
        *sources([name for name in used if name in kernel], "Wx"),
        *sources([name for name in used if name in recurrent], "Wh"),
        *(
            part
            for name in used
            if name not in kernel | recurrent | (inside if alone else set())
            for part in parts_of(name)
        ),
        *(
            source if alone else replace(source, blocks=("n",), row=2 if layout.stacked_biases else None)
            for source in sources([name for name in used if name in inside], "bh")
        ),
        *sources([*readout][:1], "Wy"),
        *sources([*readout][1:], "by"),
        *(source for fills, name in states.items() for source in sources([name], fills)),
    ]
    initial = {name: arrays[plain].reshape(-1) for name, plain in states.items()}
    network = Network(layer, Wy, by, activation, contents.precision, initial, rows)
    own = {name.removeprefix(prefix): arrays[name] for name in used}
    before = arrays[embedding] if embedding else None
    return Recognized(layout, network, open_questions, own, before, note)


def _plain(name: str) -> str:
    """A name with dots between its parts, without what every Flax file or first layer of PyTorch has."""
    return name.replace("/", ".").removeprefix("params.").removesuffix("_l0")


def _layer(
    arrays: Arrays, names: Mapping[str, str], framework: str | None, said: Mapping[str, object]
) -> tuple[Layout, str, Recurrent]:
    """The layout that explains most of the arrays, where it begins, and the layer."""
    found: list[tuple[int, Layout, str, Recurrent | Refused]] = []
    others: list[tuple[str, Layout]] = []  # whose weights of the state have no gates of this layout
    for layout in LAYOUTS:
        if framework not in {None, layout.framework} or said.get("reset", layout.reset) != layout.reset:
            continue
        for prefix in _prefixes(arrays, layout):
            if not all(prefix + name in arrays for name in layout.weight_names):
                continue
            own = {
                name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)
            }
            if not _has_gates(layout, own):
                others.append((prefix + layout.names(layout.recurrent)[0], layout))
                continue
            explained = sum(name in own for name in (*layout.weight_names, *layout.bias_names))
            try:
                found.append((explained, layout, prefix, read(layout, own)))
            except Refused as problem:
                why = shapes.misfit(layout, own, prefix, names) if problem.code == "file_shape" else problem
                found.append((explained, layout, prefix, why))
    if not found and others:
        name, _ = others[0]
        expected = shapes.of_state_weights(layout for other, layout in others if other == name)
        raise Refused("file_shape", names[name], expected, subject=shapes.written(arrays[name].shape))
    if not found:
        in_file = {names[name]: array for name, array in arrays.items()}
        raise Refused("file_no_recurrent_layer", "", shapes.listed(in_file))
    prefixes = list(dict.fromkeys(prefix for _, _, prefix, _ in found))
    if len(prefixes) > 1:
        raise Refused("file_layers", prefixes[1].removesuffix(".") or prefixes[1])
    # Of those with the same names only one has the right shapes, or they are equal.
    _, layout, prefix, layer = max(found, key=lambda one: (one[0], isinstance(one[3], Recurrent)))
    if isinstance(layer, Refused):
        raise layer
    return layout, prefix, layer


def _has_gates(layout: Layout, arrays: Arrays) -> bool:
    """Whether the state's weights are so many times as large in one direction as the layer has gates."""
    recurrent = arrays[layout.names(layout.recurrent)[0]]
    G = 1 if "{gate}" in layout.recurrent else len(layout.gates)
    return recurrent.ndim == 2 and max(recurrent.shape) == G * min(recurrent.shape)


def _prefixes(arrays: Arrays, layout: Layout) -> list[str]:
    """What stands before the names of the layout, such as ``rnn.``."""
    first = layout.weight_names[0]
    ends = [name.removesuffix(first) for name in arrays if name.endswith(first)]
    return [prefix for prefix in ends if not prefix or prefix.endswith(".")]


def _readout(others: Arrays, H: int, by_rows: bool) -> tuple[dict[str, Array], tuple[Array, Array]]:
    """The names of the readout's arrays, and Wy (H, V) and by (V)."""
    matrices = {
        name: array.T if by_rows else array
        for name, array in others.items()
        if array.ndim == 2 and not EMBEDDING.search(name)
    }
    fitting = [name for name, array in matrices.items() if len(array) == H]
    if not fitting:
        raise Refused("file_no_readout", next(iter(matrices), ""))
    name, *more = fitting
    if more:
        raise Refused("file_not_used", more[0])
    Wy = matrices[name]
    own = name.rpartition(".")[0]
    bias = next(
        (
            other
            for other, array in others.items()
            if array.ndim == 1 and other.rpartition(".")[0] == own and len(array) == Wy.shape[1]
        ),
        None,
    )
    by = np.zeros(Wy.shape[1]) if bias is None else others[bias]
    return {each: others[each] for each in (name, bias) if each}, (Wy, by)


def _states(others: Arrays, layer: Recurrent) -> dict[str, str]:
    """The names of the arrays with the initial state, by ``STATES``; axes of one batch and layer are none."""
    found = {}
    for name, array in others.items():
        own = name.rpartition(".")[2]
        if own not in STATES[layer.cell] or own in found:
            continue
        if array.shape[-1:] != (layer.H,) or array.size != layer.H:
            raise Refused("file_shape", name, str(layer.H), subject=shapes.written(array.shape))
        found[own] = name
    return found


def _embedding(others: Arrays, layer: Recurrent, taken: set[str]) -> str | None:
    """The name of an embedding (V, D), if the layer has one before it."""
    found = (
        name
        for name, array in others.items()
        if name not in taken
        and EMBEDDING.search(name)
        and array.ndim == 2
        and array.shape[1] == len(layer.Wx)
    )
    return next(found, None)


def with_one_hot_inputs(layer: Recurrent, embedding: Array) -> Recurrent:
    """The same layer for one-hot inputs: a symbol selects a row of the embedding, which Wx multiplies."""
    return Recurrent(layer.cell, embedding @ layer.Wx, layer.Wh, layer.b, layer.reset, layer.bh)


def _activation(
    layout: Layout, said: Mapping[str, object], note: OwnNote | None, is_configured: bool
) -> tuple[str, tuple[str, ...]]:
    """f of an rnn, which is tanh elsewhere, and what had to be assumed because the file has arrays alone."""
    is_rnn = len(GATES[layout.cell]) == 1
    if note is not None and not is_configured:
        return note.activation if is_rnn else "tanh", ()
    if not is_configured:
        return "tanh", assumed(layout)
    given = str(said.get("activation", "tanh")) if is_rnn else "tanh"
    name = WRITTEN_OTHERWISE.get(given, given)
    if name not in ACTIVATIONS:
        raise Refused("file_activations", name, ", ".join(ACTIVATIONS), str(said.get("name", layout.layer)))
    return name, ()

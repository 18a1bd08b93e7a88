"""What a file's configuration says of its layers; a layer that computes something else is refused by name.

A layer without weights leaves no trace among the arrays, so only those that are known to change nothing when
a trained network is run may stand beside the recurrent layer, the readout and an embedding.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .refused import Refused

Said = Mapping[str, Any]

RECURRENT = {"SimpleRNN", "LSTM", "GRU", "RNN"}
CELLS = {"SimpleRNNCell": "SimpleRNN", "LSTMCell": "LSTM", "GRUCell": "GRU"}
HARMLESS = {
    *("InputLayer", "Embedding", "Dropout", "SpatialDropout1D", "AlphaDropout"),
    *("GaussianDropout", "GaussianNoise", "ActivityRegularization"),
}
"""Layers that pass their inputs on when nothing is trained, and embeddings, whose arrays are recognized."""
GATED = {"activation": "tanh", "recurrent_activation": "sigmoid"}
OF_THE_LOSS = {"linear", "softmax", None}
"""Activations of outputs: a softmax belongs to the loss here."""


def said(layers: Sequence[Said]) -> dict[str, Any]:
    """What is said of the recurrent layer beside its weights; nothing if there is no configuration.

    Raises:
        Refused: ``file_layers``, ``file_bidirectional``, ``file_backwards``, ``file_gate_activations``,
            ``file_readout_activation``, or ``file_layer`` for one that has no place here.

    """
    plain = list(_unwrapped(layers))
    wrapped = [layer for layer in plain if layer["class"] == "Bidirectional"]
    if wrapped:
        raise Refused("file_bidirectional", wrapped[0].get("name", ""))
    recurrent = [layer for layer in plain if layer["class"] in RECURRENT]
    if len(recurrent) > 1:
        raise Refused("file_layers", recurrent[1].get("name", ""))
    if not recurrent:
        return {}
    layer = dict(recurrent[0])
    if layer.get("go_backwards"):
        raise Refused("file_backwards", layer.get("name", ""))
    if layer["class"] in {"LSTM", "GRU"}:
        for key, value in GATED.items():
            if layer.get(key, value) != value:
                raise Refused("file_gate_activations", _name(layer[key]), subject=_label(layer))
    at, outputs = plain.index(recurrent[0]), -1
    for place, other in enumerate(plain):
        if other["class"] == "Dense" and place > at:
            outputs = place
            if other.get("activation") not in OF_THE_LOSS:
                raise Refused("file_readout_activation", _name(other["activation"]), subject=_label(other))
        elif place != at and not _is_harmless(other, after_outputs=0 <= outputs < place):
            raise Refused("file_layer", _label(other))
    if layer["class"] == "GRU" and "reset_after" in layer:
        layer["reset"] = "after" if layer["reset_after"] else "before"
    return layer


def _unwrapped(layers: Sequence[Said]) -> Iterator[Said]:
    """The layers in order: those of models inside, what is applied to every step, cells as their layers."""
    for layer in layers:
        inner = layer.get("layer") if layer["class"] == "TimeDistributed" else layer.get("cell")
        if layer["class"] in {"Sequential", "Functional"}:
            yield from _unwrapped([_configured(one) for one in layer.get("layers", [])])
        elif layer["class"] == "TimeDistributed" and isinstance(inner, Mapping):
            yield from _unwrapped([_configured(inner)])
        elif layer["class"] == "RNN" and isinstance(inner, Mapping):
            cell = _configured(inner)
            kind = CELLS.get(str(cell["class"]))
            if kind is None:
                raise Refused("file_layer", _label({**layer, "class": cell["class"]}))
            yield {**cell, **layer, "class": kind}
        else:
            yield layer


def _configured(layer: Said) -> Said:
    """A layer as Keras writes one inside another."""
    return {"class": layer.get("class_name", ""), **layer.get("config", {})}


def _is_harmless(layer: Said, after_outputs: bool) -> bool:
    """Whether it changes nothing that matters here: after the outputs, a softmax is that of the loss."""
    if layer["class"] == "Activation":
        return layer.get("activation") == "linear" or (after_outputs and layer.get("activation") == "softmax")
    return layer["class"] in HARMLESS or (after_outputs and layer["class"] == "Softmax")


def _label(layer: Said) -> str:
    """Its name and class: activation_1 (Activation)."""
    name, kind = str(layer.get("name", "")), str(layer["class"])
    return f"{name} ({kind})" if name else kind


def _name(activation: object) -> str:
    """The name of an activation, which is an object in the configuration if it has settings."""
    if not isinstance(activation, Mapping):
        return str(activation)
    inner = activation.get("config")
    return inner if isinstance(inner, str) else str(activation.get("class_name", ""))

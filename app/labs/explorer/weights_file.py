"""Weights from a file of another framework, as parameters of a link of the explorer."""

from typing import Any
from urllib.parse import urlencode

import numpy as np

from ...bptt import weights
from ...bptt.arrays import Params
from ...interchange.formats import read_file
from ...interchange.network import Network
from ...interchange.recognition import Recognized, recognize
from ...interchange.refused import Refused
from ..packed_numbers import packed, packed_exactly
from . import misread_cost
from .params import MAX_HIDDEN, MAX_VOCABULARY, MAX_WEIGHT, MAX_WEIGHTS_LENGTH
from .symbols_of_network import SymbolsQuery, vocabulary_of

MAX_FILE_MB = 4
SECONDS = 0.5  # about what reading takes, with the first import of a reader
NO_SYMBOLS = SymbolsQuery()


def read_weights(data: bytes, symbols: SymbolsQuery = NO_SYMBOLS) -> dict[str, Any]:
    """What a file holds, with the fields of ``WeightsFile``.

    Raises:
        Refused: The file, or what it holds, cannot be taken; the code and the name say why.
        IncompatibleParameters: The vocabulary that is given is not that of the network.

    """
    recognized = recognize(read_file(data))
    network, layout = recognized.network, recognized.layout
    _require_limits(network)
    params, exact = parameters(network)
    vocabulary, from_file = _symbols(recognized, symbols)
    if from_file and recognized.note is not None:
        params["unit"] = recognized.note.unit
    is_read = recognized.note is not None and network.recurrent.cell == "rnn"
    return {
        "framework": layout.framework,
        "layer": layout.layer,
        "assumed": recognized.assumed,
        "noted": [*(["activation"] if is_read else []), *(["unit", "vocabulary"] if from_file else [])],
        "symbols": network.Wy.shape[1],
        "vocabulary": vocabulary,
        "precision": network.precision,
        "arrays": _arrays(recognized),
        "params": params,
        "fits_a_link": len(params["weights"]) <= MAX_WEIGHTS_LENGTH,
        "exact": exact,
        "link_length": len(urlencode(params)),
        "misread": misread_cost.costs(recognized),
    }


def _symbols(recognized: Recognized, asked: SymbolsQuery) -> tuple[str | None, bool]:
    """The vocabulary, and whether it is that of the file: it is, unless another one is asked for."""
    V, note = recognized.network.Wy.shape[1], recognized.note
    if note is None or asked.vocabulary:
        return vocabulary_of(V, asked), False
    if note.unit == "number":
        return "", True
    is_whole = len(note.symbols) == len({*note.symbols}) == V
    return (note.vocabulary, True) if is_whole else (vocabulary_of(V, asked), False)


def parameters(network: Network) -> tuple[dict[str, str], bool]:
    """The network as parameters of the explorer, without text and vocabulary; and whether they are exact.

    They are rounded to float32 where the exact numbers are too long for a link.
    """
    layer = network.recurrent
    params = {"cell": layer.cell, "hidden": str(layer.H)}
    if layer.reset is not None:
        params["reset_gate"] = layer.reset
    if layer.cell == "rnn":
        params["activation"] = network.activation
    parts = _in_order(network)
    exactly = packed_exactly(parts.values())
    is_exact = len(exactly) <= MAX_WEIGHTS_LENGTH
    params["weights"] = exactly if is_exact else packed(weights.flatten(parts), "f32")
    for name, state in network.initial.items():
        if state.any():
            params[name] = ",".join(map(repr, state.tolist()))
    return params, is_exact or params["weights"] == exactly


def _in_order(network: Network) -> Params:
    """The arrays by this program's names, in the order of ``weights.shapes``."""
    layer = network.recurrent
    inside = {} if layer.bh is None else {"bh": layer.bh}
    return {"Wx": layer.Wx, "Wh": layer.Wh, "b": layer.b, **inside, "Wy": network.Wy, "by": network.by}


def _require_limits(network: Network) -> None:
    H, V = network.Wy.shape
    if H > MAX_HIDDEN:
        raise Refused("file_too_wide", H, MAX_HIDDEN)
    if V > MAX_VOCABULARY:
        raise Refused("file_too_many_symbols", V, MAX_VOCABULARY)
    for name, part in {**_in_order(network), **network.initial}.items():
        if not np.isfinite(part).all():
            raise Refused("file_not_finite", name)
        largest = part.flat[np.abs(part).argmax()]
        if abs(largest) > MAX_WEIGHT:
            raise Refused("file_too_big_weight", f"{largest:.4g}", MAX_WEIGHT)


def _arrays(recognized: Recognized) -> list[dict[str, Any]]:
    layout = recognized.layout
    return [
        {
            "names": source.names,
            "shape": source.shape,
            "fills": source.fills,
            "blocks": source.blocks,
            "row": source.row,
            "transposed": layout.transposed and len(source.shape) == 2,
            "order": layout.gates if source.fills in {"Wx", "Wh", "b"} else (),
            "negated": ("z",) if layout.keeps_by_z and source.fills in {"Wx", "Wh", "b"} else (),
        }
        for source in recognized.network.sources
    ]

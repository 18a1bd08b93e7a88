"""Keras 3: reading .keras (a zip file with a configuration and weights), reading and writing .weights.h5."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ..layouts import Layout
from ..refused import Refused
from . import hdf5_writing
from .contents import Contents
from .npz_file import MAX_BYTES, members, unpacked
from .numbers import FORMATS, coarsest

HDF5 = b"\x89HDF\r\n\x1a\n"
WEIGHTS, CONFIGURATION = "model.weights.h5", "config.json"
CELL = ("kernel", "recurrent_kernel", "bias")
DENSE = ("kernel", "bias")


def recognizes(data: bytes) -> bool:
    """Whether it is HDF5, or a zip file with weights in HDF5."""
    return data.startswith(HDF5) or WEIGHTS in members(data, [])


def read(data: bytes) -> Contents:
    """The arrays of a file by layer, with the names that Keras gives them in memory, as ``gru.kernel``.

    Raises:
        Refused: ``file_damaged``, ``file_too_large`` unpacked, or ``file_not_floats`` by name.

    """
    if data.startswith(HDF5):
        return _weights(data, ())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        weights = unpacked(archive, WEIGHTS)
        try:
            configuration = json.loads(unpacked(archive, CONFIGURATION))
            layers = tuple(_layers(configuration["config"]["layers"]))
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            raise Refused("file_damaged", CONFIGURATION) from None
    return _weights(weights, layers)


def _layers(configured: list[Mapping[str, Any]]) -> Iterator[Mapping[str, object]]:
    for layer in configured:
        yield {"class": layer["class_name"], **layer["config"]}


def _weights(data: bytes, layers: tuple[Mapping[str, object], ...]) -> Contents:
    import pyfive  # a reader in Python; only where such a file is read

    try:
        file = pyfive.File(io.BytesIO(data))
        found, about = dict(_arrays(file)), file.attrs.get("about", b"")
    except Refused:
        raise
    except Exception:  # the reader does not say which errors a damaged file leads to
        raise Refused("file_damaged") from None
    precisions = [array.dtype.name for array in found.values()]
    arrays = {name: array.astype(np.float64) for name, array in found.items()}
    said = about.decode(errors="replace") if isinstance(about, bytes) else str(about)
    return Contents(arrays, coarsest(precisions), layers, "Keras 3", said)


def _arrays(group: Any, path: str = "") -> Iterator[tuple[str, Array]]:
    """The arrays of a group: those in ``vars`` have numbers, in the order in which Keras makes them."""
    for key in group:
        item = group[key]
        if hasattr(item, "keys"):
            yield from _arrays(item, f"{path}{key}/")
            continue
        size = int(np.prod(item.shape)) * item.dtype.itemsize
        if size > MAX_BYTES:
            raise Refused("file_too_large", path + key, MAX_BYTES // 2**20)
        if item.dtype.newbyteorder("=").name not in FORMATS:
            raise Refused("file_not_floats", path + key)
        yield _name(path, key, len(group)), np.asarray(item[...])


def _name(path: str, key: str, variables: int) -> str:
    """layers/gru/cell/vars/0 -> gru.kernel, layers/dense/vars/1 -> dense.bias."""
    *layer, _ = path.removeprefix("layers/").removesuffix("/").split("/")
    is_cell = layer[-1:] == ["cell"]
    names = CELL if is_cell else DENSE
    number = int(key) if key.isdecimal() else -1
    known = names[number] if 0 <= number < len(names) and variables <= len(names) else key
    return ".".join([*(layer[:-1] if is_cell else layer), known])


def write(arrays: Mapping[str, Array], layout: Layout, activation: str, about: str) -> bytes:
    """A .weights.h5 of a model with the layer and a Dense layer, which ``load_weights`` reads."""
    paths = {_path(name): array for name, array in arrays.items()}
    return hdf5_writing.write(paths, {"layer": f"keras.layers.{layout.layer}", "about": about})


def _path(name: str) -> str:
    """gru.kernel -> layers/gru/cell/vars/0, dense.bias -> layers/dense/vars/1, h0 -> h0; inverse to _name."""
    layer, _, part = name.rpartition(".")
    if not layer:
        return name
    if layer == "dense":
        return f"layers/dense/vars/{DENSE.index(part)}"
    return f"layers/{layer}/cell/vars/{CELL.index(part)}"

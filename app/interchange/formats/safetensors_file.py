"""Reading and writing .safetensors, such as a state_dict saved with ``safetensors.torch.save_file``."""

import json
from collections.abc import Mapping

from ...bptt.arrays import Array
from ..layouts import Layout
from ..refused import Refused
from .contents import Contents
from .numbers import coarsest, decoded

PRECISIONS = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16"}


def recognizes(data: bytes) -> bool:
    """Whether it begins like one: eight bytes for the length of a header, which is a JSON object."""
    return data[8:9] == b"{" and 2 <= int.from_bytes(data[:8], "little") <= len(data) - 8


def read(data: bytes) -> Contents:
    """The arrays of a file.

    Raises:
        Refused: ``file_damaged``, or ``file_not_floats`` with the name of an array of other numbers.

    """
    from safetensors import SafetensorError, deserialize  # only where such a file is read

    try:
        tensors = deserialize(data)  # type: ignore[no-untyped-call]
    except SafetensorError:
        raise Refused("file_damaged") from None
    in_order = sorted(tensors, key=lambda tensor: tensor[0])  # they come in another order each time
    found = {name: (PRECISIONS.get(entry["dtype"], ""), entry) for name, entry in in_order}
    return Contents(
        {
            name: decoded(bytes(entry["data"]), precision, entry["shape"], name)
            for name, (precision, entry) in found.items()
        },
        coarsest(precision for precision, _ in found.values()),
        about=_about(data),
    )


def _about(data: bytes) -> str:
    """The text about the network in the header, which ``deserialize`` leaves out."""
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return str(header.get("__metadata__", {}).get("about", ""))


def write(arrays: Mapping[str, Array], layout: Layout, activation: str, about: str) -> bytes:
    """A file of contiguous arrays, with the layer and the text in its metadata."""
    from safetensors.numpy import save

    # One entry: those of several come in another order each time.
    return save({**arrays}, {"about": f"{layout.framework} {layout.layer}. {about}"})

"""File formats of weights: a registry, and the reader that fits a file."""

from types import ModuleType

from ..refused import Refused
from . import json_file, keras_file, npz_file, onnx_file, safetensors_file
from .contents import Contents

FORMATS: tuple[ModuleType, ...] = (safetensors_file, keras_file, npz_file, json_file, onnx_file)
PICKLE = (b"\x80", b"PK")  # protocol 2 and later; a zip file that torch.save has written


def read_file(data: bytes) -> Contents:
    """The contents of a file of any known format. Nothing is ever unpickled.

    Raises:
        Refused: ``file_pickle`` for what torch.save or pickle has written, ``file_unknown_format``, or what
            the reader of the format says.

    """
    for one in FORMATS:
        if one.recognizes(data):
            contents: Contents = one.read(data)
            return contents
    if data.startswith(PICKLE[0]) or any(name.endswith("data.pkl") for name in npz_file.members(data, [])):
        raise Refused("file_pickle")
    raise Refused("file_unknown_format")

"""Writing HDF5: groups of arrays, in the oldest form of the format, which every reader knows.

HDF5 file format specification, version 3.0: superblock version 0 (II.A), groups as a B-tree with a local heap
(III.A-D), object headers version 1 (IV.A.1). Arrays are contiguous and not compressed.
"""

import struct
from collections.abc import Mapping

import numpy as np

from ...bptt.arrays import Array

SIGNATURE = b"\x89HDF\r\n\x1a\n"
UNDEFINED = 2**64 - 1  # an address of nothing
LEAF_K, INTERNAL_K = 4, 16  # half of the most entries of a node, as libhdf5 has them
MOST_IN_A_GROUP = 2 * LEAF_K
DATASPACE, DATATYPE, FILL_VALUE, LAYOUT, ATTRIBUTE, SYMBOL_TABLE = 0x1, 0x3, 0x5, 0x8, 0xC, 0x11
FLOATS = {  # exponent's place and size, mantissa's size, exponent's bias
    "float32": (23, 8, 23, 127),
    "float64": (52, 11, 52, 1023),
}
MAX_ATTRIBUTE = 60_000  # bytes, of a message


def write(arrays: Mapping[str, Array], attributes: Mapping[str, str]) -> bytes:
    """A file with arrays by their paths, such as a/b/0, and texts as attributes of its root."""
    file = bytearray(_superblock(0, 0))
    root = _group(file, _tree(arrays), attributes)
    file[:] = _superblock(root, len(file)) + file[len(_superblock(0, 0)) :]
    return bytes(file)


def _tree(arrays: Mapping[str, Array]) -> dict[str, object]:
    """Arrays in groups of groups."""
    tree: dict[str, object] = {}
    for path, array in arrays.items():
        *groups, name = path.split("/")
        at: dict[str, object] = tree
        for group in groups:
            at = at.setdefault(group, {})  # type: ignore[assignment]
        at[name] = array
    return tree


def _superblock(root: int, end: int) -> bytes:
    sizes = struct.pack("<8B2HI", 0, 0, 0, 0, 0, 8, 8, 0, LEAF_K, INTERNAL_K, 0)
    addresses = struct.pack("<4Q", 0, UNDEFINED, end, UNDEFINED)
    return SIGNATURE + sizes + addresses + _entry(0, root)


def _entry(name: int, header: int) -> bytes:
    """An entry of a symbol table: where its name is in the heap, and where its object header is."""
    return struct.pack("<2Q2I16x", name, header, 0, 0)


def _group(file: bytearray, members: Mapping[str, object], attributes: Mapping[str, str]) -> int:
    """Append a group; the address of its object header."""
    if len(members) > MOST_IN_A_GROUP:
        raise ValueError(f"more than {MOST_IN_A_GROUP} members")
    headers = {
        name: _group(file, member, {}) if isinstance(member, dict) else _dataset(file, np.asarray(member))
        for name, member in sorted(members.items())
    }
    names, offsets = bytearray(8), {}  # an empty name first
    for name in headers:
        offsets[name] = len(names)
        names += _padded(name.encode() + b"\0")
    segment = _append(file, bytes(names))
    heap = _append(file, b"HEAP" + struct.pack("<4x3Q", len(names), 1, segment))  # 1: nothing is free
    entries = b"".join(_entry(offsets[name], header) for name, header in headers.items())
    table = b"SNOD" + struct.pack("<BxH", 1, len(headers)) + entries
    node = _append(file, table.ljust(8 + MOST_IN_A_GROUP * len(_entry(0, 0)), b"\0"))
    keys = struct.pack("<3Q", 0, node, max(offsets.values(), default=0))
    head = b"TREE" + struct.pack("<2BH2Q", 0, 0, 1, UNDEFINED, UNDEFINED)
    tree = _append(file, (head + keys).ljust(24 + 8 * (4 * INTERNAL_K + 1), b"\0"))
    messages = [(SYMBOL_TABLE, struct.pack("<2Q", tree, heap))]
    messages += [(ATTRIBUTE, _attribute(name, text)) for name, text in attributes.items()]
    return _append(file, _header(messages))


def _dataset(file: bytearray, array: Array) -> int:
    """Append an array; the address of its object header."""
    data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
    address = _append(file, data)
    messages = [
        (DATASPACE, struct.pack(f"<3B5x{array.ndim}Q", 1, array.ndim, 0, *array.shape)),
        (DATATYPE, _float_type(array.dtype.name)),
        (FILL_VALUE, struct.pack("<4BI", 2, 2, 2, 1, 0)),  # the usual one, never needed
        (LAYOUT, struct.pack("<2B2Q", 3, 1, address, len(data))),  # contiguous
    ]
    return _append(file, _header(messages))


def _float_type(precision: str) -> bytes:
    """A little-endian IEEE number whose mantissa has a hidden 1, its sign in the last bit."""
    at, exponent, mantissa, bias = FLOATS[precision]
    bits = at + exponent + 1
    kind = struct.pack("<4BI", 0x11, 0x20, bits - 1, 0, bits // 8)
    return kind + struct.pack("<2H4BI", 0, bits, at, exponent, 0, mantissa, bias)


def _attribute(name: str, text: str) -> bytes:
    """A text in UTF-8 of fixed length."""
    said, key = text.encode()[:MAX_ATTRIBUTE] + b"\0", name.encode() + b"\0"
    kind, space = struct.pack("<4BI", 0x13, 0x10, 0, 0, len(said)), struct.pack("<8B", 1, *[0] * 7)
    sizes = struct.pack("<Bx3H", 1, len(key), len(kind), len(space))
    return sizes + b"".join(map(_padded, (key, kind, space))) + said


def _header(messages: list[tuple[int, bytes]]) -> bytes:
    body = b"".join(
        struct.pack("<2HB3x", kind, len(_padded(data)), 0) + _padded(data) for kind, data in messages
    )
    return struct.pack("<BxH2I4x", 1, len(messages), 1, len(body)) + body


def _append(file: bytearray, data: bytes) -> int:
    """Append what begins at a multiple of 8; its address."""
    address = len(file)
    file += _padded(data)
    return address


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)

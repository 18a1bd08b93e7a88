"""Reading .onnx with protobuf: the recurrent layer and the product after it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ..refused import Refused
from .contents import Contents
from .numbers import coarsest, decoded, reshaped

FLOAT, DOUBLE, FLOAT16, BFLOAT16 = 1, 11, 10, 16  # TensorProto.DataType
PRECISIONS = {FLOAT: "float32", DOUBLE: "float64", FLOAT16: "float16", BFLOAT16: "bfloat16"}
INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
CELLS = {"RNN": ("a",), "LSTM": ("i", "o", "f", "g"), "GRU": ("z", "r", "n")}
HARMLESS = {
    *("MatMul", "Gemm", "Add", "Softmax", "LogSoftmax", "Dropout", "Identity", "Cast", "OneHot"),
    *("Constant", "ConstantOfShape", "Shape", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose"),
    *("Gather", "Slice", "Concat", "Expand"),
}
"""Operators that make a linear readout, or only move numbers about."""

# The messages and fields of onnx.proto3 (ONNX IR 10) that are read or written: name, number, type, repeated.
MESSAGES: Mapping[str, tuple[tuple[str, int, str, bool], ...]] = {
    "Model": (
        ("ir_version", 1, "int64", False),
        ("producer_name", 2, "string", False),
        ("doc_string", 6, "string", False),
        ("graph", 7, "Graph", False),
        ("opset_import", 8, "OperatorSet", True),
    ),
    "OperatorSet": (("domain", 1, "string", False), ("version", 2, "int64", False)),
    "Graph": (
        ("node", 1, "Node", True),
        ("name", 2, "string", False),
        ("initializer", 5, "Tensor", True),
        ("input", 11, "Value", True),
        ("output", 12, "Value", True),
    ),
    "Value": (("name", 1, "string", False), ("type", 2, "Type", False)),
    "Type": (("tensor_type", 1, "TensorType", False),),
    "TensorType": (("elem_type", 1, "int32", False), ("shape", 2, "Shape", False)),
    "Shape": (("dim", 1, "Dimension", True),),
    "Dimension": (("dim_value", 1, "int64", False), ("dim_param", 2, "string", False)),
    "Node": (
        ("input", 1, "string", True),
        ("output", 2, "string", True),
        ("name", 3, "string", False),
        ("op_type", 4, "string", False),
        ("attribute", 5, "Attribute", True),
    ),
    "Attribute": (
        ("name", 1, "string", False),
        ("f", 2, "float", False),
        ("i", 3, "int64", False),
        ("s", 4, "bytes", False),
        ("t", 5, "Tensor", False),
        ("floats", 7, "float", True),
        ("ints", 8, "int64", True),
        ("strings", 9, "bytes", True),
        ("type", 20, "int32", False),
    ),
    "Tensor": (
        ("dims", 1, "int64", True),
        ("data_type", 2, "int32", False),
        ("float_data", 4, "float", True),
        ("int32_data", 5, "int32", True),
        ("name", 8, "string", False),
        ("raw_data", 9, "bytes", False),
        ("double_data", 10, "double", True),
    ),
}


def recognizes(data: bytes) -> bool:
    """Whether it begins like a model: with the field of the IR version, or of the graph."""
    return data[:1] in {b"\x08", b":"}


def read(data: bytes) -> Contents:
    """The arrays of the recurrent layer (without the axis of directions) and of the readout.

    Raises:
        Refused: ``file_damaged``, ``file_not_floats``, ``file_no_recurrent_layer``, or what such a layer
            has and this program has not, such as ``file_peepholes``.

    """
    from google.protobuf.message import DecodeError

    model = message("Model")()
    try:
        model.ParseFromString(data)
    except DecodeError:
        raise Refused("file_damaged") from None
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    tensors |= {node.output[0]: t for node in model.graph.node if (t := _constant(node)) is not None}
    layers = [node for node in model.graph.node if node.op_type in CELLS]
    if not layers:
        kinds = ", ".join(dict.fromkeys(node.op_type for node in model.graph.node))
        raise Refused("file_no_recurrent_layer", "", kinds or "–")
    if len(layers) > 1:
        raise Refused("file_layers", layers[1].name or layers[1].op_type)
    node = layers[0]
    for other in model.graph.node:
        if other.op_type not in {node.op_type, *HARMLESS}:
            raise Refused("file_layer", f"{other.name} ({other.op_type})" if other.name else other.op_type)
    attributes = {attribute.name: _value(attribute) for attribute in node.attribute}
    inputs = dict(zip(INPUTS, node.input, strict=False))  # the last ones may be left out
    _require_plain(node, attributes, inputs, tensors)
    arrays = dict(_layer(node.op_type, inputs, tensors))
    arrays |= dict(_readout(model.graph.node, tensors)) | dict(_initial_state(inputs, tensors))
    used = {tensors[name].data_type for name in [*inputs.values()] if name in tensors}
    precision = coarsest(PRECISIONS[kind] for kind in used if kind in PRECISIONS)
    said: dict[str, object] = {"class": node.op_type}
    if node.op_type == "RNN":
        said |= {"name": node.name or node.op_type, "activation": _activation(attributes)}
    if node.op_type == "GRU":
        said["reset"] = "after" if attributes.get("linear_before_reset") else "before"
    return Contents(arrays, precision, (said,), "ONNX", model.doc_string)


def _require_plain(
    node: Any, attributes: Mapping[str, Any], inputs: Mapping[str, str], tensors: Mapping[str, Any]
) -> None:
    """Refuse what this program's cells do not have, by name."""
    if attributes.get("direction", b"forward") != b"forward":
        raise Refused("file_bidirectional", node.name or node.op_type)
    if attributes.get("layout"):
        raise Refused("file_layout", node.name or node.op_type)
    if "clip" in attributes or attributes.get("input_forget"):
        raise Refused("file_clip", node.name or node.op_type)
    if inputs.get("P"):
        raise Refused("file_peepholes", inputs["P"])
    usual = {"GRU": ["sigmoid", "tanh"], "LSTM": ["sigmoid", "tanh", "tanh"]}.get(node.op_type)
    given = [text.decode(errors="replace").lower() for text in attributes.get("activations", [])]
    if usual and given and given != usual:
        raise Refused("file_gate_activations", ", ".join(given), subject=node.name or node.op_type)


def _layer(kind: str, inputs: Mapping[str, str], tensors: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    for part in ("W", "R", "B"):
        name = inputs.get(part, "")
        if not name and part == "B":
            return
        if name not in tensors:
            raise Refused("file_missing", name or part)
        array = _decoded(tensors[name])
        if len(array) != 1:
            raise Refused("file_bidirectional", name)
        if part != "B":
            yield part, array[0]
        elif array.ndim == 2 and array.shape[1] % (2 * len(CELLS[kind])) == 0:
            yield from zip(("Wb", "Rb"), np.split(array[0], 2), strict=True)
        else:
            shape = " × ".join(map(str, array.shape))
            raise Refused("file_shape", name, f"1 × {2 * len(CELLS[kind])}H", subject=shape)


def _initial_state(inputs: Mapping[str, str], tensors: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    """The state (H) that the model begins with, where it is not zero."""
    for name, own in (("initial_h", "h0"), ("initial_c", "c0")):
        given = tensors.get(inputs.get(name, ""))
        if given is None or not (state := _decoded(given)).any():
            continue
        if state.shape[:-1] != (1, 1):  # of one direction and one sequence
            raise Refused("file_initial_state", inputs[name])
        yield own, state[0, 0]


def _readout(nodes: Any, tensors: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    """The weights (V, H) and biases of the products in the graph, in its order."""
    for node in nodes:
        if node.op_type not in {"Gemm", "MatMul"}:
            continue
        name = next((name for name in node.input if name in tensors), None)
        if name is None:
            continue
        W = _decoded(tensors[name])
        transposed = node.op_type == "Gemm" and any(a.name == "transB" and a.i for a in node.attribute)
        yield "readout.weight", W if transposed else W.T
        biases = [tensors[other] for other in _added(node, nodes) if other in tensors]
        yield from (("readout.bias", _decoded(bias)) for bias in biases[:1])


def _added(product: Any, nodes: Any) -> list[str]:
    """The names of what is added to a product."""
    if product.op_type == "Gemm":
        return [*product.input[2:]]
    adding = [node for node in nodes if node.op_type == "Add" and product.output[0] in node.input]
    return [name for node in adding for name in node.input if name != product.output[0]]


def _activation(attributes: Mapping[str, Any]) -> str:
    """The first activation; α x + β is linear where α = 1 and β = 0."""
    names = [text.decode(errors="replace").lower() for text in attributes.get("activations", [])]
    line = [[*attributes.get(f"activation_{name}", [usual])] for name, usual in (("alpha", 1), ("beta", 0))]
    return "linear" if names == ["affine"] and line == [[1], [0]] else (names or ["tanh"])[0]


def _constant(node: Any) -> Any | None:
    values = [attribute.t for attribute in node.attribute if attribute.name == "value"]
    return values[0] if node.op_type == "Constant" and values else None


def _value(attribute: Any) -> Any:
    """The value of an attribute, by its AttributeProto.AttributeType."""
    kinds = {1: "f", 2: "i", 3: "s", 6: "floats", 7: "ints", 8: "strings"}
    return getattr(attribute, kinds[attribute.type]) if attribute.type in kinds else None


def _decoded(tensor: Any) -> Array:
    precision = PRECISIONS.get(tensor.data_type, "")
    if tensor.raw_data:
        return decoded(tensor.raw_data, precision, tensor.dims, tensor.name)
    numbers = tensor.double_data if precision == "float64" else tensor.float_data
    if precision not in {"float64", "float32"}:
        raise Refused("file_not_floats", tensor.name)
    return reshaped(np.array(numbers, dtype=np.float64), tensor.dims, tensor.name)


@cache
def message(name: str) -> Any:
    """The class of a message of ``MESSAGES``."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    field_type = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="read_from_onnx.proto", package="onnx", syntax="proto3")
    for owner, fields in MESSAGES.items():
        described = file.message_type.add(name=owner)
        for field, number, kind, repeated in fields:
            label = field_type.LABEL_REPEATED if repeated else field_type.LABEL_OPTIONAL
            added = described.field.add(name=field, number=number, label=label)
            if kind in MESSAGES:
                added.type, added.type_name = field_type.TYPE_MESSAGE, f".onnx.{kind}"
            else:
                added.type = getattr(field_type, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"onnx.{name}"))

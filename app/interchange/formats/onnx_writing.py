"""Writing .onnx with protobuf: the recurrent layer, and the readout as a product and a sum.

The input X is (T, 1, D), one-hot rows in time; the outputs are logits (T, 1, V) and the states h (T, 1, H).
"""

from collections.abc import Mapping

import numpy as np

from ...bptt.arrays import Array
from ..layouts import Layout
from ..network import STATES
from .onnx_file import DOUBLE, FLOAT, message

IR_VERSION, OPSET = 8, 14  # of 2021: older than every runtime in use
INT64 = 7  # TensorProto.DataType
FLOATS_KIND, STRINGS_KIND, INT_KIND = 6, 8, 2  # AttributeProto.AttributeType
ACTIVATIONS = {"sigmoid": "Sigmoid", "relu": "Relu", "identity": "Affine"}  # Tanh is the usual one
PRODUCER = "BPTT Explorer"


def write(arrays: Mapping[str, Array], layout: Layout, activation: str, about: str) -> bytes:
    """A model of W, R, Wb, Rb, the readout, and the initial state h0 and c0 if it has one."""
    model = message("Model")(ir_version=IR_VERSION, producer_name=PRODUCER, doc_string=about)
    model.opset_import.add(version=OPSET)
    graph, Wy = model.graph, arrays["Wy"].T
    graph.name = "bptt"
    (D, H, V), precision = (arrays["W"].shape[1], *Wy.shape), Wy.dtype.name
    kind = layout.layer.partition("(")[0]
    states = {
        f"initial_{name[0]}": arrays.get(name, np.zeros(H, precision))[None, None]
        for name in STATES[layout.cell]
        if any(each in arrays for each in STATES[layout.cell])
    }
    inputs = ["X", "W", "R", "B", *(["", *states] if states else [])]
    node = graph.node.add(op_type=kind, name=kind.lower(), input=inputs, output=["Y"])
    node.attribute.add(name="hidden_size", type=INT_KIND, i=H)
    if layout.reset == "after":
        node.attribute.add(name="linear_before_reset", type=INT_KIND, i=1)
    if layout.cell == "rnn" and activation in ACTIVATIONS:
        node.attribute.add(name="activations", type=STRINGS_KIND, strings=[ACTIVATIONS[activation].encode()])
        if activation == "identity":  # α x + β
            node.attribute.add(name="activation_alpha", type=FLOATS_KIND, floats=[1.0])
            node.attribute.add(name="activation_beta", type=FLOATS_KIND, floats=[0.0])
    graph.node.add(op_type="Squeeze", name="squeeze", input=["Y", "directions"], output=["h"])
    graph.node.add(op_type="MatMul", name="product", input=["h", "Wy"], output=["scores"])
    graph.node.add(op_type="Add", name="readout", input=["scores", "by"], output=["logits"])
    both = np.concatenate([arrays["Wb"], arrays["Rb"]])
    tensors = {"W": arrays["W"][None], "R": arrays["R"][None], "B": both[None]}
    for name, array in {**tensors, "Wy": Wy, "by": arrays["by"], **states}.items():
        _add_tensor(graph, name, array)
    _add_tensor(graph, "directions", np.array([1]))
    for add, name, width in (
        (graph.input.add, "X", D),
        (graph.output.add, "logits", V),
        (graph.output.add, "h", H),
    ):
        tensor = add(name=name).type.tensor_type
        tensor.elem_type = _data_type(precision)
        tensor.shape.dim.add(dim_param="T")
        for size in (1, width):
            tensor.shape.dim.add(dim_value=size)
    return bytes(model.SerializeToString(deterministic=True))


def _add_tensor(graph: object, name: str, array: Array) -> None:
    data = np.ascontiguousarray(array)
    graph.initializer.add(  # type: ignore[attr-defined]
        name=name, dims=data.shape, data_type=_data_type(data.dtype.name), raw_data=data.tobytes()
    )


def _data_type(precision: str) -> int:
    return {"float64": DOUBLE, "float32": FLOAT, "int64": INT64}[precision]

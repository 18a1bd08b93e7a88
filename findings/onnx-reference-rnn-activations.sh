#!/usr/bin/env bash
# onnx 1.23.2: the reference evaluator refuses an RNN with ReLU or a sigmoid, which the standard names and the checker accepts.
#
# Expected: `onnx.reference.ReferenceEvaluator` runs every activation that the operator RNN lists without parameters, such as Relu, Tanh
#   and Sigmoid, and so can check what a runtime computes.
# Observed: Tanh alone is known; Relu and Sigmoid raise "Unknown activation function". ONNX Runtime 1.32.0 runs all three.
# Where we deal with it: tests/frameworks records networks with ReLU from ONNX Runtime, in float32, and therefore to 1e-5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
env/bin/pip list --disable-pip-version-check 2> /dev/null | grep -iE '^(onnx|onnxruntime|numpy) '

cat > activations.py <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def network(activation):
    node = helper.make_node("RNN", ["X", "W", "R"], ["Y"], hidden_size=2, activations=[activation])
    weights = [
        helper.make_tensor("W", TensorProto.FLOAT, [1, 2, 2], [1, 0, 0, 1]),
        helper.make_tensor("R", TensorProto.FLOAT, [1, 2, 2], [0.5, 0, 0, 0.5]),
    ]
    x = helper.make_tensor_value_info("X", TensorProto.FLOAT, [3, 1, 2])
    y = helper.make_tensor_value_info("Y", TensorProto.FLOAT, [3, 1, 1, 2])
    graph = helper.make_graph([node], "rnn", [x], [y], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    onnx.checker.check_model(model)
    return model


x = np.array([[[-1, 2]]] * 3, dtype=np.float32)
outcome = {}
for activation in ("Tanh", "Relu", "Sigmoid"):
    model = network(activation)
    (states,) = onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"X": x})
    try:
        (reference,) = ReferenceEvaluator(model).run(None, {"X": x})
        outcome[activation] = bool(np.allclose(reference, states, atol=1e-6))
    except RuntimeError as error:
        outcome[activation] = str(error)
    print(f"{activation:8} runtime {states[-1].ravel()}  reference: {outcome[activation]}")
assert outcome["Tanh"] is True
assert all("Unknown activation function" in outcome[name] for name in ("Relu", "Sigmoid"))
PYTHON

env/bin/python activations.py
echo "As described: the reference knows Tanh alone."

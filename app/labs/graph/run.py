"""Graph lab: values, gradients and one descent step on a small computation graph, with checks."""

from typing import Any

import numpy as np

from ...graph import autodiff
from ...graph.autodiff import Edge, Graph, Node, Values
from ...graph.gradcheck import check
from ...graph.ops import OPS
from .params import GraphParams

SECONDS = 0.02  # estimated time of a result


def run(params: GraphParams) -> dict[str, Any]:
    """The graph lab's result, with the fields of ``GraphResult``."""
    graph = params.graph
    labels = {node.name: node.label for node in graph.nodes}
    inputs, path = _descended(graph, params)
    value = autodiff.forward(graph, inputs)
    grad, edges = autodiff.backward(graph, value)
    after = autodiff.descent_step(graph, inputs, grad, params.lr)
    truth = float(autodiff.forward(graph, after)[graph.output])
    uses = [edge for node in graph.inputs for edge in edges if edge.source == node.name]
    terms = {
        node.name: [float(edge.gradient) for edge in uses if edge.source == node.name]
        for node in graph.inputs
    }
    terms = {name: gradients for name, gradients in terms.items() if len(gradients) > 1}
    checked = check(graph, inputs, value, grad)
    return {
        "params": params.resolved(),
        "formula": graph.formula,
        "output": graph.output,
        "nodes": [_node(node, graph, labels, params) for node in graph.nodes],
        "forward": [node.name for node in graph.operations],
        "tape": [node.name for node in autodiff.backward_order(graph)],
        "value": {node.name: float(value[node.name]) for node in graph.nodes},
        "grad": {node.name: float(grad[node.name]) for node in graph.nodes if node.name in grad},
        "edges": _edges(graph, edges, labels),
        "terms": terms,
        "update": {
            "after": _floats(after),
            "promise": _linear_prediction(graph, value, grad, params.lr),
            "truth": truth,
        },
        "path": [*path, float(value[graph.output]), truth],
        "inplace": _in_place(graph, value, params.lr) if terms else None,
        "closed": _closed(graph, value) if params.preset == "recursion" and not params.formula else None,
        "checks": {
            "finite_difference": checked.finite_difference,
            "forward_mode": checked.forward_mode,
            "passed": checked.passed,
        },
        "not_finite": _not_finite(graph, value, grad, after, truth),
    }


def _descended(graph: Graph, params: GraphParams) -> tuple[Values, list[float]]:
    """The inputs after the requested descent steps, and the output before each of them."""
    inputs: Values = {name: np.float64(value) for name, value in params.start.items()}
    path = []
    for _ in range(params.steps):
        value = autodiff.forward(graph, inputs)
        path.append(float(value[graph.output]))
        inputs = autodiff.descent_step(graph, inputs, autodiff.backward(graph, value)[0], params.lr)
    return inputs, path


def _node(node: Node, graph: Graph, labels: dict[str, str], params: GraphParams) -> dict[str, Any]:
    column, row = graph.positions[node.name]
    sign = OPS[node.op].symbol if node.op else node.label
    args = [labels[name] for name in node.args]
    says = f"{node.label} = {OPS[node.op].expression.format(*args)}" if node.op else node.label
    given = {"usual": node.value, "start": params.start[node.name]} if node.kind == "input" else {}
    return {
        "name": node.name,
        "label": node.label,
        "kind": node.kind,
        "op": node.op or None,
        "sign": sign,
        "args": list(node.args),
        "moves": node.trainable,
        "says": says,
        "form": OPS[node.op].expression if node.op else "",
        "column": float(column),
        "row": float(row),
        "usual": None,
        "start": None,
        **given,
    }


def _edges(graph: Graph, with_gradients: list[Edge], labels: dict[str, str]) -> list[dict[str, Any]]:
    """Every argument of every operation in the order of the forward pass, with its gradient if it has one."""
    known = {(edge.target, edge.slot): edge for edge in with_gradients}
    edges = []
    for node in graph.operations:
        names = [labels[name] for name in node.args]
        for slot, name in enumerate(node.args):
            edge = known.get((node.name, slot))
            form = OPS[node.op].derivatives[slot]
            edges.append(
                {
                    "from": name,
                    "to": node.name,
                    "slot": slot,
                    "says": form.format(*names, y=node.label),
                    "form": form,
                    "local": float(edge.local) if edge else None,
                    "gradient": float(edge.gradient) if edge else None,
                }
            )
    return edges


def _linear_prediction(graph: Graph, value: Values, grad: Values, lr: float) -> float:
    """Linear prediction of the output after a step: f - lr Σ (∂f/∂input)²."""
    with np.errstate(all="ignore"):
        squares = sum(grad[node.name] ** 2 for node in graph.inputs if node.trainable)
        return float(value[graph.output] - lr * squares)


def _in_place(graph: Graph, value: Values, lr: float) -> dict[str, Any]:
    after = autodiff.descent_in_place(graph, value, lr)
    return {"after": _floats(after), "truth": float(autodiff.forward(graph, after)[graph.output])}


def _closed(graph: Graph, value: Values) -> dict[str, Any]:
    """The recursion as a sum of products: a_t = Σ_i b_i Π_{j=i+1..t} c_j."""
    n = sum(node.name.startswith("b.") for node in graph.inputs)
    products, sums = [], []
    for t in range(n):
        factors = [value[f"c.{j}"] for j in range(1, t + 1)]
        with np.errstate(all="ignore"):
            row = [float(np.prod(factors[i:])) for i in range(t + 1)]
            products.append(row)
            sums.append(float(sum(value[f"b.{i}"] * row[i] for i in range(t + 1))))
    return {"products": products, "sums": sums}


def _not_finite(
    graph: Graph, value: Values, grad: Values, after: Values, truth: float
) -> dict[str, str] | None:
    """The first number that is not finite, in the order of computation."""
    for name, numbers in (("forward", value), ("backward", grad), ("update", after | {graph.output: truth})):
        order = [node.name for node in graph.nodes]
        for node in order if name != "backward" else reversed(order):
            if node in numbers and not np.isfinite(numbers[node]):
                return {"pass": name, "node": node}
    return None


def _floats(values: Values) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}

"""Reverse mode on a list of nodes: values forward, gradients backward, one node at a time.

The gradient of a node is the sum over the edges that leave it (Linnainmaa 1970; Werbos 1990).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .ops import OPS, Array

Values = dict[str, Any]
"""A float64, or an array of them, by the name of its node."""


@dataclass(frozen=True)
class Node:
    """An input (``op`` empty), a number (``number``), or an operation on earlier nodes.

    ``number`` is also an input's usual value; ``moves``: a descent step changes it; ``label``: as
    people write it.
    """

    name: str
    kind: str
    op: str = ""
    args: tuple[str, ...] = ()
    value: float = 0.0
    trainable: bool = False
    label: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes, arguments before what uses them; the last one is the output."""

    nodes: tuple[Node, ...]
    formula: str = ""
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def output(self) -> str:
        """The name of the last node."""
        return self.nodes[-1].name

    @property
    def inputs(self) -> list[Node]:
        """In the order in which they stand."""
        return [node for node in self.nodes if node.kind == "input"]

    @property
    def operations(self) -> list[Node]:
        """In the order of the forward pass."""
        return [node for node in self.nodes if node.kind == "op"]

    def depends_on_input(self) -> set[str]:
        """Names of the nodes that depend on an input: the others have no gradient."""
        names: set[str] = set()
        for node in self.nodes:
            if node.kind == "input" or names & set(node.args):
                names.add(node.name)
        return names


@dataclass(frozen=True)
class Edge:
    """One argument of one operation: ∂node/∂argument, and what it hands back."""

    source: str
    target: str
    slot: int
    local: Any
    gradient: Any


def forward(graph: Graph, inputs: Mapping[str, Any]) -> Values:
    """The value of every node; inputs may be arrays of one shape, and all their graphs run at once."""
    value: Values = {}
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.kind == "op":
                value[node.name] = OPS[node.op].forward(*(value[name] for name in node.args))
            else:
                value_of_leaf = inputs[node.name] if node.kind == "input" else node.value
                value[node.name] = np.float64(value_of_leaf) if np.ndim(value_of_leaf) == 0 else value_of_leaf
    return value


def local_derivatives(node: Node, value: Values) -> tuple[Any, ...]:
    """∂node/∂argument for each argument; none where the node or an argument is no finite number."""
    y, args = value[node.name], [value[name] for name in node.args]
    with np.errstate(all="ignore"):
        zero_or_nan = _zero_or_nan(y, *args)
        return tuple(local + zero_or_nan for local in OPS[node.op].local_derivatives(y, *args))


def _zero_or_nan(*numbers: Any) -> Any:
    """0, or no number where one of these is none or infinite."""
    return sum((0 * number for number in numbers), np.float64(0.0))


def initial_adjoints(graph: Graph, value: Values) -> Values:
    """What the backward pass begins with: 1 at the output, 0 elsewhere, none of an output that is none."""
    with np.errstate(all="ignore"):
        zero_or_nan = _zero_or_nan(value[graph.output])
    return dict.fromkeys(graph.depends_on_input(), zero_or_nan) | {graph.output: 1 + zero_or_nan}


def backward_order(graph: Graph) -> list[Node]:
    """The order of the backward pass: every node after all that use it."""
    varying = graph.depends_on_input()
    return [node for node in reversed(graph.operations) if node.name in varying]


def backward(graph: Graph, value: Values) -> tuple[Values, list[Edge]]:
    """∂output/∂node of every node that depends on an input, and the edges in the order of the tape."""
    varying, edges, grad = graph.depends_on_input(), [], initial_adjoints(graph, value)
    with np.errstate(all="ignore"):
        for node in backward_order(graph):
            for slot, (name, local) in enumerate(zip(node.args, local_derivatives(node, value), strict=True)):
                if name not in varying:
                    continue
                contribution = grad[node.name] * local
                grad[name] = grad[name] + contribution
                edges.append(Edge(name, node.name, slot, local, contribution))
    return grad, edges


def descent_step(graph: Graph, inputs: Mapping[str, Any], grad: Values, lr: float) -> Values:
    """The inputs after one step of gradient descent; data stays."""
    with np.errstate(all="ignore"):
        return {
            node.name: inputs[node.name] - lr * grad[node.name] if node.trainable else inputs[node.name]
            for node in graph.inputs
        }


def descent_in_place(graph: Graph, value: Values, lr: float) -> Values:
    """The inputs if every term were written into its input at once, while still walking back.

    What is handed on later is then multiplied by an input that has moved already: not a gradient of anything.
    """
    varying, trainable = graph.depends_on_input(), {node.name for node in graph.inputs if node.trainable}
    moved, grad = dict(value), initial_adjoints(graph, value)
    with np.errstate(all="ignore"):
        for node in backward_order(graph):
            contribution = grad[node.name]
            for slot, name in enumerate(node.args):
                if name in trainable:
                    moved[name] = moved[name] - lr * contribution * local_derivatives(node, moved)[slot]
            for slot, name in enumerate(node.args):
                if name in varying and name not in trainable:
                    grad[name] = grad[name] + contribution * local_derivatives(node, moved)[slot]
    return {node.name: moved[node.name] for node in graph.inputs}


def forward_mode(graph: Graph, value: Values) -> dict[str, Array]:
    """Forward mode: ∂node/∂input for every node, (number of inputs) each."""
    names = [node.name for node in graph.inputs]
    tangent = dict(zip(names, np.eye(len(names)), strict=True))
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.kind == "number":
                tangent[node.name] = np.zeros(len(names))
            elif node.kind == "op":
                terms = zip(node.args, local_derivatives(node, value), strict=True)
                contributions = [
                    local * tangent[name] for name, local in terms if name in graph.depends_on_input()
                ]
                tangent[node.name] = sum(contributions, np.zeros(len(names)))
    return tangent

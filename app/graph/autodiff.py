"""Automatic differentiation of a computation graph: forward pass, reverse mode, forward mode, descent.

In reverse mode the gradient of a node is the sum over the edges that leave it (Linnainmaa 1970; Werbos 1990).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..bptt.arrays import Array
from .ops import OPS

Values = dict[str, Any]
"""A float64, or an array of them, by the name of the node."""


@dataclass(frozen=True)
class Node:
    """An input, a number, or an operation on earlier nodes (``kind``: "input", "number" or "op").

    ``value`` is the value of a number or the default of an input, ``trainable`` means that a descent step
    changes the input, and ``label`` is the name as displayed.
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
    """Nodes in topological order, arguments first; the last node is the output.

    ``positions`` are (column, row) of every node by name.
    """

    nodes: tuple[Node, ...]
    formula: str = ""
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def output(self) -> str:
        """The name of the last node."""
        return self.nodes[-1].name

    @property
    def inputs(self) -> list[Node]:
        """The input nodes, in order."""
        return [node for node in self.nodes if node.kind == "input"]

    @property
    def operations(self) -> list[Node]:
        """The operations, in the order of the forward pass."""
        return [node for node in self.nodes if node.kind == "op"]

    def depends_on_input(self) -> set[str]:
        """Names of the nodes that depend on an input; the others have no gradient."""
        names: set[str] = set()
        for node in self.nodes:
            if node.kind == "input" or names & set(node.args):
                names.add(node.name)
        return names


@dataclass(frozen=True)
class Edge:
    """One argument of one operation: the local derivative ∂node/∂argument, and its term of the gradient."""

    source: str
    target: str
    slot: int
    local: Any
    gradient: Any


def forward(graph: Graph, inputs: Mapping[str, Any]) -> Values:
    """The value of every node. Inputs may be arrays of one shape, to evaluate many graphs at once."""
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
    """∂node/∂argument for each argument; NaN where the node or an argument is not finite."""
    y, args = value[node.name], [value[name] for name in node.args]
    with np.errstate(all="ignore"):
        zero_or_nan = _zero_or_nan(y, *args)
        return tuple(local + zero_or_nan for local in OPS[node.op].local_derivatives(y, *args))


def _zero_or_nan(*numbers: Any) -> Any:
    """0, or NaN where one of the numbers is not finite."""
    return sum((0 * number for number in numbers), np.float64(0.0))


def initial_adjoints(graph: Graph, value: Values) -> Values:
    """Initial adjoints: 1 at the output, 0 elsewhere; all NaN where the output is not finite."""
    with np.errstate(all="ignore"):
        zero_or_nan = _zero_or_nan(value[graph.output])
    return dict.fromkeys(graph.depends_on_input(), zero_or_nan) | {graph.output: 1 + zero_or_nan}


def backward_order(graph: Graph) -> list[Node]:
    """Operations in the order of the backward pass: every node after all nodes that use it."""
    varying = graph.depends_on_input()
    return [node for node in reversed(graph.operations) if node.name in varying]


def backward(graph: Graph, value: Values) -> tuple[Values, list[Edge]]:
    """∂output/∂node of every node that depends on an input, and the edges in the order of the pass."""
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
    """The inputs after one step of gradient descent; inputs that are not trainable keep their values."""
    with np.errstate(all="ignore"):
        return {
            node.name: inputs[node.name] - lr * grad[node.name] if node.trainable else inputs[node.name]
            for node in graph.inputs
        }


def descent_in_place(graph: Graph, value: Values, lr: float) -> Values:
    """The inputs if each term were applied to its input at once, during the backward pass (a common bug).

    Later terms are then multiplied by inputs that have already changed, so the result is not a gradient step.
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
    """Forward mode: ∂node/∂input of every node but numbers by its name, (number of inputs,) each."""
    names = [node.name for node in graph.inputs]
    tangent, varying = dict(zip(names, np.eye(len(names)), strict=True)), graph.depends_on_input()
    with np.errstate(all="ignore"):
        for node in graph.operations:
            terms = zip(node.args, local_derivatives(node, value), strict=True)
            contributions = [local * tangent[name] for name, local in terms if name in varying]
            tangent[node.name] = sum(contributions, np.zeros(len(names)))
    return tangent

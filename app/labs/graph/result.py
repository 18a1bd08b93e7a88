"""Result model of /api/graph; null is a number that is not finite or does not exist."""

from typing import Literal

from ..results import Params, Part, Value, Vector, field, tensor

ByName = dict[str, Value]


class GraphNode(Part):
    """An input, a constant or an operation."""

    name: str = field("Name in links and in this result.")
    label: str = field("Name as it is displayed: x₀.")
    kind: Literal["input", "number", "op"] = field("Whether it is an input, a constant or an operation.")
    op: str | None = field("Its operation.")
    sign: str = field("Symbol of the operation, shown inside the node.")
    args: list[str] = tensor("arguments", "names of the arguments")
    moves: bool = field("Whether a descent step changes it: an input that is not data.")
    says: str = field("Its definition: p = x − y.")
    form: str = field("The right-hand side with {0} … in place of the arguments.")
    column: float = field("Horizontal position in the drawing.")
    row: float = field("Vertical position in the drawing, from the top.")
    usual: Value = field("Of an input: its default value.")
    start: Value = field("Of an input: its value before any descent step.")


class GraphEdge(Part):
    """One argument of one operation."""

    source: str = field("The argument.", alias="from")
    target: str = field("The operation.", alias="to")
    slot: int = field("Which argument, from 0.")
    says: str = field("The local derivative as a formula.")
    form: str = field("The same with {0} … in place of the arguments and {y} in place of the operation.")
    local: Value = field("The local derivative: partial derivative of the operation by this argument.")
    gradient: Value = field("∂output/∂operation · local derivative: what flows back along the edge.")


class DescentStep(Part):
    """The next step of gradient descent."""

    after: ByName = field("The inputs after it.")
    promise: Value = field("Linear prediction of the output, f - lr Σ (∂f/∂input)².")
    truth: Value = field("The actual output at these inputs.")


class InPlaceDescent(Part):
    """What applying each term to its input during the backward pass would give, which is wrong."""

    after: ByName = field("The inputs after it.")
    truth: Value = field("The output at these inputs.")


class ClosedForm(Part):
    """The recursion a_t = b_t + c_t a_{t-1} as the sum Σ_i b_i Π_{j=i+1..t} c_j."""

    products: list[Vector] = tensor("n, t + 1", "for every t the products for i = 0 … t")
    sums: Vector = tensor("n", "for every t the sum")


class GraphChecks(Part):
    """Relative errors of the gradients; null where they cannot be measured."""

    finite_difference: Value = field("Against central differences of the output.")
    forward_mode: Value = field("Against derivatives in forward mode.")
    passed: bool | None = field("Whether all measured errors are within their limits.")


class NotFinite(Part):
    """The first number that is not finite."""

    where: Literal["forward", "backward", "update"] = field("The pass in which it occurs.", alias="pass")
    node: str = field("The node where it occurs.")


class GraphResult(Part):
    """Values and gradients of a computation graph, and one step of gradient descent."""

    params: Params = field("All parameters, with resolved defaults.")
    formula: str = field("The graph as a formula.")
    output: str = field("Name of the last node.")
    nodes: list[GraphNode] = field("Every node, after its arguments.")
    forward: list[str] = tensor("F", "names of the operations in the order of the forward pass")
    tape: list[str] = tensor("B", "names of the operations in the order of the backward pass")
    value: ByName = field("The value of every node.")
    grad: ByName = field("∂output/∂node of every node that depends on an input.")
    edges: list[GraphEdge] = field("The arguments of all operations, in the order of the forward pass.")
    terms: dict[str, Vector] = field("Of inputs with several uses: one term of the gradient for each use.")
    update: DescentStep
    path: Vector = tensor("steps + 2", "the output before each step made, now, and after one more")
    inplace: InPlaceDescent | None
    closed: ClosedForm | None
    checks: GraphChecks
    not_finite: NotFinite | None

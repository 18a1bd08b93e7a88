"""The graph lab's answer as a schema; null stands for not finite, or for what there is not."""

from typing import Annotated, Any

from pydantic import Field

from ..results import Part, Value, Vector

ByName = dict[str, Value]


def _says(description: str) -> Any:
    return Field(description=description)


class GraphNode(Part):
    """An input, a number, or an operation."""

    name: Annotated[str, _says("in links and in this answer")]
    label: Annotated[str, _says("as people write it: x₀")]
    kind: Annotated[str, _says("input, number or op")]
    op: Annotated[str | None, _says("its operation")]
    sign: Annotated[str, _says("what stands in the node")]
    args: Annotated[list[str], _says("shape (arguments): their names")]
    moves: Annotated[bool, _says("a descent step changes it: an input that is no data")]
    says: Annotated[str, _says("p = x − y")]
    form: Annotated[str, _says("its right-hand side, {0} … in place of the arguments")]
    column: Annotated[float, _says("where it stands, from the left")]
    row: Annotated[float, _says("where it stands, from the top")]
    usual: Annotated[Value, _says("of an input: its value where a link says nothing")]
    start: Annotated[Value, _says("of an input: its value before any descent step")]


class GraphEdge(Part):
    """One argument of one operation."""

    source: Annotated[str, Field(alias="from", description="the argument")]
    target: Annotated[str, Field(alias="to", description="the operation")]
    slot: Annotated[int, _says("which argument, from 0")]
    says: Annotated[str, _says("the local derivative in letters")]
    form: Annotated[str, _says("the same, {0} … in place of the arguments and {y} of the result")]
    local: Annotated[Value, _says("∂to/∂from by this argument")]
    gradient: Annotated[Value, _says("∂output/∂to · local: what goes back over the edge")]


class Update(Part):
    """One step of gradient descent from here."""

    after: Annotated[ByName, _says("the inputs after it")]
    promise: Annotated[Value, _says("f - lr Σ (∂f/∂input)², what a straight line would give")]
    truth: Annotated[Value, _says("the output at these inputs")]


class InPlace(Part):
    """What writing every term into its input would give, while still walking back: another, wrong descent."""

    after: Annotated[ByName, _says("the inputs then")]
    truth: Annotated[Value, _says("the output at these inputs")]


class Closed(Part):
    """The recursion a_t = b_t + c_t a_{t-1} as the sum Σ_i b_i Π_{j=i+1..t} c_j."""

    products: Annotated[list[Vector], _says("shape (n, t + 1): for each t the products for i = 0 … t")]
    sums: Annotated[Vector, _says("shape (n): for each t the sum")]


class GraphChecks(Part):
    """Relative errors of the gradient shown, null where it cannot be measured."""

    finite_difference: Annotated[Value, _says("against central differences of the output")]
    forward_mode: Annotated[Value, _says("against derivatives carried forward")]
    passed: Annotated[bool | None, _says("whether all that was measured is within its limit")]


class NotFinite(Part):
    """Where numbers stopped being finite."""

    where: Annotated[str, Field(alias="pass", description="forward, backward or update")]
    node: Annotated[str, _says("the first one")]


class GraphResult(Part):
    """A graph of numbers, forward, backward and one step downhill."""

    params: Annotated[dict[str, str | int | float], _says("every parameter as it was understood")]
    formula: Annotated[str, _says("as text")]
    output: Annotated[str, _says("name of the last node")]
    nodes: Annotated[list[GraphNode], _says("arguments before what uses them")]
    forward: Annotated[
        list[str], _says("shape (F): names of the operations in the order of the forward pass")
    ]
    tape: Annotated[list[str], _says("shape (B): names of the operations in the order of the backward pass")]
    value: Annotated[ByName, _says("of every node")]
    grad: Annotated[ByName, _says("∂output/∂node of every node that depends on an input")]
    edges: Annotated[list[GraphEdge], _says("arguments of operations, in the order of the forward pass")]
    terms: Annotated[dict[str, Vector], _says("of inputs used more than once: one term for each use")]
    update: Update
    path: Annotated[
        Vector, _says("shape (steps + 2): the output before each step made, now, and after one more")
    ]
    inplace: InPlace | None
    closed: Closed | None
    checks: GraphChecks
    not_finite: NotFinite | None

"""Reverse mode on small graphs: against differences, forward mode, and closed forms."""

import math

import numpy as np
import pytest
from hypothesis import assume, given

from app.graph import autodiff, gradcheck
from app.graph.autodiff import Graph, Node
from app.graph.formula import FormulaError, parse
from app.graph.gradcheck import Checks, check
from app.graph.ops import OPS
from app.labs.graph.presets import PRESETS
from tests.arrays import assert_close
from tests.examples import examples
from tests.graph_formulas import formulas

SPOTS = (0.7, -0.4, 1.3, 0.9)
EVERYWHERE = {"pow": (1.7, -0.6), "log": (0.4,), "div": (0.7, -0.4)}  # where they are defined


def alone(name: str) -> Graph:
    """A graph of one operation."""
    count = len(OPS[name].derivatives)
    names = tuple(f"i{slot}" for slot in range(count))
    inputs = [Node(one, "input", trainable=True) for one in names]
    return Graph((*inputs, Node("f", "op", name, names)))


def gradient(graph: Graph, inputs: dict[str, float]) -> dict[str, float]:
    value = autodiff.forward(graph, inputs)
    return autodiff.backward(graph, value)[0]


def difference(graph: Graph, inputs: dict[str, float], name: str, h: float = 1e-6) -> float:
    ends = [autodiff.forward(graph, inputs | {name: inputs[name] + by})[graph.output] for by in (h, -h)]
    return (ends[0] - ends[1]) / (2 * h)


@pytest.mark.parametrize("name", OPS)
def test_the_local_derivatives_of_an_operation_are_its_differences(name):
    graph = alone(name)
    spots = EVERYWHERE.get(name, SPOTS)
    inputs = {node.name: spots[slot % len(spots)] for slot, node in enumerate(graph.inputs)}
    found = gradient(graph, inputs)
    for one in inputs:
        assert found[one] == pytest.approx(difference(graph, inputs, one), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("name", OPS)
def test_an_operation_says_its_arguments_and_as_many_slopes(name):
    op = OPS[name]
    args = [f"<{slot}>" for slot in range(len(op.derivatives))]
    said = op.expression.format(*args)
    assert all(arg in said for arg in args)
    assert all("{" not in slope.format(*args, y="y") for slope in op.derivatives)


@pytest.mark.parametrize("name", OPS)
def test_what_is_said_of_a_slope_is_what_is_computed(name):
    graph = alone(name)
    spots = EVERYWHERE.get(name, SPOTS)
    inputs = {node.name: spots[slot % len(spots)] for slot, node in enumerate(graph.inputs)}
    value = autodiff.forward(graph, inputs)
    for slope, local in zip(
        OPS[name].derivatives, autodiff.local_derivatives(graph.nodes[-1], value), strict=True
    ):
        filled = slope.format(*(f"({v!r})" for v in inputs.values()), y=f"({float(value['f'])!r})")
        plain = filled.replace("−", "-").replace("·", "*").replace("²", "**2").replace("log ", "math.log")
        plain = plain.replace(")(", ")*(").replace("[", "float(").replace("]", ")")
        assert eval(plain, {**vars(math), "math": math}) == pytest.approx(float(local))  # a test's own words


@examples(150)
@given(formula=formulas)
def test_random_formulas_agree_with_differences_and_forward_mode(formula):
    try:
        graph = parse(formula)
    except FormulaError:
        assume(False)
    inputs = {node.name: np.float64(SPOTS[i]) for i, node in enumerate(graph.inputs)}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    assert check(graph, inputs, value, grad).passed is not False


def test_a_wrong_gradient_is_found_out():
    graph = parse("x * y + x")
    inputs = {"x": np.float64(2), "y": np.float64(3)}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    assert check(graph, inputs, value, grad).passed is True
    assert check(graph, inputs, value, grad | {"x": grad["x"] * 1.01}).passed is False


@pytest.mark.parametrize(("x", "expected"), [(-1.0, 0.0), (0.0, 0.0), (1e-9, 1.0)])
def test_the_derivative_of_relu_at_0_is_0(x, expected):
    assert gradient(parse("relu(x)"), {"x": x})["x"] == expected


@pytest.mark.parametrize("x", [-2.0, -0.0, 0.0])
def test_relu_of_what_is_not_positive_is_0_without_a_sign(x):
    graph = parse("relu(x)")
    value = autodiff.forward(graph, {"x": np.float64(x)})[graph.output]
    assert value == 0
    assert not np.signbit(value)


@pytest.mark.parametrize("x", [0.0, -1.0, 2.0])
def test_a_kink_is_not_taken_for_a_mistake(x):
    graph = parse("relu(x)")
    inputs = {"x": np.float64(x)}
    value = autodiff.forward(graph, inputs)
    found = check(graph, inputs, value, autodiff.backward(graph, value)[0])
    assert found.passed is not False
    assert (found.finite_difference is None) == (x == 0)


@pytest.mark.parametrize("n", [2, 3, 7, 12])
@pytest.mark.parametrize("name", PRESETS)
def test_the_gradients_of_a_preset_are_proved(name, n):
    graph = PRESETS[name](n, 3)
    inputs = {node.name: np.float64(node.value) for node in graph.inputs}
    value = autodiff.forward(graph, inputs)
    found = check(graph, inputs, value, autodiff.backward(graph, value)[0])
    assert found.passed is True
    assert found.forward_mode < 1e-12


def test_the_backward_pass_meets_a_node_after_all_that_use_it():
    for name, make in PRESETS.items():
        graph = make(6, 3)
        order = [node.name for node in autodiff.backward_order(graph)]
        for node in graph.operations:
            for arg in set(node.args) & set(order):
                assert order.index(arg) > order.index(node.name), name


def test_a_recursion_is_its_closed_sum_of_products_and_what_forward_mode_gives():
    n, rng = 7, np.random.default_rng(0)
    graph = PRESETS["recursion"](n, 1)
    inputs = {node.name: np.float64(rng.normal()) for node in graph.inputs}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    dot = autodiff.forward_mode(graph, value)[graph.output]
    for place, node in enumerate(graph.inputs):
        assert grad[node.name] == pytest.approx(dot[place])
    for i in range(n):
        product = np.prod([inputs[f"c.{j}"] for j in range(i + 1, n)])
        assert grad[f"b.{i}"] == pytest.approx(product)
    closed = sum(inputs[f"b.{i}"] * np.prod([inputs[f"c.{j}"] for j in range(i + 1, n)]) for i in range(n))
    assert value[graph.output] == pytest.approx(closed)


def test_many_graphs_run_at_once_as_they_do_alone():
    graph = parse("tanh(w * x) ** 2 / y")
    inputs = {"w": np.array([0.1, 0.2]), "x": np.array([1.0, -2.0]), "y": np.array([3.0, 4.0])}
    together = autodiff.backward(graph, autodiff.forward(graph, inputs))[0]
    for i in range(2):
        one = gradient(graph, {name: values[i] for name, values in inputs.items()})
        assert_close([together[name][i] for name in inputs], [one[name] for name in inputs])


@pytest.mark.parametrize(
    ("formula", "inputs"),
    [
        ("log(x)", {"x": -1.0}),
        ("1 / x", {"x": 0.0}),
        ("exp(x)", {"x": 1000.0}),
        ("x ** y", {"x": -2.0, "y": 0.5}),
    ],
)
def test_what_is_no_number_stays_none_without_a_warning(formula, inputs):
    graph = parse(formula)
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    autodiff.descent_step(graph, inputs, grad, 1.0)
    autodiff.descent_in_place(graph, value, 1.0)
    autodiff.forward_mode(graph, value)
    assert not np.isfinite(value["f"])


def test_powers_at_zero_take_their_limits():
    graph = parse("x ** y")
    assert gradient(graph, {"x": 0.0, "y": 2.0}) == {"x": 0.0, "y": 0.0, "f": 1.0}
    assert gradient(graph, {"x": 0.0, "y": 0.5})["y"] == 0.0
    at_zero = gradient(graph, {"x": 0.0, "y": 0.0})  # 0**y falls from 1 to 0 as y leaves 0: 0 by convention
    assert (at_zero["x"], at_zero["y"]) == (0.0, 0.0)
    assert math.isnan(gradient(graph, {"x": 0.0, "y": -1.0})["y"])


@pytest.mark.parametrize("x", [-700.0, -40.0, -37.0, -1.0, 3.0, 30.0])
def test_the_logarithm_of_a_sigmoid_keeps_the_small_end(x):
    found = gradient(parse("log(sigmoid(x))"), {"x": x})
    assert autodiff.forward(parse("log(sigmoid(x))"), {"x": x})["f"] == pytest.approx(
        -math.log1p(math.exp(-x)), rel=1e-13, abs=1e-16
    )
    assert found["x"] == pytest.approx(1 / (1 + math.exp(x)), rel=1e-13)


@pytest.mark.parametrize("name", ["neuron", "first"])
def test_a_saturated_node_of_the_presets_keeps_its_slope(name):
    graph = alone(name)
    inputs = {node.name: value for node, value in zip(graph.inputs, (6.0, 3.0, 4.0, 0.5), strict=False)}
    a = 20.0 if name == "neuron" else 18.0
    assert gradient(graph, inputs)["i0"] == pytest.approx(3.0 / math.cosh(a) ** 2, rel=1e-13)


@pytest.mark.parametrize("formula", ["tanh(w*x + u)", "tanh(x)"])
def test_the_slope_of_tanh_is_not_lost_where_tanh_is_1(formula):
    inputs = {"w": 1.0, "x": 30.0, "u": 0.0}
    names = {node.name for node in parse(formula).inputs}
    found = gradient(parse(formula), {name: value for name, value in inputs.items() if name in names})
    assert found["x"] == pytest.approx(1 / math.cosh(30.0) ** 2, rel=1e-13)


def test_writing_terms_in_while_walking_back_is_another_descent():
    graph = PRESETS["chain"](3, 1)
    inputs = {"w": np.float64(0.2)}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    assert autodiff.descent_step(graph, inputs, grad, 1.0)["w"] == pytest.approx(0.2 - 0.108)
    assert autodiff.descent_in_place(graph, value, 1.0)["w"] == pytest.approx(0.11463, abs=5e-6)
    assert autodiff.descent_in_place(graph, value, 0.0)["w"] == 0.2


def test_where_a_step_overflows_nothing_warns():
    graph = parse("x * y * y")
    inputs = {"x": np.float64(1.0), "y": np.float64(1e150)}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    assert autodiff.descent_step(graph, inputs, grad, 1e300)["y"] == -np.inf
    assert not np.isfinite(autodiff.descent_in_place(graph, value, 1e300)["y"])


def test_where_a_gradient_overflows_nothing_warns():
    graph = parse("x * y * z")
    value = autodiff.forward(graph, {"x": np.float64(1e-100), "y": np.float64(1e200), "z": np.float64(1e200)})
    assert value["f"] == pytest.approx(1e300)
    grad, _ = autodiff.backward(graph, value)
    assert grad["x"] == np.inf
    steep = parse("1 / x")
    (_, slope) = autodiff.local_derivatives(
        steep.nodes[-1], autodiff.forward(steep, {"x": np.float64(1e-300)})
    )
    assert slope == -np.inf
    assert autodiff.forward_mode(graph, value)["f"][0] == np.inf
    assert autodiff.descent_in_place(graph, value, 1.0)["x"] == -np.inf


def test_a_node_is_not_moved_unless_it_is_said_so():
    graph = Graph((Node("x", "input"), Node("f", "op", "exp", ("x",))))
    value = autodiff.forward(graph, {"x": np.float64(0.0)})
    grad, _ = autodiff.backward(graph, value)
    assert autodiff.descent_step(graph, value, grad, 1.0) == {"x": 0.0}
    assert autodiff.descent_in_place(graph, value, 1.0) == {"x": 0.0}


@examples(50)
@given(formula=formulas)
def test_a_gradient_is_the_sum_over_the_edges_that_leave_its_node(formula):
    try:
        graph = parse(formula)
    except FormulaError:
        assume(False)
    value = autodiff.forward(graph, {node.name: np.float64(SPOTS[i]) for i, node in enumerate(graph.inputs)})
    grad, edges = autodiff.backward(graph, value)
    varying = graph.depends_on_input()
    uses = [
        (node.name, slot)
        for node in autodiff.backward_order(graph)
        for slot, arg in enumerate(node.args)
        if arg in varying
    ]
    assert [(edge.target, edge.slot) for edge in edges] == uses
    with np.errstate(all="ignore"):
        for edge in edges:
            assert_close(edge.gradient, grad[edge.target] * edge.local)
        for name in grad.keys() - {graph.output}:
            terms = np.array([edge.gradient for edge in edges if edge.source == name])
            if np.isfinite(grad[name]):
                assert abs(grad[name] - terms.sum()) <= 1e-12 * np.abs(terms).sum()
            else:
                assert not np.isfinite(terms.sum())


@pytest.mark.parametrize(("wrong", "error"), [("x", 0.04 / 4.04), ("y", 0.02 / 4.0)])
def test_the_error_of_a_gradient_is_its_largest_gap_against_its_largest_entry(wrong, error):
    graph = parse("x * y + x")  # ∂f/∂x = y + 1 = 4, ∂f/∂y = x = 2
    inputs = {"x": np.float64(2), "y": np.float64(3)}
    value = autodiff.forward(graph, inputs)
    grad, _ = autodiff.backward(graph, value)
    found = check(graph, inputs, value, grad | {wrong: grad[wrong] * 1.01})
    assert found.forward_mode == pytest.approx(error, rel=1e-9)
    assert found.finite_difference == pytest.approx(error, rel=1e-6)
    assert found.passed is False


def checked(formula: str, *inputs: float, **wrong: float) -> Checks:
    graph = parse(formula)
    at = {node.name: np.float64(x) for node, x in zip(graph.inputs, inputs, strict=True)}
    value = autodiff.forward(graph, at)
    return check(graph, at, value, autodiff.backward(graph, value)[0] | wrong)


def test_of_three_step_lengths_the_one_with_the_least_uncertainty_is_used():
    """A steep curve asks for the shortest (its error is 150 h²), a large constant for a longer one."""
    steep = checked("exp(30 * x)", 0.1)
    assert steep.finite_difference < 1e-9
    assert steep.passed is True
    steeper = checked("exp(800 * x)", 0.0)  # as curved as a kink is, but less so with a shorter step
    assert steeper.finite_difference == pytest.approx(800**2 * 1e-12 / 6, rel=0.01)
    rounded = checked("x + 10000000", 1.0)  # ulp(1e7) / 1e-6 is 0.002 of the slope
    assert rounded.finite_difference < 1e-5
    assert rounded.passed is True


@pytest.mark.parametrize(
    ("slopes", "curvatures", "slope", "uncertainty"),
    [
        ([1, 1.00001, 1.00003], [1e-3, 1e-4, 5e-5], 1.00001, 1e-5),
        ([1, 1.00003, 1.00004], [1e-3, 1e-4, 1e-5], 1.00004, 1e-5),
        ([1, 1.00003, 1.00004], [1e-3, 1e-4, 9e-5], 1.00003, 3e-5),  # what does not shrink is doubt too
    ],
)
def test_a_difference_is_as_sure_as_two_step_lengths_agree(
    monkeypatch, slopes, curvatures, slope, uncertainty
):
    h = np.array([1e-4, 1e-5, 1e-6])
    ahead, behind = (h * (sign * np.array(slopes) + np.array(curvatures) / 2) for sign in (1, -1))
    found = np.concatenate([ahead, behind, np.zeros(3)])[:, None]
    monkeypatch.setattr(gradcheck, "forward", lambda *_: {"f": found})
    measured = gradcheck._finite_differences(parse("exp(x)"), {"x": np.float64(0.0)}, ["x"])
    assert measured[0] == pytest.approx([slope], rel=1e-12)
    assert measured[1] == pytest.approx([uncertainty], rel=1e-9)


def test_the_error_of_a_gradient_of_zero_is_relative_to_the_size_of_the_output():
    """A millionth of the output, or of 1 where that is larger, takes the place of the largest entry."""
    assert checked("0 * x + 1000", 1.0, x=1e-9).forward_mode == pytest.approx(1e-6)
    assert checked("0 * x + 1", 1.0, x=1e-9).forward_mode == pytest.approx(1e-3)
    assert checked("0 * x", 1.0, x=1e-9).forward_mode == pytest.approx(1e-3)


@pytest.mark.parametrize(
    ("measured", "uncertainty", "mode", "passed"),
    [
        (2.0, 0.0, 2.0, True),
        (2.0 + 1.9e-6, 0.0, 2.0, True),  # a millionth of the gradient
        (2.0 - 2.1e-6, 0.0, 2.0, False),
        (2.0 - 9.9e-4, 1e-4, 2.0, True),  # ten times what is uncertain
        (2.0 + 1.01e-3, 1e-4, 2.0, False),
        (2.0, 2e-3, 2.0, True),
        (2.0, 2.1e-3, 2.0, None),  # no more than a thousandth may be uncertain
        (2.0, 0.0, 2.0 - 1.9e-9, True),
        (2.0, 0.0, 2.0 + 2.1e-9, False),
        (2.0, 0.0, np.nan, True),
    ],
)
def test_how_far_a_gradient_may_be_from_what_is_measured(monkeypatch, measured, uncertainty, mode, passed):
    found = np.array([measured]), np.array([uncertainty])
    monkeypatch.setattr(gradcheck, "_finite_differences", lambda *_: found)
    monkeypatch.setattr(gradcheck, "forward_mode", lambda *_: {"f": np.array([mode])})
    assert checked("2 * x", 1.0).passed is passed


def test_what_is_just_at_a_limit_is_within_it(monkeypatch):
    for name, limit in {"MAX_UNCERTAINTY": -10, "DIFFERENCE_LIMIT": -20, "FORWARD_MODE_LIMIT": -30}.items():
        monkeypatch.setattr(gradcheck, name, 2.0**limit)
    at = {"measured": 2 + 2.0**-19, "uncertainty": 0.0, "mode": 2 + 2.0**-29}  # and the gradient is 2
    of = lambda name: np.array([at[name]])  # noqa: E731
    monkeypatch.setattr(gradcheck, "forward_mode", lambda *_: {"f": of("mode")})
    monkeypatch.setattr(gradcheck, "_finite_differences", lambda *_: (of("measured"), of("uncertainty")))
    assert checked("2 * x", 1.0) == Checks(2.0**-20, 2.0**-30, True)
    at["uncertainty"] = 2.0**-9
    assert checked("2 * x", 1.0).passed is True
    at["uncertainty"] = np.nextafter(2.0**-9, 1)
    assert checked("2 * x", 1.0).passed is None


def test_one_of_two_slopes_that_is_off_is_enough(monkeypatch):
    monkeypatch.setattr(gradcheck, "forward_mode", lambda *_: {"f": np.array([2.0, 3.0])})
    for measured in ([2.01, 3.0], [2.0, 3.01]):
        found = np.array(measured), np.zeros(2)
        monkeypatch.setattr(gradcheck, "_finite_differences", lambda *_, found=found: found)
        assert checked("2 * x + 3 * y", 1.0, 1.0) == Checks(pytest.approx(0.01 / 3), 0.0, False)


def test_where_one_slope_is_infinite_nothing_is_checked():
    assert checked("x ** 0.5", 0.0) == Checks(None, None, None)
    assert checked("x ** y", 0.0, 0.5) == Checks(None, None, None)  # ∂/∂x is infinite, ∂/∂y is 0


def test_the_derivative_that_counts_as_0_is_not_held_against_a_difference():
    """0 ** y falls from 1 at y = 0, so only ∂/∂x = 0 can be measured."""
    found = checked("x ** y", 0.0, 0.0)
    assert (found.finite_difference, found.forward_mode, found.passed) == (0.0, 0.0, True)


def test_a_difference_that_overflows_measures_nothing_and_warns_of_nothing():
    graph = parse("exp(x)")
    inputs = {"x": np.float64(709.78)}  # e**709.783 is the largest float64
    value = autodiff.forward(graph, inputs)
    assert np.isfinite(value["f"])
    found = check(graph, inputs, value, autodiff.backward(graph, value)[0])
    assert found.passed is not False
    assert found.forward_mode == pytest.approx(0, abs=1e-12)


def test_a_term_written_in_place_moves_what_later_terms_are_multiplied_by():
    """x·y·x from right to left by hand: x, then through x·y again x, then y."""
    graph = parse("x*y*x")
    value = autodiff.forward(graph, {"x": np.float64(2), "y": np.float64(3)})
    x = 2 - 0.1 * 6  # the factor x·y of the last product
    arriving = x
    x = x - 0.1 * arriving * 3
    y = 3 - 0.1 * arriving * x
    assert autodiff.descent_in_place(graph, value, 0.1) == pytest.approx({"x": x, "y": y})

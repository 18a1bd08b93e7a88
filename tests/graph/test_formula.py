"""Formula parser: graphs of formulas, positions of errors, and nothing is evaluated."""

import ast
import time

import pytest
from hypothesis import example, given

from app.graph import autodiff, formula
from app.graph.autodiff import Graph
from app.graph.formula import MAX_DEPTH, MAX_INPUTS, MAX_LENGTH, MAX_NODES, FormulaError, parse
from tests.examples import examples
from tests.graph_formulas import formulas, texts


def names(text: str) -> list[str]:
    return [node.name for node in parse(text).nodes]


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("(x - y", "formula_open", 7),
        ("(x - y  ", "formula_open", 7),
        ("x - y)", "formula_close", 6),
        ("x +", "formula_value", 4),
        ("x + * y", "formula_value", 5),
        ("x // y", "formula_value", 4),
        ("", "formula_value", 1),
        ("()", "formula_value", 2),
        ("2x", "formula_sign", 2),
        ("x y", "formula_sign", 3),
        ("(x)(y)", "formula_sign", 4),
        ("1_0", "formula_sign", 2),
        ("1 + sin(x)", "formula_function", 5),
        ("tanh x", "formula_argument", 6),
        ("x * tanh", "formula_argument", 9),
        ("tanh(x, y)", "formula_comma", 7),
        ("0,5 * x", "formula_comma", 2),
        ("x^2", "formula_power", 2),
        ("x²", "formula_character", 2),
        ("가 + x.y", "formula_character", 6),
        ("x = 3", "formula_character", 3),
        ("x\0", "formula_character", 2),
        ("'x'", "formula_character", 1),
        ("x + 1e999", "formula_number", 5),
        ("007", "formula_zeros", 1),
        ("x + lambda", "formula_word", 5),
        ("averylongname1 + x", "formula_name", 1),
        ("(" * 40 + "x", "formula_deep", 21),
        ("x" + "+1" * 20, "formula_deep", 27),
        ("x" * 500, "formula_long", MAX_LENGTH + 1),
    ],
)
def test_a_mistake_has_a_code_and_a_position(text, code, position):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    ("error", "position"),
    [
        (SyntaxError("", ("", 1, 3, "")), 3),
        (SyntaxError("", ("", 1, 99, "")), 5),
        (SyntaxError(), 1),
        (ValueError(), 1),
        (MemoryError(), 1),
        (RecursionError(), 1),
    ],
)
def test_what_another_python_could_not_read_is_a_mistake_too(monkeypatch, error, position):
    def parse_nothing(*_, **__):
        raise error

    monkeypatch.setattr(formula.ast, "parse", parse_nothing)
    with pytest.raises(FormulaError) as caught:
        parse("x + y")
    assert (caught.value.code, caught.value.position) == ("formula_unreadable", position)


def test_positions_count_characters_and_not_bytes():
    with pytest.raises(FormulaError) as caught:
        parse("가나 + (" + "-" * 14 + "다)")
    assert caught.value.code == "formula_deep"
    assert caught.value.position == 8  # the thirteenth sign from within


@pytest.mark.parametrize(
    ("within", "beyond", "code"),
    [
        ("abcdefghijkl", "abcdefghijklm", "formula_name"),
        ("(" * 20 + "x" + ")" * 20, "(" * 21 + "x" + ")" * 21, "formula_deep"),
        ("x" + " " * 199, "x" + " " * 200, "formula_long"),
        ("x" + "*x" * 12, "x" + "*x" * 13, "formula_deep"),
        ("+".join("abcdefghijkl"), "+".join("abcdefghijklm"), "formula_inputs"),
    ],
)
def test_what_is_just_within_a_limit_is_read(within, beyond, code):
    assert parse(within).output
    with pytest.raises(FormulaError, match=code):
        parse(beyond)


@pytest.mark.parametrize(
    ("letters", "output", "last"),
    [
        (["x"] * 40, "f", "p17"),
        (["p1"] * 40, "f", "p18"),  # p1 is taken, as are the letters that the formula uses
        (["f", "y"] * 18, "g", "p14"),  # no operation before the last one is called as that is
        (["f", "y", "g"] * 12, "out", "p14"),
        (["f", "y", "g", "out"] * 9, "output", "p14"),
    ],
)
def test_every_node_has_a_name_of_its_own(letters, output, last):
    graph = parse(balanced(letters))
    found = [node.name for node in graph.nodes]
    assert len(found) == len(set(found)) == len(letters) + len(set(letters)) - 1
    assert found[-1] == output
    assert found[-2] == last


def test_the_limits_are_limits():
    letters = [f"x{i}" for i in range(MAX_INPUTS)]
    assert len(parse(balanced(letters)).inputs) == MAX_INPUTS
    with pytest.raises(FormulaError, match="formula_inputs"):
        parse(balanced([*letters, "y"]))
    assert len(parse(balanced(["x"] * MAX_NODES)).nodes) == MAX_NODES == 40
    with pytest.raises(FormulaError, match="formula_nodes"):
        parse(balanced(["x"] * (MAX_NODES + 1)))
    assert parse("-" * MAX_DEPTH + "x").output == "f"


def balanced(parts: list[str]) -> str:
    """A sum as flat as can be."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({balanced(parts[:middle])}+{balanced(parts[middle:])})"


def test_a_name_used_twice_is_one_input():
    graph = parse("w * tanh(w * x)")
    assert [node.name for node in graph.inputs] == ["w", "x"]
    assert [node.name for node in graph.operations] == ["p", "q", "f"]


def test_inputs_take_their_names_before_operations_and_output():
    assert names("p * f + q") == ["p", "f", "q", "r", "y"]
    assert names("x") == ["x", "f"]
    assert names("-3") == ["number.1", "f"]


def test_a_node_is_labeled_as_it_was_written():
    labels = {node.name: node.label for node in parse("속도 * -2 + tanh(x / 1000000)").nodes}
    assert sorted(labels.values()) == sorted(["속도", "x", "−2", "1e+06", "p", "q", "r", "f"])
    assert all(label == name for name, label in labels.items() if not name.startswith("number."))


def test_an_input_is_1_and_moves_until_it_is_told_otherwise():
    assert [(node.value, node.trainable) for node in parse("x * y + 2").inputs] == [(1.0, True)] * 2


def test_a_node_stands_a_column_after_its_last_argument_and_between_their_rows():
    """Leaves stand in the order of the formula, each once; nodes of one column are 0.9 apart at least."""
    places = parse("(a + b) * (c + a)").positions  # the sums p and q, the product f
    assert places == {"a": (0, 0), "b": (0, 1), "c": (0, 2), "p": (1, 0.5), "q": (1, 1.4), "f": (2, 0.75)}


def test_nodes_of_a_column_keep_the_order_of_their_rows_whatever_their_names():
    assert parse("z + a").positions == {"z": (0, 0), "a": (0, 1), "f": (1, 0.5)}
    leaves, places = {"z": (0, 0), "a": (0, 1), "b": (0, 2)}, parse("exp(z) * a + log(z) * b").positions
    above = {"p": (1, 0), "r": (1, 0.9), "q": (2, 0.5), "s": (2, 1.4), "f": (3, 0.75)}
    assert places == leaves | above  # p = exp(z), q = p a, r = log(z), s = r b


def test_of_many_inputs_each_stands_right_before_the_first_node_that_uses_it():
    places = parse("a + b + c + d + e + g").positions
    assert [places[name][0] for name in "abcdeg"] == [0, 0, 1, 2, 3, 4]
    assert [places[name][0] for name in "abcde"] == [0, 0, 1, 2, 3]
    five = parse("a + b + c + d + e").positions
    assert {five[name][0] for name in "abcde"} == {0}
    twice = parse("(a + b + c + d + e + g) * b * g").positions
    assert [twice[name][0] for name in "abcdeg"] == [0, 0, 1, 2, 3, 4]


def test_signs_as_they_are_printed_are_understood():
    assert names("x × y − z ÷ 2 · w") == names("x * y - z / 2 * w")
    assert names("tanh（x）") == names("tanh(x)")
    assert [node.name for node in parse("가중치 * 엑스").inputs] == ["가중치", "엑스"]


def test_python_binds_as_mathematics_does():
    def at(text: str, **inputs: float) -> float:
        graph = parse(text)
        return float(autodiff.forward(graph, inputs)[graph.output])

    assert at("-x ** 2", x=3.0) == -9
    assert at("2 ** 3 ** 2") == 512
    assert at("8 / 4 / 2") == 1
    assert at("2 ** -1") == 0.5
    assert at("+x - -y", x=1.0, y=2.0) == 3
    assert at(".5 + 2. + 1e-1") == pytest.approx(2.6)


@examples(400)
@given(text=texts)
@example(text="9**9**9**9**9")
@example(text="__import__('os')")
@example(text="(" * 200)
@example(text="-" * 200)
@example(text="x" + "\ud800")
@example(text="ｔａｎｈ(x)")
@example(text="x if x else y")
@example(text="1if x else 2")
def test_whatever_is_typed_is_read_or_refused_with_a_place_in_it(text):
    graph, position = read_or_refused(text)
    if graph is None:
        assert 1 <= position <= min(len(text), MAX_LENGTH) + 1
    else:
        assert len(graph.nodes) <= MAX_NODES
        assert set(graph.positions) == {node.name for node in graph.nodes}


def read_or_refused(text: str) -> tuple[Graph | None, int]:
    try:
        return parse(text), 0
    except FormulaError as error:
        return None, error.position


def test_nothing_is_ever_compiled_or_evaluated(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("evaluated")

    real = ast.parse
    monkeypatch.setattr("builtins.eval", refuse)
    monkeypatch.setattr("builtins.exec", refuse)
    modes = []

    def watched(source: str, mode: str) -> ast.AST:
        modes.append(mode)
        return real(source, mode=mode)

    monkeypatch.setattr(formula.ast, "parse", watched)
    assert parse("9**9**9 + tanh(x)").output == "f"
    assert modes == ["eval"]  # the name of a grammar


def test_the_work_is_bounded():
    begun = time.perf_counter()
    for text in ("9**9**9", "(" * 20 + "x" + ")" * 20, "x" + "*x" * 11, "-" * 12 + "x", "x" * MAX_LENGTH):
        try:
            graph = parse(text)
            autodiff.forward(graph, dict.fromkeys((node.name for node in graph.inputs), 2.0))
        except FormulaError:
            pass
    assert time.perf_counter() - begun < 20  # else for ever, on any machine


@examples(100)
@given(text=formulas)
def test_nodes_of_one_column_stand_apart(text):
    try:
        graph = parse(text)
    except FormulaError:
        return
    places = list(graph.positions.values())
    for i, (column, row) in enumerate(places):
        for other_column, other_row in places[:i]:
            assert column != other_column or abs(row - other_row) > 0.85


@examples(100)
@given(text=formulas)
def test_every_edge_runs_to_the_right(text):
    try:
        graph = parse(text)
    except FormulaError:
        return
    for node in graph.operations:
        for name in node.args:
            assert graph.positions[name][0] < graph.positions[node.name][0]

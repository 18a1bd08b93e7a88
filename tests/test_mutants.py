"""The faults that ``make mutants`` makes are the ones it means to make, and nothing else changes."""

import pytest

from tests.mutants.mutant import Mutant, equivalents
from tests.mutants.python_faults import python_faults
from tests.mutants.python_tests import Lines, _uses
from tests.mutants.script_faults import script_faults, tokens_of
from tests.mutants.script_lines import run_lines, texts_of
from tests.mutants.session import _replace
from tests.mutants.tree import ROOT


def made(faults, line):
    """What becomes of a line, alone in a file."""
    return {mutant.after for mutant in faults("file", line + "\n")}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = a < b", {"x = a <= b"}),
        ("x = a - b * c", {"x = a + b * c", "x = a - b / c"}),
        ("x = not a and b", {"x = a and b", "x = not a or b"}),
        ("x = A[s, t]", {"x = A[t, s]"}),
        ("x = A[0]", {"x = A[-1]", "x = A[1]"}),
        ("x = A[a:b]", {"x = A[a + 1:b]", "x = A[a:b - 1]"}),
        ("x = f(y, key=True)", {"x = f(y, key=False)", "x = f(y,)"}),
        ("x = rows.sum(axis=k)", {"x = rows.mean(axis=k)", "x = rows.sum()"}),
        ("x = max(a, b)", {"x = min(a, b)"}),
        ("np.multiply(a, b, c)", {"pass"}),
        ("x = a.f(b, c)", {"x = a.f(c, b)"}),
        ("x = (lab, query)", {"x = (query)", "x = (lab,)"}),
        ("x = {'a': a, 'b': b}", {"x = {'b': b}", "x = {'a': a,}"}),
        ("for i in range(n): f(i)", {"for i in range(n - 1): f(i)", "for i in range(n): pass"}),
        ("def f(a=b): return a", {"def f(a): return a"}),
        ("if f(a): a.b = c", {"if not (f(a)): a.b = c", "if f(a): pass"}),
        ("raise ValueError(f'{n - 1} of {n}')", {"pass"}),
        (
            "x: Annotated[int, Field(le=n, description='text')]",
            {"x: Annotated[int, Field(description='text')]"},
        ),
        ("def f(x: dict[str, int]) -> Literal[1]: return x", set()),
        ('"""0 < 1"""', set()),
        ("Work = Callable[[int], str]", set()),
        ("assert a < 1", set()),
        ("x = 0.5", {"x = 1.0"}),
        ("x = 1e-6, 1e40", {"x = 1e-6,", "x = 1e40"}),
        ("__all__ = ['a', 'b']", set()),
    ],
)
def test_faults_in_python(line, expected):
    assert made(python_faults, line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("const x = a < b ? -a : a - b;", {
            "const x = a <= b ? -a : a - b;", "const x = a < b ? a : a - b;", "const x = a < b ? -a : a + b;",
        }),
        ("const x = lags[s][t] || !a;", {
            "const x = lags[t][s] || !a;", "const x = lags[s][t] && !a;", "const x = lags[s][t] || a;",
        }),
        ("const x = rows[0];", {"const x = rows[1];", "const x = rows.at(-1);"}),
        ("a = b.at(-1);", {"a = b.at(1);", "a = b.at(-2);", "a = b.at(0);", ";"}),
        ("const x = Math.min(a, 40);", {"const x = Math.max(a, 40);"}),
        ("if (known) return;", {"if (!(known)) return;", "if (known) ;"}),
        ("draw(a);", {";"}),
        ("const x = `a < ${b / c} - d`;", {"const x = `a < ${b * c} - d`;"}),
        ("const x = /a < b/.test(c); // a < b", set()),
        ("/** @type {a | b} */", set()),
        ('import { a } from "./a-b.js";', set()),
        ('import * as a from "./a.js";', set()),
    ],
)  # fmt: skip
def test_faults_in_scripts(line, expected):
    assert made(script_faults, line) == expected


def test_all_scripts_are_read_to_their_end():
    for path in (ROOT / "static/js").rglob("*.js"):
        source = path.read_text()
        tokens = list(tokens_of(source))
        assert all(source[token.start : token.end] == token.text for token in tokens)
        assert all(tokens[i].end <= tokens[i + 1].start for i in range(len(tokens) - 1))


def test_a_line_is_run_if_any_part_of_it_is():
    """V8 counts in units of UTF-16, and a range within another one has a count of its own."""
    lines = [
        *("const f = (a) => {", "  if (a) return '🎓';", "  return 1;", "};", "", "f(0); // 🎓"),
        *("function g() {", "  f(1);", "}"),
    ]
    source = "\n".join(lines)
    assert texts_of(source)[1:5] == [(21, 40), (43, 52), (53, 55), (56, 56)]
    inner = source.index("return '")
    ranges = [
        [{"startOffset": 0, "endOffset": 200, "count": 1}],
        [
            {"startOffset": 10, "endOffset": 55, "count": 1},
            {"startOffset": inner, "endOffset": 40, "count": 0},
        ],
        [{"startOffset": 69, "endOffset": 93, "count": 0}],
    ]
    functions = [{"ranges": of_one} for of_one in ranges]
    assert run_lines(texts_of(source), functions) == {1, 2, 3, 4, 6}


def test_a_fault_leaves_all_other_lines_where_they_are():
    source = "a = f(\n    b,\n    c=1,\n)\nd = 2\n"
    mutant = Mutant("file", source, source.index("b,"), source.index(")"), "b")
    assert mutant.mutated.splitlines()[4] == "d = 2"
    assert (mutant.line, mutant.before, mutant.after) == (2, "b,", "b")


def test_a_function_is_replaced_where_it_closes_over_the_same_variables():
    """Otherwise Python refuses, and the tests are to run on the file instead: a refusal kills no mutant."""
    source = "class Part:\n    def f(self):\n        super().__init__()\n        return 1\n"
    names = {}
    exec(compile(source, "file", "exec"), names)
    part = names["Part"]
    functions = {("file", 2): [part.f]}
    assert not _replace(functions, ["file", 2], source.replace("super().__init__()", "pass"))
    assert part().f() == 1
    assert _replace(functions, ["file", 2], source.replace("return 1", "return 2"))
    assert part().f() == 2
    assert not _replace({}, ["file", 2], source)


def test_tests_that_import_the_module_come_first_and_are_those_of_its_constants():
    source = "MOST = 1\n\ndef f():\n    return MOST\n"
    tests = {
        "tests/test_far.py::test_a": {"seconds": 0.1, "lines": {"app/near.py": [4]}},
        "tests/test_near.py::test_b": {"seconds": 0.2, "lines": {"app/near.py": [4]}},
        "tests/test_near.py::test_c": {"seconds": 0.3, "lines": {}},
        "tests/test_other.py::test_d": {"seconds": 0.1, "lines": {}},
    }
    texts = {"tests/test_near.py": "from app.near import f", "tests/test_other.py": "from app import far"}
    assert _uses("app/near.py").search('import_module("app.near")')
    lines = Lines(tests, {"app/near.py": source}, texts)
    inside = Mutant("app/near.py", source, source.index("MOST\n"), len(source), "2", function=3)
    names = ["tests/test_near.py::test_b", "tests/test_far.py::test_a"]
    assert lines.chosen(inside, 30)[:2] == names
    constant = Mutant("app/near.py", source, source.index("1"), source.index("1") + 1, "2")
    assert lines.chosen(constant, 30)[:3] == [names[0], "tests/test_near.py::test_c", names[1]]
    assert lines.chosen(constant, 0.25) == [names[0]]


def test_every_equivalent_has_a_file_and_a_reason():
    for (path, before, after), reason in equivalents().items():
        assert before != after
        assert len(reason.split()) >= 4
        if (ROOT / path).is_file():
            assert before in (ROOT / path).read_text()

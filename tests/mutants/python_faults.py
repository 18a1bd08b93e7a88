"""Plausible one-line faults in Python source, found in its syntax tree and written into its text."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.mutants.mutant import Mutant

OPERATORS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "is": "is not", "is not": "is", "in": "not in", "not in": "in", "and": "or", "or": "and",
    "+": "-", "-": "+", "*": "/", "/": "*", "//": "/", "**": "*", "%": "//",
    "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=",
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "argmin": "argmax",
    "argmax": "argmin", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor", "zeros": "ones",
    "ones": "zeros", "zeros_like": "ones_like", "ones_like": "zeros_like", "cumsum": "cumprod",
    "mean": "sum",
}  # fmt: skip
PROSE = {"title", "description", "summary", "examples", "help", "include_in_schema", "response_class"}
GUARDS = {"strict", "frozen", "slots", "kw_only", "repr", "init", "stacklevel"}  # cannot change an answer
GENERIC = {"Annotated", "Literal", "Callable", "dict", "list", "tuple", "type", "Mapping", "NDArray"}
COMMUTATIVE = {"add", "hypot", "logical_and", "logical_or", "max", "maximum", "min", "minimum", "multiply"}
TOLERANCE = 0.01  # a smaller number is a limit of accuracy, and twice as much serves as well
RANGE = 1e20  # a larger one is far from overflow, and twice as much is so as well
FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


def python_faults(path: str, source: str) -> list[Mutant]:
    """All of them, in the order of the text, each once; every one of them compiles."""
    tree = ast.parse(source)
    usual = ast.dump(tree)
    places = {(start, end, text): function for start, end, text, function in _Finder(source).inside(tree)}
    mutants = [Mutant(path, source, *place, function) for place, function in sorted(places.items(), key=str)]
    return sorted(
        (mutant for mutant in mutants if _is_another_program(mutant.mutated, usual)), key=lambda m: m.start
    )


def _is_another_program(mutated: str, usual: str) -> bool:
    try:
        compile(mutated, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return ast.dump(ast.parse(mutated)) != usual


class _Finder:
    """Faults as (start, end, text, first line of the outermost function around them or None)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def inside(
        self, node: ast.AST, function: int | None = None
    ) -> Iterator[tuple[int, int, str, int | None]]:
        """Those of a node and of all in it that is neither text nor type."""
        for start, end, text in self.at(node):
            yield start, end, text, function
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Raise() | ast.JoinedStr():
                return  # the places in an f-string are wrong before Python 3.12
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                    yield from self.inside(default, function)
                for annotation in [
                    argument.annotation for argument in ast.walk(node.args) if isinstance(argument, ast.arg)
                ]:
                    yield from self.calls(annotation)
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                for statement in node.body:
                    yield from self.inside(statement, function or first)
                return
            case ast.ClassDef():
                children: list[ast.AST] = [*node.body]
            case ast.AnnAssign():
                yield from self.calls(node.annotation)
                children = [node.value] if node.value else []
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return
            case ast.Subscript(value=ast.Name(id=name)) if name in GENERIC:
                yield from self.calls(node)
                return
            case ast.keyword(arg=name) if name in PROSE | GUARDS:
                return
            case ast.Subscript(slice=ast.Tuple(elts=axes)):
                children = [node.value, *axes]  # an axis left out is no plausible fault
            case _:
                children = [*ast.iter_child_nodes(node)]
        for child in children:
            yield from self.inside(child, function)

    def calls(self, annotation: ast.AST | None) -> Iterator[tuple[int, int, str, int | None]]:
        """Of an annotation only the calls: the limits of a parameter stand there."""
        for node in ast.walk(annotation) if annotation else ():
            if isinstance(node, ast.Call):
                yield from self.inside(node)

    def at(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        """The faults of one node by itself."""
        match node:
            case ast.Compare():
                for left, right in pairwise((node.left, *node.comparators)):
                    yield from self.operator(left, right)
            case ast.BoolOp():
                for left, right in pairwise(node.values):
                    yield from self.operator(left, right)
            case ast.BinOp() if not any(_is_text(side) for side in (node.left, node.right)):
                yield from self.operator(node.left, node.right)
            case ast.AugAssign():
                yield from self.operator(node.target, node.value)
                yield *self.span(node), "pass"
            case ast.UnaryOp(op=ast.Not() | ast.USub()):
                yield self.start(node), self.start(node.operand), ""
            case ast.Constant(value=bool() as value):
                yield *self.span(node), str(not value)
            case ast.Constant(value=int() as value):
                yield *self.span(node), str(value + 1)
            case ast.Constant(value=float() as value) if TOLERANCE <= abs(value) <= RANGE or not value:
                yield *self.span(node), repr(2 * value)
            case ast.Name(id=name) if name in NAMES and isinstance(node.ctx, ast.Load):
                yield *self.span(node), NAMES[name]
            case ast.Attribute(attr=name) if name in NAMES or name == "sum":
                yield self.end(node) - len(name), self.end(node), NAMES.get(name, "mean")
            case ast.Subscript(value=ast.Name(id=name)) if name in GENERIC:
                return  # a type under a name of its own
            case ast.Subscript():
                yield from self.index(node.slice)
            case ast.Slice():
                if node.upper and not _number(node.upper):
                    yield *self.span(node.upper), f"{self.text(node.upper)} - 1"
                if node.lower and not _number(node.lower):
                    yield *self.span(node.lower), f"{self.text(node.lower)} + 1"
            case ast.If() | ast.IfExp() | ast.While():
                yield from self.condition(node.test)
            case ast.comprehension():
                for test in node.ifs:
                    yield from self.condition(test)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from self.defaults(node.args)
            case ast.Call():
                yield from self.call(node)
            case ast.Dict(keys=[_, *_]) if all(node.keys):
                yield from self.dropped([*zip(node.keys, node.values, strict=True)])
            case ast.Tuple(elts=[_, _, *_], ctx=ast.Load()):
                yield from self.dropped([(part, part) for part in node.elts])
            case ast.Return(value=ast.IfExp() as choice):
                yield *self.span(choice), self.text(choice.body)
            case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise() | ast.Continue() | ast.Break():
                yield *self.span(node), "pass"
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Delete():
                yield *self.span(node), "pass"

    def operator(self, left: ast.expr, right: ast.expr | ast.AST) -> Iterator[tuple[int, int, str]]:
        between = self.source[self.end(left) : self.start(right)]
        sign = " ".join(between.strip("() \n").split())
        if sign in OPERATORS and sign in between:
            start = self.end(left) + between.index(sign)
            yield start, start + len(sign), OPERATORS[sign]

    def condition(self, test: ast.expr) -> Iterator[tuple[int, int, str]]:
        if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield *self.span(test), f"not ({self.text(test)})"

    def index(self, index: ast.expr) -> Iterator[tuple[int, int, str]]:
        """First and last confused, and the first two of several indices."""
        match index:
            case ast.Constant(value=0):
                yield *self.span(index), "-1"
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)):
                yield *self.span(index), "0"
            case ast.Tuple(elts=[a, b, *_]) if not any(_is_whole_axis(part) for part in (a, b)):
                yield self.start(a), self.end(b), f"{self.text(b)}, {self.text(a)}"

    def defaults(self, arguments: ast.arguments) -> Iterator[tuple[int, int, str]]:
        """An argument whose default is forgotten: any named one, of the others the first."""
        named = [pair for pair in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if pair[1]]
        count = len(arguments.defaults)
        others = zip([*arguments.posonlyargs, *arguments.args][-count:], arguments.defaults[:1], strict=False)
        for argument, default in (*named, *others):
            yield self.end(argument), self.end(default), ""

    def call(self, node: ast.Call) -> Iterator[tuple[int, int, str]]:
        """A keyword left out, two names confused, a range one short."""
        parts: list[tuple[Any, Any]] = [(part, part) for part in (*node.args, *node.keywords)]
        for number, (part, _) in enumerate(parts):
            if isinstance(part, ast.keyword) and part.arg and part.arg not in PROSE | GUARDS:
                yield self.without(parts, number)
        match node:
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Name(id=a) as first, ast.Name(id=b) as second, *_],
            ) if a != b and name not in COMMUTATIVE:
                yield self.start(first), self.end(second), f"{b}, {a}"
            case ast.Call(func=ast.Name(id="range"), args=[stop] | [_, stop, *_]) if not _number(stop):
                yield *self.span(stop), f"{self.text(stop)} - 1"

    def dropped(self, parts: list[tuple[Any, Any]]) -> Iterator[tuple[int, int, str]]:
        for number in range(len(parts)):
            yield self.without(parts, number)

    def without(self, parts: list[tuple[Any, Any]], number: int) -> tuple[int, int, str]:
        """One part and the comma beside it left out."""
        first, last = parts[number]
        if number + 1 < len(parts):
            return self.start(first), self.start(parts[number + 1][0]), ""
        before = parts[number - 1][1] if number else None
        return (self.end(before) if before else self.start(first)), self.end(last), "," if before else ""

    def start(self, node: Any) -> int:
        return self._place(node.lineno, node.col_offset)

    def end(self, node: Any) -> int:
        return self._place(node.end_lineno, node.end_col_offset)

    def span(self, node: ast.AST) -> tuple[int, int]:
        return self.start(node), self.end(node)

    def text(self, node: ast.AST) -> str:
        return self.source[self.start(node) : self.end(node)]

    def _place(self, line: int, column: int) -> int:
        """Columns count bytes."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _is_whole_axis(index: ast.expr) -> bool:
    return isinstance(index, ast.Slice) or (
        isinstance(index, ast.Constant) and (index.value is None or index.value is ...)
    )


def _number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
    )

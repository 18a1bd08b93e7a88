"""Formula parser: a formula to a computation graph, by Python's grammar (``ast``). Nothing is evaluated.

Tokens are checked first, so every error has a position and only valid input reaches ``ast``. The work is
bounded by the length of the formula.
"""

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count

from .autodiff import Graph, Node
from .layout import layout_positions
from .ops import FUNCTIONS, OPS

MAX_LENGTH, MAX_NODES, MAX_INPUTS, MAX_DEPTH, MAX_NAME, MAX_BRACKETS = 200, 40, 12, 12, 12, 20
NAMES = "pqrstuvabcdeghijklmno"  # of the operations, except those that the formula uses
OUTPUTS = ("f", "y", "g", "out")

_REPLACEMENTS = str.maketrans("×·⋅∙−–÷（），", "****--/(),")
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\*\*|[-+*/(),])"
)
_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
}


class FormulaError(ValueError):
    """An invalid formula: a message code of the catalogues, and the 1-based position of a character."""

    def __init__(self, code: str, position: int) -> None:
        super().__init__(f"{code} at {position}")
        self.code, self.position = code, position


def parse(formula: str) -> Graph:
    """The graph of a formula: inputs in order of appearance, operations in order of evaluation.

    Raises:
        FormulaError: The formula is invalid or too large.

    """
    if len(formula) > MAX_LENGTH:
        raise FormulaError("formula_long", MAX_LENGTH + 1)
    source = formula.translate(_REPLACEMENTS)
    tokens = list(_tokens(source))
    _check_tokens(tokens, len(source.rstrip()) + 1)
    expression = source.strip()
    try:
        tree = ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError(
            "formula_unreadable", min(getattr(error, "offset", None) or 1, len(formula))
        ) from None
    return _GraphBuilder(expression, len(source) - len(source.lstrip())).graph(tree.body)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int
    end: int


def _tokens(source: str) -> Iterator[_Token]:
    index = 0
    while index < len(source):
        match = _TOKEN.match(source, index)
        if match:
            text = unicodedata.normalize("NFKC", match[0])  # as Python reads names
            if match.lastgroup == "name" and not (match[0].isidentifier() and text.isidentifier()):
                raise FormulaError("formula_character", index + _first_invalid_character(match[0]))
            yield _Token(match.lastgroup or "", text, index + 1, match.end() + 1)
            index = match.end()
        elif source[index] in " \t":
            index += 1
        else:
            raise FormulaError("formula_power" if source[index] == "^" else "formula_character", index + 1)


def _first_invalid_character(name: str) -> int:
    """The 1-based position of the first character that is invalid in a name, such as ²."""
    return next((i for i in range(1, len(name) + 1) if not name[:i].isidentifier()), 1)


def _check_tokens(tokens: list[_Token], end: int) -> None:
    """Check that operands and operators alternate and brackets match.

    Raises:
        FormulaError: At the first error, or at ``end`` if the formula is incomplete.

    """
    open_brackets, operand_expected, after_function = 0, True, False
    for token in tokens:
        if after_function and token.text != "(":
            raise FormulaError("formula_argument", token.position)
        after_function = False
        if token.kind != "sign":
            if not operand_expected:
                raise FormulaError("formula_sign", token.position)
            _check_operand(token)
            after_function = operand_expected = token.text in FUNCTIONS
        elif token.text == "(":
            if not operand_expected:
                raise _unexpected_bracket(tokens, token)
            open_brackets += 1
            if open_brackets > MAX_BRACKETS:
                raise FormulaError("formula_deep", token.position)
        elif token.text == ",":
            raise FormulaError("formula_comma", token.position)
        elif operand_expected and token.text not in "+-":
            raise FormulaError("formula_value", token.position)
        elif token.text == ")":
            open_brackets -= 1
            if open_brackets < 0:
                raise FormulaError("formula_close", token.position)
        else:
            operand_expected = True
    if after_function:
        raise FormulaError("formula_argument", end)
    if operand_expected:
        raise FormulaError("formula_value", end)
    if open_brackets:
        raise FormulaError("formula_open", end)


def _check_operand(token: _Token) -> None:
    """Check a number or a name by itself."""
    if token.kind == "number":
        if not abs(float(token.text)) < float("inf"):
            raise FormulaError("formula_number", token.position)
        if re.match(r"0[0-9]", token.text):
            raise FormulaError("formula_zeros", token.position)
    elif keyword.iskeyword(token.text):
        raise FormulaError("formula_word", token.position)
    elif len(token.text) > MAX_NAME:
        raise FormulaError("formula_name", token.position)


def _unexpected_bracket(tokens: list[_Token], bracket: _Token) -> FormulaError:
    """The error at an opening bracket after an operand: a name directly before it is an unknown function."""
    before = next((token for token in tokens if token.end == bracket.position), None)
    if before and before.kind == "name":
        return FormulaError("formula_function", before.position)
    return FormulaError("formula_sign", bracket.position)


@dataclass
class _GraphBuilder:
    """Builds the nodes of a parsed formula; ``offset`` characters precede ``source``."""

    source: str
    offset: int
    inputs: list[Node] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    depth: dict[str, int] = field(default_factory=dict)

    def graph(self, body: ast.expr) -> Graph:
        used = {
            unicodedata.normalize("NFKC", node.id) for node in ast.walk(body) if isinstance(node, ast.Name)
        }
        output = next((name for name in OUTPUTS if name not in used), "output")
        names = chain(NAMES, (f"p{i}" for i in count(1)))
        self.free = (name for name in names if name not in used and name != output)
        last = self.read(body)
        if not self.others or self.others[-1].name != last or self.others[-1].kind != "op":
            last = self.op("copy", (last,), body)
        *before, end = self.others
        named = Node(output, "op", end.op, end.args, label=output)
        nodes = (*self.inputs, *before, named)
        return Graph(nodes, self.source, layout_positions(nodes))

    def read(self, node: ast.expr) -> str:
        """Add the nodes of a subexpression; return the name of the node with its value."""
        match node:
            case ast.Name(id=name):
                return self.input(name, node)
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self.number(float(value), node)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return self.number(-float(value), node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.op("neg", (self.read(operand),), node)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return self.op(_BINARY[type(op)], (self.read(left), self.read(right)), right)
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
                return self.op(name, (self.read(argument),), node)
        raise self.error("formula_unreadable", node)

    def input(self, name: str, node: ast.expr) -> str:
        if name not in self.depth:
            if len(self.inputs) == MAX_INPUTS:
                raise self.error("formula_inputs", node)
            self.inputs.append(Node(name, "input", value=1.0, trainable=True, label=name))
            self.register(name, 0, node)
        return name

    def number(self, value: float, node: ast.expr) -> str:
        name = f"number.{len(self.others) + 1}"
        self.others.append(Node(name, "number", value=value, label=f"{value:.6g}".replace("-", "−")))
        return self.register(name, 0, node)

    def op(self, op: str, args: tuple[str, ...], node: ast.expr) -> str:
        assert op in OPS
        name = next(self.free)
        self.others.append(Node(name, "op", op, args, label=name))
        return self.register(name, 1 + max(self.depth[arg] for arg in args), node)

    def register(self, name: str, depth: int, node: ast.expr) -> str:
        self.depth[name] = depth
        if depth > MAX_DEPTH:
            raise self.error("formula_deep", node)
        if len(self.inputs) + len(self.others) > MAX_NODES:
            raise self.error("formula_nodes", node)
        return name

    def error(self, code: str, node: ast.expr) -> FormulaError:
        before = self.source.encode()[: node.col_offset].decode(errors="ignore")  # ast counts bytes
        return FormulaError(code, self.offset + len(before) + 1)

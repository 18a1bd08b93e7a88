"""Plausible one-line faults in the scripts, found in their tokens: no syntax tree is needed for these."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.mutants.mutant import Mutant

SWAPPED = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "&&": "||", "||": "&&",
    "+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=",
    "true": "false", "false": "true",
}  # fmt: skip
METHODS = {
    "min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "some": "every", "every": "some",
    "shift": "pop", "pop": "shift", "push": "unshift", "indexOf": "lastIndexOf", "findIndex": "findLastIndex",
    "find": "findLast", "findLast": "find",
}  # fmt: skip
BINARY = {"<", "<=", ">", ">=", "+", "-", "*", "/", "%"}
TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<number>0x[0-9a-f]+|\d[\d_]*\.?\d*(?:e[+-]?\d+)?|\.\d+)
    |(?P<name>[\w$\#]+)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<sign>\?\?=|=>|===|!==|\*\*=?|&&=?|\|\|=?|\?\?|\?\.|\.\.\.|<=|>=|\+\+|--|[-+*/%]=|==|!=|[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
COUNTS = {"0", "1", "2"}  # larger numbers are mostly sizes in the picture, a matter of taste
BEFORE_VALUE = {
    *("return", "typeof", "case", "in", "of", "delete", "void", "throw", "await", "yield", "else"),
    *("import", "export"),
}
STATEMENT = re.compile(
    r"(?:await )?(?!(?:import|export|const|let|return|throw|if|for|while|else|case)\b)[\w$]"
)


class Token(NamedTuple):
    """One word or sign and where it begins; the text in templates is a string."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_value(self) -> bool:
        """Whether a sign after it stands between two values."""
        if self.kind == "name":
            return self.text not in BEFORE_VALUE
        return self.kind in ("number", "string", "regex") or self.text in ")]"


def script_faults(path: str, source: str) -> list[Mutant]:
    """All of them, in the order of the text."""
    tokens = list(tokens_of(source))
    places = sorted({*_by_token(source, tokens), *_by_line(source, tokens)})
    return [Mutant(path, source, *place) for place in places]


def tokens_of(source: str) -> Iterator[Token]:
    """All but space and comments."""
    place, before = 0, Token("sign", ";", 0)
    depths: list[int] = []  # open braces in each template that is open
    while place < len(source):
        text, kind = "", ""
        if source[place] == "`" or (source[place] == "}" and depths and depths[-1] == 0):
            if source[place] == "}":
                depths.pop()
            text, opens = _template(source, place)
            kind = "string"
            if opens:
                depths.append(0)
        elif (
            source[place] == "/"
            and source[place + 1] not in "/*"
            and not before.is_value
            and (match := REGEX.match(source, place))
        ):
            text, kind = match[0], "regex"
        elif match := TOKEN.match(source, place):
            text, kind = match[0], match.lastgroup or ""
        if depths and kind == "sign":
            depths[-1] += {"{": 1, "}": -1}.get(text, 0)
        token = Token(kind, text, place)
        place = token.end
        if kind != "space":
            yield token
            before = token


def _template(source: str, start: int) -> tuple[str, bool]:
    """A piece of a template from ` or } on, and whether a value follows."""
    place = start + 1
    while place < len(source) and source[place] != "`":
        if source.startswith("${", place):
            return source[start : place + 2], True
        place += 2 if source[place] == "\\" else 1
    return source[start : place + 1], False


def _by_token(source: str, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    start_of_file = Token("sign", ";", 0)
    for before, token, after in zip(
        [start_of_file, *tokens], tokens, [*tokens[1:], start_of_file], strict=False
    ):
        text, place = token.text, (token.start, token.end)
        sides = (before, after)
        if token.kind == "number":
            if text in COUNTS and after.text != ":":
                yield *place, str(int(text) + 1)
            if text == "0" and before.text == "[" and after.text == "]":
                yield before.start, after.end, ".at(-1)"
        elif text in BINARY:
            if before.is_value and not (text in "+-" and any(side.kind == "string" for side in sides)):
                yield *place, SWAPPED[text]
            elif text == "-":
                yield *place, ""
        elif text in SWAPPED and token.kind != "string" and before.text != "." and after.text != ":":
            yield *place, SWAPPED[text]
        elif text == "!":
            yield *place, ""
        elif text in METHODS and before.text in (".", "?.") and after.text == "(":
            yield *place, METHODS[text]
    for match in re.finditer(r"\[(\w+)\]\[(\w+)\]", source):
        if match[1] != match[2]:
            yield match.start(), match.end(), f"[{match[2]}][{match[1]}]"
    for match in re.finditer(r"\.at\(-1\)", source):
        yield match.start(), match.end(), ".at(0)"


def _by_line(source: str, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """A statement or an early return left out, a condition turned round."""
    starts = {token.start for token in tokens}
    for match in re.finditer(r"^ *(\S[^\n]*;)$", source, re.MULTILINE):
        line = match[1]
        balanced = all(line.count(a) == line.count(b) for a, b in ("()", "[]", "{}"))
        if match.start(1) in starts and balanced and STATEMENT.match(line) and re.search(r"[(=]|\+\+", line):
            yield match.start(1), match.end(1), ";"
    for match in re.finditer(r"\b(return|continue|break);", source):
        if match.start() in starts:
            yield match.start(), match.end(), ";"
    for match in re.finditer(r"\bif \(([\w.?$]+(?:\([^()]*\))?)\)", source):
        if match.start() in starts:
            yield match.start(1), match.end(1), f"!({match[1]})"

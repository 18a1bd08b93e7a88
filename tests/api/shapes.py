"""An answer held against its schema: every array has the shape that its description states."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from app.labs.explorer.result import BpttResult

SCHEMA = BpttResult.model_json_schema()


def sizes(answer: dict[str, Any]) -> dict[str, int]:
    """What the letters of the descriptions stand for in this answer."""
    V = len(answer["vocabulary"])
    T, H = answer["params"]["steps"], answer["params"]["hidden"]
    V = len(answer["vocabulary"]) or 1
    window = answer.get("window") or {"start": 0, "stop": T}
    return {
        "T": T,
        "D": V,
        "H": H,
        "V": V,
        "GH": {"rnn": 1, "lstm": 4, "gru": 3}[answer["params"]["cell"]] * H,
        "S": window["stop"] - window["start"],
        "P": -(-T // (answer.get("pool") or 1)),
        "K": len(answer["by_k"]["k"]) if answer["by_k"] else 0,
        "N": answer["draws"]["n"] if answer["draws"] else 0,
        "M": len(answer["cost"]["growth"]["T"]),
        "U": len(answer["training"]["loss"]),
    }


def described(node: Any, rules: dict[str, Any], path: str = "") -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Every array of an answer: where it stands, the letters of its shape, what it holds."""
    rules = _resolved(rules)
    if isinstance(node, dict):
        for name, child in node.items():
            inner = rules.get("properties", {}).get(name) or rules.get("additionalProperties")
            if isinstance(inner, dict):
                yield from described(child, inner, f"{path}.{name}")
    elif isinstance(node, list):
        letters = re.match(r"shape \(([A-Z, ]+)\)", rules.get("description", ""))
        if letters:
            yield path, tuple(letters[1].split(", ")), node
        else:
            for i, child in enumerate(node):
                yield from described(child, rules["items"], f"{path}.{i}")


def nulls(node: Any, path: str = "") -> Iterator[str]:
    """Where an answer is null; places in a list are not told apart."""
    if node is None:
        yield path
    for name, child in node.items() if isinstance(node, dict) else ():
        yield from nulls(child, f"{path}.{name}")
    for child in node if isinstance(node, list) else ():
        yield from nulls(child, path)


def assert_shapes(answer: dict[str, Any]) -> int:
    """How many arrays were looked at."""
    size, seen = sizes(answer), 0
    for path, letters, rows in described(answer, SCHEMA):
        array = np.array(rows, dtype=object if path in {".vocabulary", ".tokens", ".targets"} else float)
        expected = tuple(size[letter] for letter in letters)
        if path == ".vocabulary" and answer["params"]["unit"] == "number":
            expected = (0,)
        assert array.shape == expected, f"{path} is {array.shape}, not {letters} = {expected}"
        seen += 1
    return seen


def _resolved(rules: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in rules:
        return _definitions()[rules["$ref"].rsplit("/", 1)[1]]
    options = [option for option in rules.get("anyOf", []) if option.get("type") != "null"]
    return {**_resolved(options[0]), **rules} if options else rules


@cache
def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = SCHEMA["$defs"]
    return definitions

"""What changed between two JSON documents, in numbers: one line for each path."""

import re
from collections.abc import Iterator
from typing import Any

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
Change = tuple[str, Any, Any]
MISSING = object()


def differences(old: Any, new: Any) -> list[str]:
    """A line for each path whose values changed; entries of lists share the path ``name[]``.

    Texts that differ in their numbers alone, such as the path of an outline, are told by their numbers.
    """
    numbers: dict[str, list[tuple[float, float]]] = {}
    others: dict[str, list[tuple[Any, Any]]] = {}
    for path, a, b in _changes(old, new, ""):
        kind = numbers if _is_number(a) and _is_number(b) else others
        kind.setdefault(path.removeprefix("."), []).append((a, b))
    lines = [f"{path}: {_by_how_much(pairs)}" for path, pairs in numbers.items()]
    return lines + [f"{path}: {_instead(pairs)}" for path, pairs in others.items()]


def _changes(a: Any, b: Any, path: str) -> Iterator[Change]:
    if isinstance(a, dict) and isinstance(b, dict):
        for name in a | b:
            yield from _changes(a.get(name, MISSING), b.get(name, MISSING), f"{path}.{name}")
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            yield f"{path}[] (length)", len(a), len(b)
        for x, y in zip(a, b, strict=False):
            yield from _changes(x, y, f"{path}[]")
    elif isinstance(a, str) and isinstance(b, str) and NUMBER.sub("#", a) == NUMBER.sub("#", b):
        for x, y in zip(NUMBER.findall(a), NUMBER.findall(b), strict=True):
            if float(x) != float(y):
                yield f"{path} (text)", float(x), float(y)
    elif (type(a) is not type(b) and not (_is_number(a) and _is_number(b))) or a != b:
        yield path, a, b


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _by_how_much(pairs: list[tuple[float, float]]) -> str:
    absolute = max(abs(a - b) for a, b in pairs)
    relative = max(abs(a - b) / max(abs(a), abs(b)) for a, b in pairs)
    numbers = "1 number" if len(pairs) == 1 else f"{len(pairs)} numbers"
    return f"{numbers}, by at most {absolute:.2g} (relative {relative:.2g})"


def _instead(pairs: list[tuple[Any, Any]]) -> str:
    a, b = pairs[0]
    if a is MISSING:
        said = "added"
    elif b is MISSING:
        said = "removed"
    else:
        said = f"{_short(a)} became {_short(b)}"
    return said if len(pairs) == 1 else f"{said} ({len(pairs)} times)"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"

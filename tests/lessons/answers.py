"""What the labs answer to a moment's link, every digit of it, and what a lesson may claim of that."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from starlette.testclient import TestClient

from app.main import create_app


@cache
def _client() -> TestClient:
    return TestClient(create_app())


def ask(path: str, query: str = "") -> Any:
    """The answer of ``/api/{path}`` with lists of numbers as arrays; null becomes not-a-number."""
    response = _client().get(f"/api/{path}{query}{'&' if query else '?'}digits=17")
    assert response.status_code == 200, (path, query, response.text)
    return arrays(response.json())


def arrays(node: Any) -> Any:
    """Lists of numbers as arrays."""
    if isinstance(node, dict):
        return {name: arrays(child) for name, child in node.items()}
    if isinstance(node, list) and node:
        try:
            return np.array(node, dtype=float)
        except (TypeError, ValueError):
            return [arrays(child) for child in node]
    return node


@dataclass
class Answers:
    """The answers to one link, such as ``training?v=1&k=3#at=1.0.2``, each asked when it is looked at."""

    link: str

    @property
    def page(self) -> str:
        return self.link.partition("?")[0]

    @property
    def query(self) -> str:
        return "?" + self.link.partition("?")[2].partition("#")[0]

    @property
    def seen(self) -> dict[str, str]:
        """The keys of the hash."""
        keys = self.link.partition("#")[2]
        return dict(key.split("=", 1) for key in keys.split("&")) if keys else {}

    @cached_property
    def params(self) -> dict[str, Any]:
        """Every parameter, resolved."""
        return {"": lambda: self.bptt, "training": lambda: self.film, "graph": lambda: self.graph}[
            self.page
        ]()["params"]

    @cached_property
    def bptt(self) -> Any:
        return ask("bptt", self.query)

    @cached_property
    def pair(self) -> Any:
        return ask("pair", f"{self.query}&s={self.seen.get('s', 0)}&t={self.seen.get('t', 0)}")

    @cached_property
    def film(self) -> Any:
        number, frame, _ = map(int, self.seen.get("at", "1.0.0").split("."))
        return ask("training/film", f"{self.query}&pass={number}&from={frame if frame >= 12 else 0}")

    @cached_property
    def lanes(self) -> Any:
        return ask("training/lanes", self.query)

    @cached_property
    def race(self) -> Any:
        return ask("training", self.query)["race"]

    @cached_property
    def map(self) -> Any:
        return ask("training/map", self.query)

    @cached_property
    def graph(self) -> Any:
        return ask("graph", self.query)

    def with_(self, **changed: object) -> "Answers":
        """The same link with other values of its query."""
        query = self.query[1:].split("&")
        kept = [pair for pair in query if pair.partition("=")[0] not in changed]
        added = [f"{name}={value}" for name, value in changed.items() if value is not None]
        return Answers(f"{self.page}?{'&'.join(kept + added)}#{self.link.partition('#')[2]}")


@dataclass
class Claim:
    """What a moment says: the right choices, the numbers of its prose, the live ones by name."""

    right: list[str] | None = None
    numbers: list[float] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?![\d])")
EXPONENT = {ord(raised): plain for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}


def said(text: str) -> list[tuple[float, float]]:
    """Every number in a text, and half a unit of its last digit; 3 × 10⁻⁵ and 12,528 are one."""
    text = re.sub(r"\{\w+(\|[^}]*)?\}|\]\([^)]*\)", " ", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    found = []
    for match in re.finditer(rf"({NUMBER.pattern})(?:\s*×\s*10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?", text):
        digits = match[1].replace("−", "-")
        scale = 10.0 ** int(match[2].translate(EXPONENT)) if match[2] else 1.0
        decimals = len(digits.partition(".")[2])
        found.append((float(digits) * scale, 0.5 * 10.0**-decimals * scale))
    return found

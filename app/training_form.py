"""Stands in for the schema of the training lab until that is there: the same controls, written by hand."""

from typing import Any

from .form import Control

GROUPS = ("network", "order", "update", "race", "task")
_TEXT: dict[str, Any] = {"only_with": {"task": ["text"]}}
_RECALL: dict[str, Any] = {"only_with": {"task": ["recall", "episodes"]}}


def controls() -> list[Control]:
    """In the order of the link."""
    return [
        _choice("task", "main", "text recall episodes adding"),
        _it(
            "text", "main", "text", "hello", **_TEXT, limits={"too_few_symbols": 2, "too_many_symbols": 2001}
        ),
        _it("k", "main", "integer", 2, 1, 1000),
        _it("lr", "main", "number", 0.3, 0, 10, 0.001),
        _choice("state", "main", "carried zeros"),
        _choice("cell", "network", "rnn lstm gru"),
        _choice("activation", "network", "tanh sigmoid relu identity", only_with={"cell": ["rnn"]}),
        _it("hidden", "network", "integer", 8, 1, 128),
        _it("gain", "network", "number", 1, 0, 3, 0.05),
        _it("gate_bias", "network", "number", 1, -3, 5, 0.5, not_with={"cell": ["rnn"]}),
        _it("seed", "network", "integer", 0, 0, 9999),
        _it("lanes", "order", "integer", 1, 1, 64),
        _choice("reading", "order", "formula book", **_TEXT),
        _choice("reset", "order", "epoch never", **_TEXT),
        _choice("shuffle", "order", "0 1", **_TEXT),
        _choice("optimizer", "update", "sgd adam"),
        _choice("clip", "update", "none norm element"),
        _it("clip_at", "update", "number", 1, 0.001, 100, 0.001, not_with={"clip": ["none"]}),
        _choice("divide", "update", "length k"),
        _choice("match", "race", "steps updates"),
        _it("budget", "race", "integer", 80, 1, 100000),
        _it("contest", "race", "text", "1,2,full"),
        _it("seeds", "race", "integer", 5, 1, 10),
        _it("lag", "task", "integer", 10, 1, 64, not_with={"task": ["text"]}),
        _it("distractors", "task", "integer", 8, 1, 26, **_RECALL),
        _it("cues", "task", "integer", 2, 2, 8, **_RECALL),
        _it("gap", "task", "integer", 8, 0, 32, only_with={"task": ["recall"]}),
    ]


def _choice(name: str, group: str, choices: str, **rest: Any) -> Control:
    values = choices.split()
    return _it(name, group, "choice", values[0], choices=values, **rest)


def _it(
    name: str,
    group: str,
    kind: str,
    default: object,
    minimum: float | None = None,
    maximum: float | None = None,
    step: float = 1,
    **rest: Any,
) -> Control:
    usual: dict[str, Any] = dict.fromkeys(("choices", "limits", "usual", "gates", "times_steps"))
    said = {"only_with": {}, "not_with": {}} | usual | rest
    return Control(
        name=name,
        group=group,
        kind=kind,
        default=default,
        minimum=minimum,
        maximum=maximum,
        step=step,
        **said,
    )

"""The schema writes the form: one control for every parameter."""

from dataclasses import asdict, dataclass
from typing import Any

from .bptt.cells import CELLS
from .bptt.truncation import SCHEMES, settings_of
from .labs.bptt_params import BpttParams


@dataclass(frozen=True)
class Control:
    """A parameter as the page shows it; ``only_with`` tells beside which choices it has a meaning.

    One without a group has no control, since nothing obeys it yet, but a link may carry it.
    """

    name: str
    group: str | None
    kind: str
    default: Any
    choices: list[str] | None
    minimum: float | None
    maximum: float | None
    step: float
    only_with: dict[str, list[str]]
    limits: dict[str, int] | None


def controls() -> list[Control]:
    """In the order of the schema, which is that of the link."""
    schema = BpttParams.model_json_schema()["properties"]
    return [_control(name, rules) for name, rules in schema.items()]


def as_data() -> list[dict[str, Any]]:
    """For the page's scripts."""
    return [asdict(control) for control in controls()]


def _control(name: str, rules: dict[str, Any]) -> Control:
    bounds = next((r for r in rules.get("anyOf", [rules]) if r.get("type") != "null"), rules)
    choices = bounds.get("enum") or ([bounds["const"]] if "const" in bounds else None)
    kind = "choice" if choices else "text" if bounds["type"] == "string" else bounds["type"]
    return Control(
        name=name,
        group=rules.get("group"),
        kind=kind,
        default=rules["default"],
        choices=choices,
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        step=rules.get("step", 1),
        only_with=_only_with(name),
        limits=rules.get("limits"),
    )


def _only_with(name: str) -> dict[str, list[str]]:
    obeyed: dict[str, dict[str, type]] = {"cell": dict(CELLS), "truncation": dict(SCHEMES)}
    by = {
        choice: [entry for entry, kind in registry.items() if name in settings_of(kind)]
        for choice, registry in obeyed.items()
    }
    return {choice: entries for choice, entries in by.items() if entries}

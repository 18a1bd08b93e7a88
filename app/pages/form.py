"""The schema writes the form: one control for every parameter."""

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel

from ..bptt.cells import CELLS
from ..bptt.truncation import SCHEMES, settings_of
from ..labs.explorer.params import BpttParams

GROUPS = ("reading", "network", "loss", "truncation", "training")
TRAINING_GROUPS = ("network", "order", "update", "race", "task")
"""What stands behind More, in the order of the computation."""


@dataclass(frozen=True)
class Control:
    """A parameter as the page shows it.

    ``only_with`` tells beside which values it has a meaning, ``not_with`` beside which it has none;
    ``usual`` are the texts of the units, ``gates`` how many gates a cell has, by which weights are counted,
    ``times_steps`` is the most that a number times the steps may be.
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
    not_with: dict[str, list[str]]
    limits: dict[str, int] | None
    usual: dict[str, str] | None
    gates: dict[str, int] | None
    times_steps: int | None


def controls(lab: type[BaseModel] = BpttParams) -> list[Control]:
    """In the order of the schema, which is that of the link."""
    schema = lab.model_json_schema()["properties"]
    return [_control(name, rules, _obeyed(name, schema)) for name, rules in schema.items()]


def as_data(lab: type[BaseModel] = BpttParams) -> list[dict[str, Any]]:
    """For the page's scripts."""
    return [asdict(control) for control in controls(lab)]


def _control(name: str, rules: dict[str, Any], obeyed: dict[str, list[str]]) -> Control:
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
        only_with=rules.get("only_with", {}) | obeyed,
        not_with=rules.get("not_with", {}),
        limits=rules.get("limits"),
        usual=rules.get("usual"),
        gates=rules.get("gates"),
        times_steps=rules.get("times_steps"),
    )


def _obeyed(name: str, schema: dict[str, Any]) -> dict[str, list[str]]:
    """Beside which cells and schemes a parameter means something, as far as they can be chosen here."""
    obeyed: dict[str, dict[str, type]] = {"cell": dict(CELLS), "truncation": dict(SCHEMES)}
    by = {
        choice: [entry for entry, kind in registry.items() if name in settings_of(kind)]
        for choice, registry in obeyed.items()
        if choice in schema
    }
    return {choice: entries for choice, entries in by.items() if entries}

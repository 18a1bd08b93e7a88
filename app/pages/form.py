"""Form controls generated from the parameters' JSON schema, one for every parameter."""

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel

from ..bptt.cells import CELLS
from ..bptt.truncation import SCHEMES, settings_of
from ..labs.explorer.params import BpttParams
from ..labs.parameters import FORM

GROUPS = ("network", "loss", "training", "reading")
TRAINING_GROUPS = ("network", "order", "update", "race", "task")
"""The groups of the settings; the group ``main`` is above the picture."""


@dataclass(frozen=True)
class Control:
    """The form control of a parameter; ``labs.parameters.control`` explains its extra fields."""

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
    draws: list[int] | None
    own: dict[str, int] | None
    at_least: str | None
    at_most: str | None
    idle_value: str | None


def controls(lab: type[BaseModel] = BpttParams) -> list[Control]:
    """All controls, in the order of the schema and of links."""
    schema = lab.model_json_schema()["properties"]
    return [_control(name, rules, _users_of(name, schema)) for name, rules in schema.items()]


def as_data(lab: type[BaseModel] = BpttParams) -> list[dict[str, Any]]:
    """All controls as data for the scripts."""
    return [asdict(control) for control in controls(lab)]


def _control(name: str, rules: dict[str, Any], users: dict[str, list[str]]) -> Control:
    bounds = next((r for r in rules.get("anyOf", [rules]) if r.get("type") != "null"), rules)
    choices = bounds.get("enum") or ([bounds["const"]] if "const" in bounds else None)
    extra = rules.get(FORM, {})
    kind = "choice" if choices else "text" if bounds["type"] == "string" else bounds["type"]
    return Control(
        name=name,
        group=extra.get("group"),
        kind=kind,
        default=rules["default"],
        choices=choices,
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        step=extra.get("step", 1),
        only_with=extra.get("only_with", {}) | users,
        not_with=extra.get("not_with", {}),
        limits=extra.get("limits"),
        usual=extra.get("usual"),
        gates=extra.get("gates"),
        times_steps=extra.get("times_steps"),
        draws=extra.get("draws"),
        own=extra.get("own"),
        at_least=extra.get("at_least"),
        at_most=extra.get("at_most"),
        idle_value=extra.get("idle_value"),
    )


def _users_of(name: str, schema: dict[str, Any]) -> dict[str, list[str]]:
    """The cells and schemes that use a parameter, if the lab has a choice of them."""
    registries: dict[str, dict[str, type]] = {"cell": dict(CELLS), "truncation": dict(SCHEMES)}
    by = {
        choice: [entry for entry, kind in registry.items() if name in settings_of(kind)]
        for choice, registry in registries.items()
        if choice in schema
    }
    return {choice: entries for choice, entries in by.items() if entries}

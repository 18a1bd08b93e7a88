"""Generates the tables in docs/conventions.md from the code that converts and trains (``make types``)."""

from dataclasses import fields
from pathlib import Path

import numpy as np

from app.bptt.arrays import Array
from app.bptt.cells import CELLS
from app.bptt.clipping import EPSILON
from app.bptt.optimizers import OPTIMIZERS
from app.bptt.spectral_radius import spectral_radius
from app.bptt.starts import STARTS
from app.interchange.layouts import LAYOUTS, Layout
from app.interchange.targets import TARGETS, Target

TARGET = Path(__file__).parents[1] / "docs/conventions.md"
HEAD = "| framework | layer | gates, in its order | input | state | biases | reset | keeps the old state by |"


def table() -> str:
    """One row for each layout."""
    rows = [HEAD, "|---" * HEAD.count("|")]
    rows[1] = "|---" * (HEAD.count("|") - 1) + "|"
    return "\n".join([*rows, *map(_row, LAYOUTS)]) + "\n"


def _row(layout: Layout) -> str:
    across = "transposed" if layout.transposed else "as here"
    keeps = {True: "z", False: "1 − z"}[layout.keeps_by_z] if layout.cell == "gru" else ""
    cells = [
        layout.framework,
        layout.layer,
        " ".join(layout.gates) if len(layout.gates) > 1 else "",
        f"{_named(layout, layout.kernel)}, {across}",
        f"{_named(layout, layout.recurrent)}, {across}",
        _biases(layout),
        layout.reset or "",
        keeps,
    ]
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _named(layout: Layout, template: str) -> str:
    exceptions = {name: other for name, other in layout.renamed.items() if name in _all(layout, template)}
    said = "".join(f" (`{other}`)" for other in exceptions.values())
    return f"`{template}`{said}"


def _all(layout: Layout, template: str) -> list[str]:
    return [template.format(gate=gate) for gate in layout.gates]


def _biases(layout: Layout) -> str:
    if layout.stacked_biases:
        return f"`{layout.bias}` (2, {len(layout.gates)}H): of the input, of the state"
    of = {"input": layout.bias, "state": layout.recurrent_bias}
    gates = layout.recurrent_bias_gates
    limited = f", {' '.join(gates)} only" if gates else ""
    parts = [f"`{name}` ({side}{limited if side == 'state' else ''})" for side, name in of.items() if name]
    return ", ".join(parts)


def files() -> str:
    """One row for each framework for which files are written."""
    head = "| `framework` | layers | file | its arrays | read by | initial state |"
    rule = "|---" * (head.count("|") - 1) + "|"
    return "\n".join([head, rule, *(_file(name, target) for name, target in TARGETS.items())]) + "\n"


def _file(name: str, target: Target) -> str:
    layers = dict.fromkeys(layout.layer for layout in _written(target))
    arrays = [target.names, *target.readout]
    cells = [
        f"`{name}`",
        f"{target.framework}: {', '.join(layers)}",
        f"`.{target.ending}`",
        ", ".join(f"`{array}`" for array in arrays),
        f"`{target.loading}`",
        f"`{target.state}`" if target.state else "inside",
    ]
    return f"| {' | '.join(cells)} |"


def _written(target: Target) -> list[Layout]:
    """The layouts that are written: of several for a cell, the first."""
    return [*{(layout.cell, layout.reset): layout for layout in reversed(target.layouts)}.values()][::-1]


DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SYMBOLS = {"mu": "μ", "rho": "ρ", "epsilon": "ε", "beta1": "β₁", "beta2": "β₂"}


def constants() -> str:
    """One row for each optimizer with constants, and one for clipping by the norm."""
    rows = ["| | constants here |", "|---|---|"]
    for name, optimizer in OPTIMIZERS.items():
        own = [
            f"{SYMBOLS[one.name]} = {_number(one.default)}"
            for one in fields(optimizer)
            if one.name in SYMBOLS
        ]
        rows += [f"| `{name}` | {', '.join(own)} |"] if own else []
    return "\n".join([*rows, f"| clipping by the norm | ε = {_number(EPSILON)} |"]) + "\n"


def _number(value: float) -> str:
    """1e-08 as 10⁻⁸."""
    exponent = f"{value:g}".partition("1e-0")[2]
    return f"10⁻{DIGITS[int(exponent)]}" if exponent else f"{value:g}"


UNITS, DRAWS = 16, 100  # of the networks that are drawn for the table of starts


def starts() -> str:
    """One row for each start: the mean spectral radius of Wh, and the mean bias of the forget gate."""
    rows = ["| `init` | spectral radius of Wh, RNN | bias of the forget gate, LSTM |", "|---|---|---|"]
    return "\n".join([*rows, *map(_start, STARTS)]) + "\n"


def _start(name: str) -> str:
    def drawn(cell: str, part: str) -> list[Array]:
        sizes = (UNITS, UNITS, UNITS)
        streams = map(np.random.RandomState, range(DRAWS))
        return [STARTS[name].draw(CELLS[cell](), *sizes, 1.0, stream)[part] for stream in streams]

    radius = np.mean([spectral_radius(Wh) for Wh in drawn("rnn", "Wh")])
    bias = np.mean([b[:UNITS] for b in drawn("lstm", "b")])  # of f, which is first
    return f"| `{name}` | {radius:.2f} | {abs(bias):.1f} |"


TABLES = {"layouts": table, "files": files, "constants": constants, "starts": starts}


def document() -> str:
    """The whole page with the tables as they should be."""
    text = TARGET.read_text(encoding="utf-8")
    for name, written in TABLES.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n\n{written()}\n{end}{rest.partition(end)[2]}"
    return text


def main() -> None:
    """Write the page."""
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Generates the table in docs/conventions.md from the layouts that convert weights (``make types``)."""

from pathlib import Path

from app.interchange.layouts import LAYOUTS, Layout

TARGET = Path(__file__).parents[1] / "docs/conventions.md"
BEGIN, END = "<!-- layouts -->", "<!-- end of layouts -->"
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


def document() -> str:
    """The whole page with the table as it should be."""
    before, _, rest = TARGET.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


def main() -> None:
    """Write the page."""
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()

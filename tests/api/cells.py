"""Every cell in every form, as a query says it."""

from app.bptt.cells import CELLS

RESET_AFTER = {"cell": "gru", "reset_gate": "after"}
FORMS: list[dict[str, str]] = [*({"cell": cell} for cell in CELLS), RESET_AFTER]

"""The stairs of recall, measured beforehand: all cells together are beyond what one question may cost.

``python -m app.labs.training.precomputed`` measures them again; the same numbers come out on every machine up
to the last digits, and a test measures one of them anew.
"""

import json
from pathlib import Path
from typing import Any

from .lag_map import Stairs
from .params import TrainingParams

SIZE = {"hidden": 32, "lanes": 16, "seeds": 5}
_COMMON = {"task": "recall", "gain": 0.9, "optimizer": "adam", "clip": "norm"}
SETTINGS = {
    "A": _COMMON | {"lr": 0.005, "budget": 8000},
    "B": _COMMON | {"lr": 0.001, "budget": 16000},
}
LAGS, KS = (
    {"A": (2, 4, 6, 8, 10, 14, 18), "B": (4, 6, 8, 10, 14)},
    {
        "A": (1, 2, 5, 10, 20, 40),
        "B": (1, 5, 10, 20, 40),
    },
)
_FOLDER = Path(__file__).parent / "bundled"


def stairs(name: str) -> Stairs:
    """Those of a preset, to be run."""
    return Stairs(TrainingParams.model_validate(SETTINGS[name]), LAGS[name], KS[name], **SIZE)


def measured() -> dict[str, dict[str, Any]]:
    """What was found, by preset."""
    return {name: json.loads((_FOLDER / f"stairs-{name}.json").read_text()) for name in SETTINGS}


def main() -> None:
    """Measure all of them."""
    for name in SETTINGS:
        found = stairs(name)
        for event in found.events():
            if event and event[0] == "cell":
                print(name, event[1], flush=True)
        whole = found.whole
        for cell in whole["cells"]:
            cell |= {part: round(float(cell[part]), 4) for part in ("mean", "min", "max")}
        (_FOLDER / f"stairs-{name}.json").write_text(json.dumps(whole, indent=1) + "\n")


if __name__ == "__main__":
    main()

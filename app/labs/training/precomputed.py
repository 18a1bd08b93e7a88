"""Precomputed lag maps of delayed recall, which cost more time than one request may.

``python -m app.labs.training.precomputed`` computes them again. Processors that round
differently give slightly different numbers; a test computes one cell again.
"""

import json
from pathlib import Path
from typing import Any

from .lag_map import LagMap
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


def lag_map(name: str) -> LagMap:
    """The map of a preset, not yet computed."""
    return LagMap(TrainingParams.model_validate(SETTINGS[name]), LAGS[name], KS[name], **SIZE)


def lag_maps() -> dict[str, dict[str, Any]]:
    """The computed maps, by preset."""
    return {name: json.loads((_FOLDER / f"lag-map-{name}.json").read_text()) for name in SETTINGS}


def main() -> None:
    """Compute all maps and write them into the package."""
    for name in SETTINGS:
        work = lag_map(name)
        for event in work.events():
            if event and event[0] == "cell":
                print(name, event[1], flush=True)
        result = work.result
        for cell in result["cells"]:
            cell |= {part: round(float(cell[part]), 4) for part in ("mean", "min", "max")}
        (_FOLDER / f"lag-map-{name}.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()

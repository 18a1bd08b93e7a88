"""Runs the Python tests under other BLAS kernels and SIMD levels: ``python -m tests.kernels``.

OpenBLAS and NumPy choose code for the processor that they run on, and each choice rounds differently. The
tests whose numbers depend on it are run once under each choice that this processor can be made to run.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NUMERIC = (
    "tests/kernel",
    "tests/graph",
    "tests/api",
    "tests/labs",
    "tests/lessons",
    "tests/test_presets.py",
    "tests/test_graph_presets.py",
    "tests/test_training_presets.py",
)
CORES = ("Prescott", "Haswell", "Zen", "SkylakeX", "ARMV8", "NEOVERSEN1", "NEOVERSEV1")  # oldest first
PYTEST = ("-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider")
CORE, DISABLED = "OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES"
PROBE = """
import ctypes, json, pathlib
import numpy
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from numpy.lib.introspect import opt_func_info

core = None
for path in pathlib.Path(numpy.__file__).parents[1].glob("numpy.libs/*openblas*"):
    for name in ("scipy_openblas_get_corename64_", "scipy_openblas_get_corename"):
        if corename := getattr(ctypes.CDLL(str(path)), name, None):
            corename.restype = ctypes.c_char_p
            core = corename().decode()
numpy.ones((64, 64)) @ numpy.ones((64, 64))  # ends the process if the processor lacks the instructions
functions = opt_func_info(signature="float64").values()
print(json.dumps({
    "core": core,
    "levels": sorted({targets["current"] for kinds in functions for targets in kinds.values()}),
    "features": [name for name in __cpu_dispatch__ if __cpu_features__[name]],
}))
"""


@dataclass(frozen=True)
class Kernel:
    """A choice of code: the variables that ask for it, and what then runs."""

    environment: dict[str, str]
    core: str | None  # of OpenBLAS; None where NumPy brings another BLAS
    levels: tuple[str, ...]  # of NumPy, for float64

    def __str__(self) -> str:
        return f"OpenBLAS {self.core}, NumPy {' '.join(self.levels)}"


def kernels() -> list[Kernel]:
    """Choices that between them run every core and every level, the usual one left out.

    An older core goes with a lower level, as it does in processors.
    """
    usual = probe({})
    assert usual is not None, "NumPy does not run here"
    features = usual["features"]
    disabled = [" ".join(features[n:]) for n in range(len(features) + 1)]
    levels = _distinct(DISABLED, disabled, "levels")
    cores = _distinct(CORE, CORES, "core") if usual["core"] else []
    found = []
    for pair in zip_longest(cores, levels):
        environment = {name: value for name, value in zip((CORE, DISABLED), pair, strict=True) if value}
        seen = probe(environment)
        if seen and (seen["core"], seen["levels"]) != (usual["core"], usual["levels"]):
            found.append(Kernel(environment, seen["core"], tuple(seen["levels"])))
    return found


def _distinct(name: str, values: Sequence[str], what: str) -> list[str]:
    """The values of a variable that make something else run than those before them."""
    found: dict[str, str] = {}
    for value in values:
        seen = probe({name: value})
        if seen:
            found.setdefault(str(seen[what]), value)
    return list(found.values())


def probe(environment: dict[str, str]) -> dict[str, Any] | None:
    """What runs under these variables; None where the processor cannot run it."""
    done = _python(environment, "-c", PROBE)
    return json.loads(done.stdout) if done.returncode == 0 else None


def _python(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    usual = {name: value for name, value in os.environ.items() if name not in (CORE, DISABLED)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=usual | environment, capture_output=True, text=True)


def run(kernel: Kernel, arguments: Sequence[str]) -> bool:
    """Run the tests under it and print a line with the result, and the failures; whether all passed."""
    done = _python(kernel.environment, *PYTEST, *arguments)
    passed = done.returncode == 0
    *output, result = done.stdout.strip().splitlines() or [done.stderr]
    print(f"{kernel}: {result}" if passed else "\n".join([*output, f"{kernel}: {result}"]), flush=True)
    return passed


def main(arguments: Sequence[str]) -> int:
    """Run the tests under each choice, as many at once as there are processors; 1 where a test failed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda kernel: run(kernel, arguments or NUMERIC), kernels()))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

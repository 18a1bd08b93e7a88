"""Mutation testing: make small faults in the code and report which of them all tests pass.

``python -m tests.mutants`` takes a sample of every folder; ``--path`` names other files or folders,
``--sample`` the size, ``--seed`` the draw, ``--seconds`` the time, from the first mutant on, after which no
new one is begun. ``--tests tests/kernel`` measures and runs only the Python tests of that folder: less to
measure, and every fault that they find is found; one that survives them may still be found by the others.
Mutants in lines of scripts that only a browser runs are neither drawn nor part of the score: the tests in a
browser take minutes for each. The column "browser only" says how many of those made they are.
Exits 1 if fewer than 97 % of the mutants that change behavior are killed.
"""

import argparse
import hashlib
import inspect
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

from tests.mutants.mutant import Mutant, equivalents
from tests.mutants.python_faults import python_faults
from tests.mutants.python_tests import Lines, PythonTests, measured
from tests.mutants.script_faults import script_faults
from tests.mutants.script_lines import ScriptLines, measured_scripts
from tests.mutants.script_tests import NO_SCRIPT, ScriptTests
from tests.mutants.tree import CACHE, copied

FOLDERS = (
    *(
        "app/api",
        "app/bptt",
        "app/graph",
        "app/interchange",
        "app/labs",
        "app/pages",
        "app/rooms",
        "app/serving",
    ),
    "static/js",
)
FAULTS = {".py": python_faults, ".js": script_faults}
ENOUGH = 0.97
SURVIVORS = CACHE / "survivors.json"
FAULTS_FOUND = CACHE / "faults"


class Tested:
    """The verdicts so far, shared by the workers."""

    def __init__(self, mutants: list[Mutant], until: float) -> None:
        self.verdicts: dict[Mutant, str] = {}
        self._waiting = mutants[::-1]
        self._until = until
        self._lock = threading.Lock()

    def work(self, python: PythonTests, scripts: ScriptTests) -> None:
        """Test one mutant after the other."""
        while mutant := self._next():
            tests = python if mutant.path.endswith(".py") else scripts
            verdict = tests.verdict(mutant)
            with self._lock:
                self.verdicts[mutant] = verdict
                print(f"{len(self.verdicts)}: {verdict or 'SURVIVED'}\n{mutant}", file=sys.stderr)

    def _next(self) -> Mutant | None:
        with self._lock:
            return self._waiting.pop() if self._waiting and time.monotonic() < self._until else None


def main() -> int:
    """The exit code."""
    options = _options()
    os.nice(max(0, 10 - os.nice(0)))
    with ExitStack() as stack:
        trees = [stack.enter_context(copied()) for _ in range(options.workers)]
        made = {folder: list(_faults(trees[0], folder)) for folder in options.path or FOLDERS}
        has_scripts = any(mutant.path.endswith(".js") for mutants in made.values() for mutant in mutants)
        of_scripts = measured_scripts(trees[0], options.remeasure) if has_scripts else ScriptLines({})
        scripts = [ScriptTests(tree, of_scripts) for tree in trees]
        within = {
            folder: [mutant for mutant in mutants if not _browser_only(mutant, scripts[0])]
            for folder, mutants in made.items()
        }
        if options.again:
            last = {tuple(each) for each in json.loads(SURVIVORS.read_text())}
            drawn = {
                folder: [mutant for mutant in mutants if mutant.key in last]
                for folder, mutants in within.items()
            }
        else:
            drawn = {folder: _sample(mutants, options) for folder, mutants in within.items()}
        has_python = any(mutant.path.endswith(".py") for mutants in drawn.values() for mutant in mutants)
        lines = measured(trees[0], options.tests, options.remeasure) if has_python else Lines({}, {})
        changing = [mutant for mutant in _in_turn(drawn) if not mutant.equivalent]
        tested = Tested(changing, time.monotonic() + options.seconds)
        threads = []
        for tree, script_tests in zip(trees, scripts, strict=True):
            python = PythonTests(tree, lines, options.each)
            stack.callback(python.close)
            threads.append(threading.Thread(target=tested.work, args=(python, script_tests)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return _report(made, within, drawn, tested.verdicts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--path", action="append", help="a file or folder, may be repeated")
    parser.add_argument("--tests", action="append", help="only these Python tests, may be repeated")
    parser.add_argument("--sample", type=int, default=100, help="mutants of each path; 0 takes all")
    parser.add_argument("--seed", type=int, default=1, help="which mutants are drawn")
    parser.add_argument("--seconds", type=float, default=3600, help="time after which none is begun")
    parser.add_argument("--each", type=float, default=30, help="CPU seconds of Python tests for a mutant")
    parser.add_argument("--workers", type=int, choices=(1, 2), default=1, help="processes at once")
    parser.add_argument("--again", action="store_true", help="only those that survived the last time")
    parser.add_argument("--remeasure", action="store_true", help="measure anew which test runs which line")
    return parser.parse_args()


def _faults(tree: Path, folder: str) -> Iterator[Mutant]:
    place = tree / folder
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.suffix in FAULTS:
            yield from _kept(str(path.relative_to(tree)), path.read_text(), FAULTS[path.suffix])


def _kept(path: str, source: str, make: Callable[[str, str], list[Mutant]]) -> Iterator[Mutant]:
    """The faults of a file, found once for every version of it: each is compiled, which takes time."""
    made_by = Path(inspect.getfile(make)).read_text()
    file = FAULTS_FOUND / hashlib.sha256(f"{path}\n{source}\n{made_by}".encode()).hexdigest()[:16]
    if not file.exists():
        FAULTS_FOUND.mkdir(parents=True, exist_ok=True)
        found = [[it.start, it.end, it.text, it.function] for it in make(path, source)]
        file.write_text(json.dumps(found))
    for start, end, text, function in json.loads(file.read_text()):
        yield Mutant(path, source, start, end, text, function)


def _sample(mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    mixed = random.Random(options.seed).sample(mutants, len(mutants))
    return mixed[: options.sample or None]


def _in_turn(drawn: dict[str, list[Mutant]]) -> list[Mutant]:
    """One of each folder, then the next of each: when time runs out, every folder has had its share."""
    return [mutant for row in zip_longest(*drawn.values()) for mutant in row if mutant]


def _report(
    made: dict[str, list[Mutant]],
    within: dict[str, list[Mutant]],
    drawn: dict[str, list[Mutant]],
    verdicts: dict[Mutant, str],
) -> int:
    total: Counter[str] = Counter()
    survivors: list[Mutant] = []
    print(
        f"{'':28}{'made':>8}{'browser only':>14}{'tried':>8}{'killed':>8}{'survived':>10}{'equivalent':>12}"
    )
    for folder, mutants in drawn.items():
        kinds = {mutant: _kind(mutant, verdicts) for mutant in mutants}
        survivors += [mutant for mutant, kind in kinds.items() if kind == "survived"]
        count = Counter(kinds.values())
        count["made"] = len(made[folder])
        count["browser only"] = len(made[folder]) - len(within[folder])
        total += count
        print(_row(folder, count))
    if len(drawn) > 1:
        print(_row("all", total))
    if total["browser only"]:
        print(f"The score leaves out {total['browser only']} mutants in lines that only a browser runs.")
    for mutant in sorted(survivors, key=lambda mutant: (mutant.path, mutant.start)):
        print(mutant)
    keys = {mutant.key for mutants in made.values() for mutant in mutants}
    paths = {path for path, _, _ in keys}
    for key in equivalents().keys() - keys:
        if key[0] in paths:
            print("listed as equivalent, but not made any more:", *key, sep="\n    ")
    CACHE.mkdir(exist_ok=True)
    SURVIVORS.write_text(json.dumps([mutant.key for mutant in survivors]))
    return int(_score(total) < ENOUGH)


def _browser_only(mutant: Mutant, scripts: ScriptTests) -> bool:
    return mutant.path.endswith(".js") and not scripts.runs(mutant)


def _kind(mutant: Mutant, verdicts: dict[Mutant, str]) -> str:
    if mutant.equivalent:
        return "equivalent"
    if mutant not in verdicts:
        return "not tried"
    if verdicts[mutant] == NO_SCRIPT:
        return "no script"
    return "killed" if verdicts[mutant] else "survived"


def _row(name: str, count: Counter[str]) -> str:
    tried = count["killed"] + count["survived"] + count["equivalent"]
    numbers = f"{tried:8}{count['killed']:8}{count['survived']:10}{count['equivalent']:12}"
    return f"{name:28}{count['made']:8}{count['browser only']:14}{numbers}   {_score(count):.1%}"


def _score(count: Counter[str]) -> float:
    changing = count["killed"] + count["survived"]
    return count["killed"] / changing if changing else 1.0


if __name__ == "__main__":
    sys.exit(main())

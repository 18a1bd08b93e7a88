"""Mutation testing: make small faults in the code and report which of them all tests pass.

``python -m tests.mutants`` takes a sample of every folder; ``--path`` names other files or folders,
``--sample`` the size, ``--seed`` the draw, ``--seconds`` the time after which no new mutant is begun.
Exits 1 if fewer than 97 % of the mutants that change behavior are killed.
"""

import argparse
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

from tests.mutants.mutant import Mutant, equivalents
from tests.mutants.python_faults import python_faults
from tests.mutants.python_tests import CACHE, PythonTests, measured
from tests.mutants.script_faults import script_faults
from tests.mutants.script_tests import NO_SCRIPT, ScriptTests
from tests.mutants.tree import copied

FOLDERS = ("app/bptt", "app/graph", "app/labs", "app/serving", "static/js")
FAULTS = {".py": python_faults, ".js": script_faults}
ENOUGH = 0.97
SURVIVORS = CACHE / "survivors.json"


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
    until = time.monotonic() + options.seconds
    with ExitStack() as stack:
        trees = [stack.enter_context(copied()) for _ in range(options.workers)]
        scripts = [ScriptTests(tree) for tree in trees]
        made = {folder: list(_faults(trees[0], folder)) for folder in options.path or FOLDERS}
        if options.again:
            last = {tuple(each) for each in json.loads(SURVIVORS.read_text())}
            drawn = {
                folder: [mutant for mutant in mutants if mutant.key in last]
                for folder, mutants in made.items()
            }
        else:
            drawn = {folder: _sample(mutants, options) for folder, mutants in made.items()}
        tested = Tested([mutant for mutant in _in_turn(drawn) if not mutant.equivalent], until)
        lines = measured(trees[0], options.remeasure)
        threads = []
        for tree, of_scripts in zip(trees, scripts, strict=True):
            python = PythonTests(tree, lines)
            stack.callback(python.close)
            threads.append(threading.Thread(target=tested.work, args=(python, of_scripts)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return _report(made, drawn, tested.verdicts, scripts[0])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--path", action="append", help="a file or folder, may be repeated")
    parser.add_argument("--sample", type=int, default=100, help="mutants of each path; 0 takes all")
    parser.add_argument("--seed", type=int, default=1, help="which mutants are drawn")
    parser.add_argument("--seconds", type=float, default=3600, help="time after which none is begun")
    parser.add_argument("--workers", type=int, choices=(1, 2), default=1, help="processes at once")
    parser.add_argument("--again", action="store_true", help="only those that survived the last time")
    parser.add_argument("--remeasure", action="store_true", help="measure anew which test runs which line")
    return parser.parse_args()


def _faults(tree: Path, folder: str) -> Iterator[Mutant]:
    place = tree / folder
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.suffix in FAULTS:
            yield from FAULTS[path.suffix](str(path.relative_to(tree)), path.read_text())


def _sample(mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    mixed = random.Random(options.seed).sample(mutants, len(mutants))
    return mixed[: options.sample or None]


def _in_turn(drawn: dict[str, list[Mutant]]) -> list[Mutant]:
    """One of each folder, then the next of each: when time runs out, every folder has had its share."""
    return [mutant for row in zip_longest(*drawn.values()) for mutant in row if mutant]


def _report(
    made: dict[str, list[Mutant]],
    drawn: dict[str, list[Mutant]],
    verdicts: dict[Mutant, str],
    scripts: ScriptTests,
) -> int:
    total: Counter[str] = Counter()
    survivors: list[Mutant] = []
    print(
        f"{'':28}{'made':>8}{'tried':>8}{'killed':>8}{'survived':>10}{'equivalent':>12}{'browser only':>14}"
    )
    for folder, mutants in drawn.items():
        count = Counter(_kind(mutant, verdicts, scripts) for mutant in mutants)
        survivors += [mutant for mutant in mutants if _kind(mutant, verdicts, scripts) == "survived"]
        total += count
        print(_row(folder, len(made[folder]), count))
    if len(drawn) > 1:
        print(_row("all", sum(map(len, made.values())), total))
    for mutant in sorted(survivors, key=lambda mutant: (mutant.path, mutant.start)):
        print(mutant)
    keys = {mutant.key for mutants in made.values() for mutant in mutants}
    paths = {path for path, _, _ in keys}
    for key in equivalents().keys() - keys:
        if key[0] in paths:
            print("listed as equivalent, but not made any more:", *key, sep="\n    ")
    SURVIVORS.write_text(json.dumps([mutant.key for mutant in survivors]))
    return int(_score(total) < ENOUGH)


def _kind(mutant: Mutant, verdicts: dict[Mutant, str], scripts: ScriptTests) -> str:
    if mutant.equivalent:
        return "equivalent"
    if mutant not in verdicts:
        return "not tried"
    if verdicts[mutant] == NO_SCRIPT:
        return "no script"
    if verdicts[mutant]:
        return "killed"
    is_script = mutant.path.endswith(".js")
    return "browser only" if is_script and not scripts.runs(mutant) else "survived"


def _row(name: str, made: int, count: Counter[str]) -> str:
    tried = sum(count.values()) - count["not tried"] - count["no script"]
    numbers = f"{made:8}{tried:8}{count['killed']:8}{count['survived']:10}{count['equivalent']:12}"
    return f"{name:28}{numbers}{count['browser only']:14}   {_score(count):.1%}"


def _score(count: Counter[str]) -> float:
    changing = count["killed"] + count["survived"]
    return count["killed"] / changing if changing else 1.0


if __name__ == "__main__":
    sys.exit(main())

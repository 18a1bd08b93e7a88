"""The Deno tests that a mutant of a script has to pass, chosen by imports, and their verdict on it."""

import os
import re
import subprocess
import tempfile
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from deno import find_deno_bin

from tests.mutants.mutant import Mutant
from tests.mutants.tree import with_fault

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)\"""")
CLOSEST = 3  # test files that are tried before all others
BROADEST = ("tests/js/drawings.test.js", "tests/js/sweeps.test.js")  # and these next: they run most lines
NO_SCRIPT = "no script"  # the verdict on a fault that is no JavaScript
SECONDS = 300.0  # for a busy machine


class ScriptTests:
    """Verdicts on mutants in one copy of the tree."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree

    def runs(self, mutant: Mutant) -> bool:
        """Whether any of these tests runs the line: otherwise only the tests in a browser do."""
        return mutant.line in self._lines.get(mutant.path, ())

    def chosen(self, path: str) -> list[str]:
        """The test files that import a script: that of its name, then those that import least."""
        script = (self._tree / path).resolve()
        importing = {test: all_ for test, all_ in self._imported.items() if script in all_}
        return [
            str(test.relative_to(self._tree))
            for test in sorted(
                importing, key=lambda t: (t.name != f"{script.stem}.test.js", len(importing[t]), t)
            )
        ]

    def verdict(self, mutant: Mutant) -> str:
        """The last words of the first run that fails; empty if all tests pass or none runs the line."""
        tests = self.chosen(mutant.path) if self.runs(mutant) else []
        with with_fault(self._tree, mutant):
            first, others = tests[:CLOSEST], tests[CLOSEST:]
            next_ones = [test for test in others if test in BROADEST]
            for part in (first, next_ones, [test for test in others if test not in BROADEST]):
                if part and (by := self._run(part)):
                    return by
        return ""

    def _run(self, tests: list[str]) -> str:
        try:
            run = self._deno("test", "--quiet", "--no-check", "--fail-fast", "--allow-read=.", *tests)
        except subprocess.TimeoutExpired:
            return "timeout"
        if "The module's source code could not be parsed" in run.stderr:
            return NO_SCRIPT
        return " ".join(run.stdout.split()[-12:]) or "failed" if run.returncode else ""

    def _deno(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [find_deno_bin(), *arguments],
            cwd=self._tree,
            env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )

    @cached_property
    def _lines(self) -> dict[str, set[int]]:
        """Lines by script that the tests run."""
        with tempfile.TemporaryDirectory() as folder:
            self._deno("test", "--quiet", "--no-check", "--allow-read=.", f"--coverage={folder}", "tests/js")
            report = self._deno("coverage", "--quiet", "--lcov", folder).stdout
        lines: dict[str, set[int]] = defaultdict(set)
        path = ""
        for entry in report.splitlines():
            kind, _, value = entry.partition(":")
            if kind == "SF":
                path = str(Path(value).resolve().relative_to(self._tree))
            elif kind == "DA" and not value.endswith(",0"):
                lines[path].add(int(value.partition(",")[0]))
        return lines

    @cached_property
    def _imported(self) -> dict[Path, set[Path]]:
        """All scripts that each test file needs."""
        direct = {
            path.resolve(): {(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())}
            for folder in ("static/js", "tests/js")
            for path in self._tree.glob(f"{folder}/**/*.js")
        }
        found = {}
        for test in self._tree.glob("tests/js/**/*.test.js"):
            reached: set[Path] = set()
            waiting = [test.resolve()]
            while waiting:
                for path in direct.get(waiting.pop(), set()) - reached:
                    reached.add(path)
                    waiting.append(path)
            found[test.resolve()] = reached
        return found

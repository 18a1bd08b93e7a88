"""The Deno tests that a mutant of a script has to pass, chosen by imports, and their verdict on it."""

import os
import re
import subprocess
from functools import cached_property
from pathlib import Path

from deno import find_deno_bin

from tests.mutants.mutant import Mutant
from tests.mutants.tree import with_fault

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)\"""")
CLOSEST = 3  # test files that are tried before all others
NO_SCRIPT = "no script"  # the verdict on a fault that is no JavaScript
SECONDS = 300.0  # for a busy machine


class ScriptTests:
    """Verdicts on mutants in one copy of the tree."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree

    def chosen(self, path: str) -> list[str]:
        """The test files that import a script, those that import least first."""
        script = (self._tree / path).resolve()
        importing = {test: all_ for test, all_ in self._imported.items() if script in all_}
        return [
            str(test.relative_to(self._tree))
            for test in sorted(importing, key=lambda t: (len(importing[t]), t))
        ]

    def verdict(self, mutant: Mutant) -> str:
        """The last lines of the first run that fails; empty if all tests pass or none imports the script."""
        tests = self.chosen(mutant.path)
        with with_fault(self._tree, mutant):
            for part in (tests[:CLOSEST], tests[CLOSEST:]):
                if part and (by := self._run(part)):
                    return by
        return ""

    def _run(self, tests: list[str]) -> str:
        command = [find_deno_bin(), "test", "--quiet", "--no-check", "--fail-fast", "--allow-read=.", *tests]
        try:
            run = subprocess.run(
                command,
                cwd=self._tree,
                env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
                capture_output=True,
                text=True,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            return "timeout"
        if "The module's source code could not be parsed" in run.stderr:
            return NO_SCRIPT
        return " ".join(run.stdout.split()[-12:]) or "failed" if run.returncode else ""

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

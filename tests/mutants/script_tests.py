"""The Deno tests for a mutant of a script, chosen by the lines that they run, and their verdict on it."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.mutants.script_lines import SWEEPS, ScriptLines, run_deno
from tests.mutants.tree import with_fault

FIRST = 3  # test files, and figures of the sweeps, that are tried before all others
DRAWINGS = "tests/js/drawings.test.js"  # runs much and finds much: it compares whole pictures
NO_SCRIPT = "no script"  # the verdict on a fault that is no JavaScript


class ScriptTests:
    """Verdicts on mutants in one copy of the tree."""

    def __init__(self, tree: Path, lines: ScriptLines) -> None:
        self._tree = tree
        self._lines = lines

    def runs(self, mutant: Mutant) -> bool:
        """Whether any of these tests runs the line: otherwise only the tests in a browser do."""
        return bool(self._lines.units(mutant.path, mutant.line))

    def verdict(self, mutant: Mutant) -> str:
        """The last words of the first run that fails; empty if all tests pass or none runs the line."""
        with with_fault(self._tree, mutant):
            for files, figures in self._parts(mutant):
                if by := self._run(files, figures):
                    return by
        return ""

    def _parts(self, mutant: Mutant) -> Iterator[tuple[list[str], list[str]]]:
        """Test files and figures in the order in which they are run: those first that run little else.

        Then the recorded drawings, the likeliest of the others to find a fault, and then all others.
        """
        units = sorted(self._lines.units(mutant.path, mutant.line), key=lambda u: (self._lines.sizes[u], u))
        own = f"/{Path(mutant.path).stem}.test.js"
        files = [unit.file for unit in units if unit.file != SWEEPS]
        files.sort(key=lambda file: not file.endswith(own))
        figures = [unit.figure for unit in units if unit.file == SWEEPS]
        yield files[:FIRST], []
        yield [], figures[:FIRST]
        yield [file for file in files[FIRST:] if file == DRAWINGS], []
        yield [file for file in files[FIRST:] if file != DRAWINGS], []
        yield [], figures[FIRST:]

    def _run(self, files: list[str], figures: list[str]) -> str:
        if not files and not figures:
            return ""
        try:
            run = run_deno(self._tree, "--fail-fast", *(files or [SWEEPS]), figures=tuple(figures))
        except subprocess.TimeoutExpired:
            return "timeout"
        if run.returncode == -signal.SIGXCPU:
            return "timeout"
        if "The module's source code could not be parsed" in run.stderr:
            return NO_SCRIPT
        return " ".join(run.stdout.split()[-12:]) or "failed" if run.returncode else ""

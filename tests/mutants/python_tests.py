"""The Python tests that a mutant has to pass, chosen by the lines that they run, and their verdict on it."""

import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.mutants.mutant import Mutant
from tests.mutants.session import NOT_REPLACED
from tests.mutants.tree import CACHE, with_fault

# Recordings are yesterday's own output; requests by lot are collected by a running server, whose threads a
# fork does not have; the turns of the event loop ask every page for their calls, which takes as long as all
# others together; the others look at scripts, packages or the page in a browser.
APART = (
    "tests/browser/",
    "tests/benchmarks/",
    "tests/test_javascript.py",
    "tests/api/test_openapi_boundaries.py",
    "tests/api/test_openapi_conformance.py",
    "tests/api/test_recordings.py",
    "tests/serving/test_event_loop.py",
    "tests/serving/test_packaging.py",
    "tests/serving/test_proxy.py",
)
ALIKE = 0.8  # of the text of a file that has moved
AGAIN = 4  # the share of the time for tests of the whole file, after those of the function alone
PART = 8  # test files that are measured before what they run is kept
SLOW = 20.0  # CPU seconds beyond which a test is left out
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Lines:
    """Which test runs which line: {test: {"seconds": of the processor, "lines": {file: [lines]}}}."""

    def __init__(
        self, tests: dict[str, dict[str, Any]], sources: dict[str, str], texts: dict[str, str] | None = None
    ) -> None:
        """``sources`` are the files of the application, ``texts`` those of the tests."""
        self.tests = tests
        self._sources = sources
        self._texts = texts or {}
        self._by_line: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        seen: Counter[str] = Counter()
        self._order = {}
        for name, test in tests.items():
            function = name.partition("[")[0]
            self._order[name] = (seen[function], test["seconds"])  # first cases first, of these the fastest
            seen[function] += 1
            for path, lines in test["lines"].items():
                for line in lines:
                    self._by_line[path][line].append(name)

    def chosen(self, mutant: Mutant, limit: float) -> list[str]:
        """Those that run the line, then others of their files: they may share what one of them computed.

        Tests of files that import the module come first. Together they take about ``limit`` seconds of the
        processor.
        """
        uses = _uses(mutant.path)
        own = {file for file, text in self._texts.items() if uses.search(text)}
        direct = self._running(mutant)
        if mutant.function is None:
            direct |= {name for name in self.tests if _file(name) in own}
        files = {_file(name) for name in direct}
        beside = {name for name in self.tests if _file(name) in files} - direct
        chosen: list[str] = []
        seconds = 0.0
        for names in (direct, beside):
            for name in sorted(names, key=lambda name: (_file(name) not in own, *self._order[name])):
                if self.tests[name]["seconds"] > SLOW:
                    continue
                seconds += self.tests[name]["seconds"]
                if seconds > limit and chosen:
                    return chosen
                chosen.append(name)
        return chosen

    def _running(self, mutant: Mutant) -> set[str]:
        by_line = self._by_line.get(mutant.path, {})
        if mutant.function is not None:
            for line in range(mutant.line, mutant.function - 1, -1):  # inside a statement none is recorded
                if names := by_line.get(line):
                    return self.tests.keys() & set(names)
        whole = {name for names in by_line.values() for name in names}
        return self.tests.keys() & (whole or self._importing(mutant.path))

    def _importing(self, path: str) -> set[str]:
        """Tests of the modules that import a module of constants."""
        uses = _uses(path)
        return {
            name
            for other, source in self._sources.items()
            if uses.search(source)
            for names in self._by_line.get(other, {}).values()
            for name in names
        }


def _uses(path: str) -> re.Pattern[str]:
    """Matches a text that imports the module, or has its name as a string."""
    stem = Path(path).stem if Path(path).stem != "__init__" else Path(path).parent.name
    imports = rf"^ *from \S*\b{stem} import|^ *from \S+ import .*\b{stem}\b"
    return re.compile(rf'{imports}|"app[\w.]*\.{stem}[".]', re.MULTILINE)


def _file(name: str) -> str:
    return name.partition("::")[0]


def measured(tree: Path, only: Sequence[str] | None = None, again: bool = False) -> Lines:
    """The lines, measured once for every test file and kept until it has other tests.

    ``only`` names test files or folders; without it they are all that a mutant has to pass.
    """
    CACHE.mkdir(exist_ok=True)
    kept_at = CACHE / "lines.json"
    kept = json.loads(kept_at.read_text()) if kept_at.exists() and not again else {"files": {}, "sources": {}}
    sources = {str(path.relative_to(tree)): path.read_text() for path in tree.glob("app/**/*.py")}
    version = hashlib.sha256(json.dumps(sources).encode()).hexdigest()[:12]
    kept["sources"][version] = sources
    names = sorted(str(path.relative_to(tree)) for path in tree.glob("tests/**/test_*.py"))
    functions = {
        name: re.findall(r"^def (test_\w+)", (tree / name).read_text(), re.MULTILINE)
        for name in names
        if not name.startswith(APART) and (only is None or name.startswith(tuple(only)))
    }
    files = {name: file for name, file in kept["files"].items() if file["functions"] == functions.get(name)}
    missing = defaultdict(list)
    for name in functions.keys() - files.keys():
        missing[Path(name).parent].append(name)
    parts = [
        (folder, sorted(of_folder)[first : first + PART])
        for folder, of_folder in sorted(missing.items())
        for first in range(0, len(of_folder), PART)
    ]
    for folder, of_folder in parts:
        print(f"measuring which lines {len(of_folder)} files in {folder} run", file=sys.stderr)
        output = tree / "lines.json"
        command = [sys.executable, "-m", "tests.mutants.traced", str(output), *of_folder]
        subprocess.run(command, cwd=tree, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
        found = json.loads(output.read_text())
        for name in of_folder:
            tests = {test: lines for test, lines in found.items() if _file(test) == name}
            files[name] = {"functions": functions[name], "version": version, "tests": tests}
        of_all = {name: file for name, file in (kept["files"] | files).items() if name in names}
        used = {file["version"]: kept["sources"][file["version"]] for file in of_all.values()}
        kept_at.write_text(json.dumps({"files": of_all, "sources": used}))
    texts = {name: (tree / name).read_text() for name in functions}
    return Lines(_today(files, kept["sources"], sources), sources, texts)


def _today(
    files: dict[str, dict[str, Any]], sources: dict[str, dict[str, str]], now: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """The tests with files and lines as they are now, not as they were when they were measured."""
    moves = {
        version: _moves(sources[version], now) for version in {file["version"] for file in files.values()}
    }
    return {
        name: {"seconds": test["seconds"], "lines": _moved(test["lines"], moves[file["version"]])}
        for file in files.values()
        for name, test in file["tests"].items()
    }


Moves = dict[str, tuple[str, dict[int, int]]]
"""Of each file what it is called now, and the numbers that its lines have now."""


def _moved(lines: dict[str, list[int]], moves: Moves) -> dict[str, list[int]]:
    return {
        moves[path][0]: [moves[path][1][line] for line in numbers if line in moves[path][1]]
        for path, numbers in lines.items()
        if path in moves
    }


def _moves(then: dict[str, str], now: dict[str, str]) -> Moves:
    """A file that has moved is known by its text."""
    new = now.keys() - then.keys()
    moves = {}
    for path, text in then.items():
        target = path
        if path not in now:
            alike = {other: difflib.SequenceMatcher(None, text, now[other]).quick_ratio() for other in new}
            target = max(alike, key=alike.__getitem__, default="")
            if not target or alike[target] < ALIKE:
                continue
        before, after = text.splitlines(), now[target].splitlines()
        if before == after:  # as are most files
            blocks = [(0, 0, len(before))]
        else:
            blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        moves[path] = target, {a + i + 1: b + i + 1 for a, b, n in blocks for i in range(n)}
    return moves


class PythonTests:
    """Verdicts on mutants in one copy of the tree, by a session that has all tests collected."""

    def __init__(self, tree: Path, lines: Lines, limit: float) -> None:
        self._tree = tree
        self._limit = limit
        self._lines = lines
        self._warm: _Session | None = None
        self._sound: set[str] = set()

    def verdict(self, mutant: Mutant) -> str:
        """The first test that fails; empty if all pass or none runs the line."""
        while True:
            by = self._failing(mutant, self._lines.chosen(mutant, self._limit))
            if by in self._lines.tests and not self._passes_without_a_fault(by):
                del self._lines.tests[by]  # as on a machine on which it fails anyway
            else:
                return by

    def _failing(self, mutant: Mutant, tests: list[str]) -> str:
        if not tests:
            return ""
        request = {"source": mutant.mutated, "tests": tests, "seconds": self._limit}
        if mutant.function is not None:
            place = [str(self._tree / mutant.path), mutant.function]
            by = self._warmed().ask(request | {"place": place})
            if by and by != NOT_REPLACED:
                return by
            if not by:  # only what the file computes when it is imported is new
                request["seconds"] = self._limit / AGAIN
        files = sorted({_file(name) for name in tests})
        with with_fault(self._tree, mutant), _session(self._tree, files) as fresh:
            return fresh.error or fresh.ask(request | {"place": None})

    def _passes_without_a_fault(self, test: str) -> bool:
        if test not in self._sound and not self._warmed().ask(
            {"place": None, "tests": [test], "seconds": self._limit}
        ):
            self._sound.add(test)
        return test in self._sound

    def _warmed(self) -> "_Session":
        """The session, begun anew should the last one have died."""
        if self._warm is None or self._warm.over:
            self._warm = _Session(self._tree, sorted({_file(name) for name in self._lines.tests}))
        return self._warm

    def close(self) -> None:
        """End the session."""
        if self._warm:
            self._warm.close()


class _Session:
    def __init__(self, tree: Path, files: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.session", *files],
            cwd=tree,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun = self._hear()
        self.error = "collection" if begun.get("errors") or "over" in begun else ""

    @property
    def over(self) -> bool:
        return self._process.poll() is not None

    def ask(self, request: dict[str, Any]) -> str:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return str(self._hear()["by"])

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        heard: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"over": -1}')
        return heard

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def _session(tree: Path, files: list[str]) -> Iterator[_Session]:
    session = _Session(tree, files)
    try:
        yield session
    finally:
        session.close()

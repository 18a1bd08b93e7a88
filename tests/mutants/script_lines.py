"""Which Deno test runs which line: each test file by itself, and of the sweeps each figure."""

import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from deno import find_deno_bin

from tests.mutants.tree import CACHE

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)\"""")
SWEEPS = "tests/js/sweeps.test.js"
SECONDS = 300.0  # of the clock, for a busy machine
CPU_SECONDS = 15, 1  # of the processor, for a run and for each test file or figure in it


class Unit(NamedTuple):
    """What can be run by itself: a test file, or of the sweeps one figure."""

    file: str
    figure: str = ""


Covered = dict[str, list[int]]
"""Lines by script."""


class ScriptLines:
    """Units by the line that they run; ``sizes`` says how many lines each of them runs."""

    def __init__(self, lines: dict[Unit, Covered]) -> None:
        self.sizes = {unit: sum(map(len, covered.values())) for unit, covered in lines.items()}
        self._units: dict[tuple[str, int], set[Unit]] = defaultdict(set)
        for unit, covered in lines.items():
            for path, numbers in covered.items():
                for number in numbers:
                    self._units[path, number].add(unit)

    def units(self, path: str, line: int) -> set[Unit]:
        """Those that run a line."""
        return self._units.get((path, line), set())


def measured_scripts(tree: Path, again: bool = False) -> ScriptLines:
    """The lines, measured once for every unit and kept until the test or what it imports has changed."""
    CACHE.mkdir(exist_ok=True)
    kept_at = CACHE / "script-lines.json"
    kept = json.loads(kept_at.read_text()) if kept_at.exists() and not again else {}
    imported = {
        str(path.relative_to(tree)): _imported(path, tree) for path in tree.glob("tests/js/**/*.test.js")
    }
    now = {}
    for unit in _units_of(tree, sorted(imported)):
        key, version = "|".join(unit), _version(tree, {unit.file, *imported[unit.file]})
        if kept.get(key, {}).get("version") != version:
            print(f"measuring which lines {unit.figure or unit.file} runs", file=sys.stderr)
            kept[key] = {"version": version, "lines": _lines(tree, unit)}
        now[key] = kept[key]
    kept_at.write_text(json.dumps(now))
    return ScriptLines({Unit(*key.split("|")): each["lines"] for key, each in now.items()})


def run_deno(tree: Path, *arguments: str, figures: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """``deno test`` in a copy of the tree; with ``figures`` only the tests of these.

    What does not end is killed by ``SIGXCPU``.
    """
    limit = CPU_SECONDS[0] + CPU_SECONDS[1] * (len(figures) or len(arguments))
    names = "|".join(map(re.escape, figures))
    only = [f"--filter=/^({names}) is drawn as it was in every state$/"] if figures else []
    return subprocess.run(
        [find_deno_bin(), "test", "--quiet", "--no-check", "--allow-read=.", *only, *arguments],
        cwd=tree,
        env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)),
    )


def _units_of(tree: Path, files: list[str]) -> Iterator[Unit]:
    for file in files:
        if file == SWEEPS:
            yield from (
                Unit(file, name) for name in json.loads((tree / "tests/data/sweeps.json").read_text())
            )
        else:
            yield Unit(file)


def _version(tree: Path, paths: set[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(_digest(tree / path))
    return digest.hexdigest()[:12]


@cache
def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _imported(test: Path, tree: Path) -> set[str]:
    """All scripts that a test file needs."""
    reached: set[Path] = set()
    waiting = [test.resolve()]
    while waiting:
        for path in _imports(waiting.pop()) - reached:
            reached.add(path)
            waiting.append(path)
    return {str(path.relative_to(tree)) for path in reached}


@cache
def _imports(path: Path) -> set[Path]:
    if not path.is_file():
        return set()
    found = {(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())}
    return {each for each in found if each.suffix == ".js" and each.is_file()}


def _lines(tree: Path, unit: Unit) -> Covered:
    figures = (unit.figure,) if unit.figure else ()
    with tempfile.TemporaryDirectory() as folder:
        run_deno(tree, f"--coverage={folder}", "--coverage-raw-data-only", unit.file, figures=figures)
        found: dict[str, set[int]] = defaultdict(set)
        for report in Path(folder).glob("*.json"):
            script = json.loads(report.read_text())
            path = Path(unquote(urlsplit(script["url"]).path))
            if path.is_relative_to(tree / "static") and path.is_file():
                found[str(path.relative_to(tree))] |= run_lines(_texts(path), script["functions"])
    return {path: sorted(numbers) for path, numbers in found.items()}


@cache
def _texts(path: Path) -> list[tuple[int, int]]:
    return texts_of(path.read_text())


def texts_of(source: str) -> list[tuple[int, int]]:
    """Of each line where its text begins and ends, as V8 counts."""
    found, place = [], 0
    for line in source.split("\n"):
        end = place + _units(line.rstrip())
        found.append((end - _units(line.strip()), end))
        place += _units(line) + 1
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def run_lines(texts: list[tuple[int, int]], functions: list[dict[str, Any]]) -> set[int]:
    """Lines of which any part was run, by V8's report: ranges within ranges, each with its count."""
    ranges = [each for function in functions for each in function["ranges"]]
    was_run = bytearray(texts[-1][1] + 1)
    for each in sorted(ranges, key=lambda each: (each["startOffset"], -each["endOffset"])):
        start, end = (min(each[name], len(was_run)) for name in ("startOffset", "endOffset"))
        was_run[start:end] = bytes([each["count"] > 0]) * (end - start)
    return {number for number, (start, end) in enumerate(texts, 1) if was_run.find(1, start, end) >= 0}

"""Which test runs which line: ``python -m tests.mutants.traced OUTPUT FILE...`` in a copy of the tree."""

import functools
import gc
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

CASES = 8  # of a test with many cases so many are taken, evenly


class Tracer:
    """The pytest plugin that counts lines apart for every test."""

    def __init__(self, tracing: coverage.Coverage) -> None:
        self.tracing = tracing
        self.seconds: dict[str, float] = defaultdict(float)
        self.not_passed: set[str] = set()
        self.file = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        counts = Counter(_function(item.nodeid) for item in items)
        seen: Counter[str] = Counter()
        kept = []
        for item in items:
            function = _function(item.nodeid)
            count, number = counts[function], seen[function]
            seen[function] += 1
            if count <= CASES or number * CASES // count != (number - 1) * CASES // count:
                kept.append(item)
        items[:] = kept

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if self.file != item.location[0]:
            self.file = item.location[0]
            _forget()
        self.tracing.switch_context(item.nodeid)
        begin = sum(os.times()[:4])  # and of the processes that tests start
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] += sum(os.times()[:4]) - begin

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.not_passed.add(report.nodeid)


def _function(name: str) -> str:
    return name.partition("[")[0]


def _forget() -> None:
    """What one file's tests computed is computed anew for the next file's."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith(("app", "tests")):
            each.cache_clear()


def main(output: Path, files: list[str]) -> None:
    """Run the tests and write {test: {"seconds": CPU seconds, "lines": {file: [lines]}}}."""
    tracing = coverage.Coverage(data_file=None, config_file=False, source=["app"])
    tracer = Tracer(tracing)
    tracing.start()
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:benchmark"]
    pytest.main([*options, *files], plugins=[tracer])
    tracing.stop()
    found: dict[str, dict[str, Any]] = {
        name: {"seconds": round(seconds, 3), "lines": defaultdict(list)}
        for name, seconds in tracer.seconds.items()
        if name not in tracer.not_passed
    }
    data = tracing.get_data()
    for path in data.measured_files():
        for line, tests in data.contexts_by_lineno(path).items():
            for test in tests:
                if test in found:
                    found[test]["lines"][str(Path(path).relative_to(Path.cwd()))].append(line)
    output.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

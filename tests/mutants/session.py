"""A pytest session in a copy of the tree that collects once and then tests each mutant in a fork.

``python -m tests.mutants.session FILE...`` reads requests and answers each, one JSON object a line:
``{"place": [file, first line] or null, "source": ..., "tests": [...], "seconds": ...}``. With a place, the
code of the function that begins there is replaced by that of ``source`` if it closes over the same variables,
and otherwise the answer is that it was not; without one the files on the disk are what is tested. The tests
run in the given order, then all other cases of the same functions, until one fails, whose name is the answer,
or so many seconds of CPU time are used, by the processes that they start too.
"""

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TextIO

import pytest

HANGING = 20  # s of the processor that one test may need at most
GRACE = 300  # s of the clock, for a busy machine
NOT_REPLACED = "not replaced"  # the answer where the function cannot be given the code of the fault
STILL = 90  # s of the clock in which nothing runs: no test waits that long


class Session:
    """The plugin that takes the place of pytest's loop over the tests."""

    def __init__(self, requests: TextIO, answers: TextIO) -> None:
        self.requests = requests
        self.answers = answers
        self.failed: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        functions = _functions()
        gc.freeze()
        self._say({"collected": list(items), "errors": session.testsfailed})
        for line in self.requests:
            request = json.loads(line)
            chosen = _in_order(items, request["tests"])

            def child(request: dict[str, Any] = request, chosen: list[pytest.Item] = chosen) -> str:
                place = request["place"]
                if place and not _replace(functions, place, request["source"]):
                    return NOT_REPLACED
                return self._run(chosen, request["seconds"])

            self._say(_forked(child, request["seconds"]))
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def _run(self, items: list[pytest.Item], seconds: float) -> str:
        """The first test that fails."""
        begun = _used()
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed or _used() - begun > seconds:
                break
        return self.failed[0] if self.failed else ""

    def _say(self, answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=self.answers, flush=True)


def _used() -> float:
    """Seconds of the processor of this process and of those that tests started."""
    return sum(os.times()[:4])


def _in_order(items: dict[str, pytest.Item], names: list[str]) -> list[pytest.Item]:
    """The named ones, then the other cases of their functions, one of each function in turn."""
    functions = {name.partition("[")[0] for name in names}
    seen: Counter[str] = Counter()
    others = []
    for name in items.keys() - set(names) if len(names) > 1 else ():
        function = name.partition("[")[0]
        if function in functions:
            others.append((seen[function], name))
            seen[function] += 1
    return [items[name] for name in (*names, *(name for _, name in sorted(others))) if name in items]


def _functions() -> dict[tuple[str, int], list[FunctionType]]:
    """All functions by file and first line."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType:
            found[each.__code__.co_filename, each.__code__.co_firstlineno].append(each)
    return found


def _replace(functions: dict[tuple[str, int], list[FunctionType]], place: list[Any], source: str) -> bool:
    """Whether all functions that begin at the place could be given the new code."""
    path, line = place
    code = compile(source, path, "exec", dont_inherit=True)
    new = next(each for each in _codes(code) if each.co_firstlineno == line and each.co_name[0] != "<")
    found, replaced = functions.get((path, line), []), 0
    for function in found:
        old = function.__code__
        if new.co_name in (function.__name__, old.co_name) and new.co_freevars == old.co_freevars:
            function.__code__ = new
            replaced += 1
    return 0 < replaced == len(found)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _forked(child: Callable[[], str], seconds: float) -> dict[str, Any]:
    """What the child returns, or that it hangs: it uses twice the seconds it has, or waits, or dies."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.setsid()
        limit = int(2 * seconds) + HANGING
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        try:
            os.write(writing, b"=" + child().encode())
        except BaseException as error:
            os.write(writing, b"=" + repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        said = os.read(reading, 4096).decode() if _answers(reading, pid, 20 * seconds + GRACE) else ""
        return {"by": said[1:] if said else "timeout"}
    finally:
        os.close(reading)
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _answers(reading: int, session: int, seconds: float) -> bool:
    """Whether something can be read in time, and before all processes of the session stand still."""
    end = time.monotonic() + seconds
    used, changed = -1, time.monotonic()
    while time.monotonic() < min(end, changed + STILL):
        if select.select([reading], [], [], 2)[0]:
            return True
        if (now := _ticks(session)) != used:
            used, changed = now, time.monotonic()
    return False


def _ticks(session: int) -> int:
    """What the processes of a session have used of the processor."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            if int(fields[3]) == session:
                ticks += int(fields[11]) + int(fields[12])
    return ticks


def main(arguments: list[str]) -> None:
    """Collect these files, then take requests; what tests print goes nowhere."""
    requests = os.fdopen(os.dup(0), "r")
    answers = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    session = Session(requests, answers)
    options = ["-q", "--continue-on-collection-errors", "-p", "no:cacheprovider", "-p", "no:benchmark"]
    code = pytest.main([*options, *arguments], plugins=[session])
    print(json.dumps({"over": int(code)}), file=answers, flush=True)


if __name__ == "__main__":
    assert Path.cwd().resolve() == Path(__file__).resolve().parents[2]
    main(sys.argv[1:])

"""The server's process, by its port: processor time and memory; and the server of an earlier commit."""

import asyncio
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import pytest

from tests.server import ROOT, serving

BEFORE = "58a80b1"  # the last commit before the server was made ready for a hall of different links
TICKS = os.sysconf("SC_CLK_TCK")


def process_of(address: str) -> int:
    """The id of the process that serves there, the first of those that have its port in their environment."""
    port = address.rsplit(":", 1)[1]
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"BPTT_PORT={port}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:  # another user's, or gone
            continue
    if not found:
        raise LookupError(address)
    return next(pid for pid in found if parent(pid) not in found)


def parent(pid: int) -> int:
    """The id of the process that started it."""
    return int(fields_of(pid)[1])


def with_children(pid: int) -> list[int]:
    """The process and all that it or its children have started."""
    tree, parents = [pid], {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(path.name)] = parent(int(path.name))
    for one in tree:
        tree += [child for child, of in parents.items() if of == one]
    return tree


def processor_seconds(pid: int) -> float:
    """What the process and its children have used so far, in all of their threads."""
    used = 0
    for one in with_children(pid):
        with suppress(OSError):
            used += sum(map(int, fields_of(one)[11:13]))
    return used / TICKS


def fields_of(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on (proc(5), stat)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


async def settled(pid: int) -> None:
    """Wait until the process does nothing more by itself, such as computing the examples in advance."""
    used = -1.0
    while processor_seconds(pid) > used + 0.02:
        used = processor_seconds(pid)
        await asyncio.sleep(2)


def resident(pid: int) -> float:
    """The memory of the process and its children in MB; what they share counts once."""
    total = 0
    for one in with_children(pid):
        with suppress(OSError):
            said = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(re.search(r"Pss:\s+(\d+)", said)[1])
    return total * 1024 / 1e6


def open_files(pid: int) -> int:
    """How many files and connections it has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def serving_before(folder: Path) -> Iterator[str]:
    """The server as it was at the commit ``BEFORE``, with today's packages."""
    archive = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True)
    if archive.returncode:
        pytest.skip(f"this clone does not have the commit {BEFORE}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    with serving(folder / "log", command=(sys.executable, "-m", "app"), cwd=folder) as address:
        yield address

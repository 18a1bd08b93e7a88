"""The server's process, by its port: processor time and memory; and the server of an earlier commit."""

import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from tests.server import ROOT, serving

BEFORE = "58a80b1"  # the last commit before the server was made ready for a hall of different links
TICKS = os.sysconf("SC_CLK_TCK")


def process_of(address: str) -> int:
    """The id of the process that serves there."""
    port = address.rsplit(":", 1)[1]
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"BPTT_PORT={port}".encode() in path.read_bytes().split(b"\0"):
                return int(path.parent.name)
        except OSError:  # another user's, or gone
            continue
    raise LookupError(address)


def processor_seconds(pid: int) -> float:
    """What the process has used so far, in all of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid: int) -> float:
    """Its memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024 / 1e6


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

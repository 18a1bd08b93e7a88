"""What the process frees goes back to the system, measured in processes of their own."""

import platform
import subprocess
import sys

import pytest

# Bodies of a megabyte come and go, and among them small things are kept, as a cache does.
LOAD = """
import os
from app.serving.memory import give_back_freed_memory
if {told}:
    assert give_back_freed_memory()
bytearray(20_000_000)
bodies, kept = [], []
for _ in range(60):
    bodies.append(bytearray(1_000_000))
    kept.append(bytearray(2_000))
bodies.clear()
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
"""


def megabytes(root: str, told: bool) -> float:
    code = LOAD.format(told=told)
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return float(run.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="settings of glibc's malloc")
def test_freed_bodies_leave_the_process(pytestconfig):
    kept, given_back = (megabytes(str(pytestconfig.rootpath), told) for told in (False, True))
    assert given_back < kept - 50

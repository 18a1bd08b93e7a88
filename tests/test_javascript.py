"""Run the unit tests of the scripts, tests/js, in Deno: one process, its types checked by `make lint`."""

import os
import subprocess
from pathlib import Path

from deno import find_deno_bin

ROOT = Path(__file__).parents[1]


def test_the_javascript_tests_pass():
    run = subprocess.run(
        [find_deno_bin(), "test", "--quiet", "--no-check", "--allow-read=.", "tests/js"],
        cwd=ROOT,
        env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert run.returncode == 0, run.stdout

"""Run the unit tests of the scripts, tests/js, in Deno; their types are checked by `make lint`.

All files are loaded together, as a browser loads the scripts: alone, each would load the scripts anew, which
takes as long as the tests. What a module keeps is therefore shared, and no test may leave anything behind.
"""

import os
import re
import subprocess
from pathlib import Path

from deno import find_deno_bin

ROOT = Path(__file__).parents[1]


def test_the_javascript_tests_pass(tmp_path):
    files = sorted((ROOT / "tests" / "js").glob("*.test.js"))
    together = tmp_path / "all.test.js"
    together.write_text("".join(f'import "{file.as_uri()}";\n' for file in files))
    run = subprocess.run(
        [
            *(find_deno_bin(), "test", "--quiet", "--no-check", f"--config={ROOT / 'deno.json'}"),
            *(f"--allow-read={ROOT}", str(together)),
        ],
        cwd=ROOT,
        env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert run.returncode == 0, run.stdout
    found = re.search(r"(\d+) passed", run.stdout)
    assert found is not None, run.stdout
    assert int(found[1]) > len(files) > 0, "each file has a test"

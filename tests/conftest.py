"""Settings of all tests: one BLAS thread, and fewer random examples where exhaustive tests are left out.

The server has one thread too: more would spin for a core on a busy machine.
"""

import os

import pytest
from hypothesis import settings

from tests.examples import SAMPLE

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def pytest_configure(config: pytest.Config) -> None:
    if "not exhaustive" in config.option.markexpr:
        settings.load_profile(SAMPLE)

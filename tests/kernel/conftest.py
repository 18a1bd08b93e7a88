"""Floating point in these tests: overflow and invalid operations raise, underflow is silent."""

from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_arithmetic() -> Iterator[None]:
    with np.errstate(over="raise", invalid="raise", under="ignore"):
        yield

"""Floating point in these tests: every invalid operation raises, underflow is silent."""

from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_arithmetic() -> Iterator[None]:
    with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
        yield

"""In the kernel's tests overflow and invalid operations are errors; underflow, the subject, stays silent."""

from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_floating_point() -> Iterator[None]:
    with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
        yield

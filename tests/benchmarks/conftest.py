"""Ratios within one run, one BLAS thread, medians; printed as a table, never asserted: machines are noisy."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is imported

import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402

import pytest  # noqa: E402

ROWS: list[tuple[str, str, str]] = []


@pytest.fixture
def report() -> Callable[[str, str, str], None]:
    """Add a row: what was measured, the measured figure, the bar to beat."""

    def add(what: str, measured: str, bar: str) -> None:
        ROWS.append((what, measured, bar))

    return add


@pytest.fixture
def in_turn() -> Callable[..., list[float]]:
    """Median processor seconds of each piece of work, in turn A B A B, after one round to warm up."""

    def measure(*works: Callable[[], object], rounds: int = 15) -> list[float]:
        times: list[list[float]] = [[] for _ in works]
        for round_ in range(rounds + 1):
            for work, found in zip(works, times, strict=True):
                start = time.process_time()
                work()
                if round_:
                    found.append(time.process_time() - start)
        return [statistics.median(found) for found in times]

    return measure


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ROWS:
        width = max(len(what) for what, _, _ in ROWS)
        terminalreporter.write_sep("=", "measured")
        for what, measured, bar in ROWS:
            terminalreporter.write_line(f"{what:<{width}}  {measured:>24}  {bar}")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.server import serving

    with serving(tmp_path_factory.mktemp("server") / "log") as where:
        yield where

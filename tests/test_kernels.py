"""What `python -m tests.kernels` runs, and what it says of a test that fails."""

import pytest

from tests import kernels


@pytest.fixture
def pytest_ends(monkeypatch):
    """Instead of pytest a process that prints these lines and ends with this code."""

    def replace(code: int, *lines: str) -> None:
        program = f"print({chr(10).join(lines)!r}); raise SystemExit({code})"
        monkeypatch.setattr(kernels, "PYTEST", ("-c", program))

    return replace


KERNEL = kernels.Kernel({kernels.CORE: "Prescott"}, "Katmai", ("baseline",))


@pytest.mark.parametrize("code", [1, 2, 5])
def test_a_failure_is_printed_whole_and_told_to_the_caller(pytest_ends, monkeypatch, capsys, code):
    monkeypatch.setattr(kernels, "kernels", lambda: [KERNEL])
    pytest_ends(code, "FAILED tests/kernel/test_norm.py", "1 failed in 1s")
    assert kernels.main([]) == 1
    assert (
        "FAILED tests/kernel/test_norm.py\nOpenBLAS Katmai, NumPy baseline: 1 failed"
        in capsys.readouterr().out
    )


def test_a_kernel_that_passes_has_one_line(pytest_ends, monkeypatch, capsys):
    monkeypatch.setattr(kernels, "kernels", lambda: [KERNEL, KERNEL])
    pytest_ends(0, "....", "4 passed in 1s")
    assert kernels.main([]) == 0
    assert capsys.readouterr().out == 2 * "OpenBLAS Katmai, NumPy baseline: 4 passed in 1s\n"


def test_what_is_asked_for_is_what_runs():
    usual = kernels.probe({})
    assert usual is not None
    levels = kernels.probe({kernels.DISABLED: " ".join(usual["features"])})
    assert levels is not None
    assert [level.startswith("baseline") for level in levels["levels"]] == [True]
    assert kernels.probe({"PYTHONHOME": "/nowhere"}) is None, "a process that cannot run is no kernel"


def test_every_folder_of_numbers_is_there():
    assert [path for path in kernels.NUMERIC if not (kernels.ROOT / path).exists()] == []

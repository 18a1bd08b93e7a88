"""The limit of open files: raised as far as the system lets us, and never lowered."""

from types import SimpleNamespace

import pytest

from app.serving import files

NO_LIMIT = -1


@pytest.fixture
def limits(monkeypatch):
    """A process whose limits are kept here instead of in the system."""

    def getrlimit(kind):
        assert kind == "files"
        return now["limits"]

    def setrlimit(kind, limits):
        assert kind == "files"
        now["limits"] = limits

    now = {"limits": (256, 4096)}
    system = {"RLIMIT_NOFILE": "files", "RLIM_INFINITY": NO_LIMIT}
    monkeypatch.setattr(
        files, "resource", SimpleNamespace(**system, getrlimit=getrlimit, setrlimit=setrlimit)
    )
    return now


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ((256, 4096), 1000, (1000, 4096)),
        ((256, 4096), 9000, (4096, 4096)),
        ((256, NO_LIMIT), 9000, (9000, NO_LIMIT)),
        ((1024, 4096), 1000, (1024, 4096)),
        ((NO_LIMIT, NO_LIMIT), 1000, (NO_LIMIT, NO_LIMIT)),
    ],
)
def test_the_limit_is_raised_as_far_as_the_system_lets_us(limits, before, wanted, after):
    limits["limits"] = before
    files.allow_files(wanted)
    assert limits["limits"] == after
    assert files.most_files() == (None if after[0] == NO_LIMIT else after[0])


def test_where_there_are_no_limits_nothing_is_done(monkeypatch):
    monkeypatch.setattr(files, "resource", None)
    files.allow_files(1000)
    assert files.most_files() is None

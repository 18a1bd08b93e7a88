"""The console script, up to the point where it serves."""

import json
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import uvicorn

from app import ONE_THREAD
from app.__main__ import main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def served(monkeypatch):
    """What the server is told, by running the script with these arguments in an environment of its own."""
    told = {}

    def serve(*arguments: str, **environment: str) -> dict[str, object]:
        monkeypatch.setattr(os, "environ", environment)
        monkeypatch.setattr(sys, "argv", ["bptt-explorer", *arguments])
        monkeypatch.setattr(uvicorn, "run", lambda app, **settings: told.update(settings, app=app))
        main()
        return told | {"environment": dict(os.environ)}

    return serve


THREADS = """
import ctypes, json, os, pathlib
import app.main, numpy

threads = []
for path in pathlib.Path(numpy.__file__).parents[1].glob("numpy.libs/*openblas*"):
    for name in ("scipy_openblas_get_num_threads64_", "scipy_openblas_get_num_threads"):
        if get := getattr(ctypes.CDLL(str(path)), name, None):
            threads.append(get())
print(json.dumps({"threads": threads, "environment": {name: os.environ[name] for name in app.ONE_THREAD}}))
"""


def test_a_computation_gets_one_thread_whatever_the_environment_says():
    """Any server that imports the application, not only the console script."""
    asked = os.environ | dict.fromkeys(ONE_THREAD, "8")
    done = subprocess.run(
        [sys.executable, "-c", THREADS], env=asked, cwd=ROOT, capture_output=True, text=True, check=True
    )
    seen = json.loads(done.stdout)
    assert set(seen["threads"]) <= {1}
    assert set(seen["environment"].values()) == {"1"}


def test_a_port_in_use_is_said_instead_of_an_address(served, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Cannot listen on 127.0.0.1, port {port}: .*--port"):
            served("--port", str(port))
    assert "http://" not in capsys.readouterr().out
    served("--port", str(port))
    assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out


def test_a_host_that_is_none_is_said_too(served, capsys):
    with pytest.raises(SystemExit, match=r"Cannot listen on 127\.0\.0\.256, port 8000: .*--host"):
        served("--host", "127.0.0.256")
    assert "http://" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "a"), ("PORT", "70000"), ("WORKERS", "0"), ("PUBLIC_URL", "bptt.example")]
)
def test_an_invalid_setting_is_one_sentence(served, name, value):
    with pytest.raises(SystemExit) as stopped:
        served(**{f"BPTT_{name}": value})
    assert str(stopped.value).startswith(f"BPTT_{name}={value}: ")
    assert str(stopped.value).count("\n") == 0


def test_arguments_reach_the_server_and_its_processes(served):
    told = served("--port", "9000", "--workers", "2", BPTT_CONNECTIONS="50")
    assert told["limit_concurrency"] == 50
    assert (told["port"], told["workers"]) == (9000, 2)
    assert told["environment"]["BPTT_PORT"] == "9000"


@pytest.mark.parametrize(
    ("soft", "hard", "raised"), [(1024, 4096, 2200), (1024, 2000, 2000), (4096, 4096, None), (-1, -1, None)]
)
def test_as_many_files_may_be_open_as_there_are_connections(served, monkeypatch, soft, hard, raised):
    limits = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: limits.append(both))
    served()
    assert limits == ([(raised, hard)] if raised else [])


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ([], {"BPTT_PORT": "abc"}, "BPTT_PORT=abc: Input should be a valid integer"),
        (["--port", "99999"], {}, "BPTT_PORT=99999: Input should be less than or equal to 65535."),
    ],
)
def test_an_invalid_setting_is_one_sentence_before_anything_is_imported(arguments, environment, said):
    command = [sys.executable, "-m", "app", *arguments]
    run = subprocess.run(command, env=os.environ | environment, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith(said)

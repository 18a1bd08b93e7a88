"""The console script, up to the point where it serves."""

import os
import socket
import sys

import pytest
import uvicorn

from app.__main__ import ONE_THREAD, main


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


def test_a_run_gets_one_thread_unless_somebody_says_otherwise(served):
    assert {served()["environment"][name] for name in ONE_THREAD} == {"1"}
    assert served(OMP_NUM_THREADS="4")["environment"]["OMP_NUM_THREADS"] == "4"


def test_a_port_in_use_is_said_instead_of_an_address(served, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Cannot listen on 127.0.0.1, port {port}: .*--port"):
            served("--port", str(port))
    assert "http://" not in capsys.readouterr().out
    served("--port", str(port))
    assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "a"), ("PORT", "70000"), ("WORKERS", "0"), ("PUBLIC_URL", "bptt.example")]
)
def test_an_invalid_setting_is_one_sentence(served, name, value):
    with pytest.raises(SystemExit) as stopped:
        served(**{f"BPTT_{name}": value})
    assert str(stopped.value).startswith(f"BPTT_{name}={value}: ")
    assert str(stopped.value).count("\n") == 0


def test_arguments_reach_the_server_and_its_processes(served):
    told = served("--port", "9000", "--workers", "2")
    assert (told["port"], told["workers"]) == (9000, 2)
    assert told["environment"]["BPTT_PORT"] == "9000"

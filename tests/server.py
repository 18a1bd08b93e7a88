"""The real server in a process of its own, for browser tests, pictures and benchmarks."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


class ServerError(Exception):
    """The server did not come up, or did not stay up; holds what it printed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    log: Path,
    *arguments: str,
    command: Sequence[str] = (sys.executable, "-m", "app"),
    cwd: Path = ROOT,
    port: int = 0,
    **settings: str,
) -> Iterator[str]:
    """Its address, http://127.0.0.1:port, while it runs; what it prints goes to ``log``.

    Without a port it has one that is free. Further keywords are variables of its environment.
    """
    port = port or free_port()
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, *arguments],
            cwd=cwd,
            env=os.environ | {"BPTT_HOST": "127.0.0.1", "BPTT_PORT": str(port)} | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            deadline = time.monotonic() + 60
            while not is_healthy(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ServerError(f"The server did not come up:\n{log.read_text()}")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
            if process.poll() is not None:
                raise ServerError(f"The server ended before its time:\n{log.read_text()}")
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def is_healthy(port: int) -> bool:
    """Whether it answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()

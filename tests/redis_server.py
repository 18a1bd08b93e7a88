"""The Redis of the tests: `python -m tests.redis_server` says where it is; `--install` gets one if needed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("redis-server", "valkey-server")
MISSING = (
    "No Redis was found: get one (on Debian, as root: apt-get install redis-server; Valkey will do), or name "
    "one in the variable REDIS_SERVER."
)


class RedisNotFoundError(Exception):
    """There is no Redis; the message says what to do about it."""


class RedisServer:
    """A Redis of our own in a folder, which keeps nothing when it is stopped."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [
            find(),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while self.ask("PING") != b"+PONG\r\n":
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RedisNotFoundError((self._folder / "redis.log").read_text())
            time.sleep(0.01)

    def stop(self) -> None:
        """End it as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def ask(self, command: str) -> bytes:
        """The beginning of its answer to one command; empty if it is not there."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(65_536)
        except OSError:
            return b""


@contextmanager
def running(folder: Path) -> Iterator[RedisServer]:
    """One that is started and stopped."""
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def find() -> str:
    """Return the Redis that $REDIS_SERVER names, else the first on PATH.

    Raises: RedisNotFoundError.
    """
    if named := os.environ.get("REDIS_SERVER"):
        if not runs(named):
            raise RedisNotFoundError(f"REDIS_SERVER names {named}, which does not run.")
        return named
    for candidate in map(shutil.which, NAMES):
        if candidate and runs(candidate):
            return candidate
    raise RedisNotFoundError(MISSING)


def runs(executable: str) -> bool:
    """Whether it starts at all."""
    try:
        return subprocess.run([executable, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Get one from Debian, as root and where there is none."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Getting Redis: apt-get install redis-server", flush=True)
        apt = "DEBIAN_FRONTEND=noninteractive apt-get -qq"
        subprocess.run(f"{apt} update && {apt} install -y redis-server", shell=True, check=False)


def main() -> str | None:
    """Print where Redis is, or return the sentence to exit with."""
    try:
        found = find()
    except RedisNotFoundError:
        if "--install" in sys.argv and not os.environ.get("REDIS_SERVER"):
            install()
        try:
            found = find()
        except RedisNotFoundError as error:
            return str(error)
    print("Redis:", found)
    return None


if __name__ == "__main__":
    sys.exit(main())

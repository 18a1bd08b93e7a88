"""The nginx configuration of docs/deploying.md, in front of the real server."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.server import ROOT, free_port, serving

DEPLOYING = (ROOT / "docs" / "deploying.md").read_text()
INSTALL = "DEBIAN_FRONTEND=noninteractive apt-get -qq update && apt-get -qq install -y nginx-light"


class Answer(NamedTuple):
    """What came back, packed as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def nginx() -> str:
    """Where it is; under CI it is got where need be."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None and os.environ.get("CI") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL, shell=True, check=True)
        found = shutil.which("nginx", path="/usr/sbin")
    if found is None and not os.environ.get("CI"):
        pytest.skip("nginx is not installed here")
    assert found, "CI needs nginx"
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own, and its key."""
    paths = folder / "site.pem", folder / "site.key"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-out", paths[0], "-keyout", paths[1]),
        ],
        check=True,
        capture_output=True,
    )
    return paths


@dataclass(frozen=True)
class Proxy:
    """Its ports for TLS and without, the folder of its logs, and the address of the server behind it."""

    port: int
    plain_port: int
    folder: Path
    server: str

    def get(self, path: str, **headers: str) -> Answer:
        """One request over TLS."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        return _answer(connection, path, headers)

    def get_without_tls(self, path: str) -> Answer:
        """One request that a browser would not make again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=60)
        return _answer(connection, path, {})

    def logs(self) -> str:
        """All that has been logged, by nginx and by the server."""
        return "\n".join(path.read_text() for path in self.folder.glob("*.log"))


def _answer(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | named)
        response = connection.getresponse()
        sent = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, sent, response.read())
    finally:
        connection.close()


@contextmanager
def proxying(folder: Path) -> Iterator[Proxy]:
    """nginx and the server behind it, which keep their files in ``folder``."""
    written = re.search(r"```nginx\n(.*?)```", DEPLOYING, re.DOTALL)[1]
    plain_port, port = free_port(), free_port()
    pem, key = certificate(folder)
    with serving(folder / "server.log", BPTT_PUBLIC_URL="") as address:
        for there, here in {
            "listen 80;": f"listen 127.0.0.1:{plain_port};",
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "/etc/ssl/bptt.example.pem": str(pem),
            "/etc/ssl/bptt.example.key": str(key),
            "http://127.0.0.1:8000": address,
            "/var/cache/nginx": str(folder),
            "/var/log/nginx": str(folder),
        }.items():
            assert there in written
            written = written.replace(there, here)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        connections, files = (
            re.search(rf"`({name} \d+;)`", DEPLOYING)[1]
            for name in ("worker_connections", "worker_rlimit_nofile")
        )
        conf = folder / "nginx.conf"
        conf.write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; user root; {files}\n"
            f"events {{ {connections} }}\nhttp {{\n{temporary}{written}\n}}\n"
        )
        with subprocess.Popen(
            [nginx(), "-c", str(conf), "-e", f"{folder}/error.log", "-g", "daemon off;"]
        ) as process:
            try:
                found, deadline = Proxy(port, plain_port, folder, address), time.monotonic() + 20
                while not is_up(found):
                    assert process.poll() is None, (folder / "error.log").read_text()
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                yield found
            finally:
                process.terminate()


def is_up(proxy: Proxy) -> bool:
    try:
        return proxy.get("/healthz").status == 200
    except OSError:
        return False

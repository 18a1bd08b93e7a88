"""The nginx configuration of docs/deploying.md, in front of the real server."""

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from app.serving.version import ENGINE
from tests.load import each
from tests.server import ROOT, is_healthy, serving

INSTALL = "DEBIAN_FRONTEND=noninteractive apt-get -qq update && apt-get -qq install -y nginx-light"

pytestmark = pytest.mark.exhaustive


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


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory):
    """The proxy's address, and its folder."""
    folder = tmp_path_factory.mktemp("nginx")
    written = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "deploying.md").read_text(), re.DOTALL)[1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(folder / "server.log") as address:
        here = written.replace("listen 80;", f"listen 127.0.0.1:{port};")
        here = here.replace("http://127.0.0.1:8000", address)
        here = here.replace("/var/cache/nginx", str(folder)).replace("/var/log/nginx", str(folder))
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        conf = folder / "nginx.conf"
        conf.write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; user root;\n"
            f"events {{}}\nhttp {{\n{temporary}{here}\n}}\n"
        )
        with subprocess.Popen(
            [nginx(), "-c", str(conf), "-e", f"{folder}/error.log", "-g", "daemon off;"]
        ) as proxy:
            try:
                deadline = time.monotonic() + 20
                while not is_healthy(port):
                    assert proxy.poll() is None, (folder / "error.log").read_text()
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                yield f"http://127.0.0.1:{port}", folder
            finally:
                proxy.terminate()


def get(address: str, *paths: str):
    import asyncio

    return asyncio.run(each(address, paths))


def test_what_never_changes_is_answered_by_the_proxy_the_second_time(behind_proxy):
    address, _ = behind_proxy
    path = f"/api/{ENGINE}/bptt?v=1&text=banana&k=3"
    first, second, plain, again = get(address, path, path, "/api/bptt?k=3", "/api/bptt?k=3")
    assert [reply.status for reply in (first, second, plain, again)] == [200] * 4
    assert [reply.headers["x-cache"] for reply in (first, second)] == ["MISS", "HIT"]
    assert "HIT" not in {plain.headers["x-cache"], again.headers["x-cache"]}
    assert first.body == second.body
    assert first.headers["content-encoding"] == second.headers["content-encoding"] == "gzip"


def test_the_headers_come_through(behind_proxy):
    address, _ = behind_proxy
    for reply in get(address, "/ko/", "/api/bptt?k=0", "/nowhere"):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" in reply.headers
        assert reply.headers["cache-control"] in {"public, no-cache", "no-store"}


def test_a_link_as_long_as_allowed_comes_through_and_a_longer_one_is_refused(behind_proxy):
    address, folder = behind_proxy
    allowed = "/ko/?x=" + "a" * (32 * 1024 - 20)
    assert get(address, allowed)[0].status == 200
    assert get(address, allowed + "a" * 100)[0].status == 414
    assert get(address, allowed + "a" * 20_000)[0].status == 414
    log = Path(folder / "bptt.log").read_text()
    assert '"GET /ko/" 200' in log
    assert "aaa" not in log


def test_a_run_comes_through_while_it_is_computed_and_nobody_waits_for_the_other(behind_proxy):
    import asyncio

    address, _ = behind_proxy
    port = int(address.rsplit(":", 1)[1])
    path = "/api/training/events?budget=20000&hidden=16&contest=1"

    async def listen():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        came = [(time.monotonic(), line) async for line in reader if line.startswith((b"event: ", b"HTTP"))]
        writer.close()
        return came

    async def both():
        return await asyncio.gather(listen(), listen())

    for came in asyncio.run(both()):
        assert b" 200 " in came[0][1]
        events = [line.split()[1].decode() for _, line in came[1:]]
        assert (events[0], events[-1]) == ("start", "done")
        assert came[1][0] < came[-1][0] - 0.2, "all of it came at once"

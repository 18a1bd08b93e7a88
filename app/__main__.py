"""``python -m app`` and the console script: serve, and say where."""

import socket

import uvicorn

from .main import create_app
from .settings import Settings


def main() -> None:
    """Serve until interrupted."""
    settings = Settings()
    for address in addresses(settings.host):
        print(f"BPTT Explorer: http://{address}:{settings.port}/", flush=True)
    uvicorn.run(
        create_app(),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,  # the query is somebody's text
        server_header=False,
    )


def addresses(host: str) -> list[str]:
    """Where a browser finds a server that listens on ``host``: for all interfaces, this machine's too."""
    if host not in {"0.0.0.0", "::"}:
        return [f"[{host}]" if ":" in host else host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; the system only picks the way out
            return ["127.0.0.1", probe.getsockname()[0]]
        except OSError:
            return ["127.0.0.1"]


if __name__ == "__main__":
    main()

"""Command line (``python -m app`` and ``bptt-explorer``): serves and prints the URLs, or opens a file."""

import argparse
import os
import socket
import sys
from typing import Any

import uvicorn
from pydantic import ValidationError

from . import opening
from .serving.files import SPARE_FILES, allow_files
from .serving.log import LOG
from .settings import Settings

RELOADING: dict[str, Any] = {
    "reload": True,
    "reload_dirs": ["app", "static", "templates"],  # of a checkout; static files are read once, at the start
    "reload_includes": ["*.py", "*.html", "*.js", "*.css", "*.svg", "*.png", "*.json", "*.toml", "*.txt"],
    "reload_excludes": ["static/lean/*"],
}
GRACE = 4  # s that running requests get to finish at shutdown


def main() -> None:
    """Serve until interrupted."""
    settings = _settings()
    if sys.argv[1:2] == ["open"]:
        opening.main(sys.argv[2:], lambda host, port: _serve(settings, host, port))
        return
    arguments = _parser(settings).parse_args()
    reload = vars(arguments).pop("reload")
    _settings(**vars(arguments))  # an option has the limits of its setting
    _require_free(arguments.host, arguments.port)
    for address in addresses(arguments.host):
        print(f"BPTT Explorer: http://{address}:{arguments.port}/", flush=True)
    from .pages.assets import AS_WRITTEN, is_lean  # reads the settings, which are valid by now

    if settings.bundle and not reload and not is_lean():
        print(f"There is no bundle of these files (`make assets` builds it). {AS_WRITTEN}", flush=True)
    _serve(settings, arguments.host, arguments.port, arguments.workers, reload)


def _serve(settings: Settings, host: str, port: int, workers: int = 1, reload: bool = False) -> None:
    """Serve there until interrupted."""
    for name, value in {"host": host, "port": port, "workers": workers}.items():
        os.environ[f"BPTT_{name.upper()}"] = str(value)  # for the worker processes
    _require_free(host, port)
    allow_files(settings.connections + SPARE_FILES)
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http="app.serving.connections:Connection",
        ws="none",
        limit_concurrency=settings.connections,
        log_config=LOG,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        **(RELOADING if reload else {}),
    )


def _settings(**options: Any) -> Settings:
    """The settings from the environment and these options; exits with a sentence for each that is invalid."""
    try:
        return Settings(**options)
    except ValidationError as error:
        sentences = (
            f"BPTT_{'_'.join(map(str, one['loc'])).upper()}={one['input']}: {one['msg']}."
            for one in error.errors()
        )
        sys.exit("\n".join(sentences))


def _require_free(host: str, port: int) -> None:
    """Exit with a sentence if nothing can listen there, before its addresses are printed."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
            probe.bind(address)
            probe.listen()
    except OSError as error:
        reason = f"Cannot listen on {host}, port {port}: {error.strerror}."
        sys.exit(f"{reason} Choose another with --host or --port.")


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bptt-explorer",
        description="Serve BPTT Explorer, an interactive page about backpropagation through time.",
        epilog="`bptt-explorer open model.safetensors --text hello` shows a trained network; `open --help`.",
    )
    parser.add_argument("--host", default=settings.host, help="BPTT_HOST; 0.0.0.0 for all interfaces")
    parser.add_argument("--port", default=settings.port, type=int, help="BPTT_PORT")
    parser.add_argument("--workers", default=settings.workers, type=int, help="BPTT_WORKERS: processes")
    parser.add_argument("--reload", action="store_true", help="restart when a file of a checkout changes")
    return parser


def addresses(host: str) -> list[str]:
    """The addresses at which a browser reaches a server that listens on ``host``."""
    if host not in {"0.0.0.0", "::"}:
        return [f"[{host}]" if ":" in host else host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # sends nothing: connecting a UDP socket only selects the interface
            return ["127.0.0.1", probe.getsockname()[0]]
        except OSError:
            return ["127.0.0.1"]


if __name__ == "__main__":
    main()

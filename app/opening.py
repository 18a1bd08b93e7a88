"""Command ``bptt-explorer open FILE``: serves on a free port, and opens a browser at a trained network."""

import argparse
import sys
import threading
import time
import warnings
import webbrowser
from collections.abc import Callable
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import create_server

from .model_link import LONGEST, NotShown, Rounded, link_of
from .words import LANGUAGES

HOST = "127.0.0.1"
PATIENCE = 60  # s for the server to answer
PAUSE = 0.1  # s

Serve = Callable[[str, int], None]


def main(arguments: list[str], serve: Serve) -> None:
    """Open a file; ``serve`` serves on a host and a port until it is interrupted."""
    asked = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings(record=True, action="always", category=Rounded) as notes:
            model_link = link_of(
                asked.file.read_bytes(),
                asked.text,
                vocabulary=asked.vocabulary,
                unit=asked.unit,
                language=asked.language,
                query=asked.query,
                activation=asked.activation,
                of_command=True,
            )
    except (NotShown, OSError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        sys.exit(f"{asked.file}: {reason}")
    port = asked.port or free_port()
    link = f"http://{HOST}:{port}{model_link.path}"
    print(link, flush=True)
    for rounded in notes:
        print(rounded.message, flush=True)
    if len(link) > LONGEST:
        print(
            f"This link has {len(link):,} characters. Some servers and programs refuse it; hand on the file.",
            flush=True,
        )
    for note in model_link.notes:
        print(note, flush=True)
    if asked.browser:
        threading.Thread(target=_open_when_up, args=(port, link), daemon=True).start()
    serve(HOST, port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bptt-explorer open",
        description="Show a trained network: .safetensors, .keras, .weights.h5, .npz, .json or .onnx.",
    )
    parser.add_argument("file", type=Path, help="the file with the recurrent layer and the readout")
    parser.add_argument("--text", default="hello", help="what the network reads")
    parser.add_argument(
        "--vocabulary", help="its symbols in order, where they are not those of the file or the text"
    )
    parser.add_argument("--unit", default="char", choices=["char", "word", "number"], help="what a symbol is")
    parser.add_argument("--activation", help="of an RNN, where the file does not say it: relu")
    parser.add_argument("--query", default="", help="further settings: truncation=window&k=3")
    parser.add_argument("--language", default="en", choices=sorted(LANGUAGES), help="of the page")
    parser.add_argument("--port", default=0, type=int, help="by default a free one")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="print the link only")
    return parser


def free_port() -> int:
    """A port of the loopback interface at which nothing listens."""
    with create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def is_up(port: int) -> bool:
    """Whether a server answers there."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _open_when_up(port: int, link: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_up(port):
        if time.monotonic() > deadline:
            return
        time.sleep(PAUSE)
    if len(link) <= LONGEST:
        webbrowser.open(link)
        return
    with redirect_once(link) as server:  # some systems hand no longer address to a browser
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        webbrowser.open(f"http://{HOST}:{server.server_port}/")
        answering.join()


def redirect_once(link: str) -> HTTPServer:
    """A server whose ``handle_request`` answers a request by sending it on to the link."""

    class SendOn(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", link)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = HTTPServer((HOST, 0), SendOn)
    server.timeout = PATIENCE
    return server

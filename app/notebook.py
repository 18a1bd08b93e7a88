"""Show a trained network in a cell of a notebook: ``from app.notebook import show``.

The pages come from a server on this computer, which ``show`` starts once and which ends with the notebook.
Nothing of a framework is imported here: a model says its weights by ``state_dict``, ``save`` or as arrays.
"""

import html
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .model_link import NotShown, link_of
from .opening import HOST, PATIENCE, free_port, is_up

HEIGHT = 640  # px


@dataclass(frozen=True)
class Shown:
    """A network in a cell: a frame that Jupyter, marimo and Colab draw, its link, and what is assumed."""

    link: str
    height: int = HEIGHT
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        return (
            f'<iframe src="{html.escape(self.link)}" title="BPTT Explorer" width="100%" '
            f'height="{self.height}" style="border: 0"></iframe>'
            + "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        )


def show(
    model: Any,
    text: str = "hello",
    *,
    vocabulary: str | None = None,
    activation: str | None = None,
    unit: str = "char",
    language: str = "en",
    height: int = HEIGHT,
    address: str | None = None,
    **settings: object,
) -> Shown:
    """Show a model that reads a text: its states, its gradients through time, and what truncation cuts.

    ``model`` is a path, the bytes of a file, a PyTorch module or its ``state_dict()``, a Keras model, or
    arrays by their names, also nested as in Flax. ``settings`` are parameters of a link, such as
    ``truncation="window", k=3``. ``address`` is where a browser reaches the port of the server, with
    {port} in it, if that is not this computer: "https://hub.example/user/me/proxy/{port}".

    Raises:
        NotShown: with a sentence that says why.

    """
    found = link_of(
        _file(model),
        text,
        vocabulary=vocabulary,
        unit=unit,
        language=language,
        framed=True,
        query="&".join(f"{name}={value}" for name, value in settings.items()),
        activation=activation or _activation(model),
    )
    return Shown(_address(address, _Server.port()) + found.path, height, found.notes)


class _Server:
    """The server of this notebook."""

    process: subprocess.Popen[bytes] | None = None
    at = 0

    @classmethod
    def port(cls) -> int:
        """Where it listens; it is started if it is not running."""
        if cls.process is None or cls.process.poll() is not None:
            cls.at = free_port()
            cls.process = subprocess.Popen(
                [sys.executable, "-m", "app.notebook", "--host", HOST, "--port", str(cls.at)],
                cwd=Path(__file__).parents[1],  # where ``app`` is found
                stdin=subprocess.PIPE,  # closed when the notebook ends, however it does
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt of a cell is none of the server
            )
        deadline = time.monotonic() + PATIENCE
        while not is_up(cls.at):
            if cls.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The server of BPTT Explorer did not start.")
            time.sleep(0.1)
        return cls.at


def _address(given: str | None, port: int) -> str:
    """Where a browser reaches the server: by Colab's proxy, or on this computer."""
    if given:
        return given.format(port=port).rstrip("/")
    if "google.colab" in sys.modules:
        output = sys.modules["google.colab"].output
        return str(output.eval_js(f"google.colab.kernel.proxyPort({port})")).rstrip("/")
    return f"http://{HOST}:{port}"


def _file(model: Any) -> bytes:
    """The model as a file that the explorer reads."""
    if isinstance(model, bytes):
        return model
    if isinstance(model, (str, Path)):
        return Path(model).read_bytes()
    if hasattr(model, "save") and hasattr(model, "layers"):  # of Keras, on PyTorch a module, too
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.keras"
            model.save(path)
            return path.read_bytes()
    if hasattr(model, "state_dict"):
        model = model.state_dict()
    if isinstance(model, Mapping):
        packed = io.BytesIO()
        np.savez(packed, **dict(_arrays(model, "")))
        return packed.getvalue()
    raise NotShown(f"{type(model).__name__} is no path, no module with a state_dict and no arrays by name.")


def _arrays(model: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, each in model.items():
        if isinstance(each, Mapping):
            yield from _arrays(each, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _array(each)


def _array(tensor: Any) -> Any:
    """A NumPy array of a tensor of any framework; bfloat16, which NumPy has not, as float32."""
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
        tensor = tensor.float() if "bfloat16" in str(tensor.dtype) else tensor
    array = np.asarray(tensor)
    return array.astype(np.float32) if array.dtype.name == "bfloat16" else array


def _activation(model: Any) -> str | None:
    """The nonlinearity of an nn.RNN, which a state_dict does not say."""
    modules = model.modules() if hasattr(model, "state_dict") and hasattr(model, "modules") else ()
    found = (getattr(module, "nonlinearity", None) for module in modules)
    return next((name for name in found if isinstance(name, str)), None)


def _serve() -> None:
    """Serve as the command line says, until the standard input is closed."""
    from .__main__ import main

    def end() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end, daemon=True).start()
    main()


if __name__ == "__main__":
    _serve()

"""`bptt-explorer open FILE` serves, and opens a browser at the network of the file."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from safetensors.numpy import save

from app.api.explorer import BpttQuery
from app.model_link import LONGEST, NotShown, Rounded, path_of
from app.opening import main
from tests.arrays import assert_close

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/data/frameworks"
BROWSER = """
import sys, urllib.request, pathlib
response = urllib.request.urlopen(sys.argv[1], timeout=60)
pathlib.Path({file!r}).write_text(response.url)
"""


def model(H: int = 3, V: int = 5, **more: np.ndarray) -> bytes:
    rng = np.random.default_rng(0)
    shapes = {"weight_ih_l0": (H, V), "weight_hh_l0": (H, H), "fc.weight": (V, H)}
    return save({name: rng.normal(size=shape) for name, shape in shapes.items()} | more)


@contextmanager
def opened(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The running command."""
    command = [sys.executable, "-m", "app", "open", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def wait_for(path: Path, seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return path.read_text()


def test_the_browser_is_opened_at_the_network_of_the_file_when_the_server_answers(tmp_path):
    """A long link reaches it by a short one that redirects."""
    seen, browser = tmp_path / "seen", tmp_path / "browser.py"
    browser.write_text(BROWSER.format(file=str(seen)))
    big = tmp_path / "big.safetensors"
    big.write_bytes(model(H=12, V=5))
    text = ["--text", "abccdeb", "--vocabulary", "abcde", "--query", "targets=bccdeba&truncation=full"]
    with opened(str(big), *text, BROWSER=f"{sys.executable} {browser} %s") as process:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        assert len(link) > LONGEST
        assert f"{len(link):,} characters" in process.stdout.readline()
        assert wait_for(seen) == link
        base = link.partition("/en/")[0]
        asked = link.partition("?")[2]
        with urllib.request.urlopen(f"{base}/api/bptt?{asked}") as response:
            answer = json.load(response)
        assert answer["params"]["truncation"] == "full"
        assert np.shape(answer["weights"]["Wh"]) == (12, 12)


def test_the_link_is_that_of_the_page(client_of_files):
    path = path_of((FOLDER / "pytorch-lstm.safetensors").read_bytes(), "abccdeb", query="targets=bccdeba")
    asked = dict(parse_qsl(urlsplit(path).query))
    assert path.startswith("/en/?v=1&text=abccdeb&")
    assert asked["vocabulary"] == "abcde"
    run = client_of_files.get("/api/bptt", params=asked | {"digits": "12"}).json()
    with np.load(FOLDER / "pytorch-lstm.npz") as recorded:
        assert_close(run["forward"]["h"], recorded["states"], 1e-11)
        assert_close(run["forward"]["total_loss"], recorded["loss"], 1e-11)
    BpttQuery.model_validate(asked)


@pytest.fixture
def client_of_files():
    from starlette.testclient import TestClient

    from app.main import create_app

    return TestClient(create_app())


@pytest.mark.parametrize(
    ("data", "arguments", "sentence"),
    [
        (model(H=65), [], "The hidden size is 65; the explorer has at most 64."),
        (model(fc2=np.ones((5, 3))), ["--text", "abcde"], "The array fc2 has no place here"),
        (b"\x80\x04K\x01.", [], "Files of torch.save and pickle are never opened"),
        (model(), [], "5 different symbols are needed; there are 4. Say which, in order, by --vocabulary."),
        (model(), ["--vocabulary", "abcde"], "The text has h, which is none of them."),
        (model(H=64, V=256), [], "H = 64 with V = 256 has more weights than a link carries."),
        (model(), ["--text", "abcde", "--query", "k=0"], "k must be"),
        (model(), ["--text", "abcde", "--query", "colour=red"], "colour"),
    ],
)
def test_what_cannot_be_shown_is_said_as_on_the_page(tmp_path, data, arguments, sentence):
    file = tmp_path / "model.safetensors"
    file.write_bytes(data)
    with pytest.raises(SystemExit) as stopped:
        main([str(file), *arguments], lambda host, port: pytest.fail("serves"))
    assert sentence in str(stopped.value.code)
    assert str(stopped.value.code).startswith(str(file))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SystemExit, match="No such file"):
        main([str(tmp_path / "none.npz")], lambda host, port: pytest.fail("serves"))


def test_symbols_are_those_of_the_text_or_the_letters_or_given():
    def vocabulary(V: int, text: str, **more: str) -> str:
        path = path_of(model(V=V), text, **more)
        return dict(parse_qsl(urlsplit(path).query))["vocabulary"]

    assert vocabulary(4, "hello") == "helo"
    assert vocabulary(27, "the fox") == " abcdefghijklmnopqrstuvwxyz"
    assert vocabulary(26, "fox") == "abcdefghijklmnopqrstuvwxyz"
    assert vocabulary(3, "b a b", unit="word", vocabulary="a b c") == "a b c"
    assert vocabulary(2, "가나가") == "가나"
    with pytest.raises(NotShown, match="different symbols"):
        vocabulary(27, "the fox", vocabulary="abc")


def test_a_link_that_rounds_the_weights_says_so(tmp_path, capsys):
    with pytest.warns(Rounded, match="rounded to float32"):
        path_of(model(H=30, V=27), "the fox")
    file, asked = tmp_path / "model.safetensors", ["--text", "the fox", "--no-browser"]
    file.write_bytes(model(H=30, V=27))
    main([str(file), *asked], lambda host, port: None)
    link, note, *_ = capsys.readouterr().out.splitlines()
    assert link.startswith("http://127.0.0.1:")
    assert note == "The exact weights are too long for a link, so it has them rounded to float32."
    file.write_bytes(model(H=5, V=27))
    main([str(file), *asked], lambda host, port: None)
    assert "rounded" not in capsys.readouterr().out


def test_numbers_have_no_vocabulary():
    path = path_of(model(V=1), "1 2 3", unit="number", language="ko", framed=True)
    assert path.startswith("/embed/ko/?v=1&text=1+2+3&unit=number&")
    assert "vocabulary" not in path


def test_the_activation_that_a_state_dict_does_not_say_is_given():
    assert re.search(r"[?&]activation=relu\b", path_of(model(V=4), "hello", activation="relu"))


def notes_of(capsys, *arguments: str) -> list[str]:
    main([*arguments, "--no-browser"], lambda host, port: None)
    return capsys.readouterr().out.splitlines()[1:]


def test_every_assumption_is_a_line_and_that_about_the_activation_names_the_option(tmp_path, capsys):
    file = tmp_path / "rnn5.safetensors"
    file.write_bytes(model())
    activation, readout = notes_of(capsys, str(file), "--text", "abcde")
    assert activation.startswith("The file does not say the activation: tanh is assumed.")
    assert "--activation relu" in activation
    assert "linear readout" in readout
    for given in (["--activation", "relu"], ["--query", "activation=relu"]):
        assert notes_of(capsys, str(file), "--text", "abcde", *given) == [readout]
    keras = FOLDER / "keras-lstm.weights.h5"
    assert len(notes_of(capsys, str(keras), "--text", "abcde")) == 3
    assert notes_of(capsys, str(FOLDER / "keras-lstm.keras"), "--text", "abcde") == []


def test_an_exported_file_says_its_activation_and_symbols(client_of_files):
    def asked_of(query: str, text: str, **more: str) -> dict[str, str]:
        data = client_of_files.get(f"/api/weights?framework=npz&{query}").content
        return dict(parse_qsl(urlsplit(path_of(data, text, **more)).query))

    one = asked_of("text=hello+world&hidden=4&activation=relu", "low")
    assert (one["activation"], one["vocabulary"], one["unit"]) == ("relu", "helo wrd", "char")
    words = asked_of("text=a+b+a+c&unit=word", "c b")
    assert (words["vocabulary"], words["unit"]) == ("a b c", "word")
    other = asked_of("text=abc", "xyz", vocabulary="xyz", activation="relu")
    assert (other["vocabulary"], other["activation"]) == ("xyz", "relu")


def test_a_space_that_is_missing_is_visible():
    with pytest.raises(NotShown, match="The text has ␣, which is none of them"):
        path_of(model(), "hello world", vocabulary="helow")

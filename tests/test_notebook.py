"""`from app.notebook import show`: a model and a text become a frame of a page that a local server serves."""

import ast
import json
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from app import notebook
from app.model_link import NotShown

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/data/frameworks"
RNG = np.random.default_rng(0)
STATE_DICT = {
    "rnn.weight_ih_l0": RNG.normal(size=(9, 4)),
    "rnn.weight_hh_l0": RNG.normal(size=(9, 3)),
    "rnn.bias_ih_l0": RNG.normal(size=9),
    "rnn.bias_hh_l0": RNG.normal(size=9),
    "fc.weight": RNG.normal(size=(4, 3)),
    "fc.bias": RNG.normal(size=4),
}


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    process = notebook._Server.process
    if process is not None and process.poll() is None:
        process.terminate()
        process.wait(15)


class Frame(HTMLParser):
    src = ""

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.src = dict(attrs)["src"]


def source_of(shown: notebook.Shown) -> str:
    frame = Frame()
    frame.feed(shown._repr_html_())
    return frame.src


def answer_of(shown: notebook.Shown) -> dict:
    base, _, query = shown.link.partition("/embed/en/?")
    with urllib.request.urlopen(f"{base}/api/bptt?{query}") as response:
        return json.load(response)


def test_the_notebook_of_the_documentation_runs_and_its_frames_show_what_it_says():
    """Its code cells, one after the other; the last expression of a cell is its output."""
    cells = json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    shown = []
    for cell in (each for each in cells if each["cell_type"] == "code"):
        assert cell["outputs"] == []
        tree = ast.parse("".join(cell["source"]))
        *_, last = tree.body
        if isinstance(last, ast.Expr):
            tree.body.pop()
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    frames = [each for each in shown if isinstance(each, notebook.Shown)]
    assert len(frames) >= 2
    for each in frames:
        with urllib.request.urlopen(source_of(each)) as page:
            assert page.status == 200
            assert "frame-ancestors * vscode-webview:" in page.headers["Content-Security-Policy"]
        assert answer_of(each)["forward"]["total_loss"] > 0
    assert {answer_of(each)["params"]["truncation"] for each in frames} >= {"window"}


class Module:
    """What of a torch.nn.Module is used."""

    nonlinearity = "relu"

    def __init__(self, arrays):
        self.arrays = arrays

    def state_dict(self):
        return self.arrays

    def modules(self):
        return iter([self])


def test_a_model_is_a_state_dict_a_module_nested_arrays_a_path_or_bytes():
    path = FOLDER / "linen-gru.safetensors"
    asked = {"text": "abccdeb", "vocabulary": "abcde"}
    nested: dict = {"params": {"cell": {}, "out": {}}}
    from safetensors.numpy import load_file

    for name, array in load_file(path).items():
        *folders, last = name.split("/")
        at = nested
        for folder in folders:
            at = at.setdefault(folder, {})
        at[last] = array
    links = [notebook.show(each, **asked).link for each in (path, str(path), path.read_bytes(), nested)]
    assert len({*links}) == 1
    assert answer_of(notebook.show(STATE_DICT))["params"]["reset_gate"] == "after"
    assert notebook.show(Module(STATE_DICT)).link == notebook.show(STATE_DICT).link
    plain = {"weight_ih": np.ones((3, 4)), "weight_hh": np.ones((3, 3)), "fc.weight": np.ones((4, 3))}
    assert "activation=relu" in notebook.show(Module(plain)).link
    assert "activation=tanh" in notebook.show(Module(plain), activation="tanh").link
    assumed = notebook.show(plain)
    assert 'activation="relu"' in assumed.notes[0]
    assert "<p>The file does not say the activation: tanh is assumed." in assumed._repr_html_()
    assert all("activation" not in note for note in notebook.show(Module(plain)).notes)


class KerasModel(Module):
    """What of a Keras model is used. On PyTorch it is a module, too, whose names are others."""

    layers = ()

    def save(self, path):
        path.write_bytes((FOLDER / "keras-relu.keras").read_bytes())


def test_a_keras_model_is_saved_with_its_activation():
    shown = notebook.show(KerasModel({"_torch_params": 1}), "abccdeb", vocabulary="abcde")
    params = answer_of(shown)["params"]
    assert (params["cell"], params["activation"], params["hidden"]) == ("rnn", "relu", 3)


def test_settings_are_those_of_a_link_and_the_address_may_be_elsewhere():
    shown = notebook.show(
        STATE_DICT, k=3, truncation="window", language="ko", height=400, address="https://a.example/{port}/"
    )
    assert shown.link.startswith(f"https://a.example/{notebook._Server.port()}/embed/ko/?v=1&")
    assert "&k=3&truncation=window" in shown.link
    assert 'height="400"' in shown._repr_html_()
    assert source_of(shown) == shown.link


def test_what_cannot_be_shown_is_a_sentence():
    with pytest.raises(NotShown, match="int is no path"):
        notebook.show(5)
    with pytest.raises(NotShown, match="no recurrent layer"):
        notebook.show({"a": np.ones(3)})


def test_the_server_ends_with_the_notebook_however_that_ends():
    """Its standard input is a pipe that the system closes when the notebook's process is gone."""
    port, process = notebook._Server.port(), notebook._Server.process
    assert notebook.is_up(port)
    process.stdin.close()
    process.wait(30)
    assert not notebook.is_up(port)

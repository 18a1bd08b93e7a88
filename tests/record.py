"""Records the answers that the scripts' tests draw, the drawings and the sweeps: ``python -m tests.record``.

Says in numbers what changed. Tests keep both fresh: the answers in Python, the drawings in Deno.
"""

import subprocess
from pathlib import Path
from typing import Any

import orjson
from deno import find_deno_bin

from app.bptt.cells import CELLS
from app.labs.explorer import number_formats, pair, walk
from app.labs.explorer import run as bptt
from app.labs.explorer.number_formats import FormatsParams
from app.labs.explorer.pair import PairParams
from app.labs.explorer.params import BpttParams
from app.labs.explorer.walk import WalkParams
from app.labs.graph.params import GraphParams
from app.labs.graph.presets import PRESETS as GRAPH_PRESETS_OF_LAB
from app.labs.graph.run import run as run_graph
from app.labs.training import film
from app.labs.training.params import TrainingParams
from app.pages import form
from app.serving.json_encoding import to_json
from app.words import CATALOGUES, LANGUAGES
from tests import symbol_texts
from tests.json_diff import differences

LONG = ("chain", "recursion", "ar", "latent")
ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
RESET_AFTER = {"cell": "gru", "reset_gate": "after", "updates": 9, "lr": 1}
"""Trained, so that the bias inside the reset is not 0."""
ANSWERS = {
    "bptt": {},
    "full": {"truncation": "full"},
    "window": {"text": "the quick brown fox", "truncation": "window", "k": 3},
    "tbptt": {"text": "the quick brown fox", "truncation": "tbptt", "k1": 2, "k": 5},
    "randomized": {"text": "banana", "truncation": "randomized", "cut": 0.5, "cut_seed": 1},
    "cuts": {"text": "backpropagation", "truncation": "cuts", "cuts": "2,3,9"},
    "last": {"text": "안녕하세요", "loss_at": "last", "truncation": "blocks", "k": 2},
    "squared": {"loss": "squared_error"},
    "long": {"text": "ab", "steps": 60, "k": 7, "hidden": 2},
    "lstm": {"text": "banana", "cell": "lstm", "k": 2},
    "gru": {"text": "banana", "cell": "gru", "k": 2},
    "gru-reset-after": {"text": "banana", **RESET_AFTER, "k": 2},
    "gru-cut": {"text": "banana", "cell": "gru", "truncation": "randomized", "cut_seed": 3},
    "numbers": {"unit": "number", "hidden": 2},
    "scalar": {"hidden": 1, "activation": "identity", "gain": 0.9, "steps": 6, "k": 4},
    "word": {"unit": "word", "k": 3},
    "single": {"text": "ab", "steps": 1, "hidden": 3},
    "number": {
        "unit": "number",
        "text": "1 2",
        "targets": "1 2",
        "hidden": 1,
        "weights": ".5,.1,0,2,0",
        "reduction": "sum",
    },
}
LEDGERS = [
    {"text": "banana", "hidden": 2, **cell, "truncation": truncation, **more}
    for cell in (*({"cell": cell} for cell in CELLS), RESET_AFTER)
    for truncation, more in (
        *(("blocks", {"k": k}) for k in (1, 2, 4, 6)),
        ("full", {}),
        ("window", {"k": 2}),
        ("tbptt", {"k1": 2, "k": 3}),
        ("randomized", {"cut": 0.5, "cut_seed": 1}),
        ("cuts", {"cuts": "1,4"}),
    )
]
"""T = 5: blocks of 1, of 2 with a short last one, of T - 1 and of more than T, and every other scheme."""
LEDGER_FIELDS = (
    *("params", "vocabulary", "tokens", "targets", "weights"),
    *("forward", "blocks", "walks", "full", "truncated"),
)
FILMS = {
    "film": {},
    "film-video": {"text": "AABBAACCAABBAACCAABBA", "k": 4, "lr": 0.5},
    "film-still": {"lr": 0, "state": "zeros"},
    "film-shuffled": {"text": "hello world", "k": 3, "shuffle": "1", "optimizer": "adam"},
    "film-long": {"text": "we cut the credit, not the memory. ", "k": 2, "hidden": 4, "cell": "lstm"},
    "film-book": {"text": "hello world again", "k": 3, "lanes": 2, "reading": "book", "reset": "never"},
}
GRAPHS = {
    **{name: {"preset": name} for name in GRAPH_PRESETS_OF_LAB},
    "saturated": {"formula": "tanh(w*x)*sigmoid(w*x)", "values": "w:3,x:6"},
    "zero power": {"formula": "x**y", "values": "x:0,y:0"},
    **{f"{name}-{n}": {"preset": name, "n": n, "tau": n - 1} for name in LONG for n in (2, 5, 8, 12)},
    **{
        formula: {"formula": formula}
        for formula in (
            "x",
            "-3",
            "x*x",
            "x*x*x*x",
            "w*w*w*0.9",
            "log(-x)",
            "x+1+x+1+x+1+x+1+x",
            "tanh(tanh(tanh(tanh(tanh(tanh(x))))))",
            "(sigmoid(w*x + b) - y)**2",
            "relu(a*x+b)-sigmoid(c)**2/exp(-d)+log(x*x+1)",
            "(a+b)*(c+d)*(e+f)*(g+h)*(i+j)*(k+l)",
            "(x-y)*(y-z)*(z-x)/(x+y+z)",
            "exp(30*x)/exp(-30*x)",
            "가중치*입력값 + 치우침",
        )
    },
}
PAIRS = {
    "pair": {"s": 3, "t": 0},
    "pair-long": ANSWERS["long"] | {"s": 50, "t": 20},
    "pair-scalar": ANSWERS["scalar"] | {"s": 5, "t": 0},
}

VANISHING = {"text": "the quick brown fox jumps over the lazy dog", "gain": 0.5}
FORMATS = {"formats": VANISHING, "formats-scaled": VANISHING | {"loss_scale": 10}}


def recordings() -> dict[str, bytes]:
    """Every recording by its file name."""
    found = {
        f"{name}.json": to_json(bptt.run(BpttParams(**asked)), digits=5) for name, asked in ANSWERS.items()
    }
    for name, asked in PAIRS.items():
        found[f"{name}.json"] = to_json(pair.run(PairParams(**asked)), digits=5)
    found["walk.json"] = to_json(walk.run(WalkParams(**ANSWERS["tbptt"], walk=5)), digits=5)
    for name, asked in FORMATS.items():
        found[f"{name}.json"] = to_json(number_formats.run(FormatsParams(**asked)), digits=5)
    found["ledgers.json"] = to_json([_ledger(asked) for asked in LEDGERS], digits=8)
    for name, asked in FILMS.items():
        shown = film.run(TrainingParams(**asked), 1 if asked.get("reset") is None else 3)
        found[f"{name}.json"] = to_json(shown, digits=5)
    graphs = {name: run_graph(GraphParams(**asked)) for name, asked in GRAPHS.items()}
    found["graphs.json"] = to_json(graphs, digits=5)
    found["graph-controls.json"] = orjson.dumps(form.as_data(GraphParams))
    found["training-controls.json"] = orjson.dumps(form.as_data(TrainingParams))
    found["symbols.json"] = orjson.dumps(symbol_texts.read())
    found["controls.json"] = orjson.dumps(form.as_data())
    for language in LANGUAGES:
        found[f"words-{language}.json"] = orjson.dumps(CATALOGUES[language])
    return found


def drawings() -> bytes:
    """All drawings of the recorded answers as JSON, each on a line of its own."""
    return _printed_by("drawings.js")


def sweeps() -> bytes:
    """A digest of every figure in every state of its sweep as JSON, a figure on a line."""
    return _printed_by("sweeps.js")


def _printed_by(script: str) -> bytes:
    command = [find_deno_bin(), "run", "--quiet", "--no-check", "--allow-read=.", f"tests/js/{script}"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.rstrip()


def _ledger(asked: dict[str, Any]) -> dict[str, Any]:
    """An answer, and each of its backward passes if they are played one by one."""
    answer = bptt.run(BpttParams(**asked))
    passes = range(0 if answer["blocks"] else len(answer["walks"]))
    walks = [walk.run(WalkParams(**asked, walk=i)) for i in passes]
    return {"answer": {name: answer[name] for name in LEDGER_FIELDS}, "walks": walks}


def write(folder: Path, recorded: dict[str, bytes]) -> list[str]:
    """Write the recordings; a line for each path of a file that changed."""
    folder.mkdir(exist_ok=True)
    said = []
    for name, content in recorded.items():
        path = folder / name
        if not path.exists():
            said.append(f"{name}: new")
        else:
            changes = differences(orjson.loads(path.read_bytes()), orjson.loads(content))
            said += [f"{name}: {change}" for change in changes]
        path.write_bytes(content + b"\n")
    return said


def main() -> None:
    """Write them, and say what changed."""
    said = write(DATA, recordings())
    said += write(DATA, {"drawings.json": drawings(), "sweeps.json": sweeps()})
    print(*said, sep="\n")


if __name__ == "__main__":
    main()

"""The script of a training run, run alone, prints the losses that the film and the race show."""

import ast
import itertools
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest

from app.bptt.activations import ACTIVATIONS
from app.bptt.clipping import CLIPPINGS
from app.bptt.optimizers import OPTIMIZERS
from app.bptt.truncation import SCHEMES
from app.labs.training.contestants import canonical
from app.labs.training.cost_model import stream_length
from app.labs.training.script import SCRIPTS, ScriptParams, parts
from app.labs.training.setup import setup
from tests.api.cells import FORMS, RESET_AFTER

HERE = os.environ.get("BPTT_SCRIPTS", "numpy").split(",")
"""The libraries whose scripts are run; others than NumPy are installed by ``make frameworks``."""

RUN = {"text": "banana 'ㄱ\"\\\n", "hidden": 3, "budget": 30, "seeds": 2, "lanes": 2, "k": 2, "seed": 4}
ENTRIES = {
    "full": "full",
    "blocks": "blocks.3",
    "window": "window.3",
    "tbptt": "tbptt.2:4",
    "randomized": "randomized.0.4",
    "cuts": "cuts.1:4",
}
CELLS = ["lstm", "gru", "rnn", "gru.after"]
GRU_BEFORE = {"cell": "gru"}


def source(client, library, **asked):
    response = client.get("/api/training/loop", params={**asked, "library": library})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/x-python")
    return response.text


def printed(client, library, **asked):
    """The numbers that the script prints, by what is written before them."""
    return numbers_in(run_here(source(client, library, **asked)))


def run_here(text):
    """What a script prints, run in this process: starting another takes longer than the script."""
    output = StringIO()
    with np.errstate(), redirect_stdout(output):
        exec(compile(text, "script", "exec"), {"__name__": "__main__"})
    return output.getvalue()


def numbers_in(output):
    rows = (line.partition(" = ") for line in output.splitlines())
    return {
        name: [float(number) for number in re.findall(r"-?[0-9.]+(?:e[-+]?\d+)?|nan|inf", numbers)]
        for name, _, numbers in rows
    }


def curve_of(contestant):
    points, end = contestant["points"], contestant["final"]
    columns = zip(*(points[name] for name in ("u", "steps", "mean", "min", "max")), strict=True)
    rows = {f"after {u} updates, {steps} steps": numbers for u, steps, *numbers in columns}
    return rows | {"each seed at the end": end["each"]}


def answer_of(client, path, **asked):
    answer = client.get(f"/api/training{path}", params={**asked, "digits": 17})
    assert answer.status_code == 200, answer.text
    return answer.json()


def on_screen(client, **asked):
    """What the race shows of a contestant, or film and race of the lab's own run."""
    entry = asked.pop("entry", "")
    if entry:
        contestants = answer_of(client, "", **{"contest": entry} | asked)["race"]["contestants"]
        return curve_of(next(one for one in contestants if one["entry"] == canonical(entry)))
    own = {name: asked.pop(name) for name in list(asked) if name == "contest"}
    film = answer_of(client, "/film", **asked, **own)
    (contestant,) = answer_of(client, "", **asked, contest=own_entry(asked))["race"]["contestants"]
    return {"pass 1": film["losses"]} | curve_of(contestant)


def own_entry(asked):
    return f"cuts:{asked['cuts'].replace(',', ':')}" if asked.get("cuts") else str(asked.get("k", 2))


def assert_the_same(found, wanted, rel=6e-5):
    found = {name: numbers for name, numbers in found.items() if name in wanted or "pass" not in name}
    assert found.keys() == wanted.keys()
    for name, numbers in wanted.items():
        numbers = [np.nan if number is None else number for number in numbers]  # null is not finite
        measured = [number if np.isfinite(number) else np.nan for number in found[name]]
        assert measured == pytest.approx(numbers, rel=rel, abs=1e-9, nan_ok=True), name


def check(client, library, **asked):
    assert_the_same(printed(client, library, **asked), on_screen(client, **asked))


def with_entry(entry, **more):
    return RUN | {"entry": entry, "contest": entry} | more


LIBRARIES = pytest.mark.parametrize("library", SCRIPTS)
RUN_HERE = pytest.mark.parametrize("library", HERE)


@RUN_HERE
@pytest.mark.parametrize("cell", FORMS, ids=str)
def test_the_script_of_the_labs_own_run_prints_film_and_race(client, library, cell):
    check(client, library, **RUN | cell)


@RUN_HERE
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_script_of_a_contestant_prints_its_curve(client, library, scheme):
    cells = dict(zip(SCHEMES, itertools.cycle(CELLS)))
    check(client, library, **with_entry(f"{cells[scheme]}.{ENTRIES[scheme]}"))


@pytest.mark.exhaustive
@RUN_HERE
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("state", ["carried", "zeros"])
def test_the_script_of_any_contestant_prints_its_curve(client, library, scheme, cell, state):
    check(client, library, **with_entry(f"{cell}.{state}.{ENTRIES[scheme]}"))


@RUN_HERE
@pytest.mark.parametrize("scheme", ["blocks", "tbptt"])
def test_nothing_is_carried_over_where_the_state_is_zeros(client, library, scheme):
    check(client, library, **with_entry(f"zeros.{ENTRIES[scheme]}"))


@RUN_HERE
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_script_knows_every_activation(client, library, activation):
    check(client, library, **RUN | {"activation": activation, "lr": 0.1})


@RUN_HERE
@pytest.mark.parametrize("clip", CLIPPINGS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_script_knows_every_optimizer_and_clipping(client, library, optimizer, clip):
    lr = {"sgd": 1.0, "momentum": 0.3}.get(optimizer, 0.05)
    asked = {"optimizer": optimizer, "clip": clip, "clip_at": 0.1, "lr": lr}
    check(client, library, **RUN | asked | RESET_AFTER)


@RUN_HERE
@pytest.mark.parametrize(
    "asked",
    [
        {"reset": "never"},
        {"reset": "never", "contest": "window.3", "entry": "window.3"},
        {"reading": "book", "lanes": 1},
        {"shuffle": "1"},
        {"divide": "k", "k": 4},
        {"cuts": "1,4"},
        {"recurrence": "zero"},
        {"recurrence": "zero", "cell": "gru"},
        {"recurrence": "zero", "cell": "lstm", "contest": "tbptt.1:3", "entry": "tbptt.1:3"},
        {"hidden": 1, "gain": 0.5, "gate_bias": 2.0, "cell": "lstm"},
        {"match": "updates", "budget": 7},
        {"match": "updates", "budget": 7, "contest": "randomized.0.4", "entry": "randomized.0.4"},
        {"state": "zeros"},
        {"init": "pytorch", "cell": "lstm", "seed": 7},
        {"init": "keras", **RESET_AFTER},
        {"contest": "orthogonal.shuffled.3", "entry": "orthogonal.shuffled.3"},
        {
            "contest": "identity.shuffled.cuts.1:4",
            "entry": "identity.shuffled.cuts.1:4",
            "activation": "relu",
        },
        {"lr": 10.0, "activation": "identity", "seeds": 3, "budget": 60},
    ],
    ids=str,
)
def test_the_script_reads_and_updates_as_the_lab_does(client, library, asked):
    check(client, library, **RUN | asked)


TASKS = {
    "recall": {"lag": 3, "gap": 2, "cues": 3, "lanes": 3, "budget": 60},
    "episodes": {"lag": 4, "cues": 3, "lanes": 4, "budget": 12},
    "adding": {"lag": 5, "lanes": 4, "budget": 12},
}
OF_EVERY_TASK = {"hidden": 3, "seeds": 2, "seed": 4}
OF_A_TASK = [
    (task, scheme)
    for task in TASKS
    for scheme in SCHEMES
    if task != "recall" or scheme not in ("full", "randomized", "cuts")
]
OTHER_TASKS = pytest.mark.parametrize(("task", "scheme"), OF_A_TASK)


def of_task(task, entry="", **more):
    contest = {"contest": entry, "entry": entry} if entry else {}
    return OF_EVERY_TASK | {"task": task} | TASKS[task] | contest | more


def check_outputs(client, library, **asked):
    """The page shows answers that are right or wrong; the outputs that they come from are compared, too."""
    asked = {"contest": asked["entry"]} | asked
    text, script = source(client, library, **asked), {}
    with np.errstate(), redirect_stdout(StringIO()) as output:
        exec(compile(text, "script", "exec"), script)
    assert_the_same(numbers_in(output.getvalue()), on_screen(client, **asked))
    script["score"] = lambda o, y: o.max(axis=-1)
    params = ScriptParams(**asked)
    for seed, wanted in zip(script["seeds"], outputs_of(params), strict=True):
        updates = script["train"](script["network"](seed), seed)
        for (found, *_), outputs in zip(updates, wanted, strict=False):
            assert np.sort(np.ravel(found)) == pytest.approx(outputs, rel=1e-6)


def outputs_of(params):
    """The highest output of every step with a loss in the first 10 updates, sorted, for each seed."""
    one, every = parts.Run.of(params, params.entry).one, []
    for ready in setup(params, steps=stream_length(params)).batches(one):
        trainer = ready.trainer(one)
        updates = trainer.updates(ready.first_weights(trainer, one.init), params.hidden, ready.optimizer())
        for_seeds = [[] for _ in ready.seeds]
        for update in itertools.islice(updates, 10):
            highest = update.run.outputs.max(axis=-1)
            counts = np.broadcast_to(update.task.factors != 0, highest.shape)
            for i, outputs in enumerate(for_seeds):
                outputs.append(np.sort(highest[:, i][counts[:, i]]))
        every += for_seeds
    return every


@RUN_HERE
@OTHER_TASKS
def test_the_script_draws_the_data_of_a_task_and_prints_its_curve(client, library, task, scheme):
    cells = dict(zip(OF_A_TASK, itertools.cycle(CELLS)))
    check_outputs(client, library, **of_task(task, f"{cells[task, scheme]}.{ENTRIES[scheme]}"))


@pytest.mark.exhaustive
@RUN_HERE
@OTHER_TASKS
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("state", ["carried", "zeros"])
def test_the_script_of_any_task_prints_its_curve(client, library, task, scheme, cell, state):
    check_outputs(client, library, **of_task(task, f"{cell}.{state}.{ENTRIES[scheme]}"))


@RUN_HERE
@pytest.mark.parametrize(
    ("task", "asked"),
    [
        ("recall", {"contest": "1,5,tbptt.2:4", "entry": "5", "match": "updates", "budget": 20}),
        ("recall", {"contest": "1", "entry": "1", "clip": "norm", "clip_at": 0.1, "recurrence": "zero"}),
        ("episodes", {"contest": "zeros.2", "entry": "zeros.2", "init": "keras", "optimizer": "adam"}),
        ("episodes", {"contest": "5", "entry": "5", "activation": "sigmoid", "clip": "element"}),
        ("adding", {"contest": "2", "entry": "2", "optimizer": "rmsprop", "lag": 2, "lanes": 1}),
    ],
    ids=str,
)
def test_the_script_of_a_task_updates_as_the_lab_does(client, library, task, asked):
    check_outputs(client, library, **of_task(task) | asked)


@LIBRARIES
@OTHER_TASKS
def test_the_script_of_a_task_has_its_data_as_code(client, library, task, scheme):
    cells = dict(zip(OF_A_TASK, itertools.cycle(reversed(CELLS))))
    entry = f"{cells[task, scheme]}.{ENTRIES[scheme]}"
    text = source(client, library, **of_task(task, entry, clip="norm", budget=1000))
    compile(text, library, "exec")
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 120
    assert len(text) < 12_000
    assert "draw = np.random.RandomState([seed, " in text
    assert "import app" not in text


@LIBRARIES
@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("recall", ["# delayed recall, lag = 3, N = 3, lstm, H = 3", "prints the accuracy on screen"]),
        ("episodes", ["# delayed recall in episodes, lag = 4, N = 4, lstm", "prints the accuracy on screen"]),
        ("adding", ["# adding problem, lag = 5, N = 4, lstm", "prints the squared error on screen"]),
    ],
)
def test_the_script_says_which_task_it_is(client, library, task, said):
    text = source(client, library, **of_task(task, "lstm.2"))
    for words in said:
        assert words in text


@pytest.mark.parametrize(("library", "said"), [("torch", "mse_loss() has no 1/2"), ("keras", "has no 1/2")])
def test_the_script_says_that_the_squared_error_of_its_framework_is_twice_as_large(client, library, said):
    assert said in source(client, library, **of_task("adding"))


@RUN_HERE
def test_a_seed_that_diverges_is_left_out_of_a_task(client, library):
    check(client, library, **of_task("adding", "full", activation="identity", seeds=3, lr=0.5))


PADDED = {"text": "banana bandana", "lengths": "7,4,1", "hidden": 3, "budget": 30, "seeds": 2, "k": 3}


@RUN_HERE
@pytest.mark.parametrize("padding", ["masked", "counted"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"cell": "lstm", "reset": "never", "shuffle": "1"},
        {"divide": "k", "clip": "norm", "clip_at": 0.1} | RESET_AFTER,
        {"contest": "tbptt.2:4", "entry": "tbptt.2:4"},
        {"contest": "randomized.0.4", "entry": "randomized.0.4"},
    ],
    ids=str,
)
def test_lanes_of_unequal_length_are_padded(client, library, padding, asked):
    check(client, library, **PADDED | asked | {"padding": padding})


def test_a_forgotten_mask_changes_what_the_script_prints(client):
    masked, counted = (printed(client, "numpy", **PADDED, padding=name) for name in ("masked", "counted"))
    assert masked["pass 1"] != counted["pass 1"]


@LIBRARIES
@pytest.mark.parametrize("entry", ["", "tbptt.2:4"])
def test_the_script_says_what_becomes_of_the_padding(client, library, entry):
    asked = PADDED | ({"contest": entry, "entry": entry} if entry else {})
    masked, counted, equal = (
        source(client, library, **asked | more)
        for more in ({}, {"padding": "counted"}, {"lengths": "", "lanes": 2})
    )
    assert "\nmask = np.arange(length)[:, None] < lengths" in masked
    assert ("mask[newest:stop]" if entry else "mask[start:stop]") in masked
    assert "as where a mask was forgotten" in counted
    assert "\nmask = " not in counted
    assert "padding" not in equal
    assert "where only a loss would read it" in masked
    carried_on = source(client, library, **asked | {"reset": "never"})
    assert "carried from there to what is read next" in carried_on
    assert "; padding: masked" in masked.splitlines()[2]
    for text in masked, counted:
        compile(text, library, "exec")
        assert text.isascii()
        assert max(map(len, text.splitlines())) <= 120


@LIBRARIES
@pytest.mark.parametrize("cell", FORMS, ids=str)
def test_every_script_is_python_in_short_ascii_lines(client, library, cell):
    for entry in ("", *ENTRIES.values()):
        contest = {"contest": entry, "entry": entry} if entry else {}
        for optimizer in OPTIMIZERS:
            asked = RUN | cell | contest | {"optimizer": optimizer, "clip": "norm", "recurrence": "zero"}
            text = source(client, library, **asked)
            compile(text, library, "exec")
            assert text.isascii()
            assert max(map(len, text.splitlines())) <= 120
            names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
            assert "train" in names


WORDS = {
    "numpy": ["dstate", "1e-6 as in torch.nn.utils.clip_grad_norm_"],
    "torch": ["h = h.detach()", "loss.backward()", "nn.utils.clip_grad_norm_", "optimizer.step()"],
    "keras": ["keras.ops.stop_gradient", "tf.GradientTape", "optimizer.apply("],
    "jax": ["lax.scan(", "lax.stop_gradient(", "jax.value_and_grad("],
}


@LIBRARIES
def test_the_loop_is_written_in_the_words_of_its_framework(client, library):
    text = source(client, library, **RUN, clip="norm")
    for word in WORDS[library]:
        assert word in text


@pytest.mark.parametrize("clip", ["norm", "none"])
def test_the_torch_script_says_where_its_two_errors_come_from(client, clip):
    text = " ".join(source(client, "torch", **RUN, clip=clip).replace("#", "").split())
    assert "Trying to backward through the graph a second time" in text
    assert "modified by an inplace operation" in text


@pytest.mark.parametrize(
    ("library", "asked", "said"),
    [
        ("torch", {}, "has two biases"),
        ("torch", RESET_AFTER, "its z keeps the old state"),
        ("torch", GRU_BEFORE, "that of nn.GRU comes after it"),
        ("torch", {"activation": "sigmoid"}, "nn.RNN has tanh and relu only"),
        ("keras", RESET_AFTER, "a second bias for z and r"),
        ("keras", {"optimizer": "adam"}, "Keras adds epsilon (1e-7) before the correction"),
        ("keras", {"optimizer": "adam"}, "np.float64(0.999))"),
        ("keras", {"optimizer": "rmsprop"}, "Keras has epsilon under the root"),
        ("keras", {}, "float32"),
        ("jax", {"clip": "norm"}, "optax.clip_by_global_norm adds nothing"),
    ],
    ids=str,
)
def test_the_script_says_where_its_framework_does_otherwise(client, library, asked, said):
    assert said in source(client, library, **RUN | asked)


def test_the_script_says_at_its_top_which_run_it_is(client):
    def top(**asked):
        return source(client, "torch", **asked).splitlines()[:4]

    first, second, third, fourth = top(
        text="ab" * 40, contest="gru.after.zeros.tbptt:2:4", entry="gru.after.zeros.tbptt:2:4"
    )
    assert first == "# BPTT Explorer: this training run with PyTorch."
    assert second == f"# '{'ab' * 30}\\u2026', L = 79, N = 1, gru (reset after Wh), H = 8"
    state = "state: zeros at every block"
    assert third == f"# truncation: tbptt, k1 = 2, k = 4; {state}; sgd, lr = 0.3, clip: none"
    assert fourth.startswith("# It prints the losses on screen.")
    assert top()[1] == "# 'hello', L = 4, N = 1, rnn (tanh), H = 8"
    assert "state: carried, zeros at every epoch; sgd" in top()[2]
    never = top(text="ab" * 9, k=2, reset="never", shuffle=1)[2]
    assert "state: carried, never reset; blocks shuffled in every epoch; sgd" in never


@pytest.mark.parametrize("library", SCRIPTS)
def test_two_blank_lines_are_before_every_function_of_a_script(client, library):
    lines = source(client, library, text="hello world").splitlines()
    assert any(line.startswith("def whole_text") for line in lines)
    for i, line in enumerate(lines):
        if line.startswith(("@", "def ", "class ")) and not lines[i - 1].startswith("@"):
            assert lines[i - 2 : i] == ["", ""], line


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"text": "banana", "lengths": "4,3"}, ("lengths", "lengths_beyond", 5)),
        ({"entry": "7"}, ("entry", "no_such_contestant", "1,2,full")),
        ({"library": "layers"}, ("library", "not_a_choice", "'numpy', 'torch', 'keras' or 'jax'")),
    ],
    ids=str,
)
def test_the_script_says_what_it_cannot_do(client, asked, error):
    answer = client.get("/api/training/loop", params=asked)
    assert answer.status_code == 422
    first = answer.json()["errors"][0]
    assert (first["parameter"], first["code"], first["limit"]) == error


def test_the_script_runs_alone(client):
    text = source(client, "numpy")
    run = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert_the_same(numbers_in(run.stdout), on_screen(client))


def test_a_run_of_a_script_is_the_labs_own_or_one_of_the_race():
    assert parts.Run.of(ScriptParams(task="adding"), "").one.settings == {"k": 1}
    params = ScriptParams(contest="full,zeros.10")
    assert parts.Run.of(params, "").one.settings == {"k": 2}
    assert parts.Run.of(params, "zeros.10").one.settings == {"k": 10}

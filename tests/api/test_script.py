"""The script of a run, run alone, prints the numbers that the page shows."""

import os
import re
import sys

import numpy as np
import pytest

from app.bptt import activations
from app.bptt.activations import ACTIVATIONS
from app.bptt.losses import LOSSES
from app.bptt.truncation import SCHEMES
from app.labs.explorer.script import layers_script, numpy_script, parts
from tests.api.cells import FORMS, RESET_AFTER
from tests.api.script_run import output_alone, output_of

TEXT = "banana 'ㄱ\"\\\n\u202e🙂\r"
ASKED = {"text": TEXT, "hidden": 3, "k": 3, "k1": 2, "cut": 0.4, "cut_seed": 3, "cuts": "2,3,7", "steps": 9}
TORCH = os.environ.get("TORCH_PYTHON")  # an interpreter that has torch, where this one has not


def printed(client, library, interpreter=sys.executable, **asked):
    """The numbers that the script prints, by what is written before them."""
    response = client.get("/api/script", params={**asked, "library": library})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/x-python")
    return numbers_in(output_of(response.text, interpreter))


def numbers_in(output):
    found = {}
    for line in output.splitlines():
        name, _, numbers = line.partition(" = ")
        found[name] = [float(number) for number in re.findall(r"-?[0-9.]+(?:e[-+]?\d+)?|nan", numbers)]
    return found


def expected(ask, **asked):
    answer = ask(**asked, digits=17)
    likeness = answer["comparison"]["recurrent"]
    numbers = {
        "total loss": [answer["forward"]["total_loss"]],
        "cosine": [likeness["cosine"]],
        "relative error": [likeness["relative_error"]],
    }
    for t, sizes in enumerate(zip(answer["full"]["dh_norm"], answer["truncated"]["dh_norm"], strict=True)):
        numbers[f"|dh_{t}|"] = list(sizes)
    for name in answer["weights"]:
        numbers[f"|d{name}|"] = [
            sum(v * v for v in flat(answer[part]["gradients"][name])) ** 0.5 for part in ("full", "truncated")
        ]
    return numbers


def flat(node):
    return [value for row in node for value in flat(row)] if isinstance(node, list) else [node]


def assert_the_same(found, wanted):
    assert found.keys() == wanted.keys()
    for name, numbers in wanted.items():
        assert found[name] == pytest.approx(numbers, rel=6e-5, abs=1e-12), name


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("truncation", SCHEMES)
@pytest.mark.parametrize("cell", FORMS)
def test_the_numpy_script_prints_the_numbers_on_screen(client, ask, cell, truncation, loss):
    asked = ASKED | cell | {"truncation": truncation, "loss": loss}
    assert_the_same(printed(client, "numpy", **asked), expected(ask, **asked))


@pytest.mark.parametrize("library", ["numpy", "layers"])
def test_a_script_needs_nothing_but_numpy(client, ask, library):
    source = client.get("/api/script", params={"text": "banana", "library": library}).text
    found, wanted = numbers_in(output_alone(source)), expected(ask, text="banana")
    assert_the_same({name: found[name] for name in wanted}, wanted)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss_at", ["every", "last", "1,4"])
def test_the_numpy_script_knows_every_activation_and_place_of_the_loss(client, ask, activation, loss_at):
    asked = ASKED | {"activation": activation, "loss_at": loss_at, "reduction": "sum"}
    assert_the_same(printed(client, "numpy", **asked), expected(ask, **asked))


@pytest.mark.parametrize(
    "asked",
    [
        {"unit": "number", "text": "1 -2.5 3", "targets": "0 1 0.5", "hidden": 2},
        {"unit": "word", "updates": 20, "lr": 0.5},
        {"unit": "number", "text": "1 2", "targets": "1 2", "hidden": 1, "weights": ".5,.1,0,2,0"},
        {"steps": 1},
        {"text": "banana", "targets": "··abc·", "loss_at": "2,3,5"},
        {"text": "banana", "targets": "ab··n·", "loss_at": "last"},
        {"unit": "number", "text": "1 -2.5 3", "targets": "· 1 ·", "hidden": 2, "reduction": "sum"},
    ],
)
@pytest.mark.parametrize("truncation", ["blocks", "window"])
def test_the_numpy_script_has_the_inputs_and_the_weights_on_screen(client, ask, asked, truncation):
    asked = asked | {"truncation": truncation}
    assert_the_same(printed(client, "numpy", **asked), expected(ask, **asked))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("truncation", ["blocks", "full"])
@pytest.mark.parametrize("comments", ["en", "ko"])
def test_the_textbook_layers_print_the_numbers_on_screen(client, ask, truncation, loss, comments):
    asked = ASKED | {"truncation": truncation, "loss": loss}
    found = printed(client, "layers", **asked, comments=comments)
    at_cuts = {name: found.pop(name) for name in list(found) if name.startswith("|self.dh|")}
    assert len(at_cuts) == (2 if truncation == "blocks" else 0)
    assert_the_same(found, expected(ask, **asked))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_textbook_layers_know_every_activation_and_numbers(client, ask, activation):
    asked = {
        "activation": activation,
        "unit": "number",
        "text": "1 -2.5 3 0.5",
        "hidden": 2,
        "truncation": "full",
    }
    assert_the_same(printed(client, "layers", **asked), expected(ask, **asked))


def test_what_the_layers_hold_as_dh_is_the_number_at_the_scissors(client, ask):
    """self.dh of the last block is what the page shows as discarded there, to the last digits."""
    found = printed(client, "layers", text="hello", k=2)["|self.dh| before h_2"]
    shown = sum(r * r for r in ask(text="hello", k=2, digits=17)["full"]["dh_future"][1]) ** 0.5
    assert found == pytest.approx([shown, shown], rel=1e-14)


def test_earlier_scissors_show_the_uncut_gradient_and_dh_that_of_the_block(client, ask):
    asked = {"text": "hello world", "k": 4, "hidden": 3}
    answer = ask(**asked, digits=17)
    norm = lambda r: sum(v * v for v in r) ** 0.5  # noqa: E731
    Wh = answer["weights"]["Wh"]
    found = printed(client, "layers", **asked)
    assert {name for name in found if "self.dh" in name} == {"|self.dh| before h_4", "|self.dh| before h_8"}
    for start in (4, 8):
        da = [
            dh * (1 - h * h)
            for dh, h in zip(answer["truncated"]["dh"][start], answer["forward"]["h"][start], strict=True)
        ]
        dropped = [sum(w * d for w, d in zip(row, da, strict=True)) for row in Wh]  # da Whᵀ
        uncut = norm(answer["full"]["dh_future"][start - 1])
        assert found[f"|self.dh| before h_{start}"] == pytest.approx([norm(dropped), uncut], rel=1e-13)


def test_comments_of_the_layers_are_in_the_language_of_the_page(client):
    korean = client.get("/api/script", params={"library": "layers", "comments": "ko"}).text
    english = client.get("/api/script", params={"library": "layers"}).text
    assert "중간 데이터" in korean
    assert english.isascii()
    code = [
        [line.partition("#")[0].rstrip() for line in source.splitlines() if '"""' not in line]
        for source in (korean, english)
    ]
    assert code[0] == code[1]


@pytest.mark.parametrize("activation", layers_script.AGREES)
@pytest.mark.parametrize("comments", ["en", "ko"])
def test_the_layers_say_where_the_books_slope_is_that_of_the_page(client, activation, comments):
    source = client.get(
        "/api/script", params={"library": "layers", "activation": activation, "comments": comments}
    ).text
    agrees, ends = layers_script.AGREES[activation]
    line = next(line for line in source.splitlines() if agrees in line)
    assert ends in line
    a = np.linspace(-60, 60, 4801)
    scope = {"np": np, "a": a}
    formulas = layers_script.SLOPES[activation]
    scope["h_next"] = eval(formulas[0], scope)
    book, page = eval(formulas[1], scope), ACTIVATIONS[activation].slope(a)
    inside, beyond = (eval(text.replace("|a|", "abs(a)"), {"a": a}) for text in (agrees, ends))
    assert (np.abs(book / page - 1)[inside] < 5e-6).all()
    assert beyond.any()
    assert (book[beyond] == 0).all()
    assert (page[beyond] > 0).all()


@pytest.mark.parametrize("asked", [{"cell": "gru"}, {"truncation": "window"}])
def test_the_layers_say_what_they_cannot_do(client, asked):
    answer = client.get("/api/script", params={"library": "layers", **asked})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == next(iter(asked))


@pytest.mark.parametrize("name", numpy_script.FUNCTIONS)
def test_the_functions_of_the_script_are_those_of_the_page_to_the_last_bit(name):
    scope = {"np": np}
    exec("".join(numpy_script.FUNCTIONS.values()), scope)
    a = np.array([-740.0, -300.0, -40.0, -1.0, -1e-9, 0.0, 0.3, 2.0, 19.0, 40.0, 300.0, 740.0])
    np.testing.assert_array_equal(scope[name](a), getattr(activations, name)(a))


def test_lists_and_arrays_are_written_in_full_in_lines_of_at_most_a_hundred():
    ones = ["1.0"] * 20  # each takes five columns with its comma
    assert parts.literal([1.0] * 30) == f"[{', '.join(ones)},\n {', '.join(ones[:10])}]"
    assert parts.literal([1.25] + [1.0] * 19) == f"[1.25, {', '.join(ones[:18])},\n 1.0]"
    assert parts.literal(["a", "é", "\n"]) == r"['a', '\xe9', '\n']"
    row = ", ".join(["0.5"] * 20)
    assert parts.numbers(np.full(42, 0.5)) == f"[{row},\n     {row},\n     0.5, 0.5]"
    assert parts.numbers(np.array([0.25] + [0.5] * 19)) == f"[0.25, {row[:-10]},\n     0.5]"
    assert parts.numbers(np.array([[-0.0, 1 / 3], [np.nan, np.inf]])) == (
        "[[0.0, 0.3333333333333333],\n     [float('nan'), float('nan')]]"
    )
    assert eval(parts.numbers(np.arange(2000.0))) == [*range(2000)]


@pytest.mark.parametrize(
    ("asked", "scheme"),
    [
        ({"truncation": "full"}, "full"),
        ({"truncation": "blocks"}, "blocks, k = 3"),
        ({"truncation": "window"}, "window, k = 3"),
        ({"truncation": "tbptt"}, "tbptt, k1 = 2, k2 = 3"),
        ({"truncation": "randomized"}, "randomized, c = 0.25"),
        ({"truncation": "cuts", "cuts": "2,3"}, "cuts at t = 2,3"),
        ({"truncation": "cuts", "cuts": ""}, "cuts at t = none"),
    ],
)
def test_the_script_says_at_its_top_which_run_it_is(client, asked, scheme):
    def top(**more):
        params = {"library": "numpy", "k": 3, "k1": 2, "cut": 0.25, "hidden": 5, **asked, **more}
        return client.get("/api/script", params=params).text.splitlines()[:3]

    told = f"T = 60, rnn (relu), H = 5, truncation: {scheme}"
    first, second, third = top(text="ab" * 30 + "c", activation="relu", steps=60)
    assert first == "# BPTT Explorer: this run with NumPy."
    assert second == f"# '{'ab' * 30}\\u2026', {told}"
    assert "held at zero" not in third
    assert top(text="ab" * 30, activation="relu", steps=60)[1] == f"# '{'ab' * 30}', {told}"
    before = "gru (reset before Wh, as in Cho et al. 2014)"
    assert top(text="ababab", cell="gru")[1] == f"# 'ababab', T = 5, {before}, H = 5, truncation: {scheme}"
    assert top(text="ababab", **RESET_AFTER)[1].startswith(
        "# 'ababab', T = 5, gru (reset after Wh, as in PyTorch and Keras 3), H = 5"
    )
    assert "held at zero" in top(recurrence="zero")[2]


def torch_interpreter():
    if TORCH:
        return TORCH
    pytest.importorskip("torch")
    return sys.executable


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize("bias", [-41, 41])
@pytest.mark.parametrize(
    ("cell", "activation"), [(FORMS[0], "tanh"), *((cell, "sigmoid") for cell in FORMS)]
)  # gates have one activation
def test_a_saturated_network_has_the_same_small_numbers_in_the_script(
    client, ask, cell, bias, activation, library
):
    """Every gate has the bias ±41, where 1 - σ and 1 - tanh² round to 0; only the last loss counts."""
    G = {"rnn": 1, "lstm": 4, "gru": 3}[cell["cell"]]
    own = [0.25] if cell == RESET_AFTER else []
    weights = [0.5] * 2 * G + [0.7] * G + [bias] * G + own + [1, -1] + [0, 0]
    asked = {"text": "abab", "hidden": 1, **cell, "weights": ",".join(map(str, weights)), "k": 1}
    asked |= {"loss_at": "last", "activation": activation}
    interpreter = torch_interpreter() if library == "torch" else sys.executable
    found, wanted = printed(client, library, interpreter, **asked), expected(ask, **asked)
    assert wanted["|dh_0|"][0] > 0, "the gradient is tiny, not lost"
    for name, numbers in wanted.items():
        if None not in numbers:
            assert found[name] == pytest.approx(numbers, rel=6e-5, abs=0), name


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_prediction_that_is_nearly_certain_has_its_small_loss_in_the_script(client, ask, library):
    """The target's score is 50 above the other: 1 - p rounds to 0, the loss and its gradient do not."""
    weights = [1, 1, 1, 0, 50, -50, 0, 0]
    asked = {"text": "ab", "targets": "ab", "hidden": 1, "weights": ",".join(map(str, weights)), "k": 1}
    asked |= {"activation": "identity", "loss_at": "last", "steps": 1}
    interpreter = torch_interpreter() if library == "torch" else sys.executable
    found, wanted = printed(client, library, interpreter, **asked), expected(ask, **asked)
    assert 0 < wanted["total loss"][0] < 1e-40
    assert found["total loss"] == pytest.approx(wanted["total loss"], rel=6e-5, abs=0)
    assert found["|dh_0|"] == pytest.approx(wanted["|dh_0|"], rel=6e-5, abs=0)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("truncation", SCHEMES)
@pytest.mark.parametrize("cell", FORMS)
def test_the_torch_script_prints_the_numbers_on_screen(client, ask, cell, truncation, loss):
    asked = ASKED | cell | {"truncation": truncation, "loss": loss}
    assert_the_same(printed(client, "torch", torch_interpreter(), **asked), expected(ask, **asked))


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "banana", "loss_at": "1,4"},
        {"text": "banana", "targets": "··abc·", "loss": "squared_error", "truncation": "window"},
        {"unit": "number", "text": "1 -2.5 3", "targets": "· 1 ·", "hidden": 2},
    ],
    ids=str,
)
def test_the_torch_script_knows_chosen_losses_and_holes(client, ask, asked):
    assert_the_same(printed(client, "torch", torch_interpreter(), **asked), expected(ask, **asked))


@pytest.mark.parametrize("asked", [{"loss_at": "1,4"}, {"targets": "··abc·"}], ids=str)
def test_the_textbook_layers_know_chosen_losses_and_holes(client, ask, asked):
    asked = asked | {"text": "banana", "truncation": "blocks"}
    found = printed(client, "layers", **asked)
    for name, numbers in expected(ask, **asked).items():
        assert found[name] == pytest.approx(numbers, rel=6e-5, abs=1e-12), name


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_script_is_plain_ascii_and_lines_cannot_be_smuggled_in(client, library):
    source = client.get("/api/script", params={**ASKED, "library": library}).text
    assert source.isascii()
    compile(source, "script", "exec")
    assert "detach()" in source or library == "numpy"


def test_another_library_is_refused(client):
    (error,) = client.get("/api/script", params={"library": "jax"}).json()["errors"]
    assert (error["parameter"], error["code"]) == ("library", "not_a_choice")

"""The initial state h₋₁ (and c₋₁ of an LSTM) as given, and its gradient, full and truncated."""

import json
import sys

import autograd
import numpy as np
import pytest

from app.bptt.truncation import SCHEMES
from app.labs.explorer.network import build_network
from app.labs.explorer.params import BpttParams
from tests.api.cells import FORMS
from tests.api.test_explorer_concepts import arrays
from tests.api.test_script import assert_the_same, expected, printed, torch_interpreter
from tests.arrays import assert_close
from tests.kernel import textbook

SENTENCE = "the quick brown fox"
T, H = 7, 3
H0, C0 = [0.5, -0.25, 0.125], [-0.75, 0.375, 1.5]
ASKED = {"text": SENTENCE, "steps": T, "hidden": H, "h0": "0.5,-0.25,.125", "k": 3, "k1": 2, "cut_seed": 4}


def asked_of(form, **more):
    given = ASKED | form | more
    return given | ({"c0": "-0.75, 0.375 1.5"} if form["cell"] == "lstm" else {})


def state_of(form):
    return np.array(H0 + (C0 if form["cell"] == "lstm" else []))


def initial_gradient(part):
    return np.concatenate([part["dh_initial"], part.get("dc_initial", [])])


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_first_step_reads_it_and_the_answer_says_it(ask, form):
    answer = arrays(ask(**asked_of(form), digits=17))
    assert answer["forward"]["h0"].tolist() == H0
    assert answer["blocks"][0]["h_in"] == H0
    assert ("c0" in answer["forward"]) == (form["cell"] == "lstm")
    if form["cell"] == "lstm":
        assert answer["forward"]["c0"].tolist() == answer["blocks"][0]["c_in"] == C0
    net = build_network(BpttParams(**asked_of(form)))
    state = state_of(form)
    for t, x in enumerate(net.task.x):
        state = textbook.step(net.cell, net.W, x, state)
        assert_close(answer["forward"]["h"][t], state[:H])
    assert answer["checks"]["passed"] is True
    assert answer["full"]["step_norms"]["Wh"][0] > 0


def moved_loss(scheme, net, at):
    """The truncated loss as a function of the initial state; all states held constant are the run's own."""
    held = [at, *net.forward.states]
    truncated = textbook.TRUNCATED[textbook.name_in(SCHEMES, scheme)]
    return lambda state: truncated(scheme, net.task, net.W, [state, *held[1:]])


@pytest.mark.parametrize("truncation", SCHEMES)
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_its_gradients_are_those_of_autodiff_full_and_truncated(ask, form, truncation):
    cuts = {"cuts": "2,5"} if truncation == "cuts" else {}
    for k in (1, T - 1, T + 2):
        for loss_at in ("every", "last"):
            asked = asked_of(form, truncation=truncation, k=k, loss_at=loss_at, **cuts)
            answer, net = arrays(ask(**asked, digits=17)), build_network(BpttParams(**asked))
            for part, scheme in (("full", net.scheme("full")), ("truncated", net.scheme())):
                exact = autograd.grad(moved_loss(scheme, net, state_of(form)))(state_of(form))
                assert_close(initial_gradient(answer[part]), exact, 1e-11, what=(k, loss_at, part))


def test_it_is_0_unless_a_loss_reaches_step_0(ask):
    def gradients(k):
        answer = ask(**ASKED | {"k": k}, loss_at="last", truncation="blocks", digits=17)
        return answer["truncated"]["dh_initial"], answer["full"]["dh_initial"]

    for k in (1, T - 1):  # the last block begins after step 0
        truncated, exact = gradients(k)
        assert truncated == [0, 0, 0]
        assert all(exact)
    truncated, exact = gradients(T + 1)
    assert truncated == exact


def test_without_one_it_is_zeros_and_has_a_gradient_all_the_same(ask):
    asked = {"text": SENTENCE, "hidden": H, "digits": 17}
    usual, zeros = ask(**asked), ask(**asked, h0="0,0,0")
    assert usual["forward"]["h0"] == [0, 0, 0]
    assert any(usual["full"]["dh_initial"])
    assert {**zeros, "params": None} == {**usual, "params": None}


def test_updates_start_from_it_and_leave_it(ask):
    answer = ask(**ASKED, updates=3, digits=17)
    assert answer["forward"]["h0"] == H0
    assert_close(answer["training"]["loss"][0], ask(**ASKED, digits=17)["forward"]["total_loss"])
    assert answer["training"]["loss"][3] < answer["training"]["loss"][0]


@pytest.mark.parametrize(
    ("library", "form"),
    [("layers", FORMS[0]), *((library, form) for library in ("numpy", "torch") for form in FORMS)],
    ids=str,
)
def test_the_scripts_start_from_it(client, ask, library, form):
    asked = asked_of(form)
    interpreter = torch_interpreter() if library == "torch" else sys.executable
    found = printed(client, library, interpreter, **asked)
    assert_the_same({name: v for name, v in found.items() if "self.dh" not in name}, expected(ask, **asked))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"h0": "1,2"}, ("h0", "weights_count", H)),
        ({"h0": "1,2,x"}, ("h0", "not_numbers", 100)),
        ({"h0": "1,2,101"}, ("h0", "not_numbers", 100)),
        ({"h0": "1," * 1001}, ("h0", "too_long", 2000)),
        ({"cell": "lstm", "c0": "1,2,3,4"}, ("c0", "weights_count", H)),
    ],
)
def test_a_state_of_another_size_is_refused(client, asked, error):
    response = client.get("/api/bptt", params={"text": SENTENCE, "hidden": H} | asked)
    assert response.status_code == 422
    (found,) = json.loads(response.content)["errors"]
    assert (found["parameter"], found["code"], found["limit"]) == error

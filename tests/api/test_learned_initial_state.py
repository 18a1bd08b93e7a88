"""The initial state as one more parameter of descent, which moves it against its gradient."""

import sys

import numpy as np
import pytest

from app.bptt.forward_pass import forward
from app.bptt.gradient_descent import total_loss
from app.labs.explorer.network import build_network
from app.labs.explorer.params import BpttParams
from tests.api.cells import FORMS
from tests.api.test_initial_state import ASKED, C0, H0, H, asked_of, initial_gradient, state_of
from tests.api.test_script import assert_the_same, expected, printed, torch_interpreter
from tests.arrays import assert_close

LR = 0.375
LEARNED = {"initial_state": "learned", "lr": LR}


def state_in(answer):
    return np.concatenate([answer["forward"]["h0"], answer["forward"].get("c0", [])])


@pytest.fixture
def exact(ask):
    return lambda **asked: ask(**asked, digits=17)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_one_update_moves_it_by_the_learning_rate_times_its_full_gradient(exact, form):
    before = exact(**asked_of(form))
    after = exact(**asked_of(form), **LEARNED, updates=1)
    step = LR * initial_gradient(before["full"])
    assert np.abs(step).min() > 1e-6
    assert_close(state_in(after), state_of(form) - step, 1e-13)
    assert after["blocks"][0]["h_in"] == after["forward"]["h0"]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_updates_are_made_one_by_one_with_the_gradient_of_each_state(exact, form):
    """Three at once are three in a row, each from the weights and the state of the one before."""
    at_once = exact(**asked_of(form), **LEARNED, updates=3)
    asked = asked_of(form)
    for i in range(3):
        start = exact(**asked)
        one = exact(**asked, **LEARNED, updates=1)
        assert_close(at_once["training"]["loss"][i], start["forward"]["total_loss"])
        assert_close(state_in(one), state_in(start) - LR * initial_gradient(start["full"]), 1e-13)
        weights = np.concatenate([np.ravel(W) for W in one["weights"].values()])
        asked |= {"weights": ",".join(map(repr, weights.tolist()))}
        asked |= {name: ",".join(map(repr, one["forward"][name])) for name in ("h0", "c0") if name in asked}
    assert_close(state_in(at_once), state_in(one), 1e-12)
    assert_close(at_once["forward"]["total_loss"], one["forward"]["total_loss"], 1e-12)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_step_is_that_of_finite_differences(exact, form):
    net = build_network(BpttParams(**asked_of(form)))
    state, by = state_of(form), 1e-6

    def loss(moved):
        return total_loss(net.task, forward(net.task, net.W, moved))

    slopes = [(loss(state + by * unit) - loss(state - by * unit)) / (2 * by) for unit in np.eye(len(state))]
    after = exact(**asked_of(form), **LEARNED, updates=1)
    np.testing.assert_allclose((state - state_in(after)) / LR, slopes, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_loss_falls_further_than_with_a_state_that_stays(exact, form):
    learned = exact(**asked_of(form), **LEARNED, updates=5)["training"]["loss"]
    given = exact(**asked_of(form), lr=LR, updates=5)["training"]["loss"]
    assert learned[0] == given[0]
    assert learned == sorted(learned, reverse=True)
    assert learned[-1] < given[-1]


def test_no_truncation_changes_it(exact):
    """Updates follow the full gradient, of the state as of the weights."""
    cases = [{"truncation": "full"}, {"k": 1}, {"truncation": "window", "k": 2}]
    cases += [{"truncation": "tbptt"}, {"truncation": "randomized", "cut": 0.5}]
    cases += [{"truncation": "cuts", "cuts": "1,2"}]
    states = [state_in(exact(**ASKED | case | LEARNED, updates=4)).tolist() for case in cases]
    assert all(state == states[0] for state in states)
    assert not np.allclose(states[0], H0)
    assert not any(exact(**ASKED | {"k": 1}, loss_at="last")["truncated"]["dh_initial"])


def test_it_begins_at_zeros_where_none_is_given(exact):
    asked = {name: value for name, value in ASKED.items() if name != "h0"} | {"cell": "lstm"}
    start = exact(**asked)
    assert not state_in(start).any()
    after = exact(**asked, **LEARNED, updates=1)
    assert_close(state_in(after), -LR * initial_gradient(start["full"]), 1e-13)
    only_c = exact(**asked, c0=",".join(map(str, C0)))
    moved = exact(**asked, c0=",".join(map(str, C0)), **LEARNED, updates=1)
    assert_close(moved["forward"]["c0"], C0 - LR * np.array(only_c["full"]["dc_initial"]), 1e-13)
    assert_close(moved["forward"]["h0"], -LR * np.array(only_c["full"]["dh_initial"]), 1e-13)


def test_without_updates_or_as_given_it_stays(exact):
    usual = exact(**ASKED)
    for more in (LEARNED, {"initial_state": "given", "lr": LR}):
        answer = exact(**ASKED, **more)
        assert {**answer, "params": None} == {**usual, "params": None}
    trained = exact(**ASKED, updates=3)
    assert exact(**ASKED, updates=3, initial_state="given") == trained
    assert trained["params"]["initial_state"] == "given"


def test_the_weights_of_the_first_update_do_not_depend_on_it(exact):
    given, learned = exact(**ASKED, lr=LR, updates=1), exact(**ASKED, **LEARNED, updates=1)
    assert given["weights"] == learned["weights"]
    assert given["weights"] != exact(**ASKED)["weights"]


def test_with_wh_held_at_zero_an_rnn_s_state_has_no_gradient_and_an_lstm_s_cell_state_has(exact):
    held = {"recurrence": "zero", "updates": 2, **LEARNED}
    assert exact(**ASKED, **held)["forward"]["h0"] == H0
    lstm = exact(**asked_of({"cell": "lstm"}), **held)["forward"]
    assert lstm["h0"] == H0
    assert not np.allclose(lstm["c0"], C0)


def test_after_a_training_run_it_learns_from_there(exact):
    asked = {"text": "hello", "hidden": 4, "trained": "text=hello&hidden=4&k=2", "at_update": 5}
    before, after = exact(**asked), exact(**asked, **LEARNED, updates=1)
    assert_close(state_in(after), -LR * np.array(before["full"]["dh_initial"]), 1e-13)


def test_a_descent_that_runs_away_keeps_the_last_finite_state(exact):
    asked = {"unit": "number", "text": "1000 -1000 1000", "activation": "identity", "reduction": "sum"}
    answer = exact(**asked, updates=400, lr=10, initial_state="learned")
    stopped = answer["overflow_at"]
    assert stopped["pass"] == "update"
    assert None not in answer["forward"]["h0"]
    shorter = exact(**asked, updates=stopped["step"], lr=10, initial_state="learned")
    assert shorter["forward"]["h0"] == answer["forward"]["h0"]


@pytest.mark.parametrize(
    ("library", "form"),
    [("layers", FORMS[0]), *((library, form) for library in ("numpy", "torch") for form in FORMS)],
    ids=str,
)
def test_the_scripts_start_from_the_state_after_the_updates(client, ask, library, form):
    asked = asked_of(form, **LEARNED, updates=2)
    interpreter = torch_interpreter() if library == "torch" else sys.executable
    found = printed(client, library, interpreter, **asked)
    assert_the_same({name: v for name, v in found.items() if "self.dh" not in name}, expected(ask, **asked))


def test_a_script_has_it_even_where_none_is_given(client, exact):
    asked = {"text": "hello", "hidden": H, "updates": 2, **LEARNED}
    script = client.get("/api/script", params=asked | {"library": "numpy"}).text
    (line,) = [line for line in script.splitlines() if line.startswith("initial_state = ")]
    written = [float(number) for number in line.partition("[")[2].partition("]")[0].split(",")]
    assert_close(written, exact(**asked)["forward"]["h0"], 1e-13)
    assert "initial_state" not in client.get("/api/script", params={"text": "hello", "library": "numpy"}).text

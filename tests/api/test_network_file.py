"""GET /api/weights gives the network on screen as a file, which POST /api/weights reads as the same."""

import numpy as np
import pytest

from app.interchange.targets import PRECISIONS, TARGETS
from tests.arrays import assert_close

ASKED = {"text": "hello", "hidden": 3}
CELLS = {
    "rnn": {"cell": "rnn"},
    "lstm": {"cell": "lstm", "updates": 2, "lr": 0.5},
    "before": {"cell": "gru"},
    "after": {"cell": "gru", "reset_gate": "after", "updates": 2, "lr": 0.5},
}
HAVE = {
    "pytorch": {"rnn", "lstm", "after"},
    "keras": {*CELLS},
    "flax": {"rnn", "lstm", "after"},
    "nnx": {"rnn", "lstm"},
    "equinox": {"lstm", "after"},
    "onnx": {*CELLS},
    "npz": {*CELLS},
}


def file_of(client, framework: str, **asked):
    return client.get("/api/weights", params={**ASKED, **asked, "framework": framework})


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("framework", TARGETS)
def test_a_file_holds_the_weights_on_screen_or_says_why_there_is_none(client, ask, framework, cell):
    response = file_of(client, framework, **CELLS[cell])
    if cell not in HAVE[framework]:
        assert response.status_code == 422
        (error,) = response.json()["errors"]
        assert error["code"] in {"file_reset_after", "file_no_such_cell", "file_bias_inside"}
        assert TARGETS[framework].framework in error["message"]
        switch = {"file_reset_after": "reset_gate", "file_no_such_cell": "cell"}
        assert error["parameter"] == switch.get(error["code"], "framework")
        sent = {"reset_gate": "before", "cell": "rnn", "framework": framework}
        assert error["given"] == sent[error["parameter"]]
        assert error["subject"] == TARGETS[framework].framework
        return
    assert response.status_code == 200
    name = f"bptt_{framework}.{TARGETS[framework].ending}"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    found = client.post("/api/weights", content=response.content).json()
    there = {**ASKED, "vocabulary": "helo", "digits": 17, **found["params"]}
    mine, theirs = ask(**ASKED, **CELLS[cell], digits=17), ask(**there)
    for part, array in mine["weights"].items():
        np.testing.assert_array_equal(theirs["weights"][part], array)
    assert theirs["forward"]["h"] == mine["forward"]["h"]
    assert theirs["full"]["gradients"] == mine["full"]["gradients"]


@pytest.mark.parametrize("framework", TARGETS)
def test_float32_rounds_every_weight_once(client, ask, framework):
    assert PRECISIONS[0] == "float64"
    data = file_of(client, framework, cell="lstm", precision="float32").content
    found = client.post("/api/weights", content=data).json()
    assert found["precision"] == "float32"
    asked = {**ASKED, "vocabulary": "helo", **found["params"], "digits": 17}
    mine = ask(**ASKED, cell="lstm", digits=17)["weights"]
    for part, array in ask(**asked)["weights"].items():
        np.testing.assert_array_equal(array, np.float32(mine[part]))
        assert_close(array, mine[part], 1e-7)


def test_weights_of_a_file_that_was_loaded_are_written_as_they_came(client):
    data = file_of(client, "keras", cell="lstm").content
    params = client.post("/api/weights", content=data).json()["params"]
    again = file_of(client, "keras", vocabulary="helo", **params).content
    assert client.post("/api/weights", content=again).json()["params"] == params


def test_numbers_and_the_names_of_symbols_are_written_too(client):
    response = client.get("/api/weights", params={"text": "1 2 3", "unit": "number", "framework": "npz"})
    assert response.status_code == 200
    said = file_of(client, "npz", cell="lstm").content
    assert b'["h", "e", "l", "o"]' in said
    assert b"?v=1&cell=lstm&hidden=3. " in said, "every file carries the link"


def test_the_activation_to_choose_is_named(client):
    (error,) = file_of(client, "pytorch", activation="sigmoid").json()["errors"]
    assert (error["parameter"], error["limit"]) == ("activation", "tanh, relu")
    assert (error["given"], error["subject"]) == ("sigmoid", "PyTorch")
    assert "RNN of PyTorch" in error["message"]
    assert file_of(client, "keras", activation="sigmoid").status_code == 200


STATES = {"h0": "0.5,-0.25,1e-07", "c0": "0,0.1,-2"}


@pytest.mark.parametrize("framework", TARGETS)
def test_the_initial_state_of_a_link_comes_back_from_its_file(client, ask, framework):
    asked = {"cell": "lstm", **STATES}
    found = client.post("/api/weights", content=file_of(client, framework, **asked).content).json()
    assert {name: found["params"][name] for name in STATES} == {"h0": "0.5,-0.25,1e-07", "c0": "0.0,0.1,-2.0"}
    assert {"h0", "c0"} <= {one["fills"] for one in found["arrays"]}
    mine = ask(**ASKED, **asked, digits=17)
    theirs = ask(**{**ASKED, "vocabulary": "helo", "digits": 17, **found["params"]})
    assert theirs["forward"]["h"] == mine["forward"]["h"]
    assert theirs["full"]["dh_initial"] == mine["full"]["dh_initial"]
    assert theirs["truncated"]["dc_initial"] == mine["truncated"]["dc_initial"]


def test_a_state_that_was_learned_is_written_and_zeros_are_not(client, ask):
    asked = {"updates": 3, "lr": 0.5, "initial_state": "learned"}
    found = client.post("/api/weights", content=file_of(client, "npz", **asked).content).json()
    learned = ask(**ASKED, **asked, digits=17)["forward"]["h0"]
    assert [float(one) for one in found["params"]["h0"].split(",")] == learned
    plain = client.post("/api/weights", content=file_of(client, "npz").content).json()
    assert "h0" not in plain["params"]
    assert {one["fills"] for one in plain["arrays"]} == {"Wx", "Wh", "b", "Wy", "by"}

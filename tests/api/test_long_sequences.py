"""Long sequences: tables pooled, wide arrays by windows, and answers of bounded size."""

import brotli
import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.bptt.cells import CELLS
from tests.api.shapes import assert_shapes
from tests.arrays import assert_close

TEXT = "the quick brown fox jumps over the lazy dog. 0123456789"
LONG = {"text": TEXT, "steps": 450, "hidden": 3, "k": 40}
PER_STEP = ("dh_norm", "step_norms")
WIDE = ("dh_output", "dh_future", "dh", "da")


def array(rows):
    return np.array(rows, dtype=float)


@pytest.fixture(scope="module")
def whole(ask):
    """The same run up to the longest sequence that is answered whole, and one that is not."""
    return ask(**LONG, digits=17)


def test_up_to_200_steps_an_answer_is_whole(ask):
    answer = ask(text=TEXT, steps=200, hidden=2)
    assert "pool" not in answer
    assert "window" not in answer
    assert len(answer["credit"]) == len(answer["full"]["dh"]) == 200


@pytest.mark.parametrize("steps", [201, 450, 1000])
def test_beyond_tables_are_pooled_and_arrays_windowed(ask, steps):
    answer = ask(text=TEXT, steps=steps, hidden=2)
    assert_shapes(answer)
    p = -(-steps // 200)
    assert answer["pool"] == p
    assert answer["window"] == {"start": 0, "stop": 200}
    assert len(answer["credit"]) == len(answer["kept"]) == -(-steps // p)
    assert len(answer["forward"]["h"]) == len(answer["full"]["dh_norm"]) == steps
    assert len(answer["forward"]["o"]) == len(answer["truncated"]["da"]) == 200
    assert answer["by_k"] is None


@pytest.mark.parametrize(("start", "begins"), [(0, 0), (100, 100), (250, 250), (999, 250)])
def test_a_window_begins_where_it_is_asked_to_and_ends_with_the_sequence(ask, whole, start, begins):
    answer = ask(**LONG, digits=17, **{"from": start})
    assert answer["window"] == {"start": begins, "stop": begins + 200}
    later = ask(**LONG, digits=17, **{"from": 50})
    both = slice(max(begins, 50), min(begins, 50) + 200)
    for part in ("full", "truncated"):
        for name in WIDE:
            mine = array(answer[part][name])[both.start - begins : both.stop - begins]
            other = array(later[part][name])[both.start - 50 : both.stop - 50]
            assert_close(mine, other)
        for name in PER_STEP:
            assert answer[part][name] == whole[part][name]
    h = array(whole["forward"]["h"])[begins : begins + 200]
    assert_close(1 - h**2, array(answer["forward"]["slope"]))


def test_pooled_cells_hold_the_largest_credit_and_the_mean_of_what_is_kept(ask):
    asked = {"text": TEXT, "hidden": 2, "k": 7, "reduction": "sum", "digits": 17}
    pooled, fine = ask(**asked, steps=399), ask(**asked, steps=200)
    credit = array(fine["credit"])  # of the first 200 losses, in both runs the same
    kept = array(pooled["kept"])
    for s in range(100):
        for t in range(s + 1):
            cell = credit[2 * s : 2 * s + 2, 2 * t : 2 * t + 2]
            assert_allclose(pooled["credit"][s][t], np.nanmax(cell), rtol=1e-9)
    below = np.tri(400)
    blocks = np.equal.outer(np.arange(400) // 7, np.arange(400) // 7) * below
    blocks[399:] = below[399:] = 0  # there is no 400th step
    for s in range(200):
        for t in range(s + 1):
            place = np.s_[2 * s : 2 * s + 2, 2 * t : 2 * t + 2]
            assert_close(kept[s, t], blocks[place].sum() / below[place].sum())


def test_only_the_last_loss_fills_the_last_pooled_row(ask):
    credit = array(ask(**LONG, loss_at="last")["credit"])
    assert np.isnan(credit[:-1]).all()
    assert np.isfinite(credit[-1]).all()


STREAM = np.random.RandomState(0)
THIRTY = "".join(STREAM.choice(list("abcdefghijklmnopqrstuvwxyz0123"), 1001))
ALL = [chr(0x4E00 + i) for i in range(256)]
EVERYTHING = "".join(ALL + STREAM.choice(ALL, 745).tolist())  # 256 symbols, and nothing repeats


def on_the_wire(client, asked):
    response = client.get("/api/bptt", params=asked)
    assert response.status_code == 200
    return len(brotli.compress(response.content, quality=5))


@pytest.mark.parametrize("cell", CELLS)
def test_a_long_answer_stays_small(client, cell):
    asked = {"text": THIRTY, "hidden": 32, "cell": cell, "k": 10}
    assert on_the_wire(client, asked) < 900_000


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"steps": 1000, "hidden": 32, "cell": "lstm"}, marks=pytest.mark.exhaustive),
        pytest.param({"steps": 500, "hidden": 64, "cell": "lstm"}, marks=pytest.mark.exhaustive),
        {"steps": 200, "hidden": 64, "cell": "lstm"},
        pytest.param(
            {"steps": 500, "hidden": 64, "cell": "lstm", "truncation": "randomized"},
            marks=pytest.mark.exhaustive,
        ),
        pytest.param({"steps": 500, "hidden": 64, "cell": "lstm", "k": 1}, marks=pytest.mark.exhaustive),
        {"steps": 500, "hidden": 64, "cell": "gru", "truncation": "window", "k": 250},
        pytest.param(
            {"steps": 80, "hidden": 64, "cell": "lstm", "updates": 500, "lr": 0.01},
            marks=pytest.mark.exhaustive,
        ),
    ],
    ids=str,
)
def test_the_largest_answers_are_bounded(client, asked):
    assert on_the_wire(client, {"text": EVERYTHING, **asked}) < 2_500_000


@pytest.mark.parametrize("start", [100, 120])  # inside a block, and where one begins
def test_states_that_enter_blocks_out_of_the_window_are_left_out(ask, start):
    answer = ask(**LONG, **{"from": start})
    starts = [block["start"] for block in answer["blocks"]]
    assert starts == list(range(0, 450, 40))
    given = [block["start"] for block in answer["blocks"] if block["h_in"] is not None]
    assert given == [first for first in starts if start <= first < start + 200]
    for block in answer["blocks"]:
        if block["start"] in given:
            assert block["h_in"] == answer["forward"]["h"][block["start"] - 1]

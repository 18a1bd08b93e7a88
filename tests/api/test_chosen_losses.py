"""Losses at chosen steps: loss_at as a list, and holes among the targets, which are padding and masks."""

import numpy as np
import pytest

from app.bptt.cells import CELLS
from app.bptt.truncation import SCHEMES
from tests.arrays import assert_close

FOX = "the quick brown fox"


def array(values):
    return np.array(values, dtype=float)


def gradients(answer, part="full"):
    return {name: array(dW) for name, dW in answer[part]["gradients"].items()}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("truncation", SCHEMES)
def test_the_gradient_is_the_sum_of_those_of_the_chosen_losses_alone(ask, cell, truncation):
    asked = {
        "text": FOX,
        "cell": cell,
        "truncation": truncation,
        "k": 4,
        "k1": 2,
        "cuts": "3,8",
        "digits": 17,
    }
    asked |= {"hidden": 4, "reduction": "sum"}
    together = ask(**asked, loss_at="9, 2,5,5")
    assert together["params"]["loss_at"] == "2,5,9"
    for part in ("full", "truncated"):
        alone = [gradients(ask(**asked, loss_at=str(s)), part) for s in (2, 5, 9)]
        for name, dW in gradients(together, part).items():
            assert_close(dW, sum(one[name] for one in alone), 1e-10)


def test_the_mean_counts_only_the_steps_that_have_a_loss(ask):
    asked = {"text": FOX, "loss_at": "2,5,9", "digits": 17}
    mean, total = ask(**asked), ask(**asked, reduction="sum")
    losses = array(mean["forward"]["loss"])
    assert np.flatnonzero(np.isfinite(losses)).tolist() == [2, 5, 9]
    assert_close(mean["forward"]["total_loss"], np.nanmean(losses))
    assert_close(total["forward"]["total_loss"], np.nansum(losses))
    for name, dW in gradients(total).items():
        assert_close(dW, 3 * gradients(mean)[name])


def test_all_steps_in_a_list_are_every_step_and_the_last_in_a_list_is_the_last(ask):
    asked = {"text": "hello", "digits": 17}
    for written, listed in (("every", "0,1,2,3"), ("last", "3")):
        one, other = ask(**asked, loss_at=written), ask(**asked, loss_at=listed)
        assert {**one, "params": {}} == {**other, "params": {}}


@pytest.mark.parametrize("cell", CELLS)
def test_padding_changes_nothing_where_it_is_masked_and_dilutes_the_mean_where_it_is_not(ask, cell):
    asked = {"cell": cell, "truncation": "full", "digits": 17}
    short = ask(**asked, text="abca", targets="bcab")
    masked = ask(**asked, text="abcaaaa", targets="bcab···")
    assert masked["vocabulary"] == short["vocabulary"] == ["a", "b", "c"]
    assert masked["targets"][-3:] == ["·"] * 3
    assert masked["forward"]["total_loss"] == short["forward"]["total_loss"]
    for name, dW in gradients(masked).items():
        assert_close(dW, gradients(short)[name])
    assert not array(masked["full"]["dh_norm"])[4:].any()
    forgotten = ask(**asked, text="abcaaaa", targets="bcabaaa")
    assert forgotten["forward"]["total_loss"] != pytest.approx(short["forward"]["total_loss"], rel=0.01)


def test_the_last_loss_is_that_of_the_last_step_with_a_target(ask):
    asked = {"text": "abcaaaa", "targets": "bcab···", "truncation": "full", "digits": 17}
    last = ask(**asked, loss_at="last")
    assert np.flatnonzero(np.isfinite(array(last["forward"]["loss"]))).tolist() == [3]
    credit = array(last["credit"])[3]
    assert_close(last["jacobian"]["last_loss_ratio"], credit[0] / credit[3])


def test_without_targets_of_ones_own_a_middle_dot_is_a_symbol_like_any_other(ask):
    answer = ask(text="a·b·")
    assert answer["vocabulary"] == ["a", "·", "b"]
    assert None not in answer["forward"]["loss"]


def test_numbers_may_have_holes_too(ask):
    answer = ask(unit="number", text="1 2 3", targets="· .5 ·", hidden=2, digits=17)
    assert answer["targets"] == ["·", 0.5, "·"]
    o = array(answer["forward"]["o"])[:, 0]
    assert_close(answer["forward"]["total_loss"], 0.5 * (o[1] - 0.5) ** 2)
    assert answer["checks"]["passed"] is True


@pytest.mark.parametrize("loss_at", ["5", "2,9", "0,16"])
def test_the_steps_that_must_be_kept_are_those_that_a_loss_reaches(ask, loss_at):
    cost = ask(text=FOX, truncation="window", k=4, loss_at=loss_at)["cost"]
    steps = list(map(int, loss_at.split(",")))
    assert cost["truncated"]["cached_steps"] == min(4, max(steps) + 1)
    assert cost["truncated"]["backward_steps"] == sum(min(4, s + 1) for s in steps)

"""Padded lanes: masked they are the sequences without padding; a forgotten mask is measured right."""

from itertools import accumulate, islice

import autograd.numpy as np
import pytest
from autograd import grad

from app.bptt.arrays import norm
from app.bptt.optimizers import Sgd
from app.labs.training.lanes import LanesComparison
from app.labs.training.params import TrainingParams
from app.labs.training.setup import lab_itself, setup
from app.labs.training.weights import weights_after
from tests.arrays import assert_close
from tests.kernel import textbook

TEXT = "the quick brown fox jumps over the lazy dog"  # 42 steps
LENGTHS = (20, 12, 5)
SYMBOLS = list(dict.fromkeys(TEXT))
NUMBERS = [SYMBOLS.index(letter) for letter in TEXT]
H = 4


def params(**asked):
    query = {"text": TEXT, "lengths": "12,20,5", "k": 50, "hidden": H, "seeds": 2, "budget": 40}
    return TrainingParams.model_validate(query | asked)


def compared(**asked):
    work = LanesComparison(params(**asked))
    for _ in work.events():
        pass
    return work.result["padding"]


def trained(asked, n=1, optimizer=None):
    ready = setup(asked, seeds=1)
    trainer = ready.trainer(lab_itself(asked))
    updates = trainer.updates(ready.first_weights(trainer), H, optimizer or Sgd(0.0))
    return trainer, list(islice(updates, n))


def weights_of(trainer, update):
    return by_name(trainer, update.weights[0])


def by_name(trainer, row):
    W, start = {}, 0
    for name, shape in trainer.shapes(H).items():
        size = int(np.prod(shape))
        W[name], start = row[start : start + size].reshape(shape), start + size
    return W


def losses(cell, W, inputs, targets):
    """The losses of the textbook's network on one sequence."""
    state, found = np.zeros(cell.state_vectors * H), []
    for here, wanted in zip(inputs, targets, strict=True):
        state = textbook.step(cell, W, np.eye(len(SYMBOLS))[here], state)
        o = state[:H] @ W["Wy"] + W["by"]
        found.append(np.log(np.sum(np.exp(o))) - o[wanted])
    return found


def pieces():
    for start, length in zip(accumulate(LENGTHS, initial=0), LENGTHS, strict=False):
        yield NUMBERS[start : start + length], NUMBERS[start + 1 : start + length + 1]


def mean_of_pieces(cell, W):
    """The mean loss over sequences that are not padded."""
    return sum(sum(losses(cell, W, *piece)) for piece in pieces()) / sum(LENGTHS)


def mean_with_padding(cell, W):
    """The same where each is filled up with symbol 0, which is also the target of what is filled up."""
    total = 0.0
    for inputs, targets in pieces():
        more = [0] * (max(LENGTHS) - len(inputs))
        total = total + sum(losses(cell, W, inputs + more, targets + more))
    return total / (len(LENGTHS) * max(LENGTHS))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_masked_or_counted_the_gradient_is_that_of_the_mean_by_automatic_differentiation(cell):
    for padding, mean in (("masked", mean_of_pieces), ("counted", mean_with_padding)):
        trainer, [update] = trained(params(cell=cell, padding=padding))
        W = weights_of(trainer, update)
        slopes = grad(lambda W, of=mean, kind=trainer.cell: of(kind, W))(W)
        expected = np.concatenate([slopes[name].ravel() for name in trainer.shapes(H)])
        assert_close(update.raw_gradient[0], expected, 1e-10)


@pytest.mark.parametrize("scheme", [{"k": 5}, {"cuts": "3,14"}])
def test_the_masked_gradient_of_a_block_does_not_depend_on_what_is_in_the_padding(scheme):
    """The blocks of the longest lane alone, once the others have ended, are those of that lane alone."""
    _, padded = trained(params(**scheme), 4)
    _, alone = trained(params(**scheme, lengths="20"), 4)
    last = len([one for one in padded if one.epoch == 0]) - 1
    assert (padded[last].task.factors > 0)[:, 0].sum(axis=0).tolist()[1:] == [0, 0]
    assert_close(padded[last].raw_gradient, alone[last].raw_gradient)
    assert norm(padded[0].raw_gradient - alone[0].raw_gradient)[0] > 0.01


def test_the_page_is_told_loss_and_gradient_of_both_at_the_same_weights():
    found = compared()
    trainer, [masked] = trained(params())
    _, [counted] = trained(params(padding="counted"))
    W = weights_of(trainer, masked)
    [block] = found["blocks"]
    assert (block["start"], block["stop"], block["padded"], block["steps"]) == (0, 20, 23, 60)
    assert_close(block["masked"]["loss"], mean_of_pieces(trainer.cell, W))
    assert_close(block["counted"]["loss"], mean_with_padding(trainer.cell, W))
    right, wrong = masked.raw_gradient[0], counted.raw_gradient[0]
    assert_close(block["relative_error"], np.linalg.norm(wrong - right) / np.linalg.norm(right))
    assert_close(block["cosine"], wrong @ right / np.linalg.norm(wrong) / np.linalg.norm(right))
    assert block["relative_error"] > 0.1
    assert (found["symbol"], found["lengths"]) == ("t", [20, 12, 5])


def test_both_runs_are_trained_and_their_losses_read_again_over_the_lanes():
    found = compared(seeds=1, k=5, lr=0.5, budget=400)
    assert [run["padding"] for run in found["runs"]] == ["masked", "counted"]
    for run in found["runs"]:
        asked = params(seeds=1, k=5, lr=0.5, budget=400, padding=run["padding"])
        row, _ = weights_after(asked, run["real"]["count"])
        trainer, _ = trained(asked)
        W = by_name(trainer, row)
        real, padded = mean_of_pieces(trainer.cell, W), mean_with_padding(trainer.cell, W)
        assert_close(run["real"]["mean"], real)
        assert_close(run["reported"]["mean"], real if run["padding"] == "masked" else padded)
    masked, counted = found["runs"]
    assert counted["reported"]["mean"] < counted["real"]["mean"], "padding is easy to predict"
    assert masked["real"]["mean"] < counted["real"]["mean"], "and learning it costs"


def test_where_training_twice_would_take_too_long_the_blocks_are_there():
    work = LanesComparison(params(budget=100_000, hidden=96, seeds=10, contest="50"))
    assert list(work.events()) == []
    assert work.result["padding"]["runs"] == []
    assert work.result["padding"]["blocks"]
    assert work.seconds == 0


def test_the_film_shows_the_longest_lane_and_leaves_the_padding_out_of_the_mean(lab):
    answer = lab("/film", text=TEXT, lengths="5,20,12", k=10, digits=17)
    schedule = answer["schedule"]
    assert (schedule["lengths"], schedule["lanes"], schedule["left_out"]) == ([20, 12, 5], 3, 5)
    assert [(frame["start"], frame["stop"]) for frame in answer["frames"]] == [(0, 10), (10, 20)]
    masked = answer["losses"]
    counted = lab("/film", text=TEXT, lengths="5,20,12", k=10, padding="counted", digits=17)["losses"]
    assert masked[0] != counted[0]
    assert masked[1] != counted[1]


@pytest.mark.parametrize(
    ("asked", "code", "limit"),
    [
        ({"lengths": "40,3"}, "lengths_beyond", 42),
        ({"lengths": "0,3"}, "not_lengths", 64),
        ({"lengths": "a"}, "not_lengths", 64),
        ({"lengths": ",".join(["1"] * 65)}, "not_lengths", 64),
        ({"lengths": "1," * 161}, "too_long", 320),
    ],
)
def test_lengths_that_do_not_fit_are_refused_by_name(client, asked, code, limit):
    [error] = client.get("/api/training", params={"text": TEXT, **asked}).json()["errors"]
    assert (error["parameter"], error["code"], error["limit"]) == ("lengths", code, limit)


def test_the_lengths_are_the_lanes_and_other_tasks_ignore_them():
    assert params(lanes=7).resolved()["lanes"] == 3
    assert params(lengths=" 5, 20,,12 ").lengths == "20,12,5"
    assert TrainingParams(task="recall", lengths="5,3", lanes=7).lanes == 7

"""The points of a race's curves: what each is the mean of, where it is measured, and what the axes hold."""

from itertools import islice

import numpy as np
import pytest

from app.labs.training.cost_model import plan
from app.labs.training.params import TrainingParams
from app.labs.training.race import Race
from app.labs.training.setup import setup
from tests.arrays import assert_close

SMALL = {"lag": 3, "lanes": 2, "seeds": 2, "hidden": 4}


def raced(**asked):
    """A race that has been run to its end."""
    race = Race(TrainingParams(**asked))
    with np.errstate(all="ignore"):  # a point without a question is 0/0
        for _ in race.events():
            pass
    return race


def every_update(race, place=0):
    """The updates of a contestant, made anew."""
    params, one = race.params, race.params.contestants[place]
    ready = setup(params, steps=max(plan(params, each).steps for each in params.contestants))
    trainer = ready.trainer(one)
    updates = trainer.updates(ready.first_weights(trainer), params.hidden, ready.optimizer())
    return list(islice(updates, race.runs[place].made))


@pytest.mark.parametrize("contest", ["1", "full"])
def test_a_point_is_the_mean_over_all_updates_since_the_point_before(contest):
    """120 episodes and 40 points: three updates each, over two seeds."""
    race = raced(task="episodes", budget=120, contest=contest, **SMALL)
    points = race.runs[0].result["points"]
    assert points["u"] == list(range(3, 121, 3))
    updates = every_update(race)
    norms = np.array([np.sqrt(np.square(update.raw_gradient).sum(axis=-1)) for update in updates])
    assert_close(points["grad"], norms.reshape(40, 3, 2).mean(axis=(1, 2)))
    right = np.array(
        [
            (update.run.outputs[-1].argmax(-1) == update.task.target[-1].argmax(-1)).mean(axis=-1)
            for update in updates
        ]
    )
    each = right.reshape(40, 3, 2).mean(axis=1)
    assert_close(points["mean"], each.mean(axis=1))
    assert_close(points["min"], each.min(axis=1))
    assert_close(points["max"], each.max(axis=1))


def test_a_point_of_adding_is_the_mean_squared_error_since_the_point_before():
    race = raced(task="adding", budget=80, contest="full", **SMALL)
    updates = every_update(race)
    errors = np.array(
        [
            np.square(update.run.outputs[-1] - update.task.target[-1])[..., 0].mean(axis=-1)
            for update in updates
        ]
    )
    assert_close(race.runs[0].result["points"]["mean"], errors.reshape(40, 2, 2).mean(axis=(1, 2)))
    assert_close(race.runs[0].result["final"]["each"], errors[60:].mean(axis=0))


@pytest.mark.parametrize(("letters", "points"), [(50, 101), (51, 41)])
def test_a_text_of_up_to_fifty_symbols_has_a_hundred_points_and_a_longer_one_forty(letters, points):
    text = ("ab" * 26)[: letters + 1]  # the last symbol is a target only
    race = raced(text=text, contest="25", match="updates", budget=200, seeds=1, hidden=2)
    curve = race.runs[0].result["points"]
    assert len(curve["u"]) == points
    assert (curve["u"][0], curve["u"][-1]) == (0, 200)


def test_text_is_sampled_after_3_15_50_and_100_percent_of_the_updates():
    race = raced(text="hello", contest="1,full", match="updates", budget=200, seeds=1, hidden=2)
    for run in race.runs:
        assert [sample["u"] for sample in run.result["samples"]] == [0, 6, 30, 100, 200]


@pytest.mark.parametrize("asked", [{"match": "steps", "budget": 100}, {"match": "updates", "budget": 30}])
def test_the_axes_of_an_endless_stream_hold_all_curves(asked):
    race = raced(task="recall", contest="1,5,window:4,tbptt:2:6", **asked, **SMALL)
    results = [run.result for run in race.runs]
    for name, longest in race.result["x_max"].items():
        assert longest == max(result[name] for result in results), name
    assert race.result["measure"] == "accuracy"
    assert race.result["chance"] == 1 / race.params.cues

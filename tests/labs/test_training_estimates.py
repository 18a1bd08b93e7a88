"""What the training lab estimates of its work: the share that is done, and how much may be repeated."""

from itertools import pairwise

import pytest

from app.labs.training.cost_model import REPEAT_SECONDS, affordable, seconds, seconds_of
from app.labs.training.lag_map import LagMap
from app.labs.training.lanes import LanesComparison
from app.labs.training.params import TrainingParams
from app.labs.training.race import Race

pytestmark = pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")  # points without a question
RECALL = {"task": "recall", "lag": 3, "lanes": 2, "seeds": 2, "hidden": 4}


def test_the_progress_of_a_race_counts_every_contestant_by_its_estimated_time():
    params = TrainingParams(contest="1,lstm.5,window:4", budget=100, match="steps", **RECALL)
    race = Race(params)
    assert race.progress == 0
    work = [seconds(params, one) for one in params.contestants]
    done = [0.0] * len(work)
    for event in race.events():
        if event and event[0] == "point":
            i, u = event[1]["contestant"], event[1]["u"]
            done[i] = work[i] * u / race.runs[i].result["updates"]
            assert race.progress == pytest.approx(sum(done) / sum(work))
    assert race.progress == pytest.approx(1)


def test_the_progress_of_the_lag_map_counts_every_cell_by_its_estimated_time():
    params = TrainingParams(**RECALL | {"task": "recall", "budget": 40})
    lag_map = LagMap(params, (2, 4), (1, 3), hidden=2, lanes=2, seeds=1)
    shares, cells = [lag_map.progress], []
    for event in lag_map.events():
        shares.append(lag_map.progress)
        if event and event[0] == "cell":
            cells.append((event[1]["lag"], event[1]["k"]))
            assert lag_map.progress == pytest.approx(sum(lag_map.work[at] for at in cells) / lag_map.seconds)
    assert cells == [(2, 1), (2, 3), (4, 1), (4, 3)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, pytest.approx(1))
    assert len(set(shares)) > 3 * len(cells)  # it grows within a cell too


def test_the_progress_of_other_lanes_grows_from_0_to_1():
    comparison = LanesComparison(
        TrainingParams(text="hello world", k=2, lanes=2, budget=40, seeds=1, hidden=2)
    )
    shares = [comparison.progress, *(comparison.progress for _ in comparison.events())]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert comparison.progress == pytest.approx(1)
    assert max(b - a for a, b in pairwise(shares)) < 0.2


@pytest.mark.parametrize("asked", [{}, {"cell": "gru", "hidden": 64, "lanes": 2, "k": 5}, {"k": 1}])
def test_as_many_updates_may_be_repeated_as_five_seconds_hold(asked):
    params = TrainingParams(text="the quick brown fox", **asked)
    most = affordable(params)
    assert REPEAT_SECONDS == 5
    assert seconds_of(params, params.lanes, most, seeds=1) <= 5
    assert seconds_of(params, params.lanes, most + 1, seeds=1) > 5


@pytest.mark.parametrize("match", ["steps", "updates"])
def test_twice_the_budget_is_twice_the_time_and_all_that_is_larger_takes_longer(match):
    def time_of(entry="5", **asked):
        params = TrainingParams(contest=entry, match=match, **RECALL | {"budget": 1000} | asked)
        return seconds(params, params.contestants[0])

    usual = time_of()
    assert time_of(budget=2000) == pytest.approx(2 * usual)
    for larger in ({"hidden": 8}, {"lanes": 4}, {"seeds": 4}, {"cell": "lstm"}, {"cell": "gru"}):
        assert time_of(**larger) > usual, larger
    assert time_of("window:5") > time_of("window:4")
    assert time_of("tbptt:5:10") > usual

"""What the training lab estimates of its work: the share that is done, and how much may be repeated."""

from itertools import pairwise

import pytest

from app.labs.parameters import IncompatibleParameters
from app.labs.training import lag_map, lanes
from app.labs.training.cost_model import REPEAT_SECONDS, Plan, affordable, plan, seconds, seconds_of
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


@pytest.mark.parametrize(
    ("asked", "planned"),
    [
        ({"task": "recall", "budget": 100, "contest": "5"}, Plan(20, 100, 100, 5)),
        ({"task": "recall", "budget": 99, "contest": "window:5"}, Plan(99, 99, 495, 5)),
        ({"task": "recall", "budget": 99, "contest": "tbptt:5:10"}, Plan(20, 99, 200, 10)),
        ({"task": "recall", "budget": 7, "contest": "5", "match": "updates"}, Plan(7, 35, 35, 5)),
        ({"task": "episodes", "budget": 7, "contest": "5", "lag": 3}, Plan(7, 28, 28, 4)),
        ({"task": "adding", "budget": 7, "contest": "2", "lag": 3}, Plan(7, 21, 21, 2)),
        # A text of 10 steps: an epoch of blocks of 4 has 3 updates, the last of 2 steps.
        ({"budget": 25, "contest": "4"}, Plan(8, 28, 32, 4)),
        ({"budget": 20, "contest": "4"}, Plan(6, 20, 24, 4)),
        ({"budget": 8, "contest": "4", "match": "updates"}, Plan(8, 28, 32, 4)),
        ({"budget": 25, "contest": "full"}, Plan(3, 30, 30, 10)),
        ({"budget": 25, "contest": "40"}, Plan(3, 30, 30, 10)),
        # Blocks of 2, 3, 4 and 1: the last one of a budget is completed.
        ({"budget": 25, "contest": "cuts:2:5:9"}, Plan(10, 25, 25, 4)),
        ({"budget": 26, "contest": "cuts:2:5:9"}, Plan(11, 29, 29, 4)),
        ({"budget": 20, "contest": "cuts:2:5:9"}, Plan(8, 20, 20, 4)),
        ({"budget": 6, "contest": "cuts:2:5:9", "match": "updates"}, Plan(6, 15, 15, 4)),
        ({"budget": 20, "contest": "cuts:50"}, Plan(2, 20, 20, 10)),
        ({"task": "episodes", "budget": 7, "contest": "cuts:1", "lag": 3}, Plan(7, 28, 28, 3)),
        # Half of 9 edges cut leaves 5.5 pieces a pass on average; by chance all 10 steps stay in one.
        ({"budget": 20, "contest": "randomized:0.5"}, Plan(11, 20, 20, 10)),
        ({"budget": 20, "contest": "randomized:0"}, Plan(2, 20, 20, 10)),
    ],
)
def test_updates_steps_and_backward_steps_follow_from_budget_and_entry(asked, planned):
    params = TrainingParams(**{"text": "hello world", "lanes": 1} | asked)
    assert plan(params, params.contestants[0]) == planned


@pytest.mark.parametrize(
    ("cell", "step", "row"),
    [
        ("rnn", 5, 0.17 + 0.008 * 4 + 0.0003 * 16),
        ("lstm", 24, 0.17 + 0.1 * 4 + 0.0006 * 16),
        ("gru", 30, 0.17 + 0.064 * 4 + 0.0008 * 16),
    ],
)
def test_a_step_costs_its_calls_and_every_row_of_lanes_and_seeds(cell, step, row):
    """In microseconds, beside 140 of an update."""
    params = TrainingParams(contest="5", budget=100, cell=cell, match="steps", **RECALL)
    expected = 100 * (step + 2 * 2 * row) + 20 * 140
    assert seconds(params, params.contestants[0]) == pytest.approx(expected / 1e6)
    text = TrainingParams(text="hello world" * 4, cell=cell, k=5, hidden=4, lanes=2, seeds=2)
    assert seconds_of(text, 3, 7) == pytest.approx(7 * (5 * (step + 3 * 2 * row) + 140) / 1e6)
    assert seconds_of(text, 3, 7, seeds=1) == pytest.approx(7 * (5 * (step + 3 * row) + 140) / 1e6)
    # A lane of ten has 4 steps of the 43.
    assert seconds_of(text, 10, 1) == pytest.approx((4 * (step + 10 * 2 * row) + 140) / 1e6)


def test_a_text_is_read_at_every_point_too_and_symbols_beyond_thirty_cost_more():
    letters = "".join(chr(0x4E00 + i) for i in range(40))
    params = TrainingParams(text=letters, contest="13", budget=39, hidden=4, lanes=1, seeds=2, match="steps")
    row = 0.17 + 0.008 * 4 + 0.0003 * 16 + 10 * (0.005 + 0.0003 * 4 * (0.6 + 0.4))
    expected = 39 * (5 + 2 * row) + 3 * 140 + 3 * 39 * (5 + 2 * row) / 2
    assert seconds(params, params.contestants[0]) == pytest.approx(expected / 1e6)


def test_work_of_just_the_limit_is_done(monkeypatch):
    text = TrainingParams(text="hello world", k=2, lanes=2, budget=40, seeds=1, hidden=2)
    work = LanesComparison(text).seconds
    for limit, planned in ((work, [1, 2, 4]), (0.999 * work, [])):
        monkeypatch.setattr(lanes, "MAX_SECONDS", limit)
        assert list(LanesComparison(text).planned) == planned
    recall = TrainingParams(**RECALL | {"budget": 40})
    work = LagMap(recall).seconds
    monkeypatch.setattr(lag_map, "MAX_SECONDS", work)
    assert len(LagMap(recall).cells) == 20
    monkeypatch.setattr(lag_map, "MAX_SECONDS", 0.999 * work)
    with pytest.raises(IncompatibleParameters, match="too_much_work"):
        LagMap(recall)

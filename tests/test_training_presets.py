"""What the sentences of the training lab's presets say comes out again."""

from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.labs.training import film
from app.labs.training.lanes import LanesComparison
from app.labs.training.params import TrainingParams
from app.labs.training.precomputed import lag_map, lag_maps
from app.labs.training.race import Race
from app.labs.training.schedule import schedule
from app.labs.training.texts import NAMES
from app.presets import TRAINING_PRESETS
from app.words import CATALOGUES

GUESSED = 1 / 6  # the mean squared error of always saying 1, twice the variance of a number in [0, 1)


def params_of(name: str, **changed: object) -> TrainingParams:
    asked = dict(parse_qsl(urlsplit(TRAINING_PRESETS[name]).query))
    asked.pop("v")
    return TrainingParams.model_validate(asked | changed)


def raced(name: str, **changed: object) -> dict[str, dict[str, Any]]:
    race = Race(params_of(name, **changed))
    for _ in race.events():
        pass
    return {run["entry"]: run for run in race.result["contestants"]}


def test_hello_has_two_blocks_of_five_beats_and_other_weights_in_the_second():
    shown = film.run(params_of("hello"))
    assert [2 * (frame["stop"] - frame["start"]) + 1 for frame in shown["frames"]] == [5, 5]
    first, second = (frame["W"]["Wh"] for frame in shown["frames"])
    assert (first != second).any()


def test_only_the_carried_state_knows_what_follows_aa():
    params = params_of("video")
    assert schedule(params)["iterations"] == 5
    found = raced("video")
    assert None not in found["4"]["learned_at"]
    assert set(found["zeros.4"]["learned_at"]) == {None}


@pytest.mark.parametrize(("name", "updates"), [("river", 50), ("river_ko", 21)])
def test_a_text_in_blocks_of_ten_on_two_lanes(name, updates):
    found = schedule(params_of(name))
    assert (found["lanes"], found["k"], found["iterations"]) == (2, 10, updates)
    assert schedule(params_of("river"))["L"] == 1000


def test_shuffled_blocks_receive_the_state_of_a_wrong_past():
    frames = film.run(params_of("shuffled"))["frames"]
    assert sum(frame["state"] == "wrong" for frame in frames) > len(frames) / 2
    assert all(frame["gap"] is None or frame["gap"] > 0 for frame in frames)


def test_the_race_of_shuffled_blocks_has_them_in_order_and_from_zeros_beside_them():
    order = {one.entry: (one.state, one.shuffled) for one in params_of("shuffled").contestants}
    assert order == {
        "ordered.10": ("carried", False),
        "10": ("carried", True),
        "zeros.ordered.10": ("zeros", False),
    }


def test_a_forgotten_mask_reports_less_than_it_has_and_learns_less_in_every_seed():
    work = LanesComparison(params_of("padding"))
    for _ in work.events():
        pass
    found = work.result["padding"]
    assert sum(block["padded"] for block in found["blocks"]) == 23
    assert sum(block["steps"] for block in found["blocks"]) == 60
    masked, counted = found["runs"]
    assert counted["reported"]["max"] < counted["real"]["min"]
    assert masked["real"]["max"] < counted["real"]["min"]


def test_blocks_of_random_length_make_as_many_updates_as_equal_ones():
    params, cuts = params_of("random_lengths"), [9, 20, 26, 37]
    blocks = list(pairwise([0, *cuts, schedule(params)["L"]]))
    assert [stop - start for start, stop in blocks] == [9, 11, 6, 11, 5]
    found = raced("random_lengths", seeds=1)
    epochs = params.budget // schedule(params)["L"]
    an_epoch = {entry: run["updates"] / epochs for entry, run in found.items()}
    assert an_epoch == {"9": 5, "cuts:9:20:26:37": 5, "full": 1}
    assert found["cuts:9:20:26:37"]["cuts"] == cuts


def test_with_the_carried_states_help_shorter_blocks_get_further():
    found = {
        name: {(cell["lag"], cell["k"]): cell["mean"] for cell in stairs["cells"]}
        for name, stairs in lag_maps().items()
    }
    below = [(lag, k) for lag, k in found["B"] if k <= lag]
    further = [at for at in below if found["B"][at] > found["A"][at] + 0.05]
    assert len(further) > len(below) / 2
    assert found["A"][10, 10] < 0.75 < 0.9 < found["B"][10, 10]


def test_every_update_of_the_episodes_sees_the_same_sixteen_answers():
    params = params_of("episodes")
    assert params.lanes == 16
    assert {one.scheme for one in params.contestants} == {"window", "full"}
    assert {one.k for one in params.contestants} == {1, 4, 8, 16, None}


@pytest.mark.exhaustive
def test_adding_is_learned_a_good_way_with_one_step_of_credit():
    params = params_of("adding")
    assert (params.lag, [one.k for one in params.contestants]) == (20, [1, 5, 10, None])
    found = raced("adding", contest="window:1", seeds="2")
    assert found["window:1"]["final"]["max"] < 0.7 * GUESSED


def test_with_so_large_updates_most_seeds_never_learn_hello():
    found = raced("breaks")["1"]["learned_at"]
    assert found.count(None) > len(found) / 2


def test_a_cell_of_the_shipped_stairs_comes_out_anew():
    found = lag_map("A")
    found.cells = {at: cell for at, cell in found.cells.items() if at == (6, 40)}
    for _ in found.events():
        pass
    (anew,) = found.result["cells"]
    (shipped,) = (cell for cell in lag_maps()["A"]["cells"] if (cell["lag"], cell["k"]) == (6, 40))
    assert anew["diverged"] == 0
    assert {name: anew[name] for name in shipped} == pytest.approx(shipped, abs=0.02)


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_bundled_text_has_a_title(language: str):
    assert CATALOGUES[language]["training"]["texts"].keys() == set(NAMES)

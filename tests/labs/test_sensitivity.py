"""Which numbers of a training run another processor would change, and that a twin changes no other number."""

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from app.labs import sensitivity
from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run as explore
from app.labs.training import film
from app.labs.training.lanes import LanesComparison
from app.labs.training.params import TrainingParams
from app.labs.training.race import Race
from app.labs.training.setup import setup
from app.presets import TRAINING_PRESETS
from tests.kernels import kernels
from tests.pairwise import only

ROOT = Path(__file__).parents[2]

CHAOTIC = {"text": "AABBAACCAABBAACCAABBA", "k": 1, "lr": 0.5}
"""The preset video with blocks of 1: differences grow tenfold about every 15 updates."""


def raced(**asked):
    race = Race(TrainingParams(**asked))
    with np.errstate(all="ignore"):
        for _ in race.events():
            pass
    return {run["entry"]: run for run in race.result["contestants"]}


def test_a_twin_differs_in_the_last_bit_and_zeros_stay():
    rows = np.array([[0.0, 1.0, -3.7, 1e-9]])
    changed = np.abs(sensitivity.nudged(rows) / np.where(rows, rows, 1) - (rows != 0))
    assert changed[0, 0] == 0
    assert np.all((changed[0, 1:] > 0) & (changed[0, 1:] < 4e-16))


def test_runs_that_diverge_together_are_not_apart_and_those_that_part_are():
    inf, nan = np.full((1, 3), np.inf), np.full((1, 3), np.nan)
    with np.errstate(all="ignore"):
        assert not sensitivity.is_sensitive(sensitivity.difference(nan, inf))
        assert sensitivity.is_sensitive(sensitivity.difference(np.ones((1, 3)), nan))
    assert not sensitivity.is_sensitive(np.array([4e-9]))
    assert sensitivity.is_sensitive(np.array([0.0, 6e-9]))


@pytest.mark.parametrize(
    "asked",
    [
        {"seeds": 1},
        {"seeds": 3, "cell": "lstm", "optimizer": "adam"},
        {"seeds": 3, "cell": "gru", "text": "hello world", "lanes": 2},
        {"seeds": 2, "task": "recall", "lag": 3, "lanes": 3, "budget": 90},
        {"seeds": 2, "task": "adding", "lag": 5, "lanes": 3, "clip": "norm"},
    ],
    ids=str,
)
def test_the_other_networks_are_bit_for_bit_what_they_are_without_twins(asked):
    rows = []
    for twins in (0, 2):
        params = TrainingParams(**asked)
        ready = setup(params, steps=90, twins=twins)
        trainer = ready.trainer(params.contestants[1])
        start = ready.first_weights(trainer)
        assert len(start) == params.seeds + min(twins, params.seeds)
        updates = trainer.updates(start, params.hidden, ready.optimizer())
        rows.append([update.new_weights[: params.seeds] for update in islice(updates, 20)])
    np.testing.assert_array_equal(*rows)


def test_a_chaotic_run_says_from_where_on_and_how_far():
    found = raced(**CHAOTIC, contest="1,4", budget=400, match="updates", seeds=2)
    chaotic, calm = found["1"], found["4"]
    assert (calm["sensitive_from"], calm["final_change"]) == (None, 0)
    assert 0 < chaotic["sensitive_from"] < 400
    assert chaotic["final_change"] > 1e-3
    short = raced(**CHAOTIC, contest="1", budget=40, match="updates", seeds=2)["1"]
    assert (short["sensitive_from"], short["final_change"]) == (None, 0)


def test_a_twin_is_found_as_far_as_another_seed_in_each_batch_of_random_cuts():
    found = raced(**CHAOTIC, contest="randomized:0.9", budget=900, match="updates", seeds=3)
    assert found["randomized:0.9"]["sensitive_from"] is not None
    assert len(found["randomized:0.9"]["final"]["each"]) == 3


def test_a_film_and_the_explorer_say_it_of_the_same_run():
    params = TrainingParams(**CHAOTIC, budget=8000, contest="1", seeds=1)
    link = "&".join(f"{name}={value}" for name, value in CHAOTIC.items()) + "&budget=8000&contest=1&seeds=1"
    for number, sensitive in ((2, False), (20, True)):
        assert film.run(params, number)["sensitive"] == sensitive
        shown = explore(BpttParams(text=CHAOTIC["text"], trained=link, at_update=20 * number))
        assert shown["training"]["sensitive"] == sensitive


def test_other_numbers_of_lanes_say_it_too():
    lanes = LanesComparison(TrainingParams(**CHAOTIC, lanes=2, budget=800, seeds=1, contest="1"))
    for _ in lanes.events():
        pass
    single = next(run for run in lanes.result["others"] if run["lanes"] == 1)
    assert single["steps"]["change"] > 1e-3
    assert lanes.result["missed"]["sensitive"]
    calm = LanesComparison(TrainingParams(text="hello world", lanes=2, budget=40, seeds=1))
    for _ in calm.events():
        pass
    assert {run[part]["change"] for run in calm.result["others"] for part in ("steps", "updates")} == {0}
    assert not calm.result["missed"]["sensitive"]


def test_the_explorers_own_updates_may_be_chaotic():
    assert not explore(BpttParams(updates=60, lr=0.5))["training"]["sensitive"]
    assert not explore(BpttParams())["training"]["sensitive"]
    wild = BpttParams(text="the quick brown fox", updates=500, lr=4)
    assert explore(wild)["training"]["sensitive"]


RESTS_ON = {"hello": "1,2,full", "video": "4,zeros.4", "breaks": "1", "adding": "1"}
"""The contestants on whose results the sentence of a preset rests; those of recall rest on bundled maps."""


@only("hello", "video", "breaks", name=list(RESTS_ON))
def test_no_preset_rests_on_a_number_that_another_processor_changes(name):
    asked = dict(parse_qsl(urlsplit(TRAINING_PRESETS[name]).query))
    asked.pop("v")
    for entry, run in raced(**asked | {"contest": RESTS_ON[name], "seeds": "2"}).items():
        assert run["sensitive_from"] is None, entry


@pytest.mark.parametrize("name", [name for name, link in TRAINING_PRESETS.items() if "task=" not in link])
def test_the_first_film_of_a_preset_is_the_same_on_every_processor(name):
    asked = dict(parse_qsl(urlsplit(TRAINING_PRESETS[name]).query))
    asked.pop("v")
    assert not film.run(TrainingParams.model_validate(asked))["sensitive"]


RUN = """
import json
from starlette.testclient import TestClient
from app.main import create_app
from app.presets import TRAINING_PRESETS
race = TestClient(create_app()).get("/api/training" + TRAINING_PRESETS["video"]).json()["race"]
print(json.dumps(race["contestants"]))
"""


def run_on(environment):
    """The contestants of the preset video, computed under these variables."""
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.exhaustive
def test_another_processor_differs_only_where_it_is_marked():
    here, differing = run_on({}), 0
    for kernel in kernels():
        for one, other in zip(here, run_on(kernel.environment), strict=True):
            points = zip(one["points"]["u"], one["points"]["mean"], other["points"]["mean"], strict=True)
            apart = [u for u, mean, mean_there in points if mean != mean_there]
            differing += bool(apart)
            if one["sensitive_from"] is None:
                assert not apart, one["entry"]
                assert one["final"] == other["final"]
                assert one["learned_at"] == other["learned_at"]
            else:
                assert all(u >= one["sensitive_from"] for u in apart)
    assert differing or not kernels(), "k = 1 is chaotic"

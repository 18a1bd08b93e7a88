"""What lessons 1 to 6 say of many networks, counted."""

import numpy as np

from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run


def test_lesson_5_twenty_updates_spell_hello_in_100_of_100_networks_and_step_0_is_worst_in_92():
    spelt = worst_first = 0
    for seed in range(100):
        result = run(BpttParams(seed=seed, truncation="full", updates=20, lr=1))
        best = [result["vocabulary"][i] for i in result["forward"]["p"].argmax(axis=1)]
        spelt += best == result["targets"]
        worst_first += int(result["forward"]["loss"].argmax()) == 0
    assert (spelt, worst_first) == (100, 92)


def test_lesson_4_the_sum_is_clearly_shorter_than_its_terms_in_60_of_60_networks():
    shorter = 0
    for seed in range(60):
        full = run(BpttParams(seed=seed, truncation="full"))["full"]
        shorter += np.linalg.norm(full["gradients"]["Wh"]) < 0.95 * full["step_norms"]["Wh"].sum()
    assert shorter == 60

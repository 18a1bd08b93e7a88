"""What the training lab says about learning, measured over five seeds with the very settings that it offers.

Delayed recall as a stream: the rate is high enough that what the state happens to hold is overwritten. No
longer k is claimed to be safer, and no shorter one to be hopeless: see what a small rate does.
"""

import pytest
from numpy.testing import assert_allclose

STAIRS = {
    "task": "recall",
    "hidden": 32,
    "gain": 0.9,
    "lanes": 16,
    "optimizer": "adam",
    "lr": 0.005,
    "clip": "norm",
    "seeds": 5,
    "budget": 4000,
    "digits": 17,
}

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]


@pytest.fixture(scope="module")
def final(lab):
    """The accuracies of every contestant, seed by seed, over the last quarter of the run."""

    def found(**asked):
        race = lab(**STAIRS | asked)["race"]
        return {one["entry"]: one["final"]["each"] for one in race["contestants"]}

    return found


@pytest.mark.parametrize("matched", [{"match": "steps", "budget": 4000}, {"match": "updates", "budget": 300}])
def test_twenty_steps_of_gradient_learn_recall_over_ten_steps_and_five_do_not(final, matched):
    """By as many steps and by as many updates: it is not the budget."""
    each = final(lag=10, contest="5,20", **matched)
    assert len(each["20"]) == 5
    assert min(each["20"]) > 0.9
    assert max(each["5"]) < 0.65


@pytest.mark.parametrize(("lag", "ks"), [(10, (20,)), (4, (5, 10))])
def test_from_zeros_what_is_learned_is_the_share_of_episodes_inside_a_block(final, lag, ks):
    """Accuracy 1 - ½·min(1, lag/k): an episode across a cut is a guess between two cues."""
    each = final(lag=lag, contest=",".join(f"zeros.{k}" for k in ks))
    for k in ks:
        mean = sum(each[f"zeros.{k}"]) / 5
        assert_allclose(mean, 1 - min(1, lag / k) / 2, atol=0.05)


def test_what_is_learned_inside_blocks_is_used_across_them(final):
    """One episode in five lies inside a block; with a carried state all are answered."""
    each = final(lag=4, contest="5,zeros.5")
    assert min(each["5"]) > 0.95
    assert max(each["zeros.5"]) < 0.7


def test_at_a_small_rate_the_carried_state_helps_where_k_is_the_lag(final):
    """So k ≤ lag is not hopeless: the answer may sit in the state though its credit is cut."""
    each = final(lag=10, lr=0.001, budget=12_000, contest="10")
    assert min(each["10"]) > 0.75


# --- a text -----------------------------------------------------------------------------------------

RIVER = {"task": "text", "text": "@river-en", "k": 10, "lanes": 2, "gain": 1.0}


def test_at_equal_steps_a_middle_k_wins_on_a_text_and_at_equal_updates_the_longer(final):
    by_steps = final(**RIVER, budget=10_000, contest="2,10,100")
    for two, ten, hundred in zip(*by_steps.values(), strict=True):  # seed by seed
        assert ten < two < hundred
    by_updates = final(**RIVER, match="updates", budget=400, contest="2,10,50")
    assert max(by_updates["50"]) < min(by_updates["10"])
    assert max(by_updates["10"]) < min(by_updates["2"])


def test_shuffled_blocks_cost_and_so_does_a_state_that_is_thrown_away(final):
    straight, zeros = final(**RIVER, budget=10_000, contest="10,zeros.10").values()
    (shuffled,) = final(**RIVER, budget=10_000, contest="10", shuffle=1).values()
    assert sum(straight) < sum(shuffled) < sum(zeros)

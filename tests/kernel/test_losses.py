"""Losses at their edges; their gradients are tested with everything else."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from app.bptt.losses import LOSSES, loss_factors, softmax
from app.bptt.one_hot import OneHot
from tests.arrays import assert_close


def test_softmax_adds_up_to_one_however_far_apart_the_scores_are():
    o = np.array([[0.0, 0.0], [1000.0, -1000.0], [-1e300, 1e300], [3.0, 5.0]])
    p = softmax(o)
    assert_close(p.sum(axis=-1), 1)
    assert_close(p[0], 0.5)
    assert p[3, 1] == pytest.approx(1 / (1 + np.exp(-2)))


def test_cross_entropy_is_minus_the_logarithm_of_the_wanted_probability():
    o, wanted = np.array([[1.0, 2.0, 3.0], [0.0, 800.0, 0.0]]), np.eye(3)[[1, 0]]
    loss = LOSSES["cross_entropy"].value(o, wanted)
    assert loss == pytest.approx([-np.log(softmax(o)[0, 1]), 800])


@pytest.mark.parametrize("T", [1, 2, 9])
def test_factors_weigh_each_loss_alike_or_keep_the_last(T):
    assert loss_factors(T, "every", "mean") == pytest.approx([1 / T] * T)
    assert loss_factors(T, "every", "sum") == pytest.approx([1] * T)
    for reduction in ("mean", "sum"):
        assert loss_factors(T, "last", reduction).tolist() == [0] * (T - 1) + [1]


def test_chosen_steps_share_the_mean_and_steps_without_a_target_have_no_loss():
    has_target = np.array([True, False, True, True, False])
    for reduction, share in (("mean", 1 / 2), ("sum", 1)):
        assert loss_factors(5, (3, 0), reduction).tolist() == [share, 0, 0, share, 0]
        assert loss_factors(5, (1, 2, 3, 4), reduction, has_target).tolist() == [0, 0, share, share, 0]
        assert loss_factors(5, "last", reduction, has_target).tolist() == [0, 0, 0, 1, 0]
    assert loss_factors(5, "every", "mean", has_target) == pytest.approx([1 / 3, 0, 1 / 3, 1 / 3, 0])


def by_decimals(o, target):
    """Cross-entropy and its gradient to three hundred digits, then rounded once."""
    with localcontext(prec=300):
        weights = [Decimal(float(score)).exp() for score in o]
        p = [weight / sum(weights) for weight in weights]
        return float(-p[target].ln()), [float(share - (i == target)) for i, share in enumerate(p)]


@pytest.mark.parametrize("ahead", [-40.0, -3.0, 0.0, 3.0, 18.0, 40.0, 300.0])
@pytest.mark.parametrize("target", [0, 2])
def test_a_nearly_certain_prediction_loses_no_digits(target, ahead):
    """The logarithm of almost one, and p - 1, would keep only what is left of 16 digits."""
    o, wanted = np.array([0.3, -0.7, 0.1]), np.eye(3)[target]
    o[target] += ahead
    loss = LOSSES["cross_entropy"]
    value, gradient = by_decimals(o, target)
    assert_close(loss.value(o, wanted), value)
    assert_close(loss.gradient(o, wanted), gradient)


@pytest.mark.parametrize("farthest", [99.0, 101.0, 300.0])
def test_a_small_probability_has_as_many_digits_as_a_large_one(farthest):
    """Whether the largest score is subtracted or not; each entry counts by itself."""
    o = np.array([farthest, 0.7, -3.0, -farthest])
    value, gradient = by_decimals(o, 1)
    loss, wanted = LOSSES["cross_entropy"], np.eye(4)[1]
    assert loss.value(o, wanted) == pytest.approx(value, rel=1e-15)
    np.testing.assert_allclose(loss.gradient(o, wanted), gradient, rtol=1e-13)
    p = softmax(o)
    np.testing.assert_allclose(np.delete(p, 1), np.delete(gradient, 1), rtol=1e-13)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("networks", [1, 3])
@pytest.mark.parametrize("own", ["targets of their own", "the same targets"])
def test_the_gradient_is_that_of_each_row_whatever_the_layout(loss, networks, own):
    """Outputs of all networks lie network by network in memory, and targets may be stored as positions."""
    T, B, V = 4, 2, 5
    stream = np.random.RandomState(networks)
    o = stream.standard_normal((networks, T, B, V)).swapaxes(0, 1)
    o[1, 0, 1] += 50.0  # too large for exponentials as they are
    symbols = stream.randint(V, size=(T, networks if own.startswith("targets") else 1, B))
    factors = stream.uniform(0.1, 1.0, (*symbols.shape, 1))
    gradient = LOSSES[loss].gradient(o, OneHot(symbols, V), factors)
    assert gradient.shape == o.shape
    for t, p, b in np.ndindex(o.shape[:-1]):
        i = p % symbols.shape[1]
        alone = LOSSES[loss].gradient(o[t, p, b], np.eye(V)[symbols[t, i, b]])
        assert_close(gradient[t, p, b], factors[t, i, b] * alone)


@pytest.mark.parametrize("largest", [-500.0, -0.1, 0.0, 92.0, 93.0, 690.0])
def test_probabilities_do_not_depend_on_what_is_added_to_all_scores(largest):
    o = np.array([largest, largest - 1.0, largest - 700.0])
    expected = by_decimals(o - largest, 1)[1]
    np.testing.assert_allclose(LOSSES["cross_entropy"].gradient(o, np.eye(3)[1]), expected, rtol=1e-12)
    np.testing.assert_allclose(softmax(o)[[0, 2]], np.array(expected)[[0, 2]], rtol=1e-12)


def test_squared_error_has_a_half_so_that_its_gradient_has_no_two():
    """Without the ½, as in some course texts, loss and gradient are both twice as large."""
    o, target, step = np.array([[1.5, -2.0]]), np.array([[1.0, 0.5]]), np.array([1e-6, 0])
    loss = LOSSES["squared_error"]
    without_half = ((o - target) ** 2).sum(axis=1)
    assert np.array_equal(2 * loss.value(o, target), without_half)
    moved = ((o + step - target) ** 2).sum() - ((o - step - target) ** 2).sum()
    assert 2 * loss.gradient(o, target)[0, 0] == pytest.approx(moved / 2e-6, rel=1e-9)

"""Optimizers against steps worked out by hand."""

import numpy as np
import pytest

from app.bptt.optimizers import OPTIMIZERS, Adam, Momentum, RmsProp, Sgd


def test_gradient_descent_by_hand():
    """Weights 1 and -2, gradients (0.5, -4), then (-1, 2), at a rate of 0.1."""
    weights, sgd = np.array([1.0, -2.0]), Sgd(0.1)
    weights = weights + sgd.change(np.array([0.5, -4.0]))
    np.testing.assert_allclose(weights, [0.95, -1.6], rtol=1e-15)
    weights = weights + sgd.change(np.array([-1.0, 2.0]))
    np.testing.assert_allclose(weights, [1.05, -1.8], rtol=1e-15)


def test_adam_by_hand():
    """Three gradients 2, 1, -3 at a rate of 0.1, worked out with pencil and calculator.

    1: m = 0.2, v = 0.004; freed of the start 2 and 4; change -0.1 · 2/2.
    2: m = 0.28, v = 0.004996; /0.19 and /0.001999: 1.4736842 and 2.4992496, whose root is 1.5809015.
    3: m = -0.048, v = 0.013991004; /0.271 and /0.002997001: -0.1771218 and 4.6683348, root 2.1606330.
    """
    adam = Adam(0.1)
    changes = [adam.change(np.array([g]))[0] for g in (2.0, 1.0, -3.0)]
    np.testing.assert_allclose(changes, [-0.1, -0.09321796, 0.00819768], rtol=2e-6)


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient():
    change = Adam(0.02).change(np.array([3.0, -1e-3, 1e5, 0.0]))
    np.testing.assert_allclose(change, [-0.02, 0.02, -0.02, 0.0], rtol=2e-5)


def test_momentum_by_hand():
    """Gradients 1, 2, -4 at a rate of 0.1: the velocities are 1, 2.9 and -1.39."""
    momentum = Momentum(0.1)
    changes = [momentum.change(np.array([g]))[0] for g in (1.0, 2.0, -4.0)]
    np.testing.assert_allclose(changes, [-0.1, -0.29, 0.139], rtol=1e-14)


def test_momentum_with_the_rate_inside_as_keras_writes_it_makes_the_same_updates():
    gradients = np.random.RandomState(0).standard_normal((8, 5))
    momentum, velocity = Momentum(0.05), np.zeros(5)
    for gradient in gradients:
        velocity = 0.9 * velocity - 0.05 * gradient
        np.testing.assert_allclose(momentum.change(gradient), velocity, rtol=1e-12)


def test_rmsprop_by_hand():
    """Gradients 3, then -1 at a rate of 0.1: mean squares 0.09 and 0.0991."""
    rmsprop = RmsProp(0.1)
    changes = [rmsprop.change(np.array([g]))[0] for g in (3.0, -1.0)]
    np.testing.assert_allclose(changes, [-0.1 * 3 / 0.3, 0.1 / 0.0991**0.5], rtol=1e-7)


GRADIENTS = (
    (1.5, -0.6, -0.5),
    (-1.0, 0.9, -2.3),
    (2e-8, -7e-9, 3e-9),
    (-0.25, 1.5, -2.0),
    (-0.3, -0.4, 1.1),
)
PYTORCH = {
    "momentum": (
        (-0.15000000000000002, 0.06, 0.05),
        (-0.18500000000000003, 0.023999999999999997, 0.325),
        (-0.21650000200000002, -0.008399999300000004, 0.5724999997000001),
        (-0.21985000380000003, -0.18755999867, 0.9952499994300001),
        (-0.19286500542000004, -0.308803998103, 1.265724999187),
    ),
    "rmsprop": (
        (-0.9999999333333375, 0.9999998333333606, 0.9999998000000395),
        (-0.4433696243256928, 0.16666657716051425, 1.977396679069123),
        (-0.443369635514383, 0.16666658367464762, 1.9773966777878351),
        (-0.3041748070727883, -0.6476386635232124, 2.6287793947750835),
        (-0.13861621404601632, -0.4344154463513227, 2.2900055008907167),
    ),
    "adam": (
        (-0.09999999933333334, 0.09999999833333335, 0.09999999800000003),
        (-0.11445205219159829, 0.07522981704374163, 0.18694415565645667),
        (-0.12562353162716797, 0.05608239558519182, 0.2541522413438523),
        (-0.12669458967836136, -0.00023874561358436241, 0.3337387409949392),
        (-0.11870030407498941, -0.035223286847821014, 0.378782094575447),
    ),
}
"""Weights after each of the gradients at a rate of 0.1 from 0, recorded with torch 2.13 in float64."""


@pytest.mark.parametrize("name", PYTORCH)
def test_an_optimizer_moves_a_weight_as_pytorch_does(name):
    optimizer, weight = OPTIMIZERS[name](0.1), np.zeros(3)
    for gradient, after in zip(GRADIENTS, PYTORCH[name], strict=True):
        weight = weight + optimizer.change(np.array(gradient))
        np.testing.assert_allclose(weight, after, rtol=1e-13)


def test_the_epsilon_of_keras_makes_the_first_step_of_a_tiny_gradient_158_times_smaller():
    g, beta1, beta2 = 1e-8, 0.9, 0.999
    of_keras = (1 - beta2) ** 0.5 * g / ((1 - beta2) ** 0.5 * g + 1e-7)  # ε before the correction
    ours = -Adam(1.0, beta1, beta2).change(np.array([g]))[0]
    assert int(ours / of_keras) == 158


def test_adam_keeps_every_number_of_every_network_apart():
    gradients = np.random.RandomState(0).standard_normal((4, 3, 5))
    together = Adam(0.02)
    several = [together.change(gradient) for gradient in gradients]
    for p in range(3):
        for i in range(5):
            alone = Adam(0.02)
            for gradient, change in zip(gradients, several, strict=True):
                np.testing.assert_allclose(change[p, i], alone.change(gradient[p, [i]])[0], rtol=1e-14)


@pytest.mark.parametrize("kind", OPTIMIZERS.values())
def test_without_a_rate_or_without_a_gradient_nothing_changes(kind):
    still, unpushed = kind(0.0), kind(0.3)
    for gradient in np.random.RandomState(0).standard_normal((3, 4)):
        assert not still.change(gradient).any()
        assert not unpushed.change(np.zeros(4)).any()


@pytest.mark.parametrize("kind", OPTIMIZERS.values())
def test_a_step_goes_down_and_leaves_the_gradient_alone(kind):
    gradient = np.array([[1.0, -2.0], [3.0, 4.0]])
    change = kind(0.1).change(gradient)
    assert (np.sign(change) == -np.sign(gradient)).all()
    np.testing.assert_array_equal(gradient, [[1.0, -2.0], [3.0, 4.0]])

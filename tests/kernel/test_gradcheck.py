"""The live checks: they pass what is right, reject what is slightly wrong, and say when they cannot tell."""

import numpy as np
import pytest

from app.bptt import gradcheck
from app.bptt.activations import ACTIVATIONS
from app.bptt.arrays import RECURRENT
from app.bptt.cells import CELLS
from app.bptt.cells.rnn import Elman
from app.bptt.forward_pass import Task, forward
from app.bptt.gradcheck import (
    DIFFERENCE_LIMIT,
    FORWARD_MODE_LIMIT,
    STEP_LENGTHS,
    TRUNCATION_LIMIT,
    check,
    difference_error,
    direction,
    directional_derivative,
    relative_error,
)
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.spectral_radius import scale_to_radius
from app.bptt.truncation import SCHEMES, Full
from app.bptt.truncation.blocks import Blocks
from app.bptt.truncation.window import Window
from app.bptt.weights import initial
from tests.kernel.cases import (
    ALL_CELLS,
    ONE_OF_EACH_CELL,
    REDUCTIONS,
    random_task,
    random_weights,
    run,
    schemes,
)

EVERY_PARAMETER = [(cell, name) for cell in ONE_OF_EACH_CELL for name in random_weights(cell)]
WRONG = 1.001


@pytest.mark.parametrize(
    ("a", "b", "floor", "expected"),
    [
        (1.0, 1.0, 0.0, 0.0),
        (1.0, 2.0, 0.0, 0.5),
        (2.0, -2.0, 0.0, 2.0),
        (0.0, 0.0, 0.0, 0.0),
        (1e-3, 0.0, 1.0, 1e-3),
        (1e-3, 0.0, 0.0, 1.0),
        (np.inf, 1.0, 0.0, None),
        (np.inf, np.inf, 0.0, None),
        (1.0, np.nan, 0.0, None),
        (1e308, -1e308, 0.0, None),  # the difference is not finite
    ],
)
def test_an_error_is_relative_to_the_larger_number_or_the_floor(a, b, floor, expected):
    with np.errstate(all="ignore"):
        assert relative_error(a, b, floor) == expected


def checked(task, W, scheme, full=(), truncated=()):
    """The checks of a run, with the named gradients wrong by one part in a thousand."""
    kernel = run(task, W, Full(), scheme)
    F, G = kernel.totals(0), kernel.totals(1)
    return check(
        task,
        W,
        kernel.forward,
        kernel.e,
        scheme,
        F | {name: WRONG * F[name] for name in full},
        G | {name: WRONG * G[name] for name in truncated},
    )


def symbols(activation, T, gain, H=8, V=5, seed=0, loss="cross_entropy"):
    """A network as the explorer makes it, on a text of random letters."""
    cell = Elman(activation)
    text = np.eye(V)[np.random.RandomState(seed).randint(V, size=T + 1)]
    task = Task(cell, LOSSES[loss], text[:-1], text[1:], loss_factors(T, "every", "mean"))
    return task, initial(cell, V, H, V, gain, seed)


@pytest.mark.parametrize(("at", "reduction"), REDUCTIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_healthy_runs_pass_all_three(cell, loss, at, reduction):
    checks = checked(random_task(cell, loss, at, reduction), random_weights(cell), Blocks(2))
    assert checks.passed is True
    assert checks.forward_mode < FORWARD_MODE_LIMIT
    assert checks.finite_difference < DIFFERENCE_LIMIT
    assert checks.truncation < TRUNCATION_LIMIT


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_every_scheme_passes_with_every_setting(cell, name):
    for scheme in schemes(7, SCHEMES[name]):
        assert checked(random_task(cell), random_weights(cell), scheme).passed is True, scheme


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_a_gradient_wrong_by_one_part_in_a_thousand_fails_each_check(cell, loss):
    task, W = random_task(cell, loss), random_weights(cell)
    checks = checked(task, W, Blocks(2), full=W, truncated=W)
    assert checks.passed is False
    for error in (checks.forward_mode, checks.finite_difference, checks.truncation):
        assert error == pytest.approx(1e-3, rel=0.01)


@pytest.mark.parametrize(("cell", "name"), EVERY_PARAMETER, ids=str)
def test_one_wrong_parameter_is_enough_to_fail(cell, name):
    checks = checked(random_task(cell), random_weights(cell), Blocks(2), full=[name])
    assert checks.forward_mode > FORWARD_MODE_LIMIT
    assert checks.finite_difference > DIFFERENCE_LIMIT
    assert checks.truncation < TRUNCATION_LIMIT
    assert checks.passed is False


@pytest.mark.parametrize(
    ("cell", "name"), [(cell, name) for cell, name in EVERY_PARAMETER if name in RECURRENT], ids=str
)
def test_one_wrong_parameter_of_the_truncated_gradient_is_enough_to_fail(cell, name):
    checks = checked(random_task(cell), random_weights(cell), Blocks(2), truncated=[name])
    assert checks.truncation == pytest.approx(1e-3, rel=0.01)
    assert checks.forward_mode < FORWARD_MODE_LIMIT
    assert checks.passed is False


def test_a_gradient_of_another_scheme_is_rejected():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell), random_weights(cell)
    kernel = run(task, W, Full(), Window(2))
    checks = check(task, W, kernel.forward, kernel.e, Blocks(2), kernel.totals(0), kernel.totals(1))
    assert checks.truncation > TRUNCATION_LIMIT
    assert checks.passed is False


@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_in_the_direction_of_the_check_no_weight_works_against_another(cell):
    dW = run(random_task(cell), random_weights(cell), Full()).totals()
    v = direction(dW)
    assert sum(np.sum(np.square(part)) for part in v.values()) == pytest.approx(1)
    assert all((dW[name] * v[name] >= 0).all() for name in dW)
    assert directional_derivative(dW, v) == pytest.approx(
        sum(np.abs(dW[name] * v[name]).sum() for name in dW)
    )


def test_one_wrong_weight_among_many_is_noticed():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell), random_weights(cell)
    kernel = run(task, W, Full())
    wrong = kernel.totals()["Wh"].copy()
    wrong[1, 2] *= WRONG
    checks = check(
        task, W, kernel.forward, kernel.e, Full(), kernel.totals() | {"Wh": wrong}, kernel.totals()
    )
    assert checks.forward_mode > FORWARD_MODE_LIMIT
    assert checks.passed is False


@pytest.mark.parametrize("seed", range(5))
def test_a_chaotic_run_is_not_measurable_by_differences_and_forward_mode_still_proves_it(seed):
    task, W = symbols("tanh", T=200, gain=3, H=32, seed=seed)
    checks = checked(task, W, Blocks(10))
    assert checks.finite_difference is None
    assert checks.forward_mode < FORWARD_MODE_LIMIT
    assert checks.passed is True


@pytest.mark.parametrize("loss", LOSSES)
def test_a_run_that_overflows_measures_nothing_and_complains_of_nothing(loss):
    task, W = symbols("relu", T=1000, gain=3, loss=loss)
    W["Wh"] = scale_to_radius(np.abs(W["Wh"]), 3.0)  # no sign stops the growth
    with np.errstate(all="ignore"):
        checks = checked(task, W, Blocks(10))
    assert (checks.forward_mode, checks.finite_difference, checks.truncation) == (None, None, None)
    assert checks.passed is None


@pytest.mark.parametrize("gain", [0.5, 1.0, 1.5])
def test_the_kinks_of_relu_are_no_false_alarm(gain):
    for seed in range(60):
        checks = checked(*symbols("relu", T=20, gain=gain, seed=seed), Blocks(3))
        assert checks.passed is True, (seed, checks)


@pytest.mark.parametrize("distance", [1e-12, 1e-9, 1e-7, -1e-9])
def test_right_beside_a_kink_differences_measure_nothing(distance):
    """A central difference is then the mean of two slopes, at every step length the same."""
    cell = Elman("relu")
    task = Task(cell, LOSSES["squared_error"], np.zeros((1, 1)), np.ones((1, 1)), np.ones(1))
    W = {"Wx": np.ones((1, 1)), "Wh": np.ones((1, 1)), "Wy": np.ones((1, 1)), "by": np.zeros(1)}
    checks = checked(task, W | {"b": np.array([distance])}, Full())
    assert checks.finite_difference is None
    assert checks.passed is True


def test_a_gradient_that_cancels_to_nothing_but_rounding_is_no_false_alarm():
    """Dead units and balanced targets: the errors at the output add up to zero."""
    for seed in range(20):
        task, W = symbols("relu", T=30, gain=1, V=3, seed=seed)
        task = Task(task.cell, task.loss, task.x, np.eye(3)[np.arange(30) % 3], task.factors)
        checks = checked(task, W | {"b": np.full(8, -100.0)}, Blocks(2))
        assert checks.passed is True, (seed, checks)


@pytest.mark.parametrize("gain", [0, 0.3, 1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_right_gradients_never_fail_however_they_vanish_or_explode(activation, gain):
    for T in (1, 2, 30, 200):
        for seed in range(3):
            for scheme in (Full(), Blocks(7)):
                checks = checked(*symbols(activation, T, gain, seed=seed), scheme)
                assert checks.passed is True, (T, seed, scheme, checks)


@pytest.mark.parametrize("ahead", [12.0, 16.0, 20.0, 25.0, 30.0])
@pytest.mark.parametrize("cell", ONE_OF_EACH_CELL, ids=str)
def test_a_loss_that_training_has_all_but_removed_is_still_measured(cell, ahead):
    for seed in range(4):
        task, W = random_task(cell, at="last"), random_weights(cell, seed)
        checks = checked(task, W | {"by": W["by"] + ahead * task.target[-1]}, Blocks(2))
        assert checks.passed is True, (seed, checks)
        assert checks.finite_difference is not None


@pytest.mark.parametrize("gain", [0, 1, 3])
@pytest.mark.parametrize("gate_bias", [-3.0, 5.0])
@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_gates_wide_open_or_shut_never_fail_right_gradients(name, gate_bias, gain):
    cell = CELLS[name](gate_bias=gate_bias)
    for T in (1, 2, 30, 200):
        task, _ = symbols("tanh", T, gain)
        task = Task(cell, task.loss, task.x, task.target, task.factors)
        for scheme in (Full(), Blocks(7), Window(7)):
            checks = checked(task, initial(cell, 5, 8, 5, gain, seed=0), scheme)
            assert checks.passed is True, (T, scheme, checks)


def test_gradients_that_are_truly_zero_agree():
    cell = ONE_OF_EACH_CELL[0]
    task, W = random_task(cell), random_weights(cell)
    W["Wy"] = np.zeros_like(W["Wy"])  # nothing comes back from the outputs
    checks = checked(task, W, Blocks(2))
    assert checks.truncation == 0
    assert checks.passed is True


@pytest.mark.parametrize("cell", ALL_CELLS, ids=str)
def test_growth_is_the_largest_move_of_a_state_for_a_move_of_the_weights(cell):
    task, W = random_task(cell), random_weights(cell)
    kernel = run(task, W, Full())
    G = kernel.totals()
    v, length = direction(G), 1e-6
    ahead, behind = (
        forward(task, {name: W[name] + sign * length * v[name] for name in W}).h for sign in (1, -1)
    )
    moved = np.sqrt(np.square(ahead - behind).sum(axis=-1)).max() / (2 * length)
    assert check(task, W, kernel.forward, kernel.e, Full(), G, G).growth == pytest.approx(moved, rel=1e-7)


def test_of_two_pairs_of_step_lengths_the_one_that_agrees_better_counts():
    """The longest step is far off; the bend shrinks with the step, so there is no kink."""
    curvatures = 1e4 * np.array(STEP_LENGTHS)
    error, uncertainty = difference_error(np.array([2.0, 1.0, 1.0]), curvatures, 1.25)
    assert error == pytest.approx(0.2)
    assert uncertainty == pytest.approx(0.0, abs=1e-12)


def test_the_doubt_of_a_difference_is_relative_to_the_larger_of_two_slopes():
    _, uncertainty = difference_error(np.array([1.0, 1.0008, 5.0]), np.zeros(3), 1.0)
    assert uncertainty == pytest.approx(0.0008 / 1.0008, rel=1e-9)


def test_a_bend_that_does_not_shrink_with_the_step_is_a_kink():
    error, uncertainty = difference_error(np.ones(3), np.ones(3), 1.0)
    assert error is None
    assert np.isnan(uncertainty)


def test_a_pair_of_step_lengths_that_overflows_leaves_the_other():
    error, uncertainty = difference_error(np.array([np.inf, 1.0, 1.0]), np.zeros(3), 1.25)
    assert (error, uncertainty) == (0.2, 0.0)
    error, uncertainty = difference_error(np.array([1.0, 1.0, np.nan]), np.zeros(3), 1.25)
    assert (error, uncertainty) == (0.2, 0.0)
    for measured, bend in (([np.inf, np.inf, 1.0], 0), ([1.0, np.nan, 1.0], 0), ([0.0, 0.0, 0.0], 1)):
        error, uncertainty = difference_error(np.array(measured), np.full(3, 1.0 * bend), 1.25)
        assert error is None
        assert np.isnan(uncertainty)


def test_up_to_a_thousandth_may_be_uncertain(monkeypatch):
    monkeypatch.setattr(gradcheck, "MAX_UNCERTAINTY", 2.0**-10)
    apart = np.array([1.0, 1.0 - 2.0**-10, 5.0])
    assert difference_error(apart, np.zeros(3), 1.0)[1] == 2.0**-10
    assert difference_error(apart - [0, 1e-12, 0], np.zeros(3), 1.0)[0] is None


@pytest.mark.parametrize(
    ("mode", "difference", "uncertainty", "windows", "passed"),
    [
        (1e-9, 1e-5, 0.0, 1e-9, True),
        (1.01e-9, 0.0, 0.0, 0.0, False),
        (0.0, 1.01e-5, 0.0, 0.0, False),
        (0.0, 0.0, 0.0, 1.01e-9, False),
        (0.0, 1.0e-3, 1e-4, 0.0, True),  # ten times what is uncertain, and the limit beside it
        (0.0, 1.02e-3, 1e-4, 0.0, False),
        (None, None, np.nan, 1e-9, True),
        (None, None, np.nan, 1e-8, False),
        (None, None, np.nan, None, None),
    ],
)
def test_each_error_has_its_limit_and_what_is_not_measured_none(
    monkeypatch, mode, difference, uncertainty, windows, passed
):
    monkeypatch.setattr(gradcheck, "relative_error", lambda *_: mode)
    monkeypatch.setattr(gradcheck, "difference_error", lambda *_: (difference, uncertainty))
    monkeypatch.setattr(gradcheck, "truncation_error", lambda *_: windows)
    cell = ONE_OF_EACH_CELL[0]
    checks = checked(random_task(cell), random_weights(cell), Blocks(2))
    assert (checks.forward_mode, checks.finite_difference, checks.truncation) == (mode, difference, windows)
    assert checks.passed is passed

"""The live checks pass what is right, reject what is wrong by a thousandth, and say when they cannot tell."""

import numpy as np
import pytest

from app.bptt import gradcheck
from app.bptt.activations import ACTIVATIONS
from app.bptt.arrays import RECURRENT
from app.bptt.truncation import SCHEMES
from tests.kernel.runs import Run, network, run, scheme


def check(found: Run, one, full=None, truncated=None) -> gradcheck.Checks:
    with np.errstate(all="ignore"):
        return gradcheck.check(
            found.task,
            found.params,
            found.forward,
            found.e,
            one,
            full or found.totals(0),
            truncated or found.totals(1),
        )


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("name", SCHEMES)
def test_a_right_gradient_passes(name, activation):
    task, params = network(12, activation=activation)
    found = run(task, params, scheme("full"), scheme(name))
    checks = check(found, scheme(name))
    assert checks.passed
    assert checks.forward_mode < 1e-12
    assert checks.finite_difference < 1e-6
    assert checks.truncation < 1e-12


@pytest.mark.parametrize("parameter", ["Wx", "Wh", "b", "Wy", "by"])
def test_a_gradient_wrong_by_one_part_in_a_thousand_is_rejected(parameter):
    task, params = network(12)
    found = run(task, params, scheme("full"), scheme("blocks"))
    wrong = found.totals(0) | {parameter: 1.001 * found.totals(0)[parameter]}
    checks = check(found, scheme("blocks"), full=wrong)
    assert not checks.passed
    assert checks.forward_mode > 1e-6
    assert checks.finite_difference > 1e-6


@pytest.mark.parametrize("parameter", RECURRENT)
def test_a_truncated_gradient_wrong_by_one_part_in_a_thousand_is_rejected(parameter):
    task, params = network(12)
    found = run(task, params, scheme("full"), scheme("blocks"))
    wrong = found.totals(1) | {parameter: 1.001 * found.totals(1)[parameter]}
    checks = check(found, scheme("blocks"), truncated=wrong)
    assert not checks.passed
    assert checks.truncation == pytest.approx(1e-3, rel=1e-3)


def test_the_truncation_check_tells_one_scheme_from_another():
    task, params = network(12)
    found = run(task, params, scheme("full"), scheme("window"))
    assert not check(found, scheme("blocks")).passed


def test_kinks_of_relu_do_not_alarm():
    for seed in range(60):
        task, params = network(30, 6, activation="relu", gain=1.2, seed=seed)
        found = run(task, params, scheme("full"), scheme("blocks"))
        assert check(found, scheme("blocks")).passed


def test_a_chaotic_run_is_not_measurable_by_differences_but_by_the_tangent():
    task, params = network(200, 16, gain=3.0, text="hello")
    found = run(task, params, scheme("full"), scheme("blocks"))
    checks = check(found, scheme("blocks"))
    assert checks.finite_difference is None
    assert checks.forward_mode < 1e-9
    assert checks.passed


def test_a_run_that_overflows_is_not_measurable():
    task, params = network(200, 4, activation="identity", gain=1.0, text="ab")
    params = params | {"Wh": 1e10 * params["Wh"]}
    with np.errstate(all="ignore"):
        found = run(task, params, scheme("full"), scheme("full"))
    checks = check(found, scheme("full"))
    assert checks.forward_mode is checks.finite_difference is checks.truncation is None
    assert checks.passed is None

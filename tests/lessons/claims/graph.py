"""What lesson 2 says, calculated as one would on paper."""

import math

import pytest

from tests.lessons.answers import Answers, Claim


def product(x: float, y: float, z: float) -> float:
    return (x - y) * z


def step(rate: float) -> tuple[float, float]:
    """Promise and truth of a step down from f(4, 1, 3), whose gradient is (3, -3, 3)."""
    return 9 - rate * 27, product(4 - 3 * rate, 1 + 3 * rate, 3 - 3 * rate)


def moment_1(a: Answers, b: Answers | None) -> Claim:
    return Claim(values={"p": 4 - 1, "f": product(4, 1, 3)})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    return Claim(right=["p"], numbers=[1], values={"z": 3, "p": 3, "next": "p"})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    f, then = product(4, 1, 3), product(4, 1.1, 3)
    values = {"gx": 3, "gy": -3, "gz": 4 - 1, "f": f, "then": then}
    return Claim(right=["8.7"], numbers=[0.1, then], values=values)


def moment_4(a: Answers, b: Answers | None) -> Claim:
    promise, truth = step(0.1)
    far, there = step(0.5)
    x, y, z, path = 4.0, 1.0, 3.0, []
    while not path or path[-1] >= 0:
        x, y, z = x - 0.1 * z, y + 0.1 * z, z - 0.1 * (x - y)
        path.append(product(x, y, z))
    assert len(path) == 7
    assert (promise, truth) == pytest.approx((6.3, 6.48))
    first = {"lr": 0.1, "f": 9, "slope": 27, "line": promise, "there": truth}
    values = first | {"from": "(4, 1, 3)", "to": "(3.7, 1.3, 2.7)", "promise": far, "truth": there}
    return Claim(right=[f"{there:g}"], numbers=[0.1, 0.5, 0], values=values)


def moment_5(a: Answers, b: Answers | None) -> Claim:
    w = 0.5
    h = math.tanh(w)
    first, second = w * (1 - h * h), h
    near = [(w + d) * math.tanh(w + d) for d in (1e-6, -1e-6)]
    tied = (near[0] - near[1]) / 2e-6
    assert abs(tied - first - second) < 1e-9
    return Claim(right=["sum"], values={"first": first, "second": second, "tied": tied})


def moment_6(a: Answers, b: Answers | None) -> Claim:
    values = [1.0]
    for _ in range(4):
        values.append(1 + 0.5 * values[-1])
    return Claim(
        right=["4"], numbers=[1, 0.5, 7, *values], values={"factors": 4, "product": 0.5**4, "last": "a₄"}
    )


def moment_7(a: Answers, b: Answers | None) -> Claim:
    w, overwritten, upstream = 0.2, 0.2, 1.0
    for inner in (w * w * 0.9, w * 0.9, 0.9):
        overwritten -= upstream * inner
        upstream *= overwritten
    term = w * w * 0.9
    values = {"w": w, "term": term, "grad": 3 * term, "lr": 1, "after": w - 3 * term}
    return Claim(numbers=[0.9], values=values | {"inplace": overwritten})
